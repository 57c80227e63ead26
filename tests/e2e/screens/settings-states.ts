import { answer } from './fake-bridge.ts';
import { held, license } from './samples.ts';
import { ALLOWED_SERVER, LOCAL_SERVER } from './server-samples.ts';
import type { State } from './states.ts';
import { place } from './steps.ts';

const active = license({ facts: held() });

/** The settings, with and without a license server that may be chosen. */
export const SETTINGS_STATES: readonly State[] = [
  { name: 'settings', licenses: [active], steps: place(1) },
  { name: 'settings-server', licenses: [active], change: { server: ALLOWED_SERVER }, steps: place(1) },
  {
    name: 'settings-server-form',
    licenses: [active],
    change: { server: ALLOWED_SERVER },
    steps: async (page) => {
      await place(1)(page);
      await page.locator('.segment').last().click();
      await page.locator('input[type=file]').setInputFiles({
        name: 'plant-ca.pem',
        mimeType: 'application/x-pem-file',
        buffer: Buffer.from('-----BEGIN CERTIFICATE-----'),
      });
      await answer(page, 'server.inspectCertificate', {
        ok: true,
        value: { certificates: LOCAL_SERVER.certificates },
      });
      await page.locator('input[name=server-address]').fill('https://licenses.plant.example:6501');
    },
  },
  { name: 'settings-server-local', licenses: [active], change: { server: LOCAL_SERVER }, steps: place(1) },
  {
    name: 'settings-server-move',
    licenses: [{ ...active, heldAt: { kind: 'local', host: LOCAL_SERVER.host } }],
    change: { server: LOCAL_SERVER },
    steps: async (page) => {
      await place(1)(page);
      await page.locator('.section .segment').nth(3).click();
      await page.getByRole('alertdialog').waitFor();
    },
  },
];
