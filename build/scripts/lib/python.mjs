import { existsSync } from 'node:fs';
import { canUseApt, installWithApt } from './apt.mjs';
import { findOnPath } from './find-on-path.mjs';
import { withLock } from './lock.mjs';
import { inRoot } from './root.mjs';
import { capture } from './run.mjs';

/** What the examples for vendors need: an interpreter and one module. */
const PACKAGES = ['python3', 'python3-cryptography'];
const CHECK =
  'import sys, cryptography.hazmat.primitives.asymmetric.x25519; sys.exit(sys.version_info < (3, 9))';

/** Why there is none, for whoever wonders about skipped tests. */
export const NO_PYTHON =
  'Python 3.9 or newer with the module "cryptography" is not there (Debian: python3-cryptography)';

/** The distribution's own first: that is the one its packages bring modules for. */
function candidates() {
  const named = process.env['LATCHKEY_PYTHON'];
  if (named !== undefined && named !== '') return existsSync(named) ? [named] : [];
  const names = process.platform === 'win32' ? ['python.exe', 'python3.exe'] : ['python3', 'python'];
  const found = ['/usr/bin/python3', findOnPath(names)];
  return found.filter((file) => file !== null).filter((file) => existsSync(file));
}

/**
 * A Python that has the module the examples need: LATCHKEY_PYTHON, else the system's, else the first on PATH.
 *
 * @returns {Promise<string | null>} absolute path, null if there is none
 */
export async function findPython() {
  for (const file of candidates()) {
    if ((await capture(file, ['-c', CHECK])).code === 0) return file;
  }
  return null;
}

/**
 * Installs Python and the module where root can do so on Debian's kind. Output goes to stderr.
 *
 * @returns {Promise<string | null>} absolute path; null if there is none, and then the tests that need it are skipped
 */
export async function ensurePython() {
  const found = await findPython();
  if (found !== null || !canUseApt()) return found;
  return await withLock(inRoot('.cache/python.lock'), async () => {
    const made = await findPython();
    if (made !== null) return made;
    process.stderr.write('Installing Python with its module cryptography ...\n');
    await installWithApt(PACKAGES);
    return await findPython();
  });
}
