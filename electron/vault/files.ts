import { constants } from 'node:fs';
import { lstat, open, readdir, readFile, rename, unlink } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import ElectronStore from 'electron-store';
import { err, ok, type Result } from '../../shared/result.ts';
import { failure, type Failure } from '../../shared/errors.ts';
import { clearWay, readOwnFile, setOwnFileAside, type OwnFile } from '../support/own-file.ts';
import { checkDirectory, ensureDirectory, isOurs } from './directory.ts';
import { fileFailure, systemCode } from './file-errors.ts';
import type { JsonObject } from './types.ts';

/**
 * What lies under a name. `damaged`: something that was not written by `save`. `unreadable`: the medium does not give
 * it back now, so it is no damage yet: a network drive may be back in a moment. `failed`: nothing may be done with it.
 */
export type Loaded =
  | { readonly kind: 'absent' }
  | { readonly kind: 'value'; readonly value: JsonObject }
  | { readonly kind: 'damaged' }
  | { readonly kind: 'unreadable'; readonly error: Failure }
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
export const SIZE_LIMIT = 1024 * 1024;

const serialize = (value: unknown): string => JSON.stringify(value);

/** Writes through electron-store (mode 0600, synced) into a file that doesn't exist yet. */
function writeStore(dir: string, name: string, value: JsonObject): void {
  const store = new ElectronStore<Record<string, unknown>>({
    cwd: dir,
    name,
    fileExtension: 'json',
    configFileMode: 0o600,
    clearInvalidConfig: false,
    accessPropertiesByDotNotation: false,
    watch: false,
    serialize,
  });
  store.store = { ...value };
}

const isObject = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** Accepts only the very text that `serialize` makes: a changed blank or a doubled key is damage, too. */
function parseExactly(text: string): Loaded {
  try {
    const value: unknown = JSON.parse(text);
    const exact = isObject(value) && Object.keys(value).length > 0 && serialize(value) === text;
    return exact ? { kind: 'value', value: value as JsonObject } : { kind: 'damaged' };
  } catch {
    return { kind: 'damaged' };
  }
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
  return loadedFrom(readOwnFile(join(dir, `${name}.json`), SIZE_LIMIT));
}

/** What the vault makes of a file. */
export function loadedFrom(found: OwnFile): Loaded {
  switch (found.kind) {
    case 'absent':
    case 'damaged':
      return found;
    case 'text':
      return parseExactly(found.text);
    case 'foreign':
      return {
        kind: 'failed',
        error: failure('vaultUnsafe', found.system === null ? undefined : { system: found.system }),
      };
    case 'unreadable':
      return {
        kind: found.passing ? 'failed' : 'unreadable',
        error: failure('vaultStorageFailed', { system: found.system }),
      };
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
    const folder = await checkDirectory(dir);
    if (!folder.ok) return folder;
    // electron-store would make it anew, open to everybody, after `prepare` has made sure of it.
    if (folder.value === 'absent') return err(failure('vaultStorageFailed', { system: 'ENOENT' }));
    try {
      const looks = await lstat(finalPath);
      if (!looks.isFile() || !isOurs(looks)) return err(failure('vaultUnsafe'));
    } catch (error) {
      if (systemCode(error) !== 'ENOENT') throw error;
    }
    clearWay(stagingPath);
    writeStore(dir, staging, value);
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
    const target = setOwnFileAside(join(dir, `${name}.json`), stamp);
    if (target !== null) await syncDirectory(dir);
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
    for (const entry of leftovers) clearWay(join(dir, entry));
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
