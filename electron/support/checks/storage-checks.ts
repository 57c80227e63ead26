import { failure } from '../../../shared/errors.ts';
import { reason } from '../../../shared/license/reasons.ts';
import { causeOfReason } from '../../../shared/support/causes.ts';
import type { Folders } from '../../folders.ts';
import { count, fine, fromReasons, LOCAL_LIMIT, skipped, system, troubled, word } from './check.ts';
import type { Check, Finding } from './check.ts';
import type { Look } from './look.ts';
import type { StorageFacts } from './storage-facts.ts';

/** Bytes: less than the vault needs for one more change. */
const TOO_LITTLE = 256 * 1024;
/** Bytes: it goes on, but not for long. */
const LITTLE = 20 * 1024 * 1024;

/** Folders, space, and the vault with its key. */
export function storageChecks(
  folders: Folders,
  facts: StorageFacts,
  look: () => Promise<Look>,
): readonly Check[] {
  return [
    { id: 'folder', productId: null, limit: LOCAL_LIMIT, run: () => checkFolders(folders, facts) },
    { id: 'disk', productId: null, limit: LOCAL_LIMIT, run: () => checkDisk(folders, facts, look) },
    { id: 'vault', productId: null, limit: LOCAL_LIMIT, run: async () => checkVault(await look()) },
    { id: 'key', productId: null, limit: LOCAL_LIMIT, run: async () => checkKey(await look()) },
  ];
}

/** The data folder is what all else lies in; what bars it counts more than what bars a part. */
async function checkFolders(folders: Folders, facts: StorageFacts): Promise<Finding> {
  for (const dir of [folders.data, folders.vault]) {
    const problem = await facts.problemOf(dir);
    if (problem !== null) {
      const { code, facts: about } = problem;
      const isReason = code === 'vaultUnsafe' || code === 'vaultReadOnly' || code === 'vaultDiskFull';
      return {
        status: 'failed',
        cause: isReason ? causeOfReason(reason(code, about)) : { kind: 'error', code, facts: about },
        evidence: system(about?.system),
      };
    }
  }
  const barred = await facts.problemOf(folders.licenseFiles);
  if (barred === null) return fine([{ kind: 'flag', name: 'writable', value: true }]);
  return troubled(
    failure('licenseFolderBarred', { system: barred.facts?.system ?? 'EACCES' }),
    system(barred.facts?.system),
  );
}

async function checkDisk(
  { data }: Folders,
  facts: StorageFacts,
  look: () => Promise<Look>,
): Promise<Finding> {
  const free = await facts.freeSpace(data);
  const evidence = [{ kind: 'size', name: 'freeSpace', value: free } as const];
  const found = fromReasons('disk', (await look()).reasons, evidence);
  if (found.status !== 'ok' || free >= LITTLE) return found;
  return {
    status: free < TOO_LITTLE ? 'failed' : 'warning',
    cause: causeOfReason(reason('vaultDiskFull')),
    evidence,
  };
}

function checkVault({ reasons, condition, problem, stored }: Look): Finding {
  if (condition === null)
    return troubled(problem ?? failure('vaultStorageFailed'), system(problem?.facts?.system));
  const records = [...stored.values()].filter(({ record }) => record !== null);
  return fromReasons('vault', reasons, [
    ...word('vault', condition.vault),
    ...word('witness', condition.witness),
    ...count('files', records.length),
    ...count('filesSetAside', condition.setAside.length),
  ]);
}

function checkKey({ reasons, condition }: Look): Finding {
  if (condition === null) return skipped();
  const evidence = [
    ...word('keyring', condition.keyring),
    // The operating system's own word for it.
    { kind: 'word', name: 'keyringBackend', value: condition.backend } as const,
    ...word('keyProvider', condition.provider),
    ...word('keyProblem', condition.keyProblem),
  ];
  return fromReasons('key', reasons, evidence);
}
