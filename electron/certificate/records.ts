import * as v from 'valibot';
import type { ClientIdentity } from '../api/client-identity.ts';
import { versioned } from '../vault/record-form.ts';

/** What the vault keeps of client certificates. Strict, as all its records. */

const text = (max: number) => v.pipe(v.string(), v.nonEmpty(), v.maxLength(max));
const key = text(4096);

/** Longest chain that is taken, characters of PEM. */
export const MAX_CHAIN = 32_768;

/** Of how many activations certificates are kept: the present one, and earlier ones whose seats are to be given back. */
const MOST = 50;

/**
 * Certificates that the API gave to activations of a product. Each counts for its own activation and for no other, so
 * that giving an earlier seat back shows the certificate of that one.
 */
const identitiesForm = v.strictObject({
  schema: v.literal(1),
  identities: v.pipe(
    v.array(v.strictObject({ activationId: text(100), key, chain: text(MAX_CHAIN) })),
    v.maxLength(MOST),
  ),
  /**
   * A key that a certificate is being asked for, there from before the request is sent until it is known what became
   * of it. After a lost answer it is asked again with the same key.
   */
  asked: v.nullable(v.strictObject({ activationId: text(100), key })),
});

export type Identities = v.InferOutput<typeof identitiesForm>;

export const identitiesSchema = versioned<Identities>(1, {}, identitiesForm);

export const NO_IDENTITIES: Identities = { schema: 1, identities: [], asked: null };

/** The certificate that an administrator has brought; one for all products, since they have one server. */
const importedForm = v.strictObject({
  schema: v.literal(1),
  key,
  chain: text(MAX_CHAIN),
  importedAt: v.number(),
});

export const importedSchema = versioned<v.InferOutput<typeof importedForm>>(1, {}, importedForm);

export const IMPORTED = 'identity';
export const identitiesName = (productId: string) => `identity-${productId}`;

/** The certificate of an activation; undefined = it has none. */
export function identityOf({ identities }: Identities, activationId: string): ClientIdentity | undefined {
  const found = identities.find((one) => one.activationId === activationId);
  return found === undefined ? undefined : { key: found.key, chain: found.chain };
}

/** With another certificate for an activation; what was asked for it is settled. */
export function withIdentity(
  { identities, asked }: Identities,
  activationId: string,
  { key: own, chain }: ClientIdentity,
): Identities {
  const others = identities.filter((one) => one.activationId !== activationId);
  return {
    schema: 1,
    identities: [...others, { activationId, key: own, chain }].slice(-MOST),
    asked: asked?.activationId === activationId ? null : asked,
  };
}

/** Only what belongs to activations that are still ours to call for. */
export function identitiesFor(
  { identities, asked }: Identities,
  activationIds: readonly string[],
): Identities {
  const isOurs = (one: { readonly activationId: string }) => activationIds.includes(one.activationId);
  return {
    schema: 1,
    identities: identities.filter(isOurs),
    asked: asked !== null && isOurs(asked) ? asked : null,
  };
}
