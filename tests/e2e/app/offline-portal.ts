import { mkdirSync } from 'node:fs';
import path from 'node:path';
import { chromium, type Page } from 'playwright';
import { onTestFinished } from 'vitest';
import { findChromium } from '../../../build/scripts/lib/chromium.mjs';

/** The End User Portal in a browser of its own, on the device that has a network. */
export interface Portal {
  /** Gives a file to the portal and downloads the answer. @returns where it was saved */
  readonly exchange: (file: string) => Promise<string>;
  /** Signs in, finds the only device and downloads its refresh. @returns where it was saved */
  readonly fetchRefresh: (activationCode: string) => Promise<string>;
  /** Gives a deactivation to the portal. @returns the title of the page that answers */
  readonly deactivate: (file: string) => Promise<string>;
  readonly page: Page;
}

/**
 * Opens the portal.
 * @param folder where downloads go
 * @param options.javaScript off unless wanted: everything but reading pictures works without it
 */
export async function openPortal(
  url: string,
  folder: string,
  { javaScript = false }: { readonly javaScript?: boolean } = {},
): Promise<Portal> {
  mkdirSync(folder, { recursive: true });
  const executablePath = findChromium();
  const browser = await chromium.launch({
    ...(executablePath === null ? {} : { executablePath }),
    args: ['--no-sandbox', '--disable-background-networking'],
  });
  onTestFinished(() => browser.close());
  const context = await browser.newContext({
    // The vendor's private CA, which a test does not install.
    ignoreHTTPSErrors: true,
    javaScriptEnabled: javaScript,
    acceptDownloads: true,
    viewport: { width: 900, height: 900 },
  });
  const page = await context.newPage();
  page.setDefaultTimeout(20_000);
  const download = async (name: string): Promise<string> => {
    const [event] = await Promise.all([
      page.waitForEvent('download'),
      page.getByRole('link', { name, exact: true }).click(),
    ]);
    const file = path.join(folder, event.suggestedFilename());
    await event.saveAs(file);
    return file;
  };
  const bring = async (file: string) => {
    await page.goto(`${url}/portal`);
    await page.getByLabel('File from Latchkey').setInputFiles(file);
    await page.getByRole('button', { name: 'Continue' }).click();
  };
  const title = () => page.getByRole('heading', { level: 1 });
  return {
    page,
    exchange: async (file) => {
      await bring(file);
      await title().getByText('Your response is ready').waitFor();
      return await download('Download response');
    },
    fetchRefresh: async (activationCode) => {
      await page.goto(`${url}/portal`);
      const signedIn = page.getByRole('link', { name: 'Show activations' });
      if (await signedIn.isVisible()) await signedIn.click();
      else {
        await page.getByLabel('Activation code').fill(activationCode);
        await page.getByRole('button', { name: 'Sign in' }).click();
      }
      await page.getByRole('button', { name: /^Get refresh/ }).click();
      await title().getByText('Your refresh is ready').waitFor();
      return await download('Download refresh');
    },
    deactivate: async (file) => {
      await bring(file);
      await title().waitFor();
      return await title().innerText();
    },
  };
}
