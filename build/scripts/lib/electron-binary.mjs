import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { nodePath } from './node-path.mjs';
import { inRoot } from './root.mjs';
import { run } from './run.mjs';

const PACKAGE = inRoot('node_modules/electron');
const FAILURE = inRoot('.cache/electron-unavailable');
/** Milliseconds until a failed attempt is worth another. */
const FORGET = 24 * 60 * 60_000;

/**
 * Electron's own way to tell would download it, so its files are read instead.
 *
 * @returns {string | null} absolute path, null if it isn't there
 */
export function findElectron() {
  try {
    const file = path.join(PACKAGE, 'dist', readFileSync(path.join(PACKAGE, 'path.txt'), 'utf8').trim());
    return existsSync(file) ? file : null;
  } catch {
    return null;
  }
}

function failedLately() {
  try {
    return Date.now() - Number(readFileSync(FAILURE, 'utf8')) < FORGET;
  } catch {
    return false;
  }
}

/** @returns {Promise<boolean>} whether the place that it comes from answers; a closed network shows here */
async function isReachable() {
  try {
    const mirror = process.env['ELECTRON_MIRROR'] ?? 'https://github.com/electron/electron/releases/';
    await fetch(mirror, { method: 'HEAD', redirect: 'manual', signal: AbortSignal.timeout(10_000) });
    return true;
  } catch {
    return false;
  }
}

/**
 * Electron's binary, fetched if it can be had. A failure is remembered for a day, so that the next start is quick.
 *
 * @param {(text: string) => void} say
 * @returns {Promise<string | null>} absolute path, null if it can't be had
 */
export async function ensureElectron(say) {
  const there = findElectron();
  if (there !== null || failedLately()) return there;
  say('Looking for the Electron binary ...');
  if (await isReachable()) {
    say('Fetching it, about 100 MB ...');
    await run(nodePath(), [path.join(PACKAGE, 'install.js')], { timeout: 300_000 });
  }
  const file = findElectron();
  if (file === null) {
    mkdirSync(path.dirname(FAILURE), { recursive: true });
    writeFileSync(FAILURE, String(Date.now()));
  }
  return file;
}
