import { createCipheriv, createDecipheriv, randomBytes, scrypt } from 'node:crypto';
import { readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import * as v from 'valibot';

/**
 * Keys at rest: AES-256-GCM (NIST SP 800-38D) under a key that scrypt (RFC 7914) makes of a passphrase or of the
 * content of a key file. Whoever gets hold of the file alone, in a backup or on a stolen disk, has nothing.
 */

/** What the keys are encrypted with. Never part of the data itself. */
export type KeyProtection = { readonly passphrase: string } | { readonly keyFile: string };

/** 32 MiB and about a tenth of a second for each guess. */
const COST = { N: 2 ** 15, r: 8, p: 1 } as const;
const MAX_MEMORY = 64 * 1024 * 1024;
const MIN_SECRET = 12;
const PURPOSE = 'latchkey licensing-api keys v2';

const base64url = v.pipe(v.string(), v.regex(/^[A-Za-z0-9_-]+$/));
export const sealedSchema = v.strictObject({
  version: v.literal(2),
  kdf: v.strictObject({
    name: v.literal('scrypt'),
    N: v.literal(COST.N),
    r: v.literal(COST.r),
    p: v.literal(COST.p),
    salt: base64url,
  }),
  cipher: v.literal('aes-256-gcm'),
  iv: base64url,
  tag: base64url,
  ciphertext: base64url,
});
export type Sealed = v.InferOutput<typeof sealedSchema>;

function derive(secret: string, salt: Buffer): Promise<Buffer> {
  return new Promise((resolve, reject) => {
    scrypt(secret, salt, 32, { ...COST, maxmem: MAX_MEMORY }, (error, key) => {
      if (error === null) resolve(key);
      else reject(error);
    });
  });
}

/** The head is authenticated: other parameters can not be put under a ciphertext. */
const associated = (sealed: Pick<Sealed, 'version' | 'kdf' | 'cipher'>): Buffer =>
  Buffer.from(JSON.stringify([PURPOSE, sealed.version, sealed.kdf.salt, sealed.cipher]));

/** Encrypts a value. @param secret from `readSecret` */
export async function sealJson(value: unknown, secret: string): Promise<Sealed> {
  const salt = randomBytes(16);
  const iv = randomBytes(12);
  const head = {
    version: 2,
    kdf: { name: 'scrypt', ...COST, salt: salt.toString('base64url') },
    cipher: 'aes-256-gcm',
  } as const;
  const cipher = createCipheriv('aes-256-gcm', await derive(secret, salt), iv);
  cipher.setAAD(associated(head));
  const ciphertext = Buffer.concat([cipher.update(JSON.stringify(value), 'utf8'), cipher.final()]);
  return {
    ...head,
    iv: iv.toString('base64url'),
    tag: cipher.getAuthTag().toString('base64url'),
    ciphertext: ciphertext.toString('base64url'),
  };
}

/** Decrypts a value. @returns null if the secret is another one, or the file was changed: nobody can tell which */
export async function openJson(sealed: Sealed, secret: string): Promise<{ readonly value: unknown } | null> {
  const bytes = (text: string) => Buffer.from(text, 'base64url');
  const iv = bytes(sealed.iv);
  const tag = bytes(sealed.tag);
  if (iv.length !== 12 || tag.length !== 16) return null;
  const key = await derive(secret, bytes(sealed.kdf.salt));
  const decipher = createDecipheriv('aes-256-gcm', key, iv, { authTagLength: 16 });
  decipher.setAAD(associated(sealed));
  decipher.setAuthTag(tag);
  try {
    const text = Buffer.concat([decipher.update(bytes(sealed.ciphertext)), decipher.final()]).toString(
      'utf8',
    );
    return { value: JSON.parse(text) };
  } catch {
    return null;
  }
}

/**
 * The secret that protects the keys of a data folder.
 * @param protection null = the demo's: a key file `keys.secret` beside the keys, made if both are missing. It keeps a
 * copy of `keys.json` alone worthless, and nothing else; a real server is given its secret from elsewhere.
 * @param mayMake whether a missing key file may be made: not where something is encrypted already
 * @throws an Error with one clear sentence if there is no usable secret
 */
export async function readSecret(
  dataDir: string,
  protection: KeyProtection | null,
  mayMake: boolean,
): Promise<string> {
  if (protection !== null && 'passphrase' in protection) {
    return longEnough(protection.passphrase, 'The passphrase of the keys');
  }
  const file = protection === null ? path.join(dataDir, 'keys.secret') : protection.keyFile;
  try {
    return longEnough((await readFile(file, 'utf8')).trim(), `The key file ${file}`);
  } catch (error) {
    const isMissing = error instanceof Error && 'code' in error && error.code === 'ENOENT';
    if (!isMissing) throw error;
    if (protection !== null || !mayMake) {
      throw new Error(`The key file ${file} is missing; the keys can not be opened without it.`, {
        cause: error,
      });
    }
  }
  const secret = randomBytes(32).toString('base64url');
  await writeFile(file, `${secret}\n`, { mode: 0o600, flag: 'wx' });
  return secret;
}

function longEnough(secret: string, what: string): string {
  if (secret.length >= MIN_SECRET) return secret;
  throw new Error(`${what} is too short: it has to have ${MIN_SECRET} characters at least.`);
}
