import { constants } from 'node:fs';
import { lstat, open, readdir, readFile, rename, unlink } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import ElectronStore from 'electron-store';
import { err, ok, type Result } from '../../shared/result.ts';
import { failure, type Failure } from '../../shared/errors.ts';
import { checkDirectory, ensureDirectory, isOurs } from './directory.ts';
import { fileFailure, systemCode } from './file-errors.ts';
import type { JsonObject } from './types.ts';

/** What lies under a name. `damaged`: something that was not written by `save`. */
export type Loaded =
  | { readonly kind: 'absent' }
  | { readonly kind: 'value'; readonly value: JsonObject }
  | { readonly kind: 'damaged' }
  | { readonly kind: 'failed'; readonly error: Failure };

/** The files of the vault, by name without `.json`. A port, so that tests can make every step fail. */
export interface VaultFiles {
  /** Makes the folder where it is missing. */
  readonly prepare: () => Promise<Result<void>>;
  readonly load: (name: string) => Promise<Loaded>;
  /** Replaces a file atomically and durably; on failure the file is as it was. */
  readonly save: (name: string, value: JsonObject) => Promise<Result<void>>;
  /** Removes a file durably; no error if there is none. */
  readonly remove: (name: string) => Promise<Result<void>>;
  /**
   * Renames a file to `<name>.damaged-<stamp>`, so that support can look at it and nothing is lost.
   * @returns the new file name, or null if there was no file
   */
  readonly setAside: (name: string, stamp: string) => Promise<Result<string | null>>;
  /** Names of all `.json` files, sorted. */
  readonly list: () => Promise<readonly string[]>;
  /** Deletes what interrupted writes left behind. Only under the lock. */
  readonly sweep: () => Promise<void>;
}

/** A record is a few kilobytes; what is larger was not written by us. */
const SIZE_LIMIT = 1024 * 1024;

const serialize = (value: unknown): string => JSON.stringify(value);

type Store = ElectronStore;

/** Reads the file, if there is one, and throws if it is no JSON; makes and changes nothing. */
function openStore(dir: string, name: string, deserialize: (text: string) => Record<string, unknown>): Store {
  return new ElectronStore<Record<string, unknown>>({
    cwd: dir,
    name,
    fileExtension: 'json',
    configFileMode: 0o600,
    clearInvalidConfig: false,
    accessPropertiesByDotNotation: false,
    watch: false,
    serialize,
    deserialize,
  });
}

const isObject = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** Accepts only the very text that `serialize` makes: a changed blank or a doubled key is damage, too. */
function parseExactly(text: string): Record<string, unknown> {
  const value: unknown = JSON.parse(text);
  if (!isObject(value) || serialize(value) !== text) throw new SyntaxError('not what was written');
  return value;
}

/** Virus scanners on Windows hold files open for moments, in which they can't be renamed. */
async function renameFirmly(from: string, to: string): Promise<void> {
  for (let attempt = 1; ; attempt += 1) {
    try {
      await rename(from, to);
      return;
    } catch (error) {
      const passing =
        process.platform === 'win32' && ['EPERM', 'EACCES', 'EBUSY'].includes(systemCode(error) ?? '');
      if (!passing || attempt >= 10) throw error;
      await sleep(20 * attempt);
    }
  }
}

/** Makes renames and removals in a folder durable. Windows has no such call and needs none. */
async function syncDirectory(dir: string): Promise<void> {
  if (process.platform === 'win32') return;
  const handle = await open(dir, constants.O_RDONLY);
  try {
    await handle.sync();
  } finally {
    await handle.close();
  }
}

async function unlinkIfThere(path: string): Promise<boolean> {
  try {
    await unlink(path);
    return true;
  } catch (error) {
    if (systemCode(error) === 'ENOENT') return false;
    throw error;
  }
}

async function load(dir: string, name: string): Promise<Loaded> {
  const folder = await checkDirectory(dir);
  if (!folder.ok) return { kind: 'failed', error: folder.error };
  if (folder.value === 'absent') return { kind: 'absent' };
  try {
    const looks = await lstat(join(dir, `${name}.json`));
    if (!looks.isFile() || !isOurs(looks)) return { kind: 'failed', error: failure('vaultUnsafe') };
    if (looks.size > SIZE_LIMIT) return { kind: 'damaged' };
    const { store } = openStore(dir, name, parseExactly);
    // The file went between the look and the reading; electron-store then shows an empty object.
    if (Object.keys(store).length === 0) return { kind: looks.size <= 2 ? 'damaged' : 'absent' };
    return { kind: 'value', value: { ...store } as JsonObject };
  } catch (error) {
    const system = systemCode(error);
    if (system === 'ENOENT') return { kind: 'absent' };
    if (system === null || system === 'EIO') return { kind: 'damaged' };
    return { kind: 'failed', error: failure('vaultUnsafe', { system }) };
  }
}

/**
 * Writes beside the file, looks at what has arrived and only then renames. electron-store's own writing is not
 * enough: it takes a short write (a nearly full disk) for a complete one, and in some surroundings (snap, or
 * Windows across volumes) it writes in place.
 */
async function save(dir: string, name: string, value: JsonObject): Promise<Result<void>> {
  const staging = `${name}.next`;
  const stagingPath = join(dir, `${staging}.json`);
  const finalPath = join(dir, `${name}.json`);
  try {
    try {
      const looks = await lstat(finalPath);
      if (!looks.isFile() || !isOurs(looks)) return err(failure('vaultUnsafe'));
    } catch (error) {
      if (systemCode(error) !== 'ENOENT') throw error;
    }
    await unlinkIfThere(stagingPath);
    openStore(dir, staging, parseExactly).store = { ...value };
    if ((await readFile(stagingPath, 'utf8')) !== serialize(value)) {
      await unlinkIfThere(stagingPath);
      return err(failure('vaultDiskFull'));
    }
    await renameFirmly(stagingPath, finalPath);
    await syncDirectory(dir);
    return ok(undefined);
  } catch (error) {
    try {
      await unlinkIfThere(stagingPath);
    } catch {
      // It is swept away under the next lock.
    }
    return err(fileFailure(error));
  }
}

async function setAside(dir: string, name: string, stamp: string): Promise<Result<string | null>> {
  try {
    const taken = new Set(await readdir(dir));
    if (!taken.has(`${name}.json`)) return ok(null);
    let target = `${name}.damaged-${stamp}.json`;
    for (let count = 2; taken.has(target); count += 1) target = `${name}.damaged-${stamp}-${count}.json`;
    await renameFirmly(join(dir, `${name}.json`), join(dir, target));
    await syncDirectory(dir);
    return ok(target);
  } catch (error) {
    return err(fileFailure(error));
  }
}

async function list(dir: string): Promise<readonly string[]> {
  try {
    const entries = await readdir(dir);
    return entries
      .filter((entry) => entry.endsWith('.json'))
      .map((entry) => entry.slice(0, -'.json'.length))
      .toSorted();
  } catch {
    return [];
  }
}

async function remove(dir: string, name: string): Promise<Result<void>> {
  try {
    if (await unlinkIfThere(join(dir, `${name}.json`))) await syncDirectory(dir);
    return ok(undefined);
  } catch (error) {
    return err(fileFailure(error));
  }
}

async function sweep(dir: string): Promise<void> {
  try {
    // The second form is the temporary file of electron-store's own writing.
    const leftovers = (await readdir(dir)).filter((entry) => /\.next\.json(?:\.tmp-[0-9a-f]+)?$/.test(entry));
    for (const entry of leftovers) await unlinkIfThere(join(dir, entry));
  } catch {
    // They do no harm; the next lock tries again.
  }
}

/** The files in a folder, through electron-store. */
export function vaultFiles(dir: string): VaultFiles {
  return {
    prepare: () => ensureDirectory(dir),
    load: (name) => load(dir, name),
    save: (name, value) => save(dir, name, value),
    remove: (name) => remove(dir, name),
    setAside: (name, stamp) => setAside(dir, name, stamp),
    list: () => list(dir),
    sweep: () => sweep(dir),
  };
}
