import { powerMonitor } from 'electron';
import type { Log } from '../ports.ts';
import type { Services } from '../services.ts';

/**
 * Looks at the clock when the computer wakes up, and once more before it falls asleep: on Linux and macOS the
 * monotonic clock stands still in between, and timers may come late. What has become due meanwhile is refreshed at once.
 * To be called once the application is ready.
 */
export function followSleep(
  { lookAtClock, wakeUp }: Pick<Services, 'lookAtClock' | 'wakeUp'>,
  log: Log,
): void {
  const followed = (event: string, follow: () => Promise<void>) => (): void => {
    log.info('The computer’s power state has changed', { event });
    follow().catch((error: unknown) => log.error('The clock could not be looked at', { error }));
  };
  powerMonitor.on('suspend', followed('suspend', lookAtClock));
  powerMonitor.on('resume', followed('resume', wakeUp));
}
