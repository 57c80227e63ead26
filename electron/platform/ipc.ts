import { ipcMain, type IpcMainInvokeEvent, type WebContents } from 'electron';
import * as v from 'valibot';
import { CHANNELS, EVENTS, type Channel, type EventName, type EventOf } from '../../shared/contract.ts';
import { eventChannel } from '../ipc/bridge.ts';
import type { Dispatch } from '../ipc/dispatch.ts';
import { APP_ORIGIN, type SenderFacts } from '../ipc/sender-policy.ts';
import type { Log } from '../ports.ts';

/** Registers one handler per channel of the contract. Nothing throws across. */
export function registerHandlers(dispatch: Dispatch): void {
  for (const channel of Object.keys(CHANNELS) as Channel[]) {
    ipcMain.handle(channel, (event, ...args: unknown[]) => dispatch(channel, readSender(event), args));
  }
}

/**
 * Removes every listener of messages that isn't a handler of the contract, now and whenever a library adds one.
 * electron-store's constructor registers the synchronous, unchecked `electron-store-get-data`, which would tell any
 * page where the data lies. `error` stays: Electron's own listener keeps a message of that name from throwing.
 */
export function refuseForeignListeners(log: Log): void {
  const remove = (channel: unknown) => {
    if (typeof channel !== 'string' || channel === 'error' || channel === 'newListener') return;
    ipcMain.removeAllListeners(channel);
    log.debug('A foreign message listener was removed', { channel });
  };
  for (const channel of ipcMain.eventNames()) remove(channel);
  // The event comes before the listener is added; no message is looked at before the microtask has run.
  ipcMain.on('newListener', (channel: unknown) => queueMicrotask(() => remove(channel)));
}

/**
 * Tells the page of an event, if the page is ours. A payload that breaks the contract is not sent.
 * @returns whether it was sent
 */
export function sendEvent<E extends EventName>(
  contents: WebContents,
  event: E,
  payload: EventOf<E>,
  log: Log,
): boolean {
  const parsed = v.safeParse(EVENTS[event], payload);
  if (!parsed.success) {
    const name: string = event;
    log.error('An event that breaks the contract was withheld', { event: name });
    return false;
  }
  if (contents.isDestroyed() || !contents.getURL().startsWith(`${APP_ORIGIN}/`)) return false;
  contents.send(eventChannel(event), parsed.output);
  return true;
}

/** Facts about the sender; null if its frame is gone, in which case reading them throws. */
function readSender(event: IpcMainInvokeEvent): SenderFacts | null {
  try {
    const frame = event.senderFrame;
    return {
      webContentsId: event.sender.id,
      frame:
        frame === null
          ? null
          : {
              isMainFrame:
                frame.parent === null && frame.frameTreeNodeId === event.sender.mainFrame.frameTreeNodeId,
              isDetached: frame.detached || frame.isDestroyed(),
              origin: frame.origin,
              url: frame.url,
            },
    };
  } catch {
    return null;
  }
}
