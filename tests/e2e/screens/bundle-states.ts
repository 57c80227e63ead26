import type { Page } from 'playwright';
import { failure } from '../../../shared/errors.ts';
import { bundleFiles } from '../../../electron/support/bundle/bundle-policy.ts';
import type { BundlePreview } from '../../../shared/contract.ts';
import { SAMPLE_REPORT } from '../../support/sample-report.ts';
import { answer } from './fake-bridge.ts';
import { held, license, NOW } from './samples.ts';
import type { State } from './states.ts';
import { place } from './steps.ts';

const active = license({ facts: held({}) });

const files = bundleFiles({
  report: SAMPLE_REPORT,
  environment: {
    program: { version: '1.2.3', process: 'window' },
    system: { platform: 'linux', release: '6.1.0', architecture: 'x64' },
    runtime: { node: '24.21.0', electron: '45.4.1', chromium: '150.0' },
    systemLocale: 'en-US',
    language: 'en',
    timeZone: 'UTC',
  },
  log: Array.from({ length: 40 }, (_none, number) => ({
    time: new Date(NOW + number * 1000).toISOString(),
    level: 'info' as const,
    process: 'window',
    message: 'licensing api call',
    call: 'POST /activations',
    milliseconds: 80 + number,
  })),
  crashes: [{ crashVersion: 1, kind: 'pageGone' }],
  application: { name: 'Signal License Manager', version: '1.2.3' },
  language: 'en',
  madeAt: NOW,
  known: [],
});
const preview: BundlePreview = { id: 'bundle-1', files: [...files], canEncrypt: true };

const open = async (page: Page) => {
  await place(2)(page);
  await page.locator('.diagnosis-entry .button').click();
  await page.locator('.check').first().waitFor();
  await answer(page, 'support.diagnose', { ok: true, value: SAMPLE_REPORT });
  await page.locator('.diagnosis-actions .lucide-package').click();
  await page.locator('.dialog').waitFor();
};

const show = async (page: Page) => {
  await open(page);
  await answer(page, 'support.previewBundle', { ok: true, value: preview });
  await page.locator('.bundle-file').first().waitFor();
};

const press = async (page: Page) => {
  await show(page);
  await page.locator('.dialog-buttons .button-primary').click();
};

/** The support bundle before it is saved and after, and the notice after a crash. */
export const BUNDLE_STATES: readonly State[] = [
  { name: 'bundle-making', licenses: [active], steps: open },
  { name: 'bundle-preview', licenses: [active], steps: show },
  {
    name: 'bundle-text',
    licenses: [active],
    steps: async (page) => {
      await show(page);
      await page.locator('.bundle-trigger').last().click();
      await page.locator('.bundle-text:visible').waitFor();
    },
  },
  {
    name: 'bundle-saved',
    licenses: [active],
    steps: async (page) => {
      await press(page);
      await answer(page, 'support.saveBundle', { ok: true, value: { name: 'support-20260301T0900.jwe' } });
      await page.locator('.bundle-outcome .saved').waitFor();
    },
  },
  {
    name: 'bundle-not-saved',
    licenses: [active],
    steps: async (page) => {
      await press(page);
      await answer(page, 'support.saveBundle', { ok: false, error: failure('fileNotSaved') });
      await page.locator('.bundle-outcome .callout').waitFor();
    },
  },
  {
    name: 'crash-notice',
    licenses: [active],
    steps: async (page) => {
      await answer(page, 'support.takeCrash', { ok: true, value: { at: NOW } });
      await page.locator('.crash-notice').waitFor();
    },
  },
];
