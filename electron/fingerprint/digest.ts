import { hmac } from '@noble/hashes/hmac.js';
import { sha256 } from '@noble/hashes/sha2.js';
import { utf8ToBytes } from '@noble/hashes/utils.js';
import type { FactorName } from './types.ts';

const BASE32 = 'abcdefghijklmnopqrstuvwxyz234567';

const mac = (salt: Uint8Array, text: string): Uint8Array => hmac(sha256, salt, utf8ToBytes(text));

/** What may be stored and sent of a factor: base64url of HMAC-SHA-256(salt, label and normalized value). */
export function factorDigest(salt: Uint8Array, name: FactorName, value: string): string {
  return Buffer.from(mac(salt, `factor:${name}:${value}`)).toString('base64url');
}

/**
 * The private side of a factor. It has its own label, so that the digests that are sent and stored say nothing of
 * the vault's key.
 */
export function factorMaterial(salt: Uint8Array, name: FactorName, value: string): Uint8Array {
  return mac(salt, `vault-key:${name}:${value}`);
}

/** `seat-` and 32 characters of base32 (RFC 4648, lower case): 160 bits of HMAC-SHA-256. */
export function seatIdOf(salt: Uint8Array, name: FactorName, value: string): string {
  const digest = mac(salt, `seat:${name}:${value}`).subarray(0, 20);
  let bits = '';
  for (const byte of digest) bits += byte.toString(2).padStart(8, '0');
  const characters = bits.match(/.{5}/g) ?? [];
  return `seat-${characters.map((five) => BASE32.charAt(Number.parseInt(five, 2))).join('')}`;
}
