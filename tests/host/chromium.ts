import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { chromium, type BrowserContext, type Page } from 'playwright';
import { findChromium } from '../../build/scripts/lib/chromium.mjs';
import { OPTIONS } from './options.ts';

export interface Browser {
  readonly context: BrowserContext;
  /** The first page; in a headed run the application's window without tabs or address bar. */
  readonly page: Page;
  /** Where a test can drive the page from; null unless debugging was asked for. */
  readonly endpoint: string | null;
  readonly close: () => Promise<void>;
}

/** How peer connections may find a way out: not past a proxy. */
export const WEBRTC_POLICY = 'disable_non_proxied_udp';

const ARGUMENTS = [
  '--disable-background-networking',
  '--disable-component-update',
  '--no-first-run',
  // Chromium takes it at its start only; page-rules.ts makes sure that the application asks for the same.
  `--webrtc-ip-handling-policy=${WEBRTC_POLICY}`,
];

/** Starts a Chromium with a profile that is thrown away with it. */
export async function launchBrowser(): Promise<Browser> {
  const executablePath = findChromium();
  if (executablePath === null) throw new Error('No Chromium was found; set LATCHKEY_CHROMIUM to its path');
  const folder = mkdtempSync(path.join(tmpdir(), 'latchkey-host-'));
  const isHeadless = OPTIONS.display !== 'headed';
  const context = await chromium.launchPersistentContext(folder, {
    executablePath,
    headless: isHeadless,
    // Chromium's own sandbox refuses to run as root.
    chromiumSandbox: process.getuid?.() !== 0,
    args: [
      ...ARGUMENTS,
      ...(isHeadless ? [] : ['--app=data:text/html,']),
      ...(OPTIONS.debugging ? ['--remote-debugging-port=0'] : []),
    ],
    locale: OPTIONS.locale,
    viewport: isHeadless ? (OPTIONS.viewport ?? { width: 880, height: 680 }) : null,
    handleSIGINT: false,
    handleSIGTERM: false,
    handleSIGHUP: false,
  });
  return {
    context,
    page: context.pages()[0] ?? (await context.newPage()),
    endpoint: OPTIONS.debugging ? await readEndpoint(folder) : null,
    close: async () => {
      await context.close();
      // Chromium's helpers may still write for a moment after it said good-bye.
      rmSync(folder, { recursive: true, force: true, maxRetries: 20, retryDelay: 50 });
    },
  };
}

/** Chromium writes the port that it chose into its profile, some time after it has started. */
async function readEndpoint(folder: string): Promise<string> {
  const file = path.join(folder, 'DevToolsActivePort');
  for (let attempt = 0; attempt < 200; attempt += 1) {
    try {
      const port = readFileSync(file, 'utf8').split('\n')[0] ?? '';
      if (port !== '') return `http://127.0.0.1:${port}`;
    } catch {
      // Not written yet.
    }
    await wait(25);
  }
  throw new Error('Chromium opened no debugging port');
}
