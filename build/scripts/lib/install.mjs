import { createHash } from 'node:crypto';
import { readFileSync, writeFileSync } from 'node:fs';
import { withLock } from './lock.mjs';
import { npmCommand } from './npm.mjs';
import { inRoot } from './root.mjs';
import { run } from './run.mjs';

const LOCK_FILE = inRoot('package-lock.json');
const INSTALLED = inRoot('node_modules/.package-lock.json');
const STAMP = inRoot('node_modules/.latchkey-installed');

const digest = () => createHash('sha256').update(readFileSync(LOCK_FILE)).digest('hex');

/** @param {string} file */
function readOrNothing(file) {
  try {
    return readFileSync(file, 'utf8');
  } catch {
    return '';
  }
}

/**
 * Whether what npm says it installed is what the lock file asks for. Optional packages may be missing: they are
 * other platforms'.
 *
 * @param {string} wantedText package-lock.json
 * @param {string} installedText node_modules/.package-lock.json, or nothing
 */
export function satisfies(wantedText, installedText) {
  if (installedText === '') return false;
  /** @typedef {Record<string, { version?: string, integrity?: string, optional?: boolean }>} Packages */
  /** @type {{ packages: Packages }} */
  const { packages: wanted } = JSON.parse(wantedText);
  /** @type {{ packages: Packages }} */
  const { packages: installed } = JSON.parse(installedText);
  return Object.entries(wanted).every(([name, { version, integrity, optional }]) => {
    if (name === '') return true;
    const there = installed[name];
    if (there === undefined) return optional === true;
    return there.version === version && there.integrity === integrity;
  });
}

function isInstalled() {
  const current = digest();
  if (readOrNothing(STAMP) === current) return true;
  if (!satisfies(readFileSync(LOCK_FILE, 'utf8'), readOrNothing(INSTALLED))) return false;
  writeFileSync(STAMP, current);
  return true;
}

/**
 * Installs the dependencies when they are missing or not those of the lock file. Everything it says goes to stderr.
 *
 * @returns {Promise<void>}
 * @throws {Error} one sentence for the user, when npm fails
 */
export async function ensureInstalled() {
  if (isInstalled()) return;
  await withLock(inRoot('.cache/install.lock'), async () => {
    if (isInstalled()) return;
    process.stderr.write('Installing the dependencies (npm ci) ...\n');
    const args = [
      'ci',
      '--include=dev',
      '--include=optional',
      '--no-audit',
      '--no-fund',
      '--no-progress',
      '--loglevel=error',
    ];
    const npm = npmCommand(args);
    const code = await run(npm.command, npm.args, { shell: npm.shell });
    if (code !== 0) throw new Error(`npm ci failed with exit code ${code}; its message is above.`);
    writeFileSync(STAMP, digest());
  });
}
