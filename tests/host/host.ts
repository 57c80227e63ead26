import { EventEmitter } from 'node:events';
import type { BrowserWindowConstructorOptions } from 'electron';
import type { Page } from 'playwright';
import { launchBrowser, type Browser } from './chromium.ts';
import { OPTIONS } from './options.ts';
import type { HostWebContents } from './web-contents.ts';

/** The parts of a window that the host itself needs. */
export interface HostWindow extends EventEmitter {
  readonly close: () => void;
  readonly options: BrowserWindowConstructorOptions;
  readonly contents: HostWebContents;
}

/** What the modules of the host share: one process has one application, one browser and one window. */
class Host extends EventEmitter {
  readonly windows = new Set<HostWindow>();
  isQuitting = false;
  browser: Promise<Browser> | null = null;
  themeSource: 'system' | 'light' | 'dark' = 'system';

  /** Starts Chromium the first time it is called; nothing with `display: none`. */
  async startBrowser(): Promise<void> {
    if (OPTIONS.display === 'none') return;
    this.browser ??= launchBrowser();
    await this.browser;
  }

  async stopBrowser(): Promise<void> {
    const { browser } = this;
    this.browser = null;
    if (browser !== null) await (await browser).close();
  }

  get isDark(): boolean {
    return (this.themeSource === 'system' ? OPTIONS.theme : this.themeSource) === 'dark';
  }

  async followTheme(page?: Page): Promise<void> {
    const target = page ?? (await this.browser)?.page;
    await target?.emulateMedia({ colorScheme: this.isDark ? 'dark' : 'light' });
  }

  async resize(page: Page, size: { readonly width: number; readonly height: number }): Promise<void> {
    if (OPTIONS.display === 'headless') {
      await page.setViewportSize(OPTIONS.viewport ?? size);
      return;
    }
    const client = await page.context().newCDPSession(page);
    const { windowId } = await client.send('Browser.getWindowForTarget');
    await client.send('Browser.setWindowBounds', { windowId, bounds: size });
    await client.detach();
  }
}

export const host = new Host();
