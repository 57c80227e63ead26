import { constants } from 'node:fs';
import { access, chmod, lstat, mkdir } from 'node:fs/promises';
import { err, ok, type Result } from '../../shared/result.ts';
import { failure } from '../../shared/errors.ts';
import { fileFailure, systemCode } from './file-errors.ts';

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

/**
 * Looks at the folder of the vault without touching it.
 * @returns `absent`, or `present`. Errors: `vaultUnsafe` for a link, a file, or a folder that isn't ours alone
 */
export async function checkDirectory(dir: string): Promise<Result<'absent' | 'present'>> {
  try {
    const looks = await lstat(dir);
    return looks.isDirectory() && isOurs(looks) ? ok('present') : err(failure('vaultUnsafe'));
  } catch (error) {
    if (systemCode(error) === 'ENOENT') return ok('absent');
    return err(failure('vaultUnsafe', fileFailure(error).facts));
  }
}

/** Makes the folder of the vault where it is missing, for this user alone (mode 0700), and checks it. */
export async function ensureDirectory(dir: string): Promise<Result<void>> {
  const found = await checkDirectory(dir);
  if (!found.ok) return found;
  try {
    if (found.value === 'absent') await mkdir(dir, { recursive: true, mode: 0o700 });
    else if (process.platform !== 'win32' && ((await lstat(dir)).mode & 0o077) !== 0) await chmod(dir, 0o700);
    await access(dir, constants.W_OK);
  } catch (error) {
    return err(fileFailure(error));
  }
  const made = await checkDirectory(dir);
  return made.ok ? ok(undefined) : made;
}
