import type { Page } from 'playwright';
import type { Bridge } from '../../shared/contract.ts';
import { browserTrusting, signInAs } from '../support/browser.ts';
import type { DemoServers } from './announcement.ts';

/** One step of the demo. */
export interface Scene {
  readonly title: string;
  readonly act: (page: Page) => Promise<void>;
}

const button = (page: Page, name: string | RegExp) => page.getByRole('button', { name });
const choose = (page: Page, way: string) => page.locator('.segment', { hasText: way }).click();
const whenActive = (page: Page) => page.getByRole('heading', { name: /is active$/ }).waitFor();
const whenFree = (page: Page) => page.getByRole('radiogroup').first().waitFor();

async function openLicense(page: Page): Promise<void> {
  await button(page, 'Show license').click();
  await page.getByRole('heading', { name: 'Features' }).waitFor();
}

async function askToDeactivate(page: Page): Promise<void> {
  await button(page, /^Deactivate…/).click();
  await page.getByRole('alertdialog').waitFor();
}

async function deactivate(page: Page): Promise<void> {
  await button(page, 'Deactivate').last().click();
  await whenFree(page);
}

/** The address that the system's browser was sent to, as the page knows it. */
async function signInAddress(page: Page): Promise<string> {
  const answer = await page.evaluate(() =>
    (globalThis as unknown as { latchkey: Bridge }).latchkey.app.snapshot(),
  );
  const address = answer.ok ? answer.value.application.accounts?.waiting?.address : undefined;
  if (address === undefined) throw new Error('The application waits for no sign-in');
  return address;
}

const byCode = (code: string): readonly Scene[] => [
  {
    title: 'The window opens and asks for the activation code',
    act: (page) => page.getByLabel('Activation code').waitFor(),
  },
  {
    title: 'The code is entered',
    act: (page) => page.getByLabel('Activation code').fill(code),
  },
  {
    title: 'The license is active',
    act: async (page) => {
      await button(page, 'Activate').click();
      await whenActive(page);
    },
  },
  { title: 'Its features, entitlement and seat', act: openLicense },
  {
    title: 'The lease is refreshed',
    act: async (page) => {
      await button(page, 'Refresh').first().click();
      await page
        .getByText(/^Refreshed\./)
        .first()
        .waitFor();
    },
  },
  { title: 'Before the seat is given back, the window asks', act: askToDeactivate },
  { title: 'The seat is free again', act: deactivate },
];

const byAccount = ({ account, openId }: DemoServers): readonly Scene[] => [
  {
    title: 'An account with a password instead of the code',
    act: async (page) => {
      await choose(page, 'With a password');
      await page.getByRole('textbox', { name: 'User name' }).fill(account.username);
      await page.locator('input[name=password]').fill(account.password);
    },
  },
  {
    title: 'The license of the account is active',
    act: async (page) => {
      await button(page, 'Activate').click();
      await whenActive(page);
    },
  },
  { title: 'Whose it is, beside everything else', act: openLicense },
  {
    title: 'Its seat is given back as well',
    act: async (page) => {
      await askToDeactivate(page);
      await deactivate(page);
    },
  },
  {
    title: 'Signing in happens in the browser, and the window waits',
    act: async (page) => {
      await choose(page, 'In the browser');
      await button(page, 'Sign in in the browser').click();
      await page.getByRole('heading', { name: 'Continue in your browser' }).waitFor();
    },
  },
  {
    title: 'Signed in there, it goes on by itself',
    act: async (page) => {
      await signInAs(browserTrusting(openId.ca), await signInAddress(page), account.username);
      await whenActive(page);
    },
  },
  {
    title: 'The last seat is given back',
    act: async (page) => {
      await openLicense(page);
      await askToDeactivate(page);
      await deactivate(page);
    },
  },
];

/** What a person does, by the names that a person reads: with the code first, then with the account. */
export const scenes = (servers: DemoServers): readonly Scene[] => [
  ...byCode(servers.activationCode),
  ...byAccount(servers),
];
