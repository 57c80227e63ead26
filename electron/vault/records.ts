import * as v from 'valibot';
import { err, ok, type Result } from '../../shared/result.ts';
import { failure } from '../../shared/errors.ts';
import type { Log, Random } from '../ports.ts';
import { openEnvelope, sealEnvelope, type EnvelopeProblem, type SealingKey } from './envelope.ts';
import type { Loaded, VaultFiles } from './files.ts';
import { keyFailure, type Keys } from './keys.ts';
import { copyOf, recordName } from './names.ts';
import type { JsonObject, StoredRecord, Transaction } from './types.ts';

export interface RecordsOptions {
  readonly files: VaultFiles;
  readonly keys: Keys;
  readonly random: Random;
  readonly log: Log;
  readonly setAside: (name: string) => Promise<Result<void>>;
}

/** What lies in the vault under a name; null = nothing. */
type Found = StoredRecord<JsonObject> | null;

export interface Records {
  /** Reads a record from its file or its copy; writes nothing. */
  readonly read: <T>(
    name: string,
    schema: v.GenericSchema<unknown, T>,
  ) => Promise<Result<StoredRecord<T> | null>>;
  /**
   * Begins a transaction; to be called under the lock.
   * @param stillHeld asked before each write
   */
  readonly begin: (stillHeld: () => Promise<boolean>) => {
    readonly transaction: Transaction;
    readonly end: () => void;
  };
}

export function createRecords({ files, keys, random, log, setAside }: RecordsOptions): Records {
  const look = async (name: string): Promise<Result<Found>> => {
    const main = await files.load(name);
    const copy = await files.load(copyOf(name));
    for (const file of [main, copy]) if (file.kind === 'failed') return err(file.error);
    if (main.kind === 'absent' && copy.kind === 'absent') return ok(null);
    const state = await keys.load();
    if (state.kind === 'failed') return err(state.error);
    if (state.kind === 'absent') return err(failure('vaultDamaged'));
    if (state.kind === 'problem') return err(keyFailure(state.problem));
    const open = (file: Loaded): ReturnType<typeof openEnvelope> =>
      file.kind === 'value' ? openEnvelope(state.key, name, file.value) : err<EnvelopeProblem>('damaged');
    const first = open(main);
    if (first.ok) return ok({ ...first.value, condition: 'good' });
    // What a later version has written must not be replaced by our older copy.
    if (first.error === 'newer') return err(failure('vaultNewer'));
    const second = open(copy);
    if (second.ok) return ok({ ...second.value, condition: 'recovered' });
    // What the medium keeps back may come again, so it is not damaged, and nobody may take its place.
    for (const file of [main, copy]) if (file.kind === 'unreadable') return err(file.error);
    return err(failure(second.error === 'newer' ? 'vaultNewer' : 'vaultDamaged'));
  };

  const parse = <T>(schema: v.GenericSchema<unknown, T>, found: Found): Result<StoredRecord<T> | null> => {
    if (found === null) return ok(null);
    const parsed = v.safeParse(schema, found.value);
    return parsed.success ? ok({ ...found, value: parsed.output }) : err(failure('vaultDamaged'));
  };

  const read: Records['read'] = async (input, schema) => {
    const name = recordName(input);
    if (!name.ok) return name;
    let found = await look(name.value);
    // Without the lock a writer may just be exchanging files: what is wrong must be wrong twice.
    if (!found.ok || found.value?.condition === 'recovered') found = await look(name.value);
    return found.ok ? parse(schema, found.value) : found;
  };

  /** Puts the good copy back in the place of a damaged or missing file. */
  const mend = async (name: string): Promise<void> => {
    const copy = await files.load(copyOf(name));
    if (copy.kind !== 'value' || !(await setAside(name)).ok) return;
    const saved = await files.save(name, copy.value);
    log.warn('A damaged record was restored from its copy', { name, restored: saved.ok });
  };

  const setBothAside = async (name: string): Promise<Result<void>> => {
    const main = await setAside(name);
    return main.ok ? setAside(copyOf(name)) : main;
  };

  /** Whether a file holds something that is not ours and must not be overwritten. */
  const isDamaged = async (key: SealingKey, file: string, name: string): Promise<boolean> => {
    const found = await files.load(file);
    if (found.kind !== 'value') return found.kind === 'damaged';
    const opened = openEnvelope(key, name, found.value);
    return !opened.ok && opened.error === 'damaged';
  };

  const store = async (name: string, value: JsonObject, revision: number): Promise<Result<void>> => {
    const key = await keys.obtain();
    if (!key.ok) return key;
    const envelope = sealEnvelope(key.value, name, revision, random.bytes(24), value);
    const saved = await files.save(name, envelope);
    if (!saved.ok) return saved;
    // The copy has the same revision: an older one would bring back what was deactivated since.
    if (await isDamaged(key.value, copyOf(name), name)) await setAside(copyOf(name));
    const copied = await files.save(copyOf(name), envelope);
    if (!copied.ok) {
      log.warn('The good copy could not be written', { name, code: copied.error.code });
      await files.remove(copyOf(name));
    }
    return ok(undefined);
  };

  const begin: Records['begin'] = (stillHeld) => {
    let over = false;
    /** Records that this transaction was told are damaged: only those may be given up. */
    const damaged = new Set<string>();

    /** Checks everything that a change depends on; answers with the revision that is there. */
    const prepare = async (
      input: string,
      expected: number,
    ): Promise<Result<{ readonly name: string; readonly revision: number; readonly giveUp: boolean }>> => {
      if (over) return err(failure('internal'));
      const name = recordName(input);
      if (!name.ok) return name;
      const found = await look(name.value);
      const giveUp = damaged.has(name.value) && expected === 0;
      const lost = !found.ok && found.error.code === 'vaultDamaged';
      if (!found.ok && !(lost && giveUp)) return found;
      const revision = found.ok ? (found.value?.revision ?? 0) : 0;
      if (revision !== expected && !giveUp) return err(failure('vaultConflict'));
      if (!(await stillHeld())) return err(failure('vaultConflict'));
      return ok({ name: name.value, revision, giveUp });
    };

    const transaction: Transaction = {
      read: async (input, schema) => {
        if (over) return err(failure('internal'));
        const name = recordName(input);
        if (!name.ok) return name;
        const found = await look(name.value);
        if (found.ok && found.value?.condition === 'recovered' && (await stillHeld())) await mend(name.value);
        const result = found.ok ? parse(schema, found.value) : found;
        if (!result.ok && result.error.code === 'vaultDamaged') damaged.add(name.value);
        return result;
      },
      write: async (input, value, expectedRevision) => {
        const ready = await prepare(input, expectedRevision);
        if (!ready.ok) return ready;
        const { name, revision, giveUp } = ready.value;
        const aside = giveUp ? await setBothAside(name) : ok(undefined);
        if (!aside.ok) return aside;
        const stored = await store(name, value, revision + 1);
        if (!stored.ok) return stored;
        damaged.delete(name);
        return ok(revision + 1);
      },
      remove: async (input, expectedRevision) => {
        const ready = await prepare(input, expectedRevision);
        if (!ready.ok) return ready;
        const { name, giveUp } = ready.value;
        if (giveUp) return setBothAside(name);
        // The copy first: were it left alone, it would bring the record back.
        const copy = await files.remove(copyOf(name));
        return copy.ok ? files.remove(name) : copy;
      },
    };
    return {
      transaction,
      end: () => {
        over = true;
      },
    };
  };

  return { read, begin };
}
