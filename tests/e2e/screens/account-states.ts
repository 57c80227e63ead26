import type { Page } from 'playwright';
import type { ApplicationView } from '../../../shared/contract.ts';
import { failure } from '../../../shared/errors.ts';
import { answer } from './fake-bridge.ts';
import { held, license, never, NOW, STUDIO } from './samples.ts';
import type { State } from './states.ts';
import { submit } from './steps.ts';

const QUIET = { lastContact: { at: NOW, code: null } } as const;
const offered = { ...QUIET, accounts: { available: true, signInNeeded: false } };
const needed = { ...QUIET, accounts: { available: true, signInNeeded: true } };

const accounts = (
  change: Partial<NonNullable<ApplicationView['accounts']>> = {},
): Partial<ApplicationView> => ({
  accounts: { openId: true, password: true, waiting: null, ...change },
});

const fresh = license({ facts: never, around: offered, view: { lastContactAt: null } });
const mine = held({ method: 'password', username: 'user@example.com' });

/** Chooses a way by its place, and signs in by password. */
const choose = (place: number) => async (page: Page) => {
  await page.locator('.segment').nth(place).click();
};

const byPassword = async (page: Page) => {
  await choose(2)(page);
  await page.locator('input[name=username]').fill('user@example.com');
  await page.locator('input[name=password]').fill('correct horse battery');
};

/** The screens of activating with an account. */
export const ACCOUNT_STATES: readonly State[] = [
  { name: 'account-offered', licenses: [fresh], change: accounts() },
  { name: 'account-browser', licenses: [fresh], change: accounts({ password: false }), steps: choose(1) },
  { name: 'account-password', licenses: [fresh], change: accounts(), steps: byPassword },
  {
    name: 'account-password-shown',
    licenses: [fresh],
    change: accounts({ openId: false }),
    steps: async (page) => {
      await choose(1)(page);
      await page.locator('input[name=password]').fill('correct horse battery');
      await page.locator('.secret-field-show').click();
    },
  },
  {
    name: 'account-locked',
    licenses: [fresh],
    change: accounts(),
    steps: async (page) => {
      await byPassword(page);
      await submit(page);
      await answer(page, 'license.activateWithPassword', {
        ok: false,
        error: failure('accountLocked', { retryAfterSeconds: 840 }),
      });
      await page.getByRole('alert').waitFor();
    },
  },
  {
    name: 'account-waiting',
    licenses: [fresh],
    change: accounts({ waiting: { productId: STUDIO, address: 'https://login.example.com/authorize' } }),
  },
  {
    name: 'account-refused',
    licenses: [fresh],
    change: accounts(),
    steps: async (page) => {
      await choose(1)(page);
      await submit(page);
      await answer(page, 'license.signIn', { ok: false, error: failure('signInAbandoned') });
      await page.getByRole('alert').waitFor();
    },
  },
  {
    name: 'account-sign-in-needed',
    licenses: [license({ facts: mine, around: needed })],
    change: accounts(),
  },
];
