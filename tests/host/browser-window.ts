import { EventEmitter } from 'node:events';
import { readFileSync } from 'node:fs';
import type { BrowserWindow as ElectronWindow, BrowserWindowConstructorOptions, Rectangle } from 'electron';
import type { Page } from 'playwright';
import { toInside } from './addresses.ts';
import { host } from './host.ts';
import { applyPermissions, guardPage } from './page-rules.ts';
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
    const { contents, options } = this;
    if (contents.page === null) {
      contents.page = page;
      const hear = (message: PageMessage, frame: Parameters<HostWebContents['hear']>[0]) =>
        contents.hear(frame, message);
      await context.exposeBinding(BINDING, async ({ frame }, message: PageMessage) => hear(message, frame));
      const preload = options.webPreferences?.preload;
      if (preload !== undefined)
        await page.addInitScript({ content: initScript(readFileSync(preload, 'utf8')) });
      await guardPage(context, page, contents);
      await applyPermissions(context, page, contents);
      await this.resize(page);
      page.once('domcontentloaded', () => this.emit('ready-to-show'));
      page.on('load', () => contents.emit('did-finish-load'));
      page.once('close', () => this.destroy());
    }
    await host.followTheme(page);
    contents.expectedAddress = url;
    await page.goto(toInside(url));
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
