import { constants } from 'node:fs';
import { mkdir, open, readdir, rename, rmdir, unlink } from 'node:fs/promises';
import { join } from 'node:path';
import { systemCode } from './file-errors.ts';

/**
 * Folders within the vault's, into which files are moved. A port, so that tests can stop at every step. Throws what the
 * file system throws.
 */
export interface AsideFolders {
  /** Names of the folders, sorted. */
  readonly list: () => Promise<readonly string[]>;
  readonly make: (folder: string) => Promise<void>;
  /** Names of the files in a folder, or in the vault's own (''), sorted. */
  readonly filesIn: (folder: string) => Promise<readonly string[]>;
  /** Moves a file between two folders, durably; '' is the vault's own. */
  readonly move: (file: string, from: string, to: string) => Promise<void>;
  /** Renames a folder, durably. */
  readonly rename: (from: string, to: string) => Promise<void>;
  /** Deletes a file of the vault's own folder, durably. */
  readonly discard: (file: string) => Promise<void>;
  /** Removes an empty folder; no error if there is none. */
  readonly remove: (folder: string) => Promise<void>;
}

/** Windows has no such call and needs none. */
async function sync(path: string): Promise<void> {
  if (process.platform === 'win32') return;
  const handle = await open(path, constants.O_RDONLY);
  try {
    await handle.sync();
  } finally {
    await handle.close();
  }
}

/** @param dir absolute path of the vault's folder */
export function asideFolders(dir: string): AsideFolders {
  const namesIn = async (path: string, wanted: 'file' | 'folder'): Promise<readonly string[]> => {
    try {
      const entries = await readdir(path, { withFileTypes: true });
      return entries
        .filter((entry) => (wanted === 'folder' ? entry.isDirectory() : !entry.isDirectory()))
        .map(({ name }) => name)
        .toSorted();
    } catch (error) {
      if (systemCode(error) === 'ENOENT') return [];
      throw error;
    }
  };
  return {
    list: () => namesIn(dir, 'folder'),
    make: async (folder) => {
      await mkdir(join(dir, folder), { mode: 0o700 });
      await sync(dir);
    },
    filesIn: (folder) => namesIn(join(dir, folder), 'file'),
    move: async (file, from, to) => {
      await rename(join(dir, from, file), join(dir, to, file));
      await sync(join(dir, to));
      await sync(join(dir, from));
    },
    rename: async (from, to) => {
      await rename(join(dir, from), join(dir, to));
      await sync(dir);
    },
    discard: async (file) => {
      await unlink(join(dir, file));
      await sync(dir);
    },
    remove: async (folder) => {
      try {
        await rmdir(join(dir, folder));
      } catch (error) {
        if (systemCode(error) !== 'ENOENT') throw error;
      }
    },
  };
}
