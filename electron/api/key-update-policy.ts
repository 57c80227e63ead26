import * as v from 'valibot';
import { fromBase64Url } from '../../shared/license-file/encoding.ts';
import type { Instant } from '../../shared/license/types.ts';
import type { VendorProfile } from '../../shared/profile.ts';
import { splitJws, verifyJws } from '../../shared/token/jws.ts';
import type { Pin } from './pin-policy.ts';

type ServerKey = VendorProfile['serverKeys'][number];

/** Pins and server keys that count, with the instant of the update they come from; null = the profile alone. */
export interface TrustedKeys {
  readonly issuedAt: Instant | null;
  readonly pins: readonly Pin[];
  readonly serverKeys: readonly ServerKey[];
}

export type UpdateRefusal =
  'malformed' | 'otherTenant' | 'unknownKey' | 'signature' | 'notNewer' | 'fromTheFuture' | 'tooManyLinks';

export type UpdateVerdict<T> =
  { readonly ok: true; readonly value: T } | { readonly ok: false; readonly error: UpdateRefusal };

/** A server whose clock is further ahead would shut out every later update. */
const AHEAD = 24 * 60 * 60_000;
/** Signers that follow each other without any of the profile's; a vendor that is further needs a new version. */
const MOST_LINKS = 16;

const base64Url32 = v.pipe(v.string(), v.regex(/^[A-Za-z0-9_-]{43}$/));
const header = v.object({
  alg: v.picklist(['EdDSA', 'Ed25519']),
  typ: v.literal('latchkey-keys+jwt'),
  kid: v.pipe(v.string(), v.nonEmpty(), v.maxLength(64)),
});
const serverKey = v.variant('use', [
  v.object({ kid: v.string(), use: v.literal('sig'), crv: v.literal('Ed25519'), x: base64Url32 }),
  v.object({ kid: v.string(), use: v.literal('enc'), crv: v.literal('X25519'), x: base64Url32 }),
]);
const payload = v.object({
  iss: v.string(),
  /** Seconds (RFC 7519, section 4.1.6). */
  iat: v.pipe(v.number(), v.safeInteger(), v.minValue(1)),
  keys: v.pipe(v.array(serverKey), v.maxLength(20)),
  pins: v.optional(
    v.pipe(
      v.array(
        v.object({
          sha256: v.pipe(v.string(), v.regex(/^[A-Za-z0-9+/]{43}=$/)),
          notAfter: v.optional(v.pipe(v.string(), v.isoTimestamp())),
        }),
      ),
      v.maxLength(10),
    ),
    [],
  ),
});

type Embedded = Pick<VendorProfile, 'tenantId' | 'serverKeys'> & { readonly pins: readonly Pin[] };

/** What the profile brings. */
export function embeddedKeys({ tenantId, serverKeys, api }: VendorProfile): Embedded {
  return { tenantId, serverKeys, pins: api.pins };
}

/**
 * Judges one signed update on top of what counts so far. It is good if a key that is trusted already has signed it for
 * this tenant and it is newer than the last. Its keys and pins take the place of the last update's; those of the
 * profile always stay, so that no update, forged or foolish, can lock the application out of its own server.
 * @param before what counts so far
 * @param now epoch milliseconds; null = an update that was accepted before, whose time is not judged again
 */
function judgeUpdate(
  jws: string,
  embedded: Embedded,
  before: TrustedKeys,
  now: Instant | null,
): UpdateVerdict<TrustedKeys> {
  const parts = splitJws(jws);
  if (parts === null) return { ok: false, error: 'malformed' };
  const head = v.safeParse(header, jsonOf(fromBase64Url(parts.header)));
  if (!head.success) return { ok: false, error: 'malformed' };
  const signer = before.serverKeys.find(({ use, kid }) => use === 'sig' && kid === head.output.kid);
  if (signer === undefined) return { ok: false, error: 'unknownKey' };
  const publicKey = fromBase64Url(signer.x);
  if (publicKey === null || !verifyJws(parts, publicKey)) return { ok: false, error: 'signature' };
  const body = v.safeParse(payload, jsonOf(parts.payload));
  if (!body.success) return { ok: false, error: 'malformed' };
  const { iss, iat, keys, pins } = body.output;
  const issuedAt = iat * 1000;
  if (iss !== embedded.tenantId) return { ok: false, error: 'otherTenant' };
  if (before.issuedAt !== null && issuedAt <= before.issuedAt) return { ok: false, error: 'notNewer' };
  if (now !== null && issuedAt > now + AHEAD) return { ok: false, error: 'fromTheFuture' };
  const known = new Set(embedded.serverKeys.map(({ kid }) => kid));
  return {
    ok: true,
    value: {
      issuedAt,
      serverKeys: [...embedded.serverKeys, ...keys.filter(({ kid }) => !known.has(kid))],
      pins: [...embedded.pins, ...pins],
    },
  };
}

function jsonOf(bytes: Uint8Array | null): unknown {
  if (bytes === null) return undefined;
  try {
    return JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(bytes));
  } catch {
    return undefined;
  }
}

/**
 * What counts after a chain of updates, each signed by a key of the profile or of the one before. Judged anew whenever
 * it is read: whoever can write the file must not gain anything by it.
 */
export function trustedAfter(chain: readonly string[], embedded: Embedded): TrustedKeys {
  let trusted: TrustedKeys = { issuedAt: null, pins: embedded.pins, serverKeys: embedded.serverKeys };
  for (const jws of chain.slice(0, MOST_LINKS)) {
    const next = judgeUpdate(jws, embedded, trusted, null);
    if (!next.ok) break;
    trusted = next.value;
  }
  return trusted;
}

/**
 * The chain after a new update, as short as it can be proved with: an update that a key of the profile has signed
 * needs none before it.
 * @param now epoch milliseconds
 */
export function chainWith(
  chain: readonly string[],
  jws: string,
  embedded: Embedded,
  now: Instant,
): UpdateVerdict<readonly string[]> {
  const judged = judgeUpdate(jws, embedded, trustedAfter(chain, embedded), now);
  if (!judged.ok) return judged;
  for (let kept = 0; kept <= Math.min(chain.length, MOST_LINKS - 1); kept += 1) {
    const next = [...chain.slice(0, kept), jws];
    if (trustedAfter(next, embedded).issuedAt === judged.value.issuedAt) return { ok: true, value: next };
  }
  return { ok: false, error: 'tooManyLinks' };
}
