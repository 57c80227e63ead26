import { hkdf } from '@noble/hashes/hkdf.js';
import { hmac } from '@noble/hashes/hmac.js';
import { sha256 } from '@noble/hashes/sha2.js';
import { utf8ToBytes } from '@noble/hashes/utils.js';
import * as v from 'valibot';
import type { Log } from '../ports.ts';
import { fromBase64, toBase64 } from './base64.ts';
import type { SealingKey } from './envelope.ts';
import type { VaultFiles } from './files.ts';
import type { VaultCondition } from './types.ts';

/**
 * The witness: a small file in another folder than the vault's, which says how far the vault's records have come.
 * Threat: a copy of the vault's folder is put back after a deactivation, and the seat that is somebody else's by now
 * is used here again as long as the old lease runs.
 *
 * It is written after the record, so it is never ahead of it: a kill at any instant raises no false alarm. It lies
 * apart, so that putting back a folder doesn't put it back as well. It is no more than that: who deletes it, or puts
 * both back, is not noticed by it, and a missing witness accuses nobody (folders of this kind get cleaned).
 */
export interface Witness {
  /**
   * The revision that a record has reached; 0 = nothing is known. To be asked before the record is read: asked after
   * it, a write in between would make an honest record look old.
   */
  readonly floor: (key: SealingKey, name: string) => Promise<number>;
  /** Remembers for this process that a record was seen at this revision. Writes nothing. */
  readonly see: (key: SealingKey, name: string, revision: number) => void;
  /** Under the lock, after the record was written: it has come so far. A failure is logged and no more. */
  readonly raise: (key: SealingKey, name: string, revision: number) => Promise<void>;
  /** Under the lock, before the record is removed: nothing is known of it any more. */
  readonly forget: (key: SealingKey, name: string) => Promise<void>;
  /** What was last found. */
  readonly state: () => VaultCondition['witness'];
}

const VERSION = 1;
const INFO = utf8ToBytes('latchkey vault witness v1');

const witnessSchema = v.strictObject({
  v: v.literal(VERSION),
  kid: v.string(),
  records: v.record(v.string(), v.pipe(v.number(), v.safeInteger(), v.minValue(1))),
  tag: v.string(),
});

type Revisions = Readonly<Record<string, number>>;

/** Names of the records that only grow. A journal comes and goes, and so does a client certificate. */
export function isWitnessed(name: string): boolean {
  return !name.startsWith('journal-') && !name.startsWith('identity');
}

function tagOf({ key, kid }: SealingKey, records: Revisions): Uint8Array {
  const derived = hkdf(sha256, key, undefined, INFO, 32);
  const entries = Object.entries(records).toSorted(([one], [other]) => (one < other ? -1 : 1));
  const tag = hmac(sha256, derived, utf8ToBytes(JSON.stringify([VERSION, kid, entries])));
  derived.fill(0);
  return tag;
}

/** What a witness file of any shape says under this key; null if it was not written under it. */
function parse(key: SealingKey, input: unknown): Revisions | null {
  const parsed = v.safeParse(witnessSchema, input);
  if (!parsed.success || parsed.output.kid !== key.kid) return null;
  const tag = fromBase64(parsed.output.tag);
  const expected = tagOf(key, parsed.output.records);
  const isAuthentic = tag !== null && Buffer.from(expected).equals(tag);
  return isAuthentic ? parsed.output.records : null;
}

/** @param files the folder of witnesses; one file for each key, so that a new key begins a new one */
export function createWitness({ files, log }: { readonly files: VaultFiles; readonly log: Log }): Witness {
  /** What this process has seen itself, which no file can take back. */
  const seen = new Map<string, number>();
  const idOf = ({ kid }: SealingKey, name: string): string => `${kid} ${name}`;
  let state: VaultCondition['witness'] = 'none';
  let swept = false;

  const stored = async (key: SealingKey): Promise<Revisions> => {
    const found = await files.load(key.kid);
    const records = found.kind === 'value' ? parse(key, found.value) : null;
    if (records !== null) state = 'good';
    else if (found.kind === 'absent') state = 'missing';
    else state = found.kind === 'failed' ? 'unusable' : 'damaged';
    return records ?? {};
  };

  const save = async (key: SealingKey, records: Revisions): Promise<void> => {
    const ready = await files.prepare();
    if (ready.ok && !swept) await files.sweep();
    swept ||= ready.ok;
    const tag = toBase64(tagOf(key, records));
    const saved = ready.ok ? await files.save(key.kid, { v: VERSION, kid: key.kid, records, tag }) : ready;
    if (saved.ok) state = 'good';
    else {
      // The record is written and stays so: without a witness it is worth as much as ever.
      if (state !== 'unusable') log.warn('The witness of the vault can not be written', { ...saved.error });
      state = 'unusable';
    }
  };

  const see: Witness['see'] = (key, name, revision) => {
    const id = idOf(key, name);
    seen.set(id, Math.max(revision, seen.get(id) ?? 0));
  };

  return {
    see,
    floor: async (key, name) => {
      const inMemory = seen.get(idOf(key, name)) ?? 0;
      return Math.max(inMemory, (await stored(key))[name] ?? 0);
    },
    raise: async (key, name, revision) => {
      see(key, name, revision);
      const records = await stored(key);
      if ((records[name] ?? 0) < revision) await save(key, { ...records, [name]: revision });
    },
    forget: async (key, name) => {
      seen.delete(idOf(key, name));
      const { [name]: known, ...rest } = await stored(key);
      if (known !== undefined) await save(key, rest);
    },
    state: () => state,
  };
}
