import { createCipheriv, createHash, createHmac } from 'node:crypto';
import { x25519 } from '@noble/curves/ed25519.js';
import { agreeKey } from '../../shared/token/jwe.ts';
import { toJwk, type KeyPair, type RandomBytes } from '../../shared/token/keys.ts';
import { TOKEN_KINDS, typOf, type TokenKind } from '../../shared/token/kinds.ts';
import type { OpenOptions } from '../../shared/token/open.ts';
import type { VerifyOptions } from '../../shared/license-file/verify.ts';
import { envelopeOf, makeKey, makeKeys, NOW, type Keys, type Kind } from '../unit/license-file/samples.ts';
import { claimsOf, keysFor, makeParties, readerOf, sealed } from '../unit/token/samples.ts';

/** Bytes that depend on nothing but the seed, so that a case can be had again. */
export function randomFromSeed(seed: number): RandomBytes {
  let counter = 0;
  const block = (): Buffer => {
    counter += 1;
    return createHash('sha256').update(`${seed}/${counter}`).digest();
  };
  return {
    bytes: (length) => {
      const blocks = Array.from({ length: Math.ceil(length / 32) }, block);
      return new Uint8Array(Buffer.concat(blocks).subarray(0, length));
    },
  };
}

/** A valid token, who reads it, and what somebody may know who wants to pass another one off for it. */
export interface TokenTarget {
  readonly kind: TokenKind;
  readonly jwe: string;
  readonly claims: Readonly<Record<string, unknown>>;
  readonly reader: OpenOptions<TokenKind>;
  readonly signer: KeyPair;
  readonly recipientKid: string;
  /** A signer that the reader doesn't trust. */
  readonly stranger: KeyPair;
  /** The header of an envelope that anybody can make: the recipient's key is public. */
  readonly header: Readonly<Record<string, unknown>>;
  /** Encrypts with that envelope. */
  readonly seal: (header: string, plaintext: Uint8Array | string) => string;
  /** The same under the secret that everybody shares with a key of low order. */
  readonly sealWithZeroSecret: (header: string, plaintext: Uint8Array | string) => string;
}

/** Encrypts in direct mode, whatever the header says. */
function sealer(key: Uint8Array, iv: Uint8Array) {
  return (header: string, plaintext: Uint8Array | string): string => {
    const part = Buffer.from(header).toString('base64url');
    const cipher = createCipheriv('aes-256-gcm', key, iv).setAAD(Buffer.from(part));
    const ciphertext = Buffer.concat([cipher.update(plaintext), cipher.final()]);
    const parts = [iv, ciphertext, cipher.getAuthTag()].map((bytes) =>
      Buffer.from(bytes).toString('base64url'),
    );
    return [part, '', ...parts].join('.');
  };
}

/** The Concat KDF of RFC 7518, section 4.6.2, over 32 zeros. */
function keyOfZeroSecret(): Uint8Array {
  const uint32 = (value: number): Buffer => Buffer.from([0, 0, value >> 8, value & 255]);
  return createHash('sha256')
    .update(Buffer.concat([uint32(1), Buffer.alloc(32), uint32(7), Buffer.from('A256GCM')]))
    .update(Buffer.concat([uint32(0), uint32(0), uint32(256)]))
    .digest();
}

function tokenTarget(kind: TokenKind, random: RandomBytes): TokenTarget {
  const parties = makeParties(random);
  const { sign, encrypt } = keysFor(kind, parties);
  const ephemeral = random.bytes(32);
  const key = agreeKey(ephemeral, encrypt.publicKey);
  if (key === null) throw new Error('no key');
  return {
    kind,
    jwe: sealed(kind, parties, claimsOf(kind, parties.device), random),
    claims: claimsOf(kind, parties.device),
    reader: readerOf<TokenKind>(kind, parties),
    signer: sign,
    recipientKid: encrypt.kid,
    stranger: makeParties(random).server.sign,
    header: {
      alg: 'ECDH-ES',
      enc: 'A256GCM',
      cty: 'JWT',
      typ: typOf(kind),
      kid: encrypt.kid,
      epk: toJwk('X25519', x25519.getPublicKey(ephemeral)),
    },
    seal: sealer(key, random.bytes(12)),
    sealWithZeroSecret: sealer(keyOfZeroSecret(), random.bytes(12)),
  };
}

/** A valid license file or signed license key, and who reads it. */
export interface LicenseTarget {
  /** null: a signed license key. */
  readonly armor: Kind | null;
  readonly envelope: { readonly enc: string; readonly sig: string; readonly alg: string };
  /** The text of a signed license key. */
  readonly key: string;
  readonly options: VerifyOptions;
  /** HMAC under the public key: what a verifier would accept that lets the file choose the algorithm. */
  readonly macOf: (text: string) => string;
  /** A signer that the reader doesn't trust. */
  readonly stranger: Keys;
}

const LICENSE_KEY = 'AB12-CD34';
const FINGERPRINT = 'aa:bb';

function licenseTarget(armor: Kind | null, encrypted: boolean, random: RandomBytes): LicenseTarget {
  const keys = makeKeys(random.bytes(32));
  const kind = armor ?? 'LICENSE';
  const secret = kind === 'LICENSE' ? LICENSE_KEY : LICENSE_KEY + FINGERPRINT;
  return {
    armor,
    envelope: envelopeOf(keys, { kind, iv: random.bytes(12), ...(encrypted ? { secret } : {}) }),
    key: makeKey(keys, '{"id":"key_1","seats":5}'),
    options: {
      publicKeys: [keys.raw],
      now: NOW,
      licenseKey: LICENSE_KEY,
      fingerprint: FINGERPRINT,
      compareDevice: () => 'same',
    },
    macOf: (text) => createHmac('sha512', keys.raw).update(text).digest('base64'),
    stranger: makeKeys(random.bytes(32)),
  };
}

export interface Targets {
  readonly tokens: readonly TokenTarget[];
  readonly licenses: readonly LicenseTarget[];
}

/** What is mutated: tokens of all four kinds, license files in both forms and armors, and a signed license key. */
export function makeTargets(random: RandomBytes): Targets {
  return {
    tokens: TOKEN_KINDS.map((kind) => tokenTarget(kind, random)),
    licenses: [
      licenseTarget('LICENSE', false, random),
      licenseTarget('LICENSE', true, random),
      licenseTarget('MACHINE', false, random),
      licenseTarget('MACHINE', true, random),
      licenseTarget(null, false, random),
    ],
  };
}
