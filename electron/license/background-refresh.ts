import type { Failure } from '../../shared/errors.ts';
import type { LicenseView } from '../../shared/license/schemas.ts';
import type { Result } from '../../shared/result.ts';
import type { Log, Random } from '../ports.ts';
import { nextCall, type Attempts, type BackgroundCall } from './refresh-schedule-policy.ts';

export interface BackgroundRefreshOptions {
  /** What is known of every license now, and trusted time. */
  readonly look: () => Promise<{ readonly now: number; readonly licenses: readonly LicenseView[] }>;
  /** Carries a call out as if the user had asked for it. */
  readonly call: (call: BackgroundCall, productId: string) => Promise<Result<unknown>>;
  /** Whether there is a network at all; without one nothing is tried, and nothing counts as failed. */
  readonly isOnline: () => boolean;
  readonly random: Random;
  readonly log: Log;
}

/** Renews leases before they end, without being asked. To be ticked about once a minute. */
export interface BackgroundRefresh {
  /** Does what is due; does nothing while an earlier tick is at work. */
  readonly tick: () => Promise<void>;
  /** The computer has slept, and may be in another network: what failed before is tried anew with the next tick. */
  readonly wakeUp: () => void;
}

/** Makes the background refresh of one process. Its failures are told by the license's last contact, as all others. */
export function createBackgroundRefresh(options: BackgroundRefreshOptions): BackgroundRefresh {
  const { look, call, isOnline, random, log } = options;
  const jitter = (random.bytes(1)[0] ?? 0) / 256;
  const attempts = new Map<string, Attempts>();
  let running = false;
  let wasOnline = true;

  /** A server that has asked for a wait still gets it. */
  const tryAnew = (): void => {
    for (const [productId, { notBefore }] of attempts) {
      if (notBefore === null) attempts.delete(productId);
    }
  };

  const refreshWhatIsDue = async (): Promise<void> => {
    const online = isOnline();
    // What failed for want of a network is worth trying at once when it is back.
    if (online && !wasOnline) tryAnew();
    wasOnline = online;
    if (!online) return;
    const { now, licenses } = await look();
    for (const license of licenses) {
      const { productId, busy } = license;
      const next = nextCall(license, attempts.get(productId) ?? null, jitter);
      if (next === null || next.at > now || busy !== null) continue;
      const done = await call(next.call, productId);
      if (done.ok) attempts.delete(productId);
      else if (!isPassing(done.error)) attempts.set(productId, afterFailure(productId, done.error, now));
      log.info('background refresh', { productId, call: next.call, code: done.ok ? null : done.error.code });
    }
  };

  const afterFailure = (productId: string, { facts }: Failure, now: number): Attempts => ({
    failures: (attempts.get(productId)?.failures ?? 0) + 1,
    lastAt: now,
    notBefore: facts?.retryAfterSeconds === undefined ? null : now + facts.retryAfterSeconds * 1000,
  });

  return {
    tick: async () => {
      if (running) return;
      running = true;
      try {
        await refreshWhatIsDue();
      } finally {
        running = false;
      }
    },
    wakeUp: tryAnew,
  };
}

/** Another window or the user is at it: that is no failure, and the next tick looks again. */
function isPassing({ code }: Failure): boolean {
  return code === 'busy' || code === 'vaultLockTimeout';
}
