import { xchacha20poly1305 } from '@noble/ciphers/chacha.js';
import * as v from 'valibot';
import type { Instant } from '../../shared/license/types.ts';
import { isJsonObject } from '../../shared/license-file/json.ts';
import { err, ok, type Result } from '../../shared/result.ts';
import { fromBase64, toBase64 } from './base64.ts';
import { sealedJson } from './sealed-json.ts';
import type { JsonObject, SealableObject } from './types.ts';

/**
 * The version that is written; 1 is read as well and becomes 2 with the next write of the record. Newer ones are
 * refused. A file of each version lies under tests/fixtures/vault.
 */
export const ENVELOPE_VERSION = 2;

const NONCE_BYTES = 24;

/** So many bytes, or a multiple, are sealed: the size of a file doesn't tell what is in it. */
const PADDING = 256;

const envelopeSchema = v.strictObject({
  v: v.pipe(v.number(), v.safeInteger(), v.minValue(1)),
  kid: v.pipe(v.string(), v.regex(/^[0-9a-f]{16}$/)),
  revision: v.pipe(v.number(), v.safeInteger(), v.minValue(1)),
  nonce: v.string(),
  ciphertext: v.string(),
});

/** A sealed record as it is stored; `nonce` and `ciphertext` (with the 16-byte tag at its end) in base64. */
export type Envelope = v.InferOutput<typeof envelopeSchema>;

/** What version 2 seals. Version 1 sealed the value alone. */
const contentSchema = v.strictObject({
  writtenAt: v.number(),
  outdated: v.boolean(),
  value: v.custom<JsonObject>(isJsonObject),
});

/** What is in an envelope. */
export interface Content {
  readonly value: JsonObject;
  /** The operating system's clock at the writing; null in version 1. */
  readonly writtenAt: Instant | null;
  /** The vault had been put back to an earlier state when this was written, and nothing has mended that since. */
  readonly outdated: boolean;
}

/**
 * `damaged`: not an envelope, or not what was sealed. `newer`: written by a later version of this program.
 * `wrongKey`: sealed under another key.
 */
export type EnvelopeProblem = 'damaged' | 'newer' | 'wrongKey';

export interface SealingKey {
  /** 32 bytes. */
  readonly key: Uint8Array;
  /** 16 hexadecimal digits. */
  readonly kid: string;
}

/**
 * What is authenticated beside the ciphertext, as the UTF-8 of a JSON array, whose encoding is unambiguous: a
 * record can't be passed off as another one, as another revision or as of another version.
 */
function associatedData(version: number, name: string, kid: string, revision: number): Uint8Array {
  return Buffer.from(JSON.stringify(['latchkey-vault', version, name, kid, revision]), 'utf8');
}

/** What is put into an envelope. */
interface Sealed extends Omit<Content, 'value'> {
  readonly value: SealableObject;
  readonly writtenAt: Instant;
}

/** The UTF-8 of a JSON text, with blanks up to the next multiple of `PADDING`. */
function padded(content: Sealed) {
  const text = Buffer.from(sealedJson({ ...content }), 'utf8');
  const plain = new Uint8Array(Math.ceil(text.length / PADDING) * PADDING).fill(0x20);
  plain.set(text);
  text.fill(0);
  return plain;
}

/**
 * Seals a record with XChaCha20-Poly1305 (draft-irtf-cfrg-xchacha-03).
 * @param nonce 24 random bytes, never used before with this key
 */
export function sealEnvelope(
  { key, kid }: SealingKey,
  name: string,
  revision: number,
  nonce: Uint8Array,
  { value, writtenAt, outdated }: Sealed,
): Envelope {
  const plain = padded({ writtenAt, outdated, value });
  const aad = associatedData(ENVELOPE_VERSION, name, kid, revision);
  const ciphertext = toBase64(xchacha20poly1305(key, nonce, aad).encrypt(plain));
  plain.fill(0);
  return { v: ENVELOPE_VERSION, kid, revision, nonce: toBase64(nonce), ciphertext };
}

/** The plain bytes if everything, read as of this version and key, is authentic; else null. */
function decrypt({ key, kid }: SealingKey, name: string, envelope: Envelope): Uint8Array | null {
  const nonce = fromBase64(envelope.nonce);
  const ciphertext = fromBase64(envelope.ciphertext);
  if (nonce === null || ciphertext === null || nonce.length !== NONCE_BYTES) return null;
  const aad = associatedData(envelope.v, name, kid, envelope.revision);
  try {
    return xchacha20poly1305(key, nonce, aad).decrypt(ciphertext);
  } catch {
    return null;
  }
}

const anyVersion = v.looseObject({
  v: v.pipe(v.number(), v.safeInteger(), v.minValue(ENVELOPE_VERSION + 1)),
});

function parse(bytes: Uint8Array): unknown {
  try {
    return JSON.parse(Buffer.from(bytes).toString('utf8'));
  } catch {
    return null;
  }
}

/** What a version has sealed: each has its own form, and none is taken for another. */
function contentOf(version: number, plain: Uint8Array): Content | null {
  const sealed = parse(plain);
  if (version === 1) {
    return isJsonObject(sealed) ? { value: sealed as JsonObject, writtenAt: null, outdated: false } : null;
  }
  const content = v.safeParse(contentSchema, sealed);
  return content.success ? content.output : null;
}

/** Whether what says that it is of a later version is one of ours, with a damaged number. */
function isOursAfterAll(sealing: SealingKey, name: string, envelope: Envelope): boolean {
  for (let version = 1; version <= ENVELOPE_VERSION; version += 1) {
    const plain = decrypt(sealing, name, { ...envelope, v: version });
    plain?.fill(0);
    if (plain !== null) return true;
  }
  return false;
}

/**
 * Opens a record.
 * @param input the parsed file, of any shape
 * @param name the record that it is read as
 */
export function openEnvelope(
  sealing: SealingKey,
  name: string,
  input: unknown,
): Result<Content & { readonly revision: number }, EnvelopeProblem> {
  const parsed = v.safeParse(envelopeSchema, input);
  if (!parsed.success) return err(v.is(anyVersion, input) ? 'newer' : 'damaged');
  const envelope = parsed.output;
  if (envelope.v > ENVELOPE_VERSION) {
    // One flipped bit in the version must not send the user off to look for an update.
    return err(isOursAfterAll(sealing, name, envelope) ? 'damaged' : 'newer');
  }
  const plain = decrypt(sealing, name, envelope);
  if (plain === null) return err(envelope.kid === sealing.kid ? 'damaged' : 'wrongKey');
  const content = envelope.kid === sealing.kid ? contentOf(envelope.v, plain) : null;
  plain.fill(0);
  return content === null ? err('damaged') : ok({ ...content, revision: envelope.revision });
}
