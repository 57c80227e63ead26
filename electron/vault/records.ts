import * as v from 'valibot';
import { err, ok, type Result } from '../../shared/result.ts';
import { failure } from '../../shared/errors.ts';
import type { Clock, Log, Random } from '../ports.ts';
import {
  openEnvelope,
  sealEnvelope,
  type Content,
  type EnvelopeProblem,
  type SealingKey,
} from './envelope.ts';
import type { Loaded, VaultFiles } from './files.ts';
import { keyFailure, type Keys, type KeyState } from './keys.ts';
import { copyOf, recordName } from './names.ts';
import { isNewer } from './record-form.ts';
import type { JsonObject, SealableObject, StoredRecord, Transaction } from './types.ts';
import { isWitnessed, type Witness } from './witness.ts';

export interface RecordsOptions {
  readonly files: VaultFiles;
  readonly keys: Keys;
  readonly witness: Witness;
  /** Kept here: names of the records that were older than they should be when last looked at. */
  readonly outdated: Set<string>;
  readonly clock: Clock;
  readonly random: Random;
  readonly log: Log;
  readonly setAside: (name: string) => Promise<Result<void>>;
}

/** What lies in the vault under a name. */
interface Found {
  /** null = nothing. */
  readonly record: StoredRecord<JsonObject> | null;
  /** The revision that it has had already, as far as known. */
  readonly floor: number;
  /** It is older than that, or was written over one that was. */
  readonly outdated: boolean;
}

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

export function createRecords(options: RecordsOptions): Records {
  const { files, keys, witness, outdated, clock, random, log, setAside } = options;

  const floorOf = async (name: string, state: KeyState): Promise<number> =>
    state.kind === 'open' && isWitnessed(name) ? witness.floor(state.key, name) : 0;

  const look = async (name: string): Promise<Result<Found>> => {
    const state = await keys.load();
    // Before the record is read: a record only grows, so what is read after this can't honestly be below it.
    const floor = await floorOf(name, state);
    const main = await files.load(name);
    const copy = await files.load(copyOf(name));
    for (const file of [main, copy]) if (file.kind === 'failed') return err(file.error);
    if (main.kind === 'absent' && copy.kind === 'absent') {
      return ok({ record: null, floor, outdated: floor > 0 });
    }
    if (state.kind === 'failed') return err(state.error);
    if (state.kind === 'absent') return err(failure('vaultDamaged'));
    if (state.kind === 'problem') return err(keyFailure(state.problem));
    const open = (file: Loaded): ReturnType<typeof openEnvelope> =>
      file.kind === 'value' ? openEnvelope(state.key, name, file.value) : err<EnvelopeProblem>('damaged');
    const foundIn = (
      content: Content & { readonly revision: number },
      condition: StoredRecord<never>['condition'],
    ): Result<Found> => {
      const { value, revision } = content;
      if (isWitnessed(name)) witness.see(state.key, name, revision);
      const isOld = content.outdated || revision < floor;
      return ok({ record: { value, revision, condition }, floor, outdated: isOld });
    };
    const first = open(main);
    if (first.ok) return foundIn(first.value, 'good');
    // What a later version has written must not be replaced by our older copy.
    if (first.error === 'newer') return err(failure('vaultNewer'));
    const second = open(copy);
    if (second.ok) return foundIn(second.value, 'recovered');
    // What the medium keeps back may come again, so it is not damaged, and nobody may take its place.
    for (const file of [main, copy]) if (file.kind === 'unreadable') return err(file.error);
    return err(failure(second.error === 'newer' ? 'vaultNewer' : 'vaultDamaged'));
  };

  const note = (name: string, found: Result<Found>): void => {
    if (found.ok && found.value.outdated) {
      if (!outdated.has(name)) log.warn('A record is older than the last one that was written', { name });
      outdated.add(name);
    } else outdated.delete(name);
  };

  const parse = <T>(
    schema: v.GenericSchema<unknown, T>,
    { record }: Found,
  ): Result<StoredRecord<T> | null> => {
    if (record === null) return ok(null);
    const parsed = v.safeParse(schema, record.value);
    if (parsed.success) return ok({ ...record, value: parsed.output });
    return err(failure(isNewer(parsed.issues) ? 'vaultNewer' : 'vaultDamaged'));
  };

  const read: Records['read'] = async (input, schema) => {
    const name = recordName(input);
    if (!name.ok) return name;
    let found = await look(name.value);
    // Without the lock a writer may just be exchanging files: what is wrong must be wrong twice.
    if (!found.ok || found.value.outdated || found.value.record?.condition === 'recovered') {
      found = await look(name.value);
    }
    note(name.value, found);
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
    return !opened.ok && opened.error !== 'newer';
  };

  const store = async (
    name: string,
    revision: number,
    content: Pick<Content, 'outdated'> & { readonly value: SealableObject },
  ): Promise<Result<void>> => {
    const key = await keys.obtain();
    if (!key.ok) return key;
    const envelope = sealEnvelope(key.value, name, revision, random.bytes(24), {
      ...content,
      writtenAt: clock.now(),
    });
    const saved = await files.save(name, envelope);
    if (!saved.ok) return saved;
    // The copy has the same revision: an older one would bring back what was deactivated since.
    if (await isDamaged(key.value, copyOf(name), name)) await setAside(copyOf(name));
    const copied = await files.save(copyOf(name), envelope);
    if (!copied.ok) {
      log.warn('The good copy could not be written', { name, code: copied.error.code });
      await files.remove(copyOf(name));
    }
    if (isWitnessed(name)) await witness.raise(key.value, name, revision);
    return ok(undefined);
  };

  /** A kill between record and witness, or somebody who cleans folders, has left the witness behind. */
  const catchUp = async (name: string, { record, outdated: isOld }: Found): Promise<void> => {
    if (record === null || isOld || !isWitnessed(name)) return;
    const state = await keys.load();
    if (state.kind === 'open') await witness.raise(state.key, name, record.revision);
  };

  const begin: Records['begin'] = (stillHeld) => {
    let over = false;
    /** Records that this transaction was told are damaged: only those may be given up. */
    const damaged = new Set<string>();

    /** Checks everything that a change depends on; answers with the revision that is there. */
    const prepare = async (
      input: string,
      expected: number,
    ): Promise<
      Result<Omit<Found, 'record'> & { readonly name: string; revision: number; giveUp: boolean }>
    > => {
      if (over) return err(failure('internal'));
      const name = recordName(input);
      if (!name.ok) return name;
      const found = await look(name.value);
      const giveUp = damaged.has(name.value) && expected === 0;
      const lost = !found.ok && found.error.code === 'vaultDamaged';
      if (!found.ok && !(lost && giveUp)) return found;
      const revision = found.ok ? (found.value.record?.revision ?? 0) : 0;
      if (revision !== expected && !giveUp) return err(failure('vaultConflict'));
      if (!(await stillHeld())) return err(failure('vaultConflict'));
      const floor = await floorOf(name.value, await keys.load());
      // What was damaged and is given up has nothing in it that could have come back.
      const isOld = found.ok && found.value.outdated && !giveUp;
      return ok({ name: name.value, revision, giveUp, floor, outdated: isOld });
    };

    const transaction: Transaction = {
      read: async (input, schema) => {
        if (over) return err(failure('internal'));
        const name = recordName(input);
        if (!name.ok) return name;
        const found = await look(name.value);
        note(name.value, found);
        if (found.ok && found.value.record?.condition === 'recovered' && (await stillHeld())) {
          await mend(name.value);
        }
        if (found.ok) await catchUp(name.value, found.value);
        const result = found.ok ? parse(schema, found.value) : found;
        if (!result.ok && result.error.code === 'vaultDamaged') damaged.add(name.value);
        return result;
      },
      write: async (input, value, expectedRevision, { confirmed = false } = {}) => {
        const ready = await prepare(input, expectedRevision);
        if (!ready.ok) return ready;
        const { name, revision, giveUp, floor } = ready.value;
        const aside = giveUp ? await setBothAside(name) : ok(undefined);
        if (!aside.ok) return aside;
        const isOld = ready.value.outdated && !confirmed;
        // Above what was seen: two states of a record never have the same number.
        const next = Math.max(revision, floor) + 1;
        const stored = await store(name, next, { value, outdated: isOld });
        if (!stored.ok) return stored;
        damaged.delete(name);
        if (!isOld) outdated.delete(name);
        return ok(next);
      },
      isOutdated: (name) => outdated.has(name),
      remove: async (input, expectedRevision) => {
        const ready = await prepare(input, expectedRevision);
        if (!ready.ok) return ready;
        const { name, giveUp } = ready.value;
        const state = await keys.load();
        if (state.kind === 'open' && isWitnessed(name)) await witness.forget(state.key, name);
        outdated.delete(name);
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
