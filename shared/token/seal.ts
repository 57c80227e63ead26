import { failure } from '../errors.ts';
import { toBase64Url, utf8 } from '../license-file/encoding.ts';
import { err, ok, type Result } from '../result.ts';
import type { ClaimsOf } from './claims.ts';
import { sealJwe } from './jwe.ts';
import { signJws } from './jws.ts';
import type { RandomBytes } from './keys.ts';
import { typOf, type TokenKind } from './kinds.ts';
import { MAX_JWE_LENGTH } from './limits.ts';

export interface SealOptions<K extends TokenKind> {
  readonly kind: K;
  readonly claims: ClaimsOf<K>;
  /** Ed25519: the device's key, or the server's. */
  readonly signWith: { readonly kid: string; readonly secretKey: Uint8Array };
  /** X25519: the server's key, or the device's. */
  readonly encryptTo: { readonly kid: string; readonly publicKey: Uint8Array };
  readonly random: RandomBytes;
}

/** A new token id, for `jti`. */
export function makeTokenId(random: RandomBytes): string {
  return toBase64Url(random.bytes(16));
}

/**
 * Signs the claims and encrypts the result: a nested JWT (RFC 7519, appendix A.2).
 * @returns the bare JWE; `tokenTooLarge` if no reader would take it, `tokenKeyUnknown` if the recipient's key is of
 *   low order and so of no use
 */
export function sealToken<K extends TokenKind>(options: SealOptions<K>): Result<string> {
  const { kind, claims, signWith, encryptTo, random } = options;
  const typ = typOf(kind);
  const jws = signJws(
    { alg: 'Ed25519', typ, kid: signWith.kid },
    utf8(JSON.stringify(claims)),
    signWith.secretKey,
  );
  const header = { typ, cty: 'JWT', kid: encryptTo.kid };
  const jwe = sealJwe(header, utf8(jws), encryptTo.publicKey, random);
  if (jwe === null) return err(failure('tokenKeyUnknown'));
  return jwe.length > MAX_JWE_LENGTH ? err(failure('tokenTooLarge')) : ok(jwe);
}
