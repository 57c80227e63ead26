import { mkdirSync } from 'node:fs';
import path from 'node:path';
import type { BrowserContextOptions } from 'playwright';
import type { ApplicationView } from '../../../shared/contract.ts';
import { BUNDLE_STATES } from './bundle-states.ts';
import { DIAGNOSIS_STATES } from './diagnosis-states.ts';
import { OFFLINE_STATES } from './offline-states.ts';
import { SETTINGS_STATES } from './settings-states.ts';
import { scriptOf, STATES } from './states.ts';
import { launch, open } from './window.ts';

/**
 * Makes the images of the README again: `node tests/e2e/screens/readme-images.ts [FOLDER]`, after a build. The fonts
 * are those of the machine; Inter and Noto Sans Arabic come nearest to what current desktops have.
 */
const FOLDER = path.resolve(
  process.argv[2] ?? path.resolve(import.meta.dirname, '../../../.github/screenshots'),
);

interface Picture {
  readonly file: string;
  readonly state: string;
  readonly options?: BrowserContextOptions;
  readonly change?: Partial<ApplicationView>;
}

// Less than two pixels to one, since these are large.
const TALL = { viewport: { width: 880, height: 860 }, deviceScaleFactor: 1.75 };
const NARROW = { viewport: { width: 480, height: 860 } };
const DARK = { colorScheme: 'dark' } as const;

const PICTURES: readonly Picture[] = [
  { file: 'overview-light', state: 'overview' },
  { file: 'overview-dark', state: 'overview', options: DARK },
  { file: 'activation-light', state: 'activate-editions' },
  { file: 'activation-dark', state: 'activate-editions', options: DARK },
  { file: 'activated-light', state: 'activated' },
  { file: 'activated-dark', state: 'activated', options: DARK },
  { file: 'error-light', state: 'activate-pin-mismatch' },
  { file: 'error-dark', state: 'activate-code-refused', options: DARK },
  { file: 'detail-light', state: 'detail-refreshed', options: TALL },
  { file: 'detail-dark', state: 'detail-grace', options: { ...TALL, ...DARK } },
  { file: 'deactivate-light', state: 'deactivate-dialog' },
  { file: 'deactivate-dark', state: 'deactivate-dialog', options: DARK },
  { file: 'offline-request-light', state: 'offline-carry-saved', options: TALL },
  { file: 'offline-request-dark', state: 'offline-carry-codes', options: { ...TALL, ...DARK } },
  { file: 'offline-response-light', state: 'offline-bring-codes-missing' },
  { file: 'offline-response-dark', state: 'offline-bring', options: DARK },
  { file: 'receipts-light', state: 'offline-receipts' },
  { file: 'receipts-dark', state: 'offline-receipt', options: DARK },
  { file: 'diagnosis-light', state: 'diagnosis-proxy', options: TALL },
  { file: 'bundle-dark', state: 'bundle-preview', options: { ...TALL, ...DARK } },
  { file: 'settings-light', state: 'settings', options: TALL },
  { file: 'settings-dark', state: 'settings', options: { ...TALL, ...DARK } },
  { file: 'help-light', state: 'help', options: TALL },
  { file: 'help-dark', state: 'help', options: { ...TALL, ...DARK } },
  { file: 'detail-arabic', state: 'detail', options: TALL, change: { locale: 'ar' } },
  { file: 'overview-german-narrow', state: 'overview', options: NARROW, change: { locale: 'de' } },
];

mkdirSync(FOLDER, { recursive: true });
const states = [STATES, SETTINGS_STATES, OFFLINE_STATES, DIAGNOSIS_STATES, BUNDLE_STATES].flat();
const browser = await launch();
for (const { file, state: name, options, change } of PICTURES) {
  const state = states.find((candidate) => candidate.name === name);
  if (state === undefined) throw new Error(`there is no state ${name}`);
  const look = { ...state.change, ...change };
  const script = scriptOf(state, look);
  const { page, complaints, close } = await open(browser, script, { deviceScaleFactor: 2, ...options });
  await page.locator('h1').first().waitFor();
  await state.steps?.(page, look);
  // The pointer rests where the last step pressed and would show that as hovered.
  await page.mouse.move(0, 0);
  await page.evaluate(() => document.querySelector('main')?.scrollTo({ top: 0 }));
  await page.screenshot({ path: path.join(FOLDER, `${file}.png`) });
  if (complaints.length > 0) throw new Error(`${file}: ${complaints.join('; ')}`);
  await close();
}
await browser.close();
