import { existsSync } from 'node:fs';
import { chromium } from 'playwright';

const PLACES: Readonly<Partial<Record<NodeJS.Platform, readonly string[]>>> = {
  linux: ['/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome', '/snap/bin/chromium'],
  darwin: [
    '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
    '/Applications/Chromium.app/Contents/MacOS/Chromium',
  ],
  win32: [
    String.raw`C:\Program Files\Google\Chrome\Application\chrome.exe`,
    String.raw`C:\Program Files (x86)\Microsoft\Edge\Application\msedge.exe`,
  ],
};

/** The Chromium to use: LATCHKEY_CHROMIUM, the system's, or Playwright's own. Throws if there is none. */
export function findChromium(env: NodeJS.ProcessEnv = process.env): string {
  const chosen = env['LATCHKEY_CHROMIUM'];
  if (chosen !== undefined && chosen !== '') return chosen;
  const places = [...(PLACES[process.platform] ?? []), chromium.executablePath()];
  const found = places.find((place) => existsSync(place));
  if (found === undefined) throw new Error('No Chromium was found; set LATCHKEY_CHROMIUM to its path');
  return found;
}
