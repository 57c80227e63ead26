import {
  createCipheriv,
  createHash,
  createPrivateKey,
  createPublicKey,
  randomBytes,
  sign,
  type KeyObject,
} from 'node:crypto';

/**
 * License files made with node:crypto, from the description of the format and without the reader's code: what a server
 * in another language would write.
 */

export const NOW = Date.parse('2026-03-02T10:00:00Z');
export const ISSUED = Date.parse('2026-03-01T10:00:00Z');
export const EXPIRY = Date.parse('2026-03-15T10:00:00Z');

export interface Keys {
  readonly privateKey: KeyObject;
  readonly publicKey: KeyObject;
  /** The public key alone, 32 bytes. */
  readonly raw: Uint8Array;
}

/** PKCS #8 (RFC 8410, section 7) of an Ed25519 key, up to its seed. */
const PKCS8_PREFIX = Buffer.from('302e020100300506032b657004220420', 'hex');

export function makeKeys(seed: Uint8Array = randomBytes(32)): Keys {
  const key = Buffer.concat([PKCS8_PREFIX, seed]);
  const privateKey = createPrivateKey({ key, format: 'der', type: 'pkcs8' });
  const publicKey = createPublicKey(privateKey);
  const { x } = publicKey.export({ format: 'jwk' });
  return { privateKey, publicKey, raw: new Uint8Array(Buffer.from(x ?? '', 'base64url')) };
}

export type Kind = 'LICENSE' | 'MACHINE';

const meta = {
  issued: new Date(ISSUED).toISOString(),
  expiry: new Date(EXPIRY).toISOString(),
  ttl: (EXPIRY - ISSUED) / 1000,
};

export const attributes = { seatId: 'seat-1', fingerprint: { board: 'b', disk: 'd' }, name: 'Zoë' };

export const dataset = {
  data: { id: 'act_1', type: 'licenses', attributes, relationships: {} },
  included: [{ type: 'features', id: 'export', attributes: { key: 'export' } }],
  meta,
};

/** The dataset with other dates. */
export const dated = (changes: Readonly<Record<string, unknown>>) => ({
  ...dataset,
  meta: { ...meta, ...changes },
});

/** The dataset with other attributes. */
export const about = (other: unknown) => ({ ...dataset, data: { ...dataset.data, attributes: other } });

function encrypt(value: unknown, secret: string, iv: Uint8Array): string {
  const cipher = createCipheriv('aes-256-gcm', createHash('sha256').update(secret).digest(), iv);
  const ciphertext = Buffer.concat([cipher.update(JSON.stringify(value)), cipher.final()]);
  return [ciphertext, iv, cipher.getAuthTag()].map((part) => Buffer.from(part).toString('base64')).join('.');
}

export const encode = (value: unknown): string => Buffer.from(JSON.stringify(value)).toString('base64');

export const armor = (kind: Kind, envelope: unknown): string =>
  `-----BEGIN ${kind} FILE-----\n${encode(envelope).replaceAll(/(.{60})/g, '$1\n')}\n-----END ${kind} FILE-----\n\n`;

export interface FileOptions {
  readonly kind?: Kind;
  readonly value?: unknown;
  /** What the file is encrypted with; plain without it. */
  readonly secret?: string;
  readonly iv?: Uint8Array;
}

/** The envelope of a file: `{enc, sig, alg}`. */
export function envelopeOf(
  keys: Keys,
  { kind = 'LICENSE', value = dataset, secret, iv = randomBytes(12) }: FileOptions = {},
) {
  const enc = secret === undefined ? encode(value) : encrypt(value, secret, iv);
  const signed = Buffer.from(`${kind.toLowerCase()}/${enc}`);
  return {
    enc,
    sig: sign(null, signed, keys.privateKey).toString('base64'),
    alg: secret === undefined ? 'base64+ed25519' : 'aes-256-gcm+ed25519',
  };
}

export const makeFile = (keys: Keys, options: FileOptions = {}): string =>
  armor(options.kind ?? 'LICENSE', envelopeOf(keys, options));

/** A signed license key; some servers pad their base64url. */
export function makeKey(keys: Keys, payload: string, { padded = false } = {}): string {
  const text = (bytes: Buffer): string => {
    const bare = bytes.toString('base64url');
    return padded ? bare.padEnd(Math.ceil(bare.length / 4) * 4, '=') : bare;
  };
  const signed = `key/${text(Buffer.from(payload))}`;
  return `${signed}.${text(sign(null, Buffer.from(signed), keys.privateKey))}`;
}
