import { failure } from '../../../shared/errors.ts';
import type { Page } from 'playwright';
import type { ApplicationView, Snapshot } from '../../../shared/contract.ts';
import type { LicenseView } from '../../../shared/license/schemas.ts';
import { answer, emit, type Script } from './fake-bridge.ts';
import {
  BRIDGE,
  DAY,
  ended,
  entitlement,
  held,
  license,
  never,
  NOW,
  REPORTS,
  snapshot,
  STUDIO,
} from './samples.ts';
import {
  ask,
  changeFirstFeature,
  failWith,
  openFirst,
  place,
  pressRefresh,
  submit,
  typeCode,
} from './steps.ts';

export interface State {
  readonly name: string;
  readonly licenses: readonly LicenseView[];
  readonly change?: Partial<Snapshot['application']>;
  /** Gets from the first screen to the one that is meant; finds things by structure, so that it works in any language. */
  readonly steps?: (page: Page, look: Partial<ApplicationView>) => Promise<void>;
  /** The snapshot is not answered, so that the window has nothing to show yet. */
  readonly unanswered?: boolean;
}

/** What the bridge answers at once, in a state as it looks in one language or theme. */
export function scriptOf({ licenses, change, unanswered }: State, look: Partial<ApplicationView>): Script {
  const linkless: Script = { 'app.takeDeepLink': { ok: true, value: null } };
  if (unanswered === true) return linkless;
  return { ...linkless, 'app.snapshot': { ok: true, value: snapshot(licenses, { ...change, ...look }) } };
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
const unreachable = failure('serverUnreachable', { host: 'licensing.example.com:443' });

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
  {
    name: 'overview-last-known',
    licenses: [
      license({
        facts: null,
        around: { lastContact: null },
        view: { lastKnown: { state: 'active', leaseExpiry: NOW + 23 * DAY, at: NOW - DAY } },
      }),
      perpetual,
    ],
  },
  { name: 'detail', licenses: [active] },
  {
    name: 'detail-certificate',
    licenses: [
      license({
        facts: held(),
        view: {
          clientCertificate: {
            source: 'imported',
            subject: 'workstation-17',
            issuer: 'Harbour Works Device CA',
            notBefore: NOW - 30 * DAY,
            notAfter: NOW + 60 * DAY,
            renewAt: null,
            fingerprint: Array.from({ length: 32 }, () => 'A7').join(':'),
          },
        },
      }),
    ],
  },
  { name: 'detail-of-several', licenses: several, steps: openFirst },
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
  },
  {
    name: 'detail-trial-overdraft',
    licenses: [
      license({
        facts: held({
          entitlement: entitlement({
            isTrial: true,
            expiry: NOW + 5 * DAY,
            seatsUsed: 27,
            overdraftSeats: 5,
          }),
          features: [
            {
              key: 'parallelChannels',
              type: 'elementPool',
              active: 4,
              available: 0,
              total: 12,
              overdraft: 6,
              overdrawn: 2,
              usagePeriodEnds: null,
            },
            {
              key: 'exportedReports',
              type: 'usageCount',
              active: 212,
              available: 3760,
              total: 5000,
              overdraft: 500,
              overdrawn: 0,
              usagePeriodEnds: Date.UTC(2031, 5, 1),
            },
          ],
        }),
      }),
    ],
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
  },
  {
    name: 'detail-entitlement-ended',
    licenses: [
      license({ facts: held({ entitlement: entitlement({ status: 'expired', expiry: NOW - 8 * DAY }) }) }),
    ],
  },
  {
    name: 'detail-refreshed',
    licenses: [active],
    steps: async (page, look) => {
      await pressRefresh(page);
      const renewed = license({
        facts: held({ leaseExpiry: NOW + 30 * DAY, lastLeaseAt: NOW, describedAt: NOW }),
        view: { lastContactAt: NOW },
      });
      await emit(page, 'snapshot', snapshot([renewed], look, 2));
      await answer(page, 'license.refresh', { ok: true, value: renewed });
      await page.locator('.outcome .callout').waitFor();
    },
  },
  {
    name: 'detail-refreshing',
    licenses: [active],
    steps: async (page) => {
      await pressRefresh(page);
      await page.locator('.lease-buttons .spinner').waitFor();
    },
  },
  {
    name: 'detail-refresh-failed',
    licenses: [active],
    steps: async (page) => {
      await pressRefresh(page);
      await answer(page, 'license.refresh', { ok: false, error: failure('pinMismatch', unreachable.facts) });
      await page.locator('.outcome .callout').waitFor();
    },
  },
  {
    name: 'detail-clock-behind',
    licenses: [license({ facts: held(), clock: { behindBy: 3 * DAY } })],
  },
  {
    name: 'detail-other-device',
    licenses: [
      license({
        facts: held(),
        around: { device: { verdict: 'different', changed: ['board', 'cpu', 'disk'] } },
      }),
      perpetual,
    ],
    steps: openFirst,
  },
  {
    name: 'detail-offline',
    licenses: [
      license({
        facts: held({ mode: 'offline', leaseExpiry: NOW + 2 * DAY, lastLeaseAt: NOW - 58 * DAY }),
        around: { lastContact: null, licenseFile: 'expired' },
        view: { lastContactAt: null },
      }),
    ],
  },
  {
    name: 'detail-no-end',
    licenses: [license({ facts: held({ leaseExpiry: null, features: [], attributes: [] }) })],
  },
  {
    name: 'deactivate-dialog',
    licenses: [active],
    steps: ask,
  },
  {
    name: 'deactivate-failed',
    licenses: [active],
    steps: async (page) => {
      await ask(page);
      await page.locator('.dialog .button-danger').click();
      await answer(page, 'license.deactivate', { ok: false, error: unreachable });
      await page.locator('.dialog .callout').waitFor();
    },
  },
  { name: 'feature-dialog', licenses: [active], steps: changeFirstFeature },
  {
    name: 'feature-dialog-more',
    licenses: [active],
    steps: async (page) => {
      await changeFirstFeature(page);
      await page.locator('.stepper-button').last().click();
    },
  },
  {
    name: 'feature-dialog-failed',
    licenses: [active],
    steps: async (page) => {
      await changeFirstFeature(page);
      await page.locator('.stepper-button').last().click();
      await page.locator('.dialog .button-primary').click();
      await answer(page, 'license.changeFeature', { ok: false, error: failure('featureExhausted') });
      await page.locator('.dialog .callout').waitFor();
    },
  },
  { name: 'deactivated', licenses: [license({ facts: ended('deactivated') })] },
  { name: 'lost-to-clone', licenses: [license({ facts: ended('seatLostToClone') })] },
  {
    name: 'seat-released-detail',
    licenses: [license({ facts: ended('seatReleased') }), perpetual],
    steps: openFirst,
  },
  { name: 'help', licenses: [active], steps: place(2) },
  {
    name: 'help-nobody-named',
    licenses: [active],
    change: { links: [], supportEmail: null, supportPhone: null },
    steps: place(2),
  },
  {
    name: 'link-refused',
    licenses: [active],
    steps: async (page) => {
      await emit(page, 'deepLink', { productId: STUDIO, code: null });
      await page.locator('.callout').first().waitFor();
    },
  },
  {
    name: 'link-followed',
    licenses: [fresh],
    steps: async (page) => {
      await emit(page, 'deepLink', { productId: STUDIO, code: 'SST-7KQ4-M2XD-9HTB-WE3R' });
      await page.locator('.activation-form .callout').waitFor();
    },
  },
  { name: 'no-products', licenses: [] },
  { name: 'loading', licenses: [], unanswered: true },
  {
    name: 'nothing-answers',
    licenses: [],
    unanswered: true,
    steps: async (page) => {
      await answer(page, 'app.snapshot', { ok: false, error: failure('internal') });
      await page.locator('.full-stop').waitFor();
    },
  },
];
