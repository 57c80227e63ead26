import { EventEmitter } from 'node:events';
import type { IpcMainInvokeEvent, WebContents, WebFrameMain } from 'electron';
import type { Frame, Page } from 'playwright';
import { originOf, toOutside } from './addresses.ts';
import { hostIpcMain } from './ipc-main.ts';
import type { Delivery, InvokeAnswer, PageMessage } from './page-shim.ts';
import { record } from './recorder.ts';
import type { HostSession } from './session.ts';
import { strict } from './strict.ts';

type FrameFacts = Pick<
  WebFrameMain,
  'parent' | 'frameTreeNodeId' | 'detached' | 'isDestroyed' | 'origin' | 'url'
>;
type WindowOpenHandler = Parameters<WebContents['setWindowOpenHandler']>[0];

let nextId = 1;
let nextFrameId = 1;

/** One page, as the application knows it. */
export class HostWebContents extends EventEmitter {
  readonly id = nextId++;
  readonly session: HostSession;
  page: Page | null = null;
  windowOpenHandler: WindowOpenHandler | null = null;
  webRtcPolicy = 'default';
  /** The address that the application itself is loading: its own loads fire no will-navigate. */
  expectedAddress: string | null = null;
  destroyed = false;
  /** The present page has crashed. */
  crashed = false;
  /** The host itself is opening a page; every other one is closed. */
  expectsPage = false;
  private readonly frameIds = new WeakMap<Frame, number>();
  private queue: Delivery[] = [];
  private waiting: ((deliveries: Delivery[]) => void) | null = null;

  constructor(session: HostSession) {
    super();
    this.session = session;
  }

  get mainFrame(): WebFrameMain {
    if (this.page === null) throw new Error('The page is not open yet');
    return this.frameFacts(this.page.mainFrame());
  }

  getURL(): string {
    return this.page === null ? '' : toOutside(this.page.url());
  }

  isDestroyed(): boolean {
    return this.destroyed;
  }

  setWindowOpenHandler(handler: WindowOpenHandler): void {
    this.windowOpenHandler = handler;
  }

  setWebRTCIPHandlingPolicy(policy: string): void {
    this.webRtcPolicy = policy;
  }

  reload(): void {
    if (this.crashed) {
      this.crashed = false;
      this.emit('reload-crashed');
      return;
    }
    this.expectedAddress = this.getURL();
    this.page?.reload().catch((error: unknown) => this.emit('did-fail-load', {}, -1, String(error)));
  }

  /** Sends to the page. Messages wait for a page that is on its way, and are lost with a page that goes. */
  send(channel: string, ...args: unknown[]): void {
    const delivery: Delivery = structuredClone({ channel, args });
    record({ kind: 'event', channel, args });
    this.queue.push(delivery);
    this.flush();
  }

  /** What the page says, through the binding. `frame` is Chromium's word for where it comes from. */
  async hear(frame: Frame, message: PageMessage): Promise<unknown> {
    switch (message.kind) {
      case 'attach':
        this.queue = [];
        this.waiting = null;
        return null;
      case 'next':
        return new Promise<Delivery[]>((resolve) => {
          this.waiting = resolve;
          this.flush();
        });
      case 'invoke':
        return this.invoke(message.channel, message.args, this.frameFacts(frame));
    }
  }

  /** Calls a handler of ipcMain as if a frame had: also for tests that pose as somebody else. */
  async invoke(
    channel: string,
    args: readonly unknown[],
    senderFrame: WebFrameMain | null,
    sender: unknown = strict('webContents', this),
  ): Promise<InvokeAnswer> {
    const handler = hostIpcMain.handlers.get(channel);
    if (handler === undefined) return { ok: false, message: `No handler registered for '${channel}'` };
    try {
      const event = { sender, senderFrame, frameId: 0, processId: 0, type: 'frame' };
      const value: unknown = await handler(event as unknown as IpcMainInvokeEvent, ...args);
      record({ kind: 'request', channel, args, answer: value });
      return { ok: true, value: structuredClone(value) };
    } catch (error) {
      return { ok: false, message: error instanceof Error ? error.message : 'failed' };
    }
  }

  private frameFacts(frame: Frame): WebFrameMain {
    const id = this.frameIds.get(frame) ?? nextFrameId++;
    this.frameIds.set(frame, id);
    const parent = frame.parentFrame();
    const url = toOutside(frame.url());
    const facts: FrameFacts = {
      parent: parent === null ? null : this.frameFacts(parent),
      frameTreeNodeId: id,
      detached: frame.isDetached(),
      isDestroyed: () => frame.isDetached(),
      url,
      origin: originOf(url),
    };
    return strict('WebFrameMain', facts) as unknown as WebFrameMain;
  }

  private flush(): void {
    if (this.waiting === null || this.queue.length === 0) return;
    const { queue, waiting } = this;
    this.queue = [];
    this.waiting = null;
    waiting(queue);
  }
}
