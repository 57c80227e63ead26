import { EventEmitter } from 'node:events';
import type { IpcMain, IpcMainInvokeEvent } from 'electron';
import { strict } from './strict.ts';

type Handler = (event: IpcMainInvokeEvent, ...args: unknown[]) => unknown;

class HostIpcMain extends EventEmitter {
  readonly handlers = new Map<string, Handler>();

  /** Every channel that was ever listened to, also by a library whose listener was removed since. */
  readonly everListened = new Set<string>();

  constructor() {
    super();
    // As in Electron, so that a message called `error` doesn't throw.
    this.on('error', () => undefined);
    this.on('newListener', (channel) => this.everListened.add(String(channel)));
  }

  handle(channel: string, handler: Handler): void {
    if (this.handlers.has(channel)) throw new Error(`a second handler for ${channel}`);
    this.handlers.set(channel, handler);
  }
}

export const hostIpcMain = new HostIpcMain();

/** What the application imports as `ipcMain`. */
export const ipcMain: Pick<IpcMain, 'handle'> & EventEmitter = strict('ipcMain', hostIpcMain);
