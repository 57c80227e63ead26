import { xchacha20 } from '@noble/ciphers/chacha.js';
import * as v from 'valibot';
import type { MachineKey } from '../../../electron/fingerprint/types.ts';
import { decodeOwnFile } from '../../../electron/support/own-file.ts';
import { fromBase64 } from '../../../electron/vault/base64.ts';
import { loadedFrom, SIZE_LIMIT, type VaultFiles } from '../../../electron/vault/files.ts';
import { machineWrapSchema, unwrapForMachine } from '../../../electron/vault/key-wrap.ts';
import type { Result } from '../../../shared/result.ts';
import { everyByte } from './damage.ts';

/** The vault's files in memory, so that a damage costs no more than its reading. Whoever writes to them is at fault. */
export function memoryFiles(contents: ReadonlyMap<string, Buffer>): VaultFiles {
  const refuse = (): never => {
    throw new Error('reading has written something');
  };
  return {
    prepare: refuse,
    load: (name) => {
      const bytes = contents.get(name);
      const found = bytes === undefined ? ({ kind: 'absent' } as const) : decodeOwnFile(bytes, SIZE_LIMIT);
      return Promise.resolve(loadedFrom(found));
    },
    save: refuse,
    remove: refuse,
    setAside: refuse,
    list: () => Promise.resolve([...contents.keys()]),
    sweep: refuse,
  };
}

/** What a reader made of a file: `good`, `recovered`, the code of its refusal, or `believed` for a changed value. */
export type Reading = string;

export function readingOf(
  result: Result<{ readonly value: unknown; readonly revision: number; readonly condition: string } | null>,
  truth: string,
): Reading {
  if (!result.ok) return result.error.code;
  if (result.value === null) return 'nothing';
  const { value, revision, condition } = result.value;
  return JSON.stringify({ value, revision }) === truth ? condition : 'believed';
}

export interface Campaign {
  readonly cases: number;
  /** How often each reading was met. */
  readonly met: Readonly<Record<Reading, number>>;
  /** Damages with a reading that is not allowed. */
  readonly violations: readonly string[];
}

/**
 * Does every damage of every byte to some files at once and asks a reader after each.
 * @param names files that get the damage, all the same one
 * @param allowed readings that are right after it
 */
export async function damageEveryByte(
  contents: Map<string, Buffer>,
  names: readonly string[],
  read: () => Promise<Reading>,
  allowed: readonly Reading[],
): Promise<Campaign> {
  const good = contents.get(names[0] ?? '');
  if (good === undefined) throw new Error(`there is no ${names.join()}`);
  const before = new Map(contents);
  const met: Record<Reading, number> = {};
  const violations: string[] = [];
  let cases = 0;
  for (const { name, bytes } of everyByte(good)) {
    for (const file of names) contents.set(file, bytes);
    const reading = await read();
    cases += 1;
    met[reading] = (met[reading] ?? 0) + 1;
    if (!allowed.includes(reading)) violations.push(`${names.join(' and ')}: ${name}: ${reading}`);
  }
  for (const [name, bytes] of before) contents.set(name, bytes);
  return { cases, met, violations };
}

const keyFileSchema = v.looseObject({ kid: v.string(), wrap: machineWrapSchema });
const envelopeSchema = v.looseObject({ nonce: v.string(), ciphertext: v.string() });

/**
 * A reader that decrypts and does not authenticate, as a store with an ordinary cipher would: what the campaign has to
 * find out.
 */
export function carelessReader(
  contents: ReadonlyMap<string, Buffer>,
  name: string,
  machineKeys: readonly MachineKey[],
): () => Promise<Reading> {
  const parse = (file: string): unknown => JSON.parse(contents.get(file)?.toString('utf8') ?? '');
  const { kid, wrap } = v.parse(keyFileSchema, parse('keys'));
  const unwrapped = unwrapForMachine(kid, wrap, machineKeys);
  if (!unwrapped.ok) throw new Error('the key does not open');
  const { dataKey } = unwrapped.value;
  const plain = (): string => {
    const { nonce, ciphertext } = v.parse(envelopeSchema, parse(name));
    const sealed = fromBase64(ciphertext) ?? new Uint8Array();
    // Block 0 of the key stream is the key of the tag, which is left out here.
    const text = xchacha20(
      dataKey,
      fromBase64(nonce) ?? new Uint8Array(),
      sealed.subarray(0, -16),
      undefined,
      1,
    );
    return JSON.stringify(JSON.parse(Buffer.from(text).toString('utf8')));
  };
  const truth = plain();
  return () => {
    try {
      return Promise.resolve(plain() === truth ? 'good' : 'believed');
    } catch {
      return Promise.resolve('refused');
    }
  };
}
