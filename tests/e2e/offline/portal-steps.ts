import type { Page } from 'playwright';
import type { Portal } from '../app/offline-portal.ts';
import { pasteByKeys } from './clipboard.ts';

/** Waits for the title of the page. */
export const titled = (page: Page, name: string) =>
  page.getByRole('heading', { level: 1, name, exact: true }).waitFor();

const start = (page: Page) => page.goto(new URL('/portal', page.url()).href);

/** Pastes a text into the portal's field with the keyboard. */
export async function pasteText(page: Page, text: string): Promise<void> {
  await start(page);
  await page.getByLabel('Or paste it as text').focus();
  await pasteByKeys(page, text);
  await page.getByRole('button', { name: 'Continue' }).click();
}

/** Gives pictures of QR codes to the portal's own reader. */
export async function bringPictures(page: Page, files: readonly string[]): Promise<void> {
  await start(page);
  await page.getByLabel('Or choose pictures of its QR codes').setInputFiles([...files]);
  await page.getByText(files.length === 1 ? 'Read 1 picture.' : `Read ${files.length} pictures.`).waitFor();
  await page.getByRole('button', { name: 'Continue' }).click();
}

/** Types a text into the portal's field, in place of what is there. */
export async function bringText(page: Page, text: string): Promise<void> {
  await start(page);
  await page.getByLabel('Or paste it as text').fill(text);
  await page.getByRole('button', { name: 'Continue' }).click();
}

/** Copies the answer that is shown by its button. The browser must let the page read the clipboard. */
export async function answerCopied(page: Page): Promise<string> {
  await page.getByText('Show as text').click();
  await page.getByRole('button', { name: 'Copy text' }).click();
  await page.getByText('Copied.').waitFor();
  return await page.evaluate(async () => await navigator.clipboard.readText());
}

/** What the list of activations says once somebody has signed in. */
export async function activationList({ page }: Portal, activationCode: string): Promise<string> {
  await start(page);
  const signedIn = page.getByRole('link', { name: 'Show activations' });
  if (await signedIn.isVisible()) await signedIn.click();
  else {
    await page.getByLabel('Activation code').fill(activationCode);
    await page.getByRole('button', { name: 'Sign in' }).click();
  }
  await titled(page, 'Activations');
  return await page.locator('main').innerText();
}
