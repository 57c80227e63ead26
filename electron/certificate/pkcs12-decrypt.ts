import { createDecipheriv, createHash, createHmac, pbkdf2Sync } from 'node:crypto';
import * as pkijs from 'pkijs';
import type { Secret } from '../support/secret.ts';

/** What PKCS #12 (RFC 7292) is protected with: key derivation, ciphers and the check of the whole. */

/** The file is protected in a way that is not read here. */
export class Unsupported extends Error {}

/** A file of a stranger must not keep the program busy; the usual count is some thousands. */
const MOST_ITERATIONS = 2_000_000;

const PBES2 = '1.2.840.113549.1.5.13';
const PBKDF2 = '1.2.840.113549.1.5.12';
const TRIPLE_DES_WITH_SHA1 = '1.2.840.113549.1.12.1.3';

const DIGESTS: Readonly<Record<string, string>> = {
  '1.3.14.3.2.26': 'sha1',
  '2.16.840.1.101.3.4.2.1': 'sha256',
  '2.16.840.1.101.3.4.2.2': 'sha384',
  '2.16.840.1.101.3.4.2.3': 'sha512',
};
const HMACS: Readonly<Record<string, string>> = {
  '1.2.840.113549.2.7': 'sha1',
  '1.2.840.113549.2.9': 'sha256',
  '1.2.840.113549.2.10': 'sha384',
  '1.2.840.113549.2.11': 'sha512',
};
const CIPHERS: Readonly<Record<string, readonly [name: string, keyBytes: number]>> = {
  '2.16.840.1.101.3.4.1.2': ['aes-128-cbc', 16],
  '2.16.840.1.101.3.4.1.22': ['aes-192-cbc', 24],
  '2.16.840.1.101.3.4.1.42': ['aes-256-cbc', 32],
  '1.2.840.113549.3.7': ['des-ede3-cbc', 24],
};

/** The octets of an OCTET STRING, also of one that comes in pieces (BER). @throws for anything else */
export function octetsOf(value: unknown): Buffer {
  if (typeof value === 'object' && value !== null && 'getValue' in value) {
    const { getValue } = value;
    const octets: unknown = typeof getValue === 'function' ? Reflect.apply(getValue, value, []) : null;
    if (octets instanceof ArrayBuffer) return Buffer.from(octets);
  }
  throw new Error('not an octet string');
}

function within(iterations: number): number {
  if (!Number.isSafeInteger(iterations) || iterations < 1 || iterations > MOST_ITERATIONS) {
    throw new Unsupported();
  }
  return iterations;
}

function named<T>(table: Readonly<Record<string, T>>, id: string | undefined): T {
  const found = id !== undefined && Object.hasOwn(table, id) ? table[id] : undefined;
  if (found === undefined) throw new Unsupported();
  return found;
}

/**
 * Derives key material from a passphrase (RFC 7292, appendix B.2).
 * @param purpose 1 = key, 2 = initialisation vector, 3 = key of the check
 */
function derive(
  digest: string,
  passphrase: Secret<'password'>,
  { salt, iterations }: { readonly salt: Buffer; readonly iterations: number },
  purpose: 1 | 2 | 3,
  bytes: number,
): Buffer {
  const block = digest === 'sha384' || digest === 'sha512' ? 128 : 64;
  /** Repeated until whole blocks are full. */
  const filled = (bytesOf: Buffer) => Buffer.alloc(block * Math.ceil(bytesOf.length / block), bytesOf);
  // UTF-16, big-endian, with two zero octets at the end.
  const secret = Buffer.from(`${passphrase.reveal()}\0`, 'utf16le').swap16();
  let input = Buffer.concat([filled(salt), filled(secret)]);
  const parts: Buffer[] = [];
  for (let length = 0; length < bytes;) {
    let hash = createHash(digest).update(Buffer.alloc(block, purpose)).update(input).digest();
    for (let round = 1; round < within(iterations); round += 1) {
      hash = createHash(digest).update(hash).digest();
    }
    parts.push(hash);
    length += hash.length;
    input = addToBlocks(input, filled(hash).subarray(0, block));
  }
  return Buffer.concat(parts).subarray(0, bytes);
}

/** Adds a number and one to each block of the input, as big-endian numbers of that size. */
function addToBlocks(input: Buffer, number: Buffer): Buffer<ArrayBuffer> {
  const sum = Buffer.from(input);
  for (let start = 0; start < sum.length; start += number.length) {
    let carry = 1;
    for (let at = number.length - 1; at >= 0; at -= 1) {
      carry += (sum[start + at] ?? 0) + (number[at] ?? 0);
      sum[start + at] = carry & 0xff;
      carry >>= 8;
    }
  }
  return sum;
}

/** Whether a passphrase fits the check of a file. @param content what is checked */
export function isOpenedBy(macData: pkijs.MacData, content: Buffer, passphrase: Secret<'password'>): boolean {
  const digest = named(DIGESTS, macData.mac.digestAlgorithm.algorithmId);
  const salted = { salt: octetsOf(macData.macSalt), iterations: macData.iterations ?? 1 };
  const length = createHash(digest).digest().length;
  const key = derive(digest, passphrase, salted, 3, length);
  return createHmac(digest, key).update(content).digest().equals(octetsOf(macData.mac.digest));
}

/** @throws Unsupported, and another error for a wrong passphrase */
export function decrypt(
  { algorithmId, algorithmParams }: pkijs.AlgorithmIdentifier,
  content: Buffer,
  passphrase: Secret<'password'>,
): Buffer {
  if (algorithmId === TRIPLE_DES_WITH_SHA1) {
    // Its parameters begin as those of PBKDF2 do: salt and count.
    const { salt, iterationCount } = new pkijs.PBKDF2Params({ schema: algorithmParams as unknown });
    const salted = { salt: octetsOf(salt), iterations: iterationCount };
    const key = derive('sha1', passphrase, salted, 1, 24);
    return run('des-ede3-cbc', key, derive('sha1', passphrase, salted, 2, 8), content);
  }
  if (algorithmId !== PBES2) throw new Unsupported();
  const { keyDerivationFunc, encryptionScheme } = new pkijs.PBES2Params({
    schema: algorithmParams as unknown,
  });
  if (keyDerivationFunc.algorithmId !== PBKDF2) throw new Unsupported();
  const { salt, iterationCount, prf } = new pkijs.PBKDF2Params({
    schema: keyDerivationFunc.algorithmParams as unknown,
  });
  const [cipher, bytes] = named(CIPHERS, encryptionScheme.algorithmId);
  const digest = prf === undefined ? 'sha1' : named(HMACS, prf.algorithmId);
  const key = pbkdf2Sync(passphrase.reveal(), octetsOf(salt), within(iterationCount), bytes, digest);
  return run(cipher, key, octetsOf(encryptionScheme.algorithmParams), content);
}

function run(cipher: string, key: Buffer, iv: Buffer, content: Buffer): Buffer {
  const decipher = createDecipheriv(cipher, key, iv);
  return Buffer.concat([decipher.update(content), decipher.final()]);
}
