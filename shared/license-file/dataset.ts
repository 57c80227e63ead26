import { gcm } from '@noble/ciphers/aes.js';
import { sha256 } from '@noble/hashes/sha2.js';
import { fromBase64, fromUtf8, utf8 } from './encoding.ts';
import { isJsonObject, parseJsonObject, parseStrictJson, type JsonObject } from './json.ts';
import { fromPaddedBase64Url, type SignedLicense } from './parse.ts';

/** What is signed: a JSON:API document with the dates of the file. */
export interface Dataset {
  /** A JSON:API resource (`id`, `type`, `attributes`); in a signed license key any JSON value, or else its text. */
  readonly data: unknown;
  readonly included: readonly unknown[];
  /** Epoch milliseconds; null in a signed license key, which has no dates. */
  readonly issued: number | null;
  /** Epoch milliseconds; null = does not expire. */
  readonly expiry: number | null;
  /** Seconds from `issued` to `expiry`; null = not stated. */
  readonly ttl: number | null;
}

/** What a file may be encrypted with. */
export interface Secrets {
  readonly licenseKey?: string | undefined;
  /** Of the machine; part of the key of an encrypted machine file. */
  readonly fingerprint?: string | undefined;
}

/**
 * `notNeeded`: it is not encrypted. `keyMissing`: the license key, or for a machine file the fingerprint, was not
 * given. `failed`: the one that was given does not fit.
 */
export type Decryption = 'notNeeded' | 'done' | 'keyMissing' | 'failed';

export interface Decoded {
  readonly decryption: Decryption;
  /** null if it could not be decrypted, or is not what a dataset looks like. */
  readonly dataset: Dataset | null;
}

const ISO_DATE = /^\d{4}-\d\d-\d\dT\d\d:\d\d(:\d\d(\.\d{1,9})?)?(Z|[+-]\d\d:?\d\d)$/;

/** Epoch milliseconds; null if it isn't an ISO 8601 date with time and offset. */
function dateOf(value: unknown): number | null {
  const at = typeof value === 'string' && ISO_DATE.test(value) ? Date.parse(value) : Number.NaN;
  return Number.isNaN(at) ? null : at;
}

const isAbsent = (value: unknown): boolean => value === null || value === undefined;

/** The dates of `meta`; null if one is no date: then it is not known until when the file counts. */
function datesOf(meta: unknown): Pick<Dataset, 'issued' | 'expiry' | 'ttl'> | null {
  if (!isJsonObject(meta)) return null;
  const issued = dateOf(meta['issued']);
  const ttl = isAbsent(meta['ttl']) ? null : meta['ttl'];
  if (issued === null || (ttl !== null && (typeof ttl !== 'number' || ttl < 0))) return null;
  if (isAbsent(meta['expiry'])) return { issued, ttl, expiry: ttl === null ? null : issued + ttl * 1000 };
  const expiry = dateOf(meta['expiry']);
  return expiry === null ? null : { issued, ttl, expiry };
}

function toDataset(document: JsonObject | null): Dataset | null {
  const dates = datesOf(document?.['meta']);
  const data = document?.['data'];
  const included = document?.['included'] ?? [];
  if (dates === null || !isJsonObject(data) || !Array.isArray(included)) return null;
  return { ...dates, data, included };
}

function parseDataset(bytes: Uint8Array | null): Dataset | null {
  const json = bytes === null ? null : fromUtf8(bytes);
  return json === null ? null : toDataset(parseJsonObject(json));
}

/** SHA-256 of the license key, for a machine file followed by the machine's fingerprint. */
function keyOf(kind: SignedLicense['kind'], { licenseKey, fingerprint }: Secrets): Uint8Array | null {
  if (licenseKey === undefined) return null;
  if (kind !== 'machineFile') return sha256(utf8(licenseKey));
  return fingerprint === undefined ? null : sha256(utf8(licenseKey + fingerprint));
}

/** AES-256-GCM without associated data, of `<ciphertext>.<IV>.<tag>`; null if the key doesn't fit. */
function decrypt(enc: string, key: Uint8Array): Uint8Array | null {
  const parts = enc.split('.', 4).map(fromBase64);
  const [ciphertext, iv, tag] = parts;
  if (parts.length !== 3 || !ciphertext || iv?.length !== 12 || tag?.length !== 16) return null;
  const sealed = new Uint8Array(ciphertext.length + tag.length);
  sealed.set(ciphertext);
  sealed.set(tag, ciphertext.length);
  try {
    return gcm(key, iv).decrypt(sealed);
  } catch {
    return null;
  }
}

function decodeKey(payload: string): Dataset | null {
  const bytes = fromPaddedBase64Url(payload);
  const text = bytes === null ? null : fromUtf8(bytes);
  if (text === null) return null;
  const json = parseStrictJson(text);
  return { data: json === null ? text : json.value, included: [], issued: null, expiry: null, ttl: null };
}

/** Decodes the dataset, and decrypts it where it is encrypted. Doesn't throw. Verify the signature first. */
export function decodeDataset(license: SignedLicense, secrets: Secrets): Decoded {
  const { kind, alg, enc } = license;
  if (kind === 'licenseKey') return { decryption: 'notNeeded', dataset: decodeKey(enc) };
  if (!alg.startsWith('aes-256-gcm'))
    return { decryption: 'notNeeded', dataset: parseDataset(fromBase64(enc)) };
  const key = keyOf(kind, secrets);
  if (key === null) return { decryption: 'keyMissing', dataset: null };
  const plain = decrypt(enc, key);
  key.fill(0);
  return { decryption: plain === null ? 'failed' : 'done', dataset: parseDataset(plain) };
}
