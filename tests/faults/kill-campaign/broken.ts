import { writeFile } from 'node:fs/promises';
import path from 'node:path';
import * as v from 'valibot';
import type { ServiceParts } from '../../../electron/create-services.ts';
import { vaultFiles, type VaultFiles } from '../../../electron/vault/files.ts';
import { localProcesses } from '../../../electron/vault/process-identity.ts';
import type { JsonObject, Transaction, Vault } from '../../../electron/vault/types.ts';
import { ok, type Result } from '../../../shared/result.ts';

/**
 * Defects to be put into the engine and the vault. Each is one that a kill at the right moment turns into a loss, and
 * that nothing else would show: a campaign that does not find them finds nothing.
 */
export const BREAKAGES = [
  /** The intent reaches the disk only after the call. */
  'lateJournal',
  /** The intent to make a call in the nonce chain is not written at all. */
  'noCallJournal',
  /** A license is reported as stored and reaches the disk with the next operation. */
  'earlyDone',
  /** A file is written in its place instead of beside it. */
  'tornWrites',
  /** The token of an offline deactivation is not kept. */
  'lostReceipt',
  /** Whose account a seat is taken with is not written down before the call. */
  'forgottenAccount',
  /** A process that is gone keeps its lock. */
  'stuckLock',
] as const;

export type Breakage = (typeof BREAKAGES)[number];

/** The parts that have the defect; none for null. */
export function broken(breakage: Breakage | null, dataDir: string): Pick<ServiceParts, 'vault' | 'engine'> {
  const dir = path.join(dataDir, 'vault');
  const files = vaultFiles(dir);
  switch (breakage) {
    case null:
      return {};
    case 'lateJournal':
      return { vault: { files: heldBack(files, (name) => name.startsWith('journal-'), 'save') } };
    case 'earlyDone':
      return { vault: { files: heldBack(files, (name) => name.startsWith('prod_'), 'prepare') } };
    case 'tornWrites':
      return { vault: { files: { ...files, save: (name, value) => saveInPlace(dir, name, value) } } };
    case 'stuckLock': {
      const processes = localProcesses();
      return { vault: { processes: { ...processes, judge: () => 'alive' } } };
    }
    case 'noCallJournal':
      return { engine: changing((transaction) => withoutCallJournal(transaction)) };
    case 'lostReceipt':
      return { engine: changing((transaction) => withoutReceipts(transaction)) };
    case 'forgottenAccount':
      return { engine: changing((transaction) => withoutAccount(transaction)) };
  }
}

/** Files of which some are kept in memory until a later step. */
function heldBack(
  files: VaultFiles,
  isHeld: (name: string) => boolean,
  until: 'save' | 'prepare',
): VaultFiles {
  const held = new Map<string, JsonObject>();
  const flush = async (): Promise<void> => {
    for (const [name, value] of held) await files.save(name, value);
    held.clear();
  };
  return {
    ...files,
    prepare: async () => {
      if (until === 'prepare') await flush();
      return files.prepare();
    },
    load: async (name) => {
      const value = held.get(name);
      return value === undefined ? files.load(name) : { kind: 'value', value };
    },
    save: async (name, value) => {
      if (isHeld(name)) {
        held.set(name, value);
        return ok(undefined);
      }
      if (until === 'save') await flush();
      return files.save(name, value);
    },
    remove: (name) => {
      held.delete(name);
      return files.remove(name);
    },
  };
}

async function saveInPlace(dir: string, name: string, value: JsonObject): Promise<Result<void>> {
  await writeFile(path.join(dir, `${name}.json`), JSON.stringify(value), { mode: 0o600 });
  return ok(undefined);
}

/** An engine on a vault whose transactions are changed. */
function changing(change: (transaction: Transaction) => Transaction): NonNullable<ServiceParts['engine']> {
  return (engine) => ({
    ...engine,
    vault: async () => {
      const opened = await engine.vault();
      if (!opened.ok) return opened;
      const withLock: Vault['withLock'] = (work, options) =>
        opened.value.withLock((transaction) => work(change(transaction)), options);
      return ok({ ...opened.value, withLock });
    },
  });
}

const journal = v.looseObject({ kind: v.string() });

function withoutCallJournal(transaction: Transaction): Transaction {
  const missing = new Set<string>();
  return {
    ...transaction,
    write: (name, value, revision) => {
      const isCall = name.startsWith('journal-') && v.is(journal, value) && value.kind === 'call';
      if (!isCall) return transaction.write(name, value, revision);
      missing.add(name);
      return Promise.resolve(ok(revision + 1));
    },
    remove: (name, revision) =>
      missing.has(name) ? Promise.resolve(ok(undefined)) : transaction.remove(name, revision),
  };
}

/** Journals say nothing of accounts. */
function withoutAccount(transaction: Transaction): Transaction {
  return {
    ...transaction,
    write: (name, value, revision) => {
      const { wish = null, ...rest } = value;
      const isByAccount = typeof wish === 'object' && wish !== null && 'account' in wish;
      return transaction.write(name, name.startsWith('journal-') && isByAccount ? rest : value, revision);
    },
  };
}

function withoutReceipts(transaction: Transaction): Transaction {
  return {
    ...transaction,
    write: (name, value, revision) => {
      if (!name.startsWith('prod_')) return transaction.write(name, value, revision);
      const { exchange } = value;
      const less = { ...value, exchange: { ...(exchange as JsonObject), receipts: [] } };
      return transaction.write(name, less, revision);
    },
  };
}
