import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { chromium, type Browser, type BrowserContextOptions, type Page } from 'playwright';
import { findChromium } from '../../../build/scripts/lib/chromium.mjs';
import { installFakeBridge, type Script } from './fake-bridge.ts';

const BUILT = path.resolve(import.meta.dirname, '../../../dist/renderer');
const ORIGIN = 'https://latchkey.test';

/** The policy of the shell (design, section 8), so that a screen which needs more fails here. */
const POLICY = [
  "default-src 'none'",
  "script-src 'self'",
  "style-src 'self'",
  "img-src 'self'",
  "font-src 'self'",
  "connect-src 'none'",
  "base-uri 'none'",
  "form-action 'none'",
  "require-trusted-types-for 'script'",
].join('; ');

const TYPES: Readonly<Record<string, string>> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.svg': 'image/svg+xml',
};

export async function launch(): Promise<Browser> {
  if (!existsSync(path.join(BUILT, 'index.html')))
    throw new Error('dist/renderer is not there: build it first');
  const executablePath = findChromium();
  return await chromium.launch({
    ...(executablePath === null ? {} : { executablePath }),
    args: ['--no-sandbox', '--disable-background-networking', '--font-render-hinting=none'],
  });
}

export interface Opened {
  readonly page: Page;
  /** Console errors, uncaught errors and violations of the policy so far. */
  readonly complaints: readonly string[];
  readonly close: () => Promise<void>;
}

/** Opens the built renderer as the shell would, with a bridge that answers as scripted; `null` = no bridge at all. */
export function open(
  browser: Browser,
  script: Script | null,
  options: BrowserContextOptions = {},
): Promise<Opened> {
  const prepare = async (page: Page) => (script === null ? undefined : await installFakeBridge(page, script));
  return openPrepared(browser, prepare, options);
}

/**
 * Opens the built renderer as the shell would.
 * @param prepare puts a bridge into the page that is about to be loaded
 */
export async function openPrepared(
  browser: Browser,
  prepare: (page: Page) => Promise<unknown>,
  options: BrowserContextOptions = {},
): Promise<Opened> {
  const context = await browser.newContext({
    viewport: { width: 880, height: 680 },
    timezoneId: 'UTC',
    locale: 'en-US',
    reducedMotion: 'reduce',
    permissions: ['clipboard-read', 'clipboard-write'],
    ...options,
  });
  const complaints: string[] = [];
  await context.route('**/*', async (route) => {
    const { pathname, origin } = new URL(route.request().url());
    const file = path.join(BUILT, pathname === '/' ? 'index.html' : pathname);
    if (origin !== ORIGIN || !file.startsWith(BUILT) || !existsSync(file)) {
      complaints.push(`asked for ${route.request().url()}`);
      await route.abort();
      return;
    }
    await route.fulfill({
      body: readFileSync(file),
      contentType: TYPES[path.extname(file)] ?? 'application/octet-stream',
      headers: { 'content-security-policy': POLICY },
    });
  });
  const page = await context.newPage();
  page.on('console', (message) => {
    if (message.type() === 'error' || message.type() === 'warning') complaints.push(message.text());
  });
  page.on('pageerror', (error) => complaints.push(String(error)));
  await page.addInitScript(() =>
    document.addEventListener('securitypolicyviolation', ({ violatedDirective, blockedURI }) => {
      globalThis.console.error(`policy: ${violatedDirective} ${blockedURI}`);
    }),
  );
  await prepare(page);
  await page.goto(`${ORIGIN}/`);
  return { page, complaints, close: async () => await context.close() };
}
