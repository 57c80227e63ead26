import type { Locator, Page } from 'playwright';
import type { Bridge, Snapshot } from '../../../shared/contract.ts';
import type { LicenseView } from '../../../shared/license/schemas.ts';
import type { App } from '../../support/app.ts';

/** One line, as somebody reads it: what is between words doesn't matter. */
export const plain = (text: string) => text.replaceAll(/\s+/g, ' ').trim();

/** What a person does in the window, by the names that a person reads. */
export interface Person {
  readonly code: () => Locator;
  readonly button: (name: string | RegExp) => Locator;
  readonly heading: (name: string | RegExp) => Locator;
  /** A field for a number. */
  readonly spin: (name: string) => Locator;
  /** Types the code key by key and presses the button. */
  readonly activate: (code: string) => Promise<void>;
  /** Activates and waits until the window says so. */
  readonly becomeActive: (code: string) => Promise<void>;
  /** Goes to the page with everything about the only license, from wherever the window is. */
  readonly openLicense: () => Promise<void>;
  /** Presses Refresh and waits until the window says how it went. @returns that */
  readonly refresh: () => Promise<string>;
  /** Presses the button of the dialog that asks before a seat is given up. */
  readonly confirm: () => Promise<void>;
  /** Deactivates from the license's page, with the confirmation, and waits for the first screen. */
  readonly deactivate: () => Promise<void>;
  /** What the window calls attention to. */
  readonly alert: () => Promise<string>;
  /** Everything that can be read. */
  readonly text: () => Promise<string>;
  /** What the main process tells the page. */
  readonly snapshot: () => Promise<Snapshot>;
  /** The only license in it. */
  readonly license: () => Promise<LicenseView>;
}

export function personAt(app: App): Person {
  const page = (): Page => app.page;
  const button = (name: string | RegExp) =>
    page().getByRole('button', typeof name === 'string' ? { name, exact: true } : { name });
  const heading = (name: string | RegExp) => page().getByRole('heading', { name });
  const spin = (name: string) => page().getByRole('spinbutton', { name });
  const code = () => page().getByLabel('Activation code');
  const activate = async (text: string) => {
    await code().fill('');
    await code().pressSequentially(text);
    await button('Activate').click();
  };
  const snapshot = async () => {
    const answer = await page().evaluate(() =>
      (globalThis as unknown as { latchkey: Bridge }).latchkey.app.snapshot(),
    );
    if (!answer.ok) throw new Error(answer.error.code);
    return answer.value;
  };
  const confirm = () => page().getByRole('alertdialog').getByRole('button', { name: 'Deactivate' }).click();
  return {
    code,
    button,
    heading,
    spin,
    activate,
    becomeActive: async (text) => {
      await activate(text);
      await heading(/ is active$/).waitFor();
    },
    openLicense: async () => {
      const way = button('Show license').or(page().locator('.license-card-link')).first();
      const there = heading(/^Lease$/);
      await way.or(there).first().waitFor();
      if (!(await there.isVisible())) await way.click();
      await there.waitFor();
    },
    refresh: async () => {
      await button('Refresh').click();
      const outcome = page().locator('.outcome .callout-text');
      await outcome.waitFor();
      return plain(await outcome.innerText());
    },
    confirm,
    deactivate: async () => {
      await button('Deactivate…').click();
      await confirm();
      await code().waitFor();
    },
    alert: async () => {
      const alert = page().getByRole('alert');
      await alert.waitFor();
      return plain(await alert.innerText());
    },
    text: async () => plain(await page().locator('body').innerText()),
    snapshot,
    license: async () => {
      const [license, another] = (await snapshot()).licenses;
      if (license === undefined || another !== undefined) throw new Error('There is not one license');
      return license;
    },
  };
}
