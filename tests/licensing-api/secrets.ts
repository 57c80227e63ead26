import { createHash, randomBytes, randomInt, timingSafeEqual } from 'node:crypto';

const BASE62 = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789';
/** No 0/O, 1/I, 2/Z, 5/S, 8/B, U/V: a code survives being read out and written down. */
const CODE_ALPHABET = 'ACDEFGHJKLMNPQRTWXY34679';

const pick = (alphabet: string, length: number): string =>
  Array.from({ length }, () => alphabet[randomInt(alphabet.length)]).join('');

/** A typed id: prefix and 22 characters (131 bits), such as `act_...`. */
export function newId(prefix: 't' | 'prod' | 'ent' | 'act' | 'acc' | 'wh' | 'evt'): string {
  return `${prefix}_${pick(BASE62, 22)}`;
}

/** An activation code `PREFIX-XXXX-XXXX-XXXX-XXXX` (72 bits). */
export function newActivationCode(prefix: string): string {
  return [prefix, ...Array.from({ length: 4 }, () => pick(CODE_ALPHABET, 4))].join('-');
}

/** A code as it is hashed: people type it in lower case and paste it with spaces around. */
export function normalizeCode(code: string): string {
  return code.trim().toUpperCase();
}

/** An opaque value with 256 bits, base64url: a nonce, a client secret, the id of a token. */
export function newSecret(): string {
  return randomBytes(32).toString('base64url');
}

/** `jti` of an offline token: 16 random bytes, base64url. */
export function newRequestId(): string {
  return randomBytes(16).toString('base64url');
}

/** SHA-256 in hexadecimal. Only for values with enough entropy that guessing is hopeless; no password is one. */
export function hashSecret(value: string): string {
  return createHash('sha256').update(value).digest('hex');
}

/** Compares a value with a stored hash in constant time, so that timing says nothing about the stored one. */
export function matchesHash(value: string, hash: string): boolean {
  return timingSafeEqual(Buffer.from(hashSecret(value), 'hex'), Buffer.from(hash, 'hex'));
}
