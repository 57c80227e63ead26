import { join, resolve } from 'node:path';
import { err, ok, type Result } from '../../shared/result.ts';
import { failure } from '../../shared/errors.ts';
import { createAnew } from './anew.ts';
import { asideFolders, type AsideFolders } from './aside-folders.ts';
import { checkDirectory } from './directory.ts';
import { vaultFiles, type VaultFiles } from './files.ts';
import { createKeys, keyFailure } from './keys.ts';
import { lockFiles, type LockFiles } from './lock-files.ts';
import { acquireLock, type HeldLock } from './lock.ts';
import { localProcesses, type Processes } from './process-identity.ts';
import { isInside, runAlone } from './queue.ts';
import { patientKeyring } from './patient-keyring.ts';
import { createRecords } from './records.ts';
import type { Transaction, Vault, VaultOptions } from './types.ts';
import { createConditionBook } from './vault-condition.ts';
import { createWitness } from './witness.ts';

/** What the vault stands on; tests exchange single parts to make them fail. */
export interface VaultParts {
  readonly files: VaultFiles;
  readonly witnessFiles: VaultFiles;
  readonly asideFolders: AsideFolders;
  readonly lockFiles: LockFiles;
  readonly processes: Processes;
  readonly sleep: (milliseconds: number) => Promise<unknown>;
  /** How long an answer of the keyring is waited for, milliseconds. */
  readonly patience: number;
}

const DEFAULT_TIMEOUT = 10_000;

/**
 * Opens the vault. Touches no file but to read; a folder that doesn't exist yet is an empty vault.
 * @returns Errors: `vaultUnsafe` where the folder is not ours alone. A key that can't be opened is not an error
 * here: reads say `vaultKeyUnavailable` and `condition()` says why
 */
export async function openVault(
  options: VaultOptions,
  parts: Partial<VaultParts> = {},
): Promise<Result<Vault>> {
  const { machineKeys, clock, random, log } = options;
  const keyring = patientKeyring(options.keyring, parts.patience);
  const dir = resolve(options.dir);
  const checked = await checkDirectory(dir);
  if (!checked.ok) return checked;

  const files = parts.files ?? vaultFiles(dir);
  const lock = {
    files: parts.lockFiles ?? lockFiles(dir),
    processes: parts.processes ?? localProcesses(),
    sleep: parts.sleep,
    clock,
    random,
    log,
  };
  const witnessDir = resolve(options.witnessDir ?? join(dir, '..', 'witness'));
  const witness = createWitness({
    files: parts.witnessFiles ?? vaultFiles(witnessDir),
    log,
  });
  const outdated = new Set<string>();
  const book = createConditionBook({ outdated, witness: witness.state });
  for (const name of await files.list()) if (name.includes('.damaged-')) book.noteAside(`${name}.json`);

  const stamp = (): string => new Date(clock.now()).toISOString().replaceAll(/[-:.]/g, '');
  const setAside = async (name: string): Promise<Result<void>> => {
    const moved = await files.setAside(name, stamp());
    if (!moved.ok) return moved;
    if (moved.value !== null) {
      book.noteAside(moved.value);
      log.warn('A file of the vault was set aside', { file: moved.value });
    }
    return ok(undefined);
  };
  const anew = createAnew({ folders: parts.asideFolders ?? asideFolders(dir), log, stamp });
  for (const name of await anew.setAside()) book.noteAside(name);
  const keys = createKeys({ files, keyring, machineKeys, clock, random, log, setAside });
  const records = createRecords({ files, keys, witness, outdated, clock, random, log, setAside });
  let closed = false;

  const noteKey = async (): Promise<void> => {
    book.noteKey(await keys.load(), await keys.ring());
  };

  const watched = (transaction: Transaction): Transaction => ({
    read: async (name, schema) => {
      const result = await transaction.read(name, schema);
      book.noteRead(name, result.ok ? (result.value?.condition ?? 'good') : result.error);
      return result;
    },
    isOutdated: transaction.isOutdated,
    write: async (name, value, expectedRevision, how) => {
      const result = await transaction.write(name, value, expectedRevision, how);
      book.noteWrite(result.ok ? 'good' : result.error);
      if (result.ok) book.noteRead(name, 'good');
      return result;
    },
    remove: async (name, expectedRevision) => {
      const result = await transaction.remove(name, expectedRevision);
      book.noteWrite(result.ok ? 'good' : result.error);
      return result;
    },
  });

  /** Finishes or undoes a beginning anew that was cut off, and remembers what was set aside for good. */
  const settle = async (): Promise<Result<void>> => {
    const settled = await anew.settle();
    for (const name of await anew.setAside()) book.noteAside(name);
    return settled;
  };

  const underLock = async <T>(
    work: (held: HeldLock) => Promise<Result<T>>,
    timeoutMs: number,
  ): Promise<Result<T>> => {
    if (closed) return err(failure('internal'));
    if (isInside(dir)) return err(failure('busy'));
    const deadline = clock.monotonic() + timeoutMs;
    const ran = await runAlone(dir, timeoutMs, async (): Promise<Result<T>> => {
      const ready = await files.prepare();
      book.noteWrite(ready.ok ? 'good' : ready.error);
      if (!ready.ok) return ready;
      const held = await acquireLock(lock, Math.max(0, deadline - clock.monotonic()));
      if (!held.ok) {
        book.noteWrite(held.error);
        return held;
      }
      try {
        await files.sweep();
        const settled = await settle();
        if (!settled.ok) return settled;
        await keys.upkeep();
        return await work(held.value);
      } finally {
        await noteKey();
        await held.value.release();
      }
    });
    return ran === null ? err(failure('vaultLockTimeout')) : ran.outcome;
  };

  const transact = async <T>(
    work: (transaction: Transaction) => Promise<Result<T>>,
    held: HeldLock,
  ): Promise<Result<T>> => {
    const { transaction, end } = records.begin(held.stillHeld);
    try {
      return await work(watched(transaction));
    } finally {
      end();
    }
  };

  await noteKey();
  return ok({
    read: async (name, schema) => {
      if (closed) return err(failure('internal'));
      const result = await records.read(name, schema);
      book.noteRead(name, result.ok ? (result.value?.condition ?? 'good') : result.error);
      await noteKey();
      return result;
    },
    isOutdated: (name) => outdated.has(name),
    withLock: (work, { timeoutMs = DEFAULT_TIMEOUT } = {}) =>
      underLock((held) => transact(work, held), timeoutMs),
    adoptDevice: async () => {
      if (isInside(dir)) await keys.adoptDevice();
    },
    startAnew: (work, { timeoutMs = DEFAULT_TIMEOUT } = {}) =>
      underLock(async (held) => {
        const state = await keys.load();
        // Somebody else has begun anew meanwhile, or the keyring is back: what can be opened is not given up.
        if (state.kind === 'open') return transact(work, held);
        const mayComeBack = state.kind === 'problem' && ['newer', 'keyringSilent'].includes(state.problem);
        if (mayComeBack) return err(keyFailure(state.problem));
        if (!(await held.stillHeld())) return err(failure('vaultConflict'));
        const begun = await anew.begin();
        if (!begun.ok) return begun;
        try {
          return await transact(work, held);
        } finally {
          if (await held.stillHeld()) await settle();
        }
      }, timeoutMs),
    condition: book.condition,
    close: () => {
      closed = true;
      keys.wipe();
    },
  });
}
