import { gcm } from '@noble/ciphers/aes.js';
import { x25519 } from '@noble/curves/ed25519.js';
import { sha256 } from '@noble/hashes/sha2.js';
import { fromBase64Url, toBase64Url, utf8 } from '../license-file/encoding.ts';
import { toJwk, type RandomBytes } from './keys.ts';

/** The five parts of a compact JWE (RFC 7516, section 7.1) whose second, the encrypted key, is empty. */
export interface JweParts {
  readonly header: string;
  readonly iv: Uint8Array;
  readonly ciphertext: Uint8Array;
  readonly tag: Uint8Array;
}

const IV_BYTES = 12;
const TAG_BYTES = 16;

function concat(...arrays: readonly Uint8Array[]): Uint8Array {
  const joined = new Uint8Array(arrays.reduce((length, array) => length + array.length, 0));
  let at = 0;
  for (const array of arrays) {
    joined.set(array, at);
    at += array.length;
  }
  return joined;
}

const uint32 = (value: number): Uint8Array =>
  Uint8Array.of(value >>> 24, (value >>> 16) & 255, (value >>> 8) & 255, value & 255);

const withLength = (bytes: Uint8Array): Uint8Array => concat(uint32(bytes.length), bytes);

/**
 * The one round of the Concat KDF that a key of up to 256 bits takes (RFC 7518, section 4.6.2; NIST SP 800-56A,
 * section 5.8.1), with SHA-256.
 * @param algorithm the AlgorithmID: `enc` where the agreed key is used directly
 * @param bits length of the key, a multiple of 8, at most 256
 */
export function concatKdf(
  sharedSecret: Uint8Array,
  algorithm: string,
  bits: number,
  apu: Uint8Array = new Uint8Array(),
  apv: Uint8Array = new Uint8Array(),
): Uint8Array {
  const otherInfo = concat(withLength(utf8(algorithm)), withLength(apu), withLength(apv), uint32(bits));
  const input = concat(uint32(1), sharedSecret, otherInfo);
  const digest = sha256(input);
  input.fill(0);
  const key = digest.slice(0, bits / 8);
  digest.fill(0);
  return key;
}

/**
 * The content key that both sides derive: ECDH-ES over X25519 (RFC 8037, section 3.2), direct key agreement.
 * @returns null for a public key of low order: it gives the all-zero secret that anybody knows (RFC 7748, section 6.1)
 */
export function agreeKey(secretKey: Uint8Array, publicKey: Uint8Array): Uint8Array | null {
  if (secretKey.length !== 32 || publicKey.length !== 32) return null;
  try {
    const shared = x25519.getSharedSecret(secretKey, publicKey);
    const key = concatKdf(shared, 'A256GCM', 256);
    shared.fill(0);
    return key;
  } catch {
    return null;
  }
}

/** Takes a compact JWE apart; null if it has not the parts and lengths of one of ours. Decrypts nothing. */
export function splitJwe(jwe: string): JweParts | null {
  const [header, encryptedKey, iv64, ciphertext64, tag64, ...more] = jwe.split('.', 6);
  if (header === undefined || encryptedKey !== '' || more.length > 0) return null;
  const iv = fromBase64Url(iv64 ?? '');
  const ciphertext = fromBase64Url(ciphertext64 ?? '');
  const tag = fromBase64Url(tag64 ?? '');
  if (iv?.length !== IV_BYTES || tag?.length !== TAG_BYTES || ciphertext === null) return null;
  return { header, iv, ciphertext, tag };
}

/**
 * Decrypts (RFC 7516, section 5.2). Doesn't throw.
 * @returns null if the key is not the one, or if anything was altered, the header included
 */
export function openJwe(parts: JweParts, ephemeralKey: Uint8Array, secretKey: Uint8Array): Uint8Array | null {
  const key = agreeKey(secretKey, ephemeralKey);
  if (key === null) return null;
  try {
    return gcm(key, parts.iv, utf8(parts.header)).decrypt(concat(parts.ciphertext, parts.tag));
  } catch {
    return null;
  } finally {
    key.fill(0);
  }
}

/**
 * Encrypts (RFC 7516, section 5.1) under a key that is used once.
 * @param header protected header without `alg`, `enc` and `epk`
 * @returns the compact JWE; null if the recipient's key is of low order
 */
export function sealJwe(
  header: Readonly<Record<string, string>>,
  plaintext: Uint8Array,
  publicKey: Uint8Array,
  random: RandomBytes,
): string | null {
  const ephemeral = random.bytes(32);
  const key = agreeKey(ephemeral, publicKey);
  const epk = toJwk('X25519', x25519.getPublicKey(ephemeral));
  ephemeral.fill(0);
  if (key === null) return null;
  const iv = random.bytes(IV_BYTES);
  const protectedHeader = toBase64Url(
    utf8(JSON.stringify({ alg: 'ECDH-ES', enc: 'A256GCM', ...header, epk })),
  );
  const sealed = gcm(key, iv, utf8(protectedHeader)).encrypt(plaintext);
  key.fill(0);
  const ciphertext = sealed.subarray(0, sealed.length - TAG_BYTES);
  const tag = sealed.subarray(sealed.length - TAG_BYTES);
  return [protectedHeader, '', toBase64Url(iv), toBase64Url(ciphertext), toBase64Url(tag)].join('.');
}
