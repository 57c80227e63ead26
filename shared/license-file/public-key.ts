import { fromBase64, fromBase64Url, fromHex } from './encoding.ts';

/** DER SubjectPublicKeyInfo of an Ed25519 key (RFC 8410, section 4) up to the 32 bytes of the key itself. */
const SPKI_PREFIX = [0x30, 0x2a, 0x30, 0x05, 0x06, 0x03, 0x2b, 0x65, 0x70, 0x03, 0x21, 0x00];

const PEM = /^-----BEGIN PUBLIC KEY-----([A-Za-z0-9+/=\s]*)-----END PUBLIC KEY-----$/;

function fromPem(text: string): Uint8Array | null {
  const body = PEM.exec(text)?.[1]?.replaceAll(/\s/g, '');
  const der = body === undefined ? null : fromBase64(body);
  if (der === null || SPKI_PREFIX.some((byte, index) => der[index] !== byte)) return null;
  return der.subarray(SPKI_PREFIX.length);
}

/**
 * An Ed25519 public key as people hand it on: 64 hexadecimal digits, a PEM `PUBLIC KEY`, or 43 characters of base64url
 * as in a vendor profile.
 * @returns 32 bytes; null for anything else, keys of other algorithms included
 */
export function parsePublicKey(text: string): Uint8Array | null {
  const trimmed = text.trim();
  const key = fromPem(trimmed) ?? fromHex(trimmed) ?? fromBase64Url(trimmed);
  return key?.length === 32 ? key : null;
}
