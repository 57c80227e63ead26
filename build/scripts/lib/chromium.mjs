import { existsSync } from 'node:fs';
import { createRequire } from 'node:module';
import { canUseApt, installWithApt } from './apt.mjs';
import { findOnPath } from './find-on-path.mjs';
import { withLock } from './lock.mjs';
import { nodePath } from './node-path.mjs';
import { inRoot } from './root.mjs';
import { run } from './run.mjs';

/** Where the system's own are, by platform. */
const PLACES = /** @type {Readonly<Record<string, readonly string[]>>} */ ({
  linux: ['/usr/bin/chromium', '/usr/bin/google-chrome', '/usr/bin/google-chrome-stable'],
  darwin: [
    '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
    '/Applications/Chromium.app/Contents/MacOS/Chromium',
  ],
  win32: [
    String.raw`C:\Program Files\Google\Chrome\Application\chrome.exe`,
    String.raw`C:\Program Files (x86)\Microsoft\Edge\Application\msedge.exe`,
  ],
});

/** May be confined to a few folders, or a script that only tells how to install one. */
const LAST_RESORT = ['/usr/bin/chromium-browser', '/snap/bin/chromium'];

/** What text in the application's languages needs comes with the browser's own package only as a suggestion. */
const PACKAGES = ['chromium', 'xvfb', 'fonts-dejavu-core'];

/** @returns {string | null} the browser that `playwright install` downloaded */
function playwrightChromium() {
  try {
    const { chromium } = createRequire(import.meta.url)('playwright');
    const file = chromium.executablePath();
    return existsSync(file) ? file : null;
  } catch {
    return null;
  }
}

/**
 * The Chromium to test and show with: LATCHKEY_CHROMIUM, else the system's, else Playwright's own.
 *
 * @param {NodeJS.ProcessEnv} [env]
 * @returns {string | null} absolute path, null if there is none
 */
export function findChromium(env = process.env) {
  const named = env['LATCHKEY_CHROMIUM'];
  if (named !== undefined && named !== '') return existsSync(named) ? named : null;
  /** @param {readonly string[]} places */
  const firstOf = (places) => places.find((file) => existsSync(file)) ?? null;
  return firstOf(PLACES[process.platform] ?? []) ?? playwrightChromium() ?? firstOf(LAST_RESORT);
}

/** @param {boolean} display whether a virtual display is wanted too */
const isComplete = (display) =>
  findChromium() !== null && (!display || !canUseApt() || findOnPath(['Xvfb']) !== null);

/**
 * Installs Chromium, and on Debian's kind the virtual display, where they are missing. Output goes to stderr.
 *
 * @param {{ display?: boolean }} [options] display: a virtual display as well, where root can install one
 * @returns {Promise<string>} absolute path of Chromium
 * @throws {Error} one sentence for the user, when none can be had
 */
export async function ensureChromium(options = {}) {
  const display = options.display === true;
  if (!isComplete(display)) {
    await withLock(inRoot('.cache/chromium.lock'), async () => {
      if (isComplete(display)) return;
      process.stderr.write('Installing Chromium ...\n');
      if (canUseApt() && (await installWithApt(PACKAGES))) return;
      if (findChromium() !== null) return;
      await run(nodePath(), [inRoot('node_modules/playwright/cli.js'), 'install', 'chromium']);
    });
  }
  const file = findChromium();
  if (file === null) {
    throw new Error(
      'Chromium is missing and could not be installed; set LATCHKEY_CHROMIUM to one that is there.',
    );
  }
  return file;
}
