import { powerMonitor } from 'electron';
import type { Log } from '../ports.ts';

/**
 * Looks at the clock when the computer wakes up, and once more before it falls asleep: on Linux and macOS the
 * monotonic clock stands still in between, and timers may come late. To be called once the application is ready.
 */
export function lookAtClockOnWaking(look: () => Promise<void>, log: Log): void {
  const followed = (event: string) => (): void => {
    log.info('The computer’s power state has changed', { event });
    look().catch((error: unknown) => log.error('The clock could not be looked at', { error }));
  };
  powerMonitor.on('suspend', followed('suspend'));
  powerMonitor.on('resume', followed('resume'));
}
