import type { ActivationCredentials } from '../../shared/licensing-api/generated/types.gen.ts';
import type { Instant } from '../../shared/license/types.ts';
import { signInWithPassword } from './accounts/sign-in.ts';
import { refuse, refuseWith, type Answer } from './answer.ts';
import type { Context } from './context.ts';
import { entitlementStatus } from './policy/entitlement.ts';
import { hasSeatFor } from './policy/seats.ts';
import { hashSecret, normalizeCode } from './secrets.ts';
import type { StoredAccount } from './store/accounts.ts';
import type { StoredEntitlement } from './store/entitlements.ts';

/** The one place where credentials are judged. */

/** Which entitlement a caller may activate, or why none. */
export type CredentialVerdict =
  | { readonly entitlement: StoredEntitlement; readonly refusal: null }
  | { readonly entitlement: null; readonly refusal: Answer };

/** Somebody who has shown credentials: who, and not yet for what. */
export type Identity =
  | { readonly kind: 'code'; readonly code: string }
  | { readonly kind: 'account'; readonly account: StoredAccount };

export type Identified =
  | { readonly identity: Identity; readonly refusal: null }
  | { readonly identity: null; readonly refusal: Answer };

const none = (refusal: Answer): { readonly identity: null; readonly refusal: Answer } => ({
  identity: null,
  refusal,
});

/**
 * An entitlement by its activation code. Codes are looked up by their hash, so neither the database nor its timing
 * knows a code.
 */
export function judgeCode(context: Context, code: string): CredentialVerdict {
  const entitlement = context.store.entitlements.byCodeHash(hashSecret(normalizeCode(code)));
  return entitlement === null
    ? { entitlement, refusal: refuse('activationCodeInvalid', 'There is no such activation code.') }
    : { entitlement, refusal: null };
}

/** Who shows these credentials. Takes its time over a password, so it runs outside of any transaction. */
export async function identify(
  context: Context,
  credentials: ActivationCredentials,
  seatId: string,
): Promise<Identified> {
  if (credentials.type === 'activationCode') {
    return { identity: { kind: 'code', code: credentials.code }, refusal: null };
  }
  if (credentials.type === 'password') {
    const { account, refusal } = await signInWithPassword(
      context,
      credentials.username,
      credentials.password,
    );
    return account === null ? none(refusal) : { identity: { kind: 'account', account }, refusal };
  }
  return await identifyByOpenId(context, credentials.token, seatId);
}

async function identifyByOpenId(context: Context, token: string, seatId: string): Promise<Identified> {
  const { openId, store } = context;
  const wrong = none(refuse('credentialsInvalid', 'The OpenID token is not good, or nobody is known by it.'));
  const now = context.now();
  const verified =
    openId === null ? null : await openId.verify(token, now).catch(() => 'unreachable' as const);
  // Nobody's fault but the provider's: the caller may try again.
  if (verified === 'unreachable') {
    const details = 'The OpenID provider can not be reached, or its answer is not right.';
    return none(refuseWith(503, details, { 'Retry-After': '30' }));
  }
  if (verified === null) return wrong;
  const account = store.accounts.byOpenIdSubject(verified.subject);
  if (account === null || account.disabled) return wrong;
  // A token that was caught on its way can't take a seat for another machine; a lost answer can still be repaired.
  const boundTo = store.transaction(() =>
    store.signIns.bindToken(token, seatId, verified.expires + 120_000, now),
  );
  return boundTo === seatId ? { identity: { kind: 'account', account }, refusal: null } : wrong;
}

/**
 * The entitlement that an identity may activate a product with. Of several that an account has, it is the one that
 * this seat holds already, else the first with a seat to give, else the first: its refusal says what is the matter.
 */
export function entitlementFor(
  context: Context,
  identity: Identity,
  wish: { readonly productId: string; readonly seatId: string },
  now: Instant,
): CredentialVerdict {
  if (identity.kind === 'code') return judgeCode(context, identity.code);
  const { entitlements, activations } = context.store;
  const all = identity.account.entitlementIds.flatMap((id) => entitlements.byId(id) ?? []);
  const mine = all.filter((it) => it.productId === wish.productId);
  const holds = (it: StoredEntitlement) => activations.bySeat(it.id, wish.seatId) !== null;
  const gives = (it: StoredEntitlement) => {
    const status = entitlementStatus(it, now);
    const canStart = status === 'created' && it.terms.plan.licenseStartType === 'Activation';
    const isUsable = status === 'active' || status === 'gracePeriod' || canStart;
    return isUsable && hasSeatFor(null, activations.seats(it.id), it.terms, now);
  };
  const entitlement = mine.find(holds) ?? mine.find(gives) ?? mine[0];
  if (entitlement !== undefined) return { entitlement, refusal: null };
  return {
    entitlement: null,
    refusal: refuse('productMismatch', 'The account has no license for this product.'),
  };
}
