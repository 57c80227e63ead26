import { failure } from '../../../shared/errors.ts';
import { lookAtLock, type LockState } from '../../vault/lock.ts';
import type { LockFiles } from '../../vault/lock-files.ts';
import type { Processes } from '../../vault/process-identity.ts';
import type { Evidence } from '../../../shared/support/evidence.ts';
import { count, fine, LOCAL_LIMIT, troubled, word, type Check } from './check.ts';

/** What the check of the lock looks at. */
export interface LockLook {
  readonly files: LockFiles;
  readonly processes: Processes;
  /** Waits so many milliseconds. */
  readonly pause: (milliseconds: number) => Promise<unknown>;
}

/** Milliseconds: whoever only reads and writes has let go by then. */
const MOMENT = 1200;

/** Who has the vault. Takes nothing: an operation of a second is waited out, and what lasts longer is told. */
export function lockCheck({ files, processes, pause }: LockLook): Check {
  const look = () => lookAtLock(files, processes);
  return {
    id: 'lock',
    productId: null,
    limit: LOCAL_LIMIT,
    run: async () => {
      const first = await look();
      if (first.state !== 'held') return fine(evidenceOf(first));
      await pause(MOMENT);
      const second = await look();
      const isLasting = second.state === 'held' && second.generation === first.generation;
      if (!isLasting) return fine(evidenceOf(second));
      // What this very process does is no riddle.
      if (second.process === processes.self.pid) return { ...fine(evidenceOf(second)), status: 'notice' };
      return troubled(failure('vaultLockTimeout'), evidenceOf(second), 'warning');
    },
  };
}

function evidenceOf({ state, process }: LockState): readonly Evidence[] {
  return [...word('lockState', state), ...count('holderProcess', process)];
}
