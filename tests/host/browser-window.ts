import { EventEmitter } from 'node:events';
import { readFileSync } from 'node:fs';
import type { BrowserWindow as ElectronWindow, BrowserWindowConstructorOptions, Rectangle } from 'electron';
import type { BrowserContext, Page } from 'playwright';
import { toInside } from './addresses.ts';
import { host } from './host.ts';
import { applyPermissions, guardContext, guardPage } from './page-rules.ts';
import { BINDING, initScript, type PageMessage } from './page-shim.ts';
import { hostSessionOf } from './session.ts';
import { makeEvent, strict } from './strict.ts';
import { HostWebContents } from './web-contents.ts';

type WindowMembers = Pick<
  ElectronWindow,
  | 'loadURL'
  | 'show'
  | 'focus'
  | 'restore'
  | 'maximize'
  | 'close'
  | 'destroy'
  | 'isMinimized'
  | 'isMaximized'
  | 'isDestroyed'
  | 'getNormalBounds'
  | 'setBackgroundColor'
>;

/** The application's window: a page of the one Chromium of this process. */
class HostBrowserWindow extends EventEmitter implements WindowMembers {
  readonly options: BrowserWindowConstructorOptions;
  readonly contents: HostWebContents;
  readonly webContents: HostWebContents;
  shown = false;
  backgroundColor: string;
  private destroyed = false;

  constructor(options: BrowserWindowConstructorOptions = {}) {
    super();
    if (host.windows.size > 0) throw new Error('The Chromium host has room for one window');
    this.options = options;
    this.backgroundColor = options.backgroundColor ?? '#FFF';
    this.contents = new HostWebContents(hostSessionOf(options.webPreferences?.session));
    this.webContents = strict('webContents', this.contents);
    host.windows.add(this);
    host.emit('web-contents-created', {}, this.webContents);
    return strict('BrowserWindow', this);
  }

  /** The application's log says no more than that it failed; whoever runs the host wants to know why. */
  async loadURL(url: string): Promise<void> {
    try {
      await this.load(url);
      host.emit('loaded');
    } catch (error) {
      process.stderr.write(`Chromium host: ${String(error)}\n`);
      throw error;
    }
  }

  private async load(url: string): Promise<void> {
    if (host.browser === null) return;
    const { page, context } = await host.browser;
    const { contents } = this;
    if (contents.page === null) {
      await context.exposeBinding(BINDING, async ({ frame }, message: PageMessage) =>
        contents.hear(frame, message),
      );
      await guardContext(context, contents);
      await this.adopt(page, context);
      contents.on('reload-crashed', () => void this.replacePage(page, context, url));
      page.once('domcontentloaded', () => this.emit('ready-to-show'));
    }
    await this.navigate(page, url);
  }

  /** Makes a page of Chromium the window's own. */
  private async adopt(page: Page, context: BrowserContext): Promise<void> {
    const { contents } = this;
    contents.page = page;
    const preload = this.options.webPreferences?.preload;
    if (preload !== undefined)
      await page.addInitScript({ content: initScript(readFileSync(preload, 'utf8')) });
    await guardPage(page, contents);
    await applyPermissions(context, page, contents);
    await this.resize(page);
    page.on('load', () => contents.emit('did-finish-load'));
    page.on('close', () => {
      if (contents.page === page) this.closedByUser();
    });
  }

  private async navigate(page: Page, url: string): Promise<void> {
    await host.followTheme(page);
    this.contents.expectedAddress = url;
    await page.goto(toInside(url));
  }

  /** A page that crashed is of no more use to Playwright; another one takes its place. */
  private async replacePage(old: Page, context: BrowserContext, url: string): Promise<void> {
    this.contents.expectsPage = true;
    const page = await context.newPage();
    this.contents.expectsPage = false;
    await this.adopt(page, context);
    await old.close();
    await this.navigate(page, url);
  }

  private closedByUser(): void {
    if (!this.destroyed) this.emit('close', makeEvent({}));
    this.destroy();
  }

  show(): void {
    this.shown = true;
  }

  focus(): void {
    this.contents.page?.bringToFront().catch(() => undefined);
  }

  restore(): void {
    this.shown = true;
  }

  maximize(): void {
    this.shown = true;
  }

  /** As Electron: a listener may keep the window open. */
  close(): void {
    const event = makeEvent({});
    this.emit('close', event);
    if (!event.defaultPrevented) this.destroy();
  }

  destroy(): void {
    if (this.destroyed) return;
    this.destroyed = true;
    this.contents.destroyed = true;
    host.windows.delete(this);
    this.emit('closed');
    if (host.windows.size === 0 && !host.isQuitting) host.emit('window-all-closed');
  }

  isMinimized(): boolean {
    return false;
  }

  isMaximized(): boolean {
    return false;
  }

  isDestroyed(): boolean {
    return this.destroyed;
  }

  /** The bounds that were asked for: Chromium is not asked where a person moved the window. */
  getNormalBounds(): Rectangle {
    const { x = 0, y = 0, width = 800, height = 600 } = this.options;
    return { x, y, width, height };
  }

  setBackgroundColor(colour: string): void {
    this.backgroundColor = colour;
  }

  private async resize(page: Page): Promise<void> {
    const { width, height } = this.getNormalBounds();
    await host.resize(page, { width, height });
  }
}

/** What the application imports as `BrowserWindow`. */
export const BrowserWindow = HostBrowserWindow;
