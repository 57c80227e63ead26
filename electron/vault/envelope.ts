import { xchacha20poly1305 } from '@noble/ciphers/chacha.js';
import * as v from 'valibot';
import { err, ok, type Result } from '../../shared/result.ts';
import { fromBase64, toBase64 } from './base64.ts';
import type { JsonObject } from './types.ts';

/** The version that is written. Older ones, once there are any, are read and migrated; newer ones are refused. */
export const ENVELOPE_VERSION = 1;

const NONCE_BYTES = 24;

const envelopeSchema = v.strictObject({
  v: v.pipe(v.number(), v.safeInteger(), v.minValue(1)),
  kid: v.pipe(v.string(), v.regex(/^[0-9a-f]{16}$/)),
  revision: v.pipe(v.number(), v.safeInteger(), v.minValue(1)),
  nonce: v.string(),
  ciphertext: v.string(),
});

/** A sealed record as it is stored; `nonce` and `ciphertext` (with the 16-byte tag at its end) in base64. */
export type Envelope = v.InferOutput<typeof envelopeSchema>;

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

/**
 * Seals a record with XChaCha20-Poly1305 (draft-irtf-cfrg-xchacha-03).
 * @param nonce 24 random bytes, never used before with this key
 */
export function sealEnvelope(
  { key, kid }: SealingKey,
  name: string,
  revision: number,
  nonce: Uint8Array,
  value: JsonObject,
): Envelope {
  const plain = new Uint8Array(Buffer.from(JSON.stringify(value), 'utf8'));
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
  const aad = associatedData(ENVELOPE_VERSION, name, kid, envelope.revision);
  try {
    return xchacha20poly1305(key, nonce, aad).decrypt(ciphertext);
  } catch {
    return null;
  }
}

const anyVersion = v.looseObject({
  v: v.pipe(v.number(), v.safeInteger(), v.minValue(ENVELOPE_VERSION + 1)),
});

function parseObject(bytes: Uint8Array): JsonObject | null {
  try {
    const value: unknown = JSON.parse(Buffer.from(bytes).toString('utf8'));
    return v.is(v.record(v.string(), v.unknown()), value) ? (value as JsonObject) : null;
  } catch {
    return null;
  }
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
): Result<{ readonly value: JsonObject; readonly revision: number }, EnvelopeProblem> {
  const parsed = v.safeParse(envelopeSchema, input);
  if (!parsed.success) return err(v.is(anyVersion, input) ? 'newer' : 'damaged');
  const envelope = parsed.output;
  const plain = decrypt(sealing, name, envelope);
  const altered = envelope.v !== ENVELOPE_VERSION || envelope.kid !== sealing.kid;
  if (plain === null || altered) {
    plain?.fill(0);
    // One flipped bit in the version must not send the user off to look for an update: what opens as the
    // present version and key, but says otherwise, is damaged.
    if (plain !== null) return err('damaged');
    if (envelope.v !== ENVELOPE_VERSION) return err('newer');
    return err(envelope.kid === sealing.kid ? 'damaged' : 'wrongKey');
  }
  const value = parseObject(plain);
  plain.fill(0);
  return value === null ? err('damaged') : ok({ value, revision: envelope.revision });
}
