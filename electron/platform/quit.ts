import { app } from 'electron';
import type { Log } from '../ports.ts';

/** Lets the services finish before the process ends, and ends it when the last window is closed, on macOS as well. */
export function closeBeforeQuit(close: () => Promise<void>, log: Log): void {
  let isClosed = false;
  app.on('window-all-closed', () => app.quit());
  app.on('will-quit', (event) => {
    if (isClosed) return;
    event.preventDefault();
    close()
      .catch((error: unknown) => log.error('The services did not close cleanly', { error }))
      .finally(() => {
        isClosed = true;
        app.quit();
      });
  });
}
