import type { BrowserWindow } from 'electron';
import type { CrashStore } from '../support/crash-store.ts';

/**
 * Keeps a report of what nobody has foreseen in the main process. Nothing is sent anywhere.
 * @param onFatal tells the user and ends the process: nobody knows what state it is in
 */
export function noteCrashes(crashes: CrashStore, onFatal: () => void): void {
  process.on('uncaughtException', (error) => {
    crashes.note('mainException', { error });
    onFatal();
  });
  // What was awaited by nobody has stopped nobody: the program goes on.
  process.on('unhandledRejection', (error) => crashes.note('unhandledRejection', { error }));
}

/** The same of the page: its process ended, or it has not answered for a while. */
export function notePageCrashes(window: BrowserWindow, crashes: CrashStore): void {
  window.webContents.on('render-process-gone', (_event, { reason }) => {
    if (reason !== 'clean-exit') crashes.note('pageGone', { reason });
  });
  window.on('unresponsive', () => crashes.note('windowStuck', {}));
}
