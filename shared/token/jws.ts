import { ed25519 } from '@noble/curves/ed25519.js';
import { verifyEd25519 } from '../license-file/ed25519.ts';
import { fromBase64Url, toBase64Url, utf8 } from '../license-file/encoding.ts';

/** A compact JWS (RFC 7515, section 7.1), taken apart but not verified. */
export interface JwsParts {
  readonly header: string;
  readonly payload: Uint8Array;
  readonly signature: Uint8Array;
  /** What is signed: header and payload as they stand, with the dot between (RFC 7515, section 5.1). */
  readonly signingInput: string;
}

/** Takes a compact JWS apart; null if it has not three parts of canonical base64url. */
export function splitJws(jws: string): JwsParts | null {
  const [header, payload64, signature64, ...more] = jws.split('.', 4);
  if (header === undefined || payload64 === undefined || signature64 === undefined || more.length > 0)
    return null;
  const payload = fromBase64Url(payload64);
  const signature = fromBase64Url(signature64);
  if (payload === null || signature === null) return null;
  return { header, payload, signature, signingInput: `${header}.${payload64}` };
}

/** Verifies with Ed25519 (RFC 8037, section 3.1), whatever the header says. */
export function verifyJws(parts: JwsParts, publicKey: Uint8Array): boolean {
  return verifyEd25519(parts.signature, utf8(parts.signingInput), publicKey);
}

/**
 * Signs with Ed25519 (RFC 8037, section 3.1).
 * @param header the whole protected header; `alg` is not added
 * @param secretKey 32 bytes
 */
export function signJws(
  header: Readonly<Record<string, string>>,
  payload: Uint8Array,
  secretKey: Uint8Array,
): string {
  const signingInput = `${toBase64Url(utf8(JSON.stringify(header)))}.${toBase64Url(payload)}`;
  return `${signingInput}.${toBase64Url(ed25519.sign(utf8(signingInput), secretKey))}`;
}
