import * as v from 'valibot';
import { failure } from '../errors.ts';
import { fromBase64Url, fromUtf8 } from '../license-file/encoding.ts';
import { parseJsonObject, type JsonObject } from '../license-file/json.ts';
import { err, ok, type Result } from '../result.ts';
import { CLAIMS, type ClaimsOf } from './claims.ts';
import { readInnerHeader, readOuterHeader } from './headers.ts';
import { openJwe, splitJwe } from './jwe.ts';
import { splitJws, verifyJws } from './jws.ts';
import { ed25519JwkSchema, thumbprint } from './keys.ts';
import type { TokenKind } from './kinds.ts';
import { MAX_JWE_LENGTH } from './limits.ts';

export interface OpenOptions<K extends TokenKind> {
  /** The kinds that are welcome here. */
  readonly expect: readonly K[];
  /** The X25519 secret key of a recipient; null = none of ours. It is not kept. */
  readonly decryptWith: (kid: string) => Uint8Array | null;
  /** The Ed25519 public key of a signer; null = unknown. Not asked for an activation request, which brings its own. */
  readonly verifyWith: (kid: string) => Uint8Array | null;
  /** Epoch milliseconds. */
  readonly now: number;
}

/** A token whose encryption, signature, kind, claims and expiry have been checked. */
export type OpenedToken<K extends TokenKind = TokenKind> = K extends TokenKind
  ? {
      readonly kind: K;
      /** `kid` of the outer header: which of our keys it came to. */
      readonly encryptedTo: string;
      /** `kid` of the inner header. */
      readonly signedBy: string;
      readonly claims: ClaimsOf<K>;
    }
  : never;

const malformed = err(failure('tokenMalformed'));

/**
 * Decrypts and verifies a bare JWE. The algorithms and the keys are ours to choose; nothing but the headers, and in a
 * request the key that it brings, is looked at before the signature holds. Doesn't throw, whatever the text.
 *
 * Whether it is for this tenant and product, in answer to a pending request, and newer than the last is for the
 * caller to judge, and so is the form of `activation` and `entitlement`.
 * @returns `tokenTooLarge`, `tokenMalformed` (damaged, altered, or no token), `tokenWrongKind` (facts.tokenKind),
 *   `tokenForOtherDevice` (encrypted to a key that we don't have), `tokenKeyUnknown` (signed by one that we don't
 *   know), `tokenSignatureInvalid`, `tokenExpired` (facts.at)
 */
export function openToken<K extends TokenKind>(
  jwe: string,
  { expect, decryptWith, verifyWith, now }: OpenOptions<K>,
): Result<OpenedToken<K>> {
  if (jwe.length > MAX_JWE_LENGTH) return err(failure('tokenTooLarge'));
  const parts = splitJwe(jwe);
  const outer = parts === null ? null : readOuterHeader(parts.header);
  if (parts === null || outer === null) return malformed;
  const kind = expect.find((expected) => expected === outer.kind);
  if (kind === undefined) return err(failure('tokenWrongKind', { tokenKind: outer.kind }));

  const secretKey = decryptWith(outer.kid);
  if (secretKey === null) return err(failure('tokenForOtherDevice'));
  const plaintext = openJwe(parts, outer.ephemeralKey, secretKey);
  if (plaintext === null) return malformed;
  const signed = openSigned(fromUtf8(plaintext) ?? '', kind, verifyWith);
  plaintext.fill(0);
  if (!signed.ok) return signed;

  const claims = v.safeParse(CLAIMS[kind], signed.value.claims);
  if (!claims.success) return malformed;
  const { exp } = claims.output;
  if (exp !== undefined && now >= exp * 1000) return err(failure('tokenExpired', { at: exp * 1000 }));
  return ok({
    kind,
    encryptedTo: outer.kid,
    signedBy: signed.value.kid,
    claims: claims.output,
  } as OpenedToken<K>);
}

/** The claims of the inner JWS, once its signature holds. */
function openSigned(
  jws: string,
  kind: TokenKind,
  verifyWith: (kid: string) => Uint8Array | null,
): Result<{ readonly kid: string; readonly claims: JsonObject }> {
  const parts = splitJws(jws);
  const inner = parts === null ? null : readInnerHeader(parts.header);
  if (parts === null || inner?.kind !== kind) return malformed;
  const publicKey = kind === 'activation-request' ? ownKey(parts.payload, inner.kid) : verifyWith(inner.kid);
  if (publicKey === null) return err(failure('tokenKeyUnknown'));
  if (!verifyJws(parts, publicKey)) return err(failure('tokenSignatureInvalid'));
  const claims = parsePayload(parts.payload);
  return claims === null ? malformed : ok({ kid: inner.kid, claims });
}

function parsePayload(payload: Uint8Array): JsonObject | null {
  const json = fromUtf8(payload);
  return json === null ? null : parseJsonObject(json);
}

const ownKeySchema = v.object({ deviceKeys: v.object({ sign: ed25519JwkSchema }) });

/** The key that a request carries for its own verification; null unless `kid` is its thumbprint. */
function ownKey(payload: Uint8Array, kid: string): Uint8Array | null {
  const claims = v.safeParse(ownKeySchema, parsePayload(payload));
  if (!claims.success) return null;
  const { sign } = claims.output.deviceKeys;
  return thumbprint(sign) === kid ? fromBase64Url(sign.x) : null;
}
