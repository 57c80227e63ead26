import { setInterval } from 'node:timers';
import { inBackground } from './api/around-each-call.ts';
import type { Keys } from './create-keys.ts';
import { createBackgroundRefresh } from './license/background-refresh.ts';
import { createLicenseService } from './license/service.ts';
import type { EngineOptions } from './license/turn.ts';
import type { Telling } from './tell-windows.ts';

/** How often it is looked whether something is due, milliseconds; the first time is as long after the start. */
const INTERVAL = 60_000;

export interface UpToDateOptions extends Pick<Telling, 'snapshot' | 'perform' | 'tell'> {
  readonly engine: EngineOptions;
  readonly keys: Pick<Keys, 'tick'>;
  readonly isOnline: () => boolean;
  /** Whether the administrator's policy lets calls be made. */
  readonly mayCall: () => boolean;
  /** Milliseconds. */
  readonly interval: number | undefined;
}

/** What a window does without being asked: leases are renewed before they end, and newer keys fetched. */
export interface UpToDate {
  readonly start: () => void;
  /** Does at once what has become due while the computer slept; nothing before `start`. */
  readonly wakeUp: () => void;
  readonly stop: () => void;
}

export function keepUpToDate(options: UpToDateOptions): UpToDate {
  const { engine, keys, snapshot, perform, tell, isOnline, mayCall, interval = INTERVAL } = options;
  const { random, log } = engine;
  const unasked = createLicenseService({
    ...engine,
    apiOf: (server) => inBackground(engine.apiOf(server)),
    unasked: true,
  });
  const background = createBackgroundRefresh({
    look: snapshot,
    call: (call, productId) =>
      perform(productId, call === 'pullState' ? call : 'refresh', () => unasked[call](productId)),
    isOnline,
    random,
    log,
  });
  const refreshKeys = async (): Promise<void> => {
    if (!isOnline() || !mayCall()) return;
    const { licenses } = await snapshot();
    if (await keys.tick(licenses)) await tell(true);
  };
  const doWhatIsDue = (): void => {
    refreshKeys().catch((error: unknown) => log.error('The look for newer keys failed', { error }));
    background.tick().catch((error: unknown) => log.error('The background refresh failed', { error }));
  };
  let timer: NodeJS.Timeout | undefined;
  return {
    start: () => {
      timer ??= setInterval(doWhatIsDue, interval).unref();
    },
    wakeUp: () => {
      if (timer === undefined) return;
      background.wakeUp();
      doWhatIsDue();
    },
    stop: () => clearInterval(timer),
  };
}
