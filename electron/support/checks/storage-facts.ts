import { constants } from 'node:fs';
import { access, statfs } from 'node:fs/promises';
import path from 'node:path';
import { failure, type Failure } from '../../../shared/errors.ts';
import { checkDirectory } from '../../vault/directory.ts';
import { fileFailure, systemCode } from '../../vault/file-errors.ts';

/** What the checks ask of the file system. Nothing is written to find out whether it could be. */
export interface StorageFacts {
  /** Bytes that this user may still write where a folder is, or would be. Rejects with the system's error. */
  readonly freeSpace: (dir: string) => Promise<number>;
  /**
   * Why a folder can't be used; null where it can, or where it is not there yet and can be made. Failures: those of
   * `fileFailure` and `vaultUnsafe`
   */
  readonly problemOf: (dir: string) => Promise<Failure | null>;
}

async function nearest<T>(dir: string, ask: (dir: string) => Promise<T>): Promise<T> {
  try {
    return await ask(dir);
  } catch (error) {
    const parent = path.dirname(dir);
    if (systemCode(error) !== 'ENOENT' || parent === dir) throw error;
    return nearest(parent, ask);
  }
}

/** The file system of this machine. */
export const storageFacts: StorageFacts = {
  freeSpace: (dir) =>
    nearest(dir, async (existing) => {
      const { bavail, bsize } = await statfs(existing);
      return bavail * bsize;
    }),
  problemOf: async (dir) => {
    const looks = await checkDirectory(dir);
    if (!looks.ok) return looks.error;
    try {
      await nearest(dir, (existing) => access(existing, constants.W_OK));
      return null;
    } catch (error) {
      const problem = fileFailure(error);
      return problem.code === 'internal' ? failure('vaultStorageFailed') : problem;
    }
  },
};
