import { link, open, readdir, readFile, rename, stat, unlink, utimes, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { systemCode } from './file-errors.ts';

/** The lock's files, by generation. Throws what the file system throws; the lock turns it into failures. */
export interface LockFiles {
  /** Generations that exist, ascending. */
  readonly list: () => Promise<readonly number[]>;
  /** Content and time of the last sign of life (epoch milliseconds); null if it is gone. */
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

async function removeQuietly(path: string): Promise<void> {
  try {
    await unlink(path);
  } catch (error) {
    if (systemCode(error) !== 'ENOENT') throw error;
  }
}

/** For file systems without hard links: whoever looks between making and writing sees an empty, young file. */
async function createPlainly(path: string, text: string): Promise<boolean> {
  try {
    const file = await open(path, 'wx', 0o600);
    try {
      await file.writeFile(text);
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
    read: async (generation) => {
      try {
        const [text, looks] = await Promise.all([
          readFile(pathOf(generation), 'utf8'),
          stat(pathOf(generation)),
        ]);
        return { text, touched: looks.mtimeMs };
      } catch (error) {
        if (systemCode(error) === 'ENOENT') return null;
        throw error;
      }
    },
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
    touch: (generation, now) => utimes(pathOf(generation), now / 1000, now / 1000),
    remove: (generation) => removeQuietly(pathOf(generation)),
    sweep: async (before) => {
      for (const entry of await readdir(dir)) {
        if (!entry.startsWith('lock.tmp-')) continue;
        const looks = await stat(join(dir, entry)).catch(() => null);
        if (looks !== null && looks.mtimeMs < before) await removeQuietly(join(dir, entry));
      }
    },
  };
}
