import { failure } from '../../../shared/errors.ts';
import type { Page } from 'playwright';
import type { Snapshot } from '../../../shared/contract.ts';
import type { LicenseView } from '../../../shared/license/schemas.ts';
import { answer } from './fake-bridge.ts';
import { BRIDGE, DAY, ended, entitlement, held, license, never, NOW, REPORTS } from './samples.ts';

export interface State {
  readonly name: string;
  readonly licenses: readonly LicenseView[];
  readonly change?: Partial<Snapshot['application']>;
  /** Gets from the first screen to the one that is meant; finds things by structure, so that it works in any language. */
  readonly steps?: (page: Page) => Promise<void>;
}

const perpetual = license({
  productId: REPORTS,
  facts: held({
    leaseExpiry: NOW + 2 * DAY + 3 * 3_600_000,
    lastLeaseAt: NOW - 12 * DAY,
    seatName: null,
    entitlement: entitlement({
      planName: 'Team',
      licenseType: 'perpetual',
      expiry: null,
      hasMaintenance: true,
      maintenanceExpiry: NOW + 20 * DAY,
    }),
  }),
});
const active = license({ facts: held() });
const fresh = license({ facts: never, view: { lastContactAt: null } });
const several = [active, perpetual, license({ productId: BRIDGE, facts: never })];

const openFirst = async (page: Page) => {
  await page.locator('.license-card-link').first().click();
  await page.locator('.page-back').waitFor();
};
const place = (index: number) => async (page: Page) => {
  await page.locator('.place').nth(index).click();
};
const typeCode = async (page: Page) => {
  await page.locator('input[name=code]').fill('SST-7KQ4-M2XD-9HTB-WE3R');
};
const submit = async (page: Page) => {
  await page.locator('button[type=submit]').click();
};
const failWith =
  (...wrong: Parameters<typeof failure>) =>
  async (page: Page) => {
    await typeCode(page);
    await submit(page);
    await answer(page, 'license.activate', { ok: false, error: failure(...wrong) });
    await page.getByRole('alert').waitFor();
  };

/** Every screen in every state that a person can meet. */
export const STATES: readonly State[] = [
  { name: 'first-start', licenses: [fresh] },
  {
    name: 'first-start-several',
    licenses: [fresh, license({ productId: REPORTS, facts: never, view: { lastContactAt: null } })],
    change: { environment: 'test' },
  },
  {
    name: 'activate-editions',
    licenses: [
      license({
        facts: never,
        view: {
          editions: [
            { id: 'std', name: 'Standard' },
            { id: 'pro', name: 'Professional' },
          ],
        },
      }),
    ],
    steps: typeCode,
  },
  {
    name: 'activating',
    licenses: [fresh],
    steps: async (page) => {
      await typeCode(page);
      await submit(page);
    },
  },
  { name: 'activate-code-refused', licenses: [fresh], steps: failWith('activationCodeInvalid') },
  {
    name: 'activate-seats-used',
    licenses: [fresh],
    steps: failWith('seatLimitReached', { count: 25 }),
  },
  {
    name: 'activate-pin-mismatch',
    licenses: [fresh],
    steps: failWith('pinMismatch', { host: 'licensing.example.com:443' }),
  },
  {
    name: 'activated',
    licenses: [fresh],
    steps: async (page) => {
      await typeCode(page);
      await submit(page);
      await answer(page, 'license.activate', { ok: true, value: active });
      await page.locator('.activated-mark').waitFor();
    },
  },
  { name: 'overview', licenses: several },
  { name: 'overview-one', licenses: [active] },
  {
    name: 'overview-trouble',
    licenses: [
      license({ facts: held({ leaseExpiry: NOW - 3 * DAY, lastLeaseAt: NOW - 33 * DAY }) }),
      license({
        productId: REPORTS,
        facts: held({ entitlement: entitlement({ status: 'expired', expiry: NOW - 8 * DAY }) }),
      }),
      license({ productId: BRIDGE, facts: null, around: { vault: 'unavailable' } }),
    ],
    change: { environment: 'test' },
  },
  {
    name: 'overview-reading',
    licenses: [license({ facts: null, around: { lastContact: null } }), perpetual],
  },
  { name: 'detail', licenses: [active], steps: openFirst },
  {
    name: 'detail-grace',
    licenses: [
      license({
        facts: held({
          leaseExpiry: NOW + 20 * 3_600_000,
          lastLeaseAt: NOW - 6 * DAY,
          entitlement: entitlement({
            status: 'gracePeriod',
            expiry: NOW - 4 * DAY,
            graceExpiry: NOW + 10 * DAY,
          }),
        }),
        around: {
          environment: 'test',
          keyring: 'weak',
          lastContact: {
            at: NOW - 40 * 60_000,
            code: 'pinMismatch',
            facts: { host: 'licensing.example.com:443' },
          },
          device: { verdict: 'drifted', changed: ['mac', 'disk'] },
        },
      }),
    ],
    change: { environment: 'test' },
    steps: openFirst,
  },
  {
    name: 'detail-lease-expired',
    licenses: [
      license({
        facts: held({ leaseExpiry: NOW - 3 * DAY, lastLeaseAt: NOW - 33 * DAY }),
        around: {
          lastContact: {
            at: NOW - DAY,
            code: 'serverUnreachable',
            facts: { host: 'licensing.example.com:443' },
          },
        },
      }),
    ],
    steps: openFirst,
  },
  {
    name: 'detail-entitlement-ended',
    licenses: [
      license({ facts: held({ entitlement: entitlement({ status: 'expired', expiry: NOW - 8 * DAY }) }) }),
    ],
    steps: openFirst,
  },
  {
    name: 'detail-refreshed',
    licenses: [active],
    steps: async (page) => {
      await openFirst(page);
      await page.locator('.lease-buttons .button').last().click();
      const renewed = license({
        facts: held({ leaseExpiry: NOW + 30 * DAY, lastLeaseAt: NOW, describedAt: NOW }),
        view: { lastContactAt: NOW },
      });
      await answer(page, 'license.refresh', { ok: true, value: renewed });
      await page.locator('.outcome .callout').waitFor();
    },
  },
  {
    name: 'detail-refreshing',
    licenses: [active],
    steps: async (page) => {
      await openFirst(page);
      await page.locator('.lease-buttons .button').last().click();
      await page.locator('.lease-buttons .spinner').waitFor();
    },
  },
  {
    name: 'deactivate-dialog',
    licenses: [active],
    steps: async (page) => {
      await openFirst(page);
      await page.locator('.detail-step .button').last().click();
      await page.getByRole('alertdialog').waitFor();
    },
  },
  { name: 'deactivated', licenses: [license({ facts: ended('deactivated') })] },
  { name: 'lost-to-clone', licenses: [license({ facts: ended('seatLostToClone') })] },
  {
    name: 'seat-released-detail',
    licenses: [license({ facts: ended('seatReleased') }), perpetual],
    steps: openFirst,
  },
  { name: 'settings', licenses: [active], steps: place(1) },
  { name: 'help', licenses: [active], steps: place(2) },
];
