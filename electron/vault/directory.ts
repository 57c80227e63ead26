import { chmodSync, constants, lstatSync, mkdirSync, type Stats } from 'node:fs';
import { access } from 'node:fs/promises';
import { err, ok, type Result } from '../../shared/result.ts';
import { failure } from '../../shared/errors.ts';
import { fileFailure, readingProblem, systemCode } from './file-errors.ts';

/** What is looked at of a file or folder. */
interface Looks {
  readonly uid: number;
  readonly mode: number;
}

/**
 * Whether a file or folder belongs to this user and nobody else can write to it. Somebody who can would make us
 * read what we didn't write, or follow where we didn't mean to go. Windows guards profiles by access lists, which
 * Node doesn't show.
 */
export function isOurs({ uid, mode }: Looks): boolean {
  const user = process.geteuid?.();
  return user === undefined || (uid === user && (mode & 0o022) === 0);
}

/** The folder itself, not what a link leads to; null = nothing is there. Errors: as `checkDirectory`. */
function lookAt(dir: string): Result<Stats | null> {
  try {
    const looks = lstatSync(dir);
    return looks.isDirectory() && isOurs(looks) ? ok(looks) : err(failure('vaultUnsafe'));
  } catch (error) {
    const system = systemCode(error);
    if (system === 'ENOENT') return ok(null);
    if (system === null || readingProblem(system) !== 'foreign') return err(fileFailure(error));
    return err(failure('vaultUnsafe', { system }));
  }
}

/**
 * Looks at the folder of the vault without touching it.
 * @returns `absent`, or `present`. Errors: `vaultUnsafe` for a link, a file, a folder that isn't ours alone or that we
 * may not look into; `vaultStorageFailed` where the medium does not answer
 */
export function checkDirectory(dir: string): Promise<Result<'absent' | 'present'>> {
  const looks = lookAt(dir);
  if (!looks.ok) return Promise.resolve(looks);
  return Promise.resolve(ok(looks.value === null ? 'absent' : 'present'));
}

/**
 * Makes a folder for this user alone (mode 0700) where it is missing, and makes it so where it was more open.
 * Synchronous, for what is written while the window closes.
 * @returns Errors: as `checkDirectory`, and those of `fileFailure`
 */
export function ensureOwnFolder(dir: string): Result<void> {
  const looks = lookAt(dir);
  if (!looks.ok) return looks;
  try {
    if (looks.value === null) mkdirSync(dir, { recursive: true, mode: 0o700 });
    else if (process.platform !== 'win32' && (looks.value.mode & 0o077) !== 0) chmodSync(dir, 0o700);
    // Something may have come in the way meanwhile.
    const made = lookAt(dir);
    return made.ok ? ok(undefined) : made;
  } catch (error) {
    return err(fileFailure(error));
  }
}

/** `ensureOwnFolder` for the folder of the vault, which must be one that can be written to besides. */
export async function ensureDirectory(dir: string): Promise<Result<void>> {
  const made = ensureOwnFolder(dir);
  if (!made.ok) return made;
  try {
    await access(dir, constants.W_OK);
    return made;
  } catch (error) {
    return err(fileFailure(error));
  }
}
