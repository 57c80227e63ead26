import { link, lstat, lutimes, open, readdir, rename, unlink, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { clearWay, readOwnFile } from '../support/own-file.ts';
import { systemCode } from './file-errors.ts';

/** The lock's files, by generation. Throws what the file system throws; the lock turns it into failures. */
export interface LockFiles {
  /** Generations that exist, ascending. */
  readonly list: () => Promise<readonly number[]>;
  /**
   * Content and time of the last sign of life (epoch milliseconds); null if it is gone. What is no lock of ours, such as
   * a folder or a FIFO of that name, has no content and is as old as it looks.
   */
  readonly read: (generation: number) => Promise<{ readonly text: string; readonly touched: number } | null>;
  /** Makes a generation with its content at once; false if it exists already. */
  readonly create: (generation: number, text: string, token: string) => Promise<boolean>;
  readonly replace: (generation: number, text: string, token: string) => Promise<void>;
  readonly touch: (generation: number, now: number) => Promise<void>;
  readonly remove: (generation: number) => Promise<void>;
  /** Deletes temporary files of processes that were killed, last touched before `before`. */
  readonly sweep: (before: number) => Promise<void>;
}

const NO_LINKS: ReadonlySet<string> = new Set([
  'EPERM',
  'ENOTSUP',
  'EOPNOTSUPP',
  'ENOSYS',
  'EMLINK',
  'EXDEV',
]);

/** More than the longest owner has. */
const SIZE_LIMIT = 4096;

async function removeQuietly(path: string): Promise<void> {
  try {
    await unlink(path);
  } catch (error) {
    if (systemCode(error) !== 'ENOENT') throw error;
  }
}

/** Throws what the system says where the file is there and can't be read. */
async function readLock(path: string): Promise<{ readonly text: string; readonly touched: number } | null> {
  try {
    const { mtimeMs } = await lstat(path);
    const found = readOwnFile(path, SIZE_LIMIT);
    if (found.kind === 'absent') return null;
    if (found.kind === 'unreadable') throw Object.assign(new Error('unreadable'), { code: found.system });
    return { text: found.kind === 'text' ? found.text : '', touched: mtimeMs };
  } catch (error) {
    if (systemCode(error) === 'ENOENT') return null;
    throw error;
  }
}

/** A folder of that name is none of ours and is set aside. */
async function removeLock(path: string): Promise<void> {
  try {
    await removeQuietly(path);
  } catch {
    clearWay(path);
  }
}

/** For file systems without hard links: whoever looks between making and writing sees an empty, young file. */
async function createPlainly(path: string, text: string): Promise<boolean> {
  try {
    const file = await open(path, 'wx', 0o600);
    try {
      await file.writeFile(text);
    } catch (error) {
      // Nobody could tell whose it is; and nobody takes one this young, so it is still the one we made.
      await removeQuietly(path);
      throw error;
    } finally {
      await file.close();
    }
    return true;
  } catch (error) {
    if (systemCode(error) === 'EEXIST') return false;
    throw error;
  }
}

async function create(dir: string, path: string, text: string, token: string): Promise<boolean> {
  const temporary = join(dir, `lock.tmp-${token}`);
  try {
    await writeFile(temporary, text, { mode: 0o600, flag: 'wx' });
    await link(temporary, path);
    return true;
  } catch (error) {
    const code = systemCode(error) ?? '';
    if (code === 'EEXIST') return false;
    if (NO_LINKS.has(code)) return await createPlainly(path, text);
    throw error;
  } finally {
    await removeQuietly(temporary);
  }
}

/** Lock files in a folder. */
export function lockFiles(dir: string): LockFiles {
  const pathOf = (generation: number): string => join(dir, `lock.${generation}`);
  return {
    list: async () =>
      (await readdir(dir))
        .flatMap((entry) => /^lock\.([1-9]\d{0,14})$/.exec(entry)?.[1] ?? [])
        .map(Number)
        .toSorted((a, b) => a - b),
    read: (generation) => readLock(pathOf(generation)),
    create: (generation, text, token) => create(dir, pathOf(generation), text, token),
    replace: async (generation, text, token) => {
      const temporary = join(dir, `lock.tmp-${token}`);
      try {
        await writeFile(temporary, text, { mode: 0o600 });
        await rename(temporary, pathOf(generation));
      } catch {
        await removeQuietly(temporary);
        // A full disk has no room for a second file, but the text is shorter than the one that it replaces.
        await writeFile(pathOf(generation), text, { flag: 'r+' });
        const file = await open(pathOf(generation), 'r+');
        try {
          await file.truncate(Buffer.byteLength(text));
        } finally {
          await file.close();
        }
      }
    },
    touch: (generation, now) => lutimes(pathOf(generation), now / 1000, now / 1000),
    remove: (generation) => removeLock(pathOf(generation)),
    sweep: async (before) => {
      for (const entry of await readdir(dir)) {
        if (!entry.startsWith('lock.tmp-')) continue;
        const looks = await lstat(join(dir, entry)).catch(() => null);
        if (looks !== null && looks.mtimeMs < before) clearWay(join(dir, entry));
      }
    },
  };
}
