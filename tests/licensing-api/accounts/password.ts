import { randomBytes, scrypt, timingSafeEqual } from 'node:crypto';
import * as v from 'valibot';

/** Passwords as salted scrypt (RFC 7914): 16 MiB and five rounds, which OWASP names among its equals. */
const COST = { N: 2 ** 14, r: 8, p: 5, maxmem: 64 * 1024 * 1024 } as const;
const BYTES = 32;

const stored = v.tuple([v.literal('scrypt-14-8-5'), v.string(), v.string()]);

function derive(password: string, salt: Buffer): Promise<Buffer> {
  return new Promise((resolve, reject) => {
    // One character can be written in several ways; keyboards differ in which (RFC 8265, section 4.2.2).
    scrypt(password.normalize('NFC'), salt, BYTES, COST, (error, key) => {
      if (error === null) resolve(key);
      else reject(error);
    });
  });
}

/** The hash of a password, with its parameters and salt, as it is stored. */
export async function hashPassword(password: string): Promise<string> {
  const salt = randomBytes(16);
  const key = await derive(password, salt);
  return `scrypt-14-8-5$${salt.toString('base64url')}$${key.toString('base64url')}`;
}

/**
 * Whether a password is the one of a hash.
 * @param hash null = there is none (no such account, or one without a password). It takes as long all the same, so that
 * timing does not tell which names are known.
 */
export async function isPassword(password: string, hash: string | null): Promise<boolean> {
  const parts = v.safeParse(stored, (hash ?? '').split('$'));
  const [salt, expected] = parts.success
    ? [Buffer.from(parts.output[1], 'base64url'), Buffer.from(parts.output[2], 'base64url')]
    : [Buffer.alloc(16), Buffer.alloc(BYTES)];
  const key = await derive(password, salt);
  return timingSafeEqual(key, expected) && parts.success;
}
