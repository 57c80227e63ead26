import type { Browser, BrowserContextOptions, Page } from 'playwright';
import { afterAll, afterEach, beforeAll, expect } from 'vitest';
import type { Script } from './fake-bridge.ts';
import { snapshot } from './samples.ts';
import { launch, open, type Opened } from './window.ts';

/** A browser for the tests of a file, and a window in it for each; nothing may be complained about in any of them. */
export function useWindow() {
  let browser: Browser;
  let opened: Opened;
  beforeAll(async () => {
    browser = await launch();
  });
  afterAll(async () => await browser.close());
  afterEach(async () => {
    const { complaints, close } = opened;
    await close();
    expect(complaints).toEqual([]);
  });

  /** Opens the window with a bridge that answers as scripted; `null` = no bridge at all. */
  const openWith = async (script: Script | null, options?: BrowserContextOptions): Promise<Page> => {
    opened = await open(browser, script, options);
    return opened.page;
  };

  /** Opens the window with these licenses and waits for its first screen. */
  const show = async (licenses: Parameters<typeof snapshot>[0]): Promise<Page> => {
    const page = await openWith({
      'app.snapshot': { ok: true, value: snapshot(licenses) },
      'app.takeDeepLink': { ok: true, value: null },
    });
    await page.getByRole('heading', { level: 1 }).waitFor();
    return page;
  };
  return { openWith, show };
}
