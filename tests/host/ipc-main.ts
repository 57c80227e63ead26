import { EventEmitter } from 'node:events';
import type { IpcMain, IpcMainInvokeEvent } from 'electron';
import { strict } from './strict.ts';

type Handler = (event: IpcMainInvokeEvent, ...args: unknown[]) => unknown;

class HostIpcMain extends EventEmitter {
  readonly handlers = new Map<string, Handler>();

  constructor() {
    super();
    // As in Electron, so that a message called `error` doesn't throw.
    this.on('error', () => undefined);
  }

  handle(channel: string, handler: Handler): void {
    if (this.handlers.has(channel)) throw new Error(`a second handler for ${channel}`);
    this.handlers.set(channel, handler);
  }
}

export const hostIpcMain = new HostIpcMain();

/** What the application imports as `ipcMain`. */
export const ipcMain: Pick<IpcMain, 'handle'> & EventEmitter = strict('ipcMain', hostIpcMain);
