import type { Instant } from '../../shared/license/types.ts';
import { refuse, type Answer } from './answer.ts';
import { countRequest, type RateWindow } from './policy/rate-limit.ts';

/** How much one caller, or one activation, may ask for. Without a number there is no such limit. */
export interface CallLimits {
  /** Calls in each second. */
  readonly perSecond?: number;
  /** Calls at once: those that were begun and not answered yet. */
  readonly concurrent?: number;
}

/** The limits of a server; none without them. */
export interface Limits {
  /** Of one tenant and address together. */
  readonly caller?: CallLimits;
  readonly activation?: CallLimits;
}

/** A call that may go on; `leave` is called once when it is over. */
export type Admission = { readonly leave: () => void } | { readonly refusal: Answer };

export interface CallLimiter {
  readonly enter: (key: string) => Admission;
}

/** Keys that are remembered; the oldest are forgotten first, so that memory has an end. */
const MAX_KEYS = 10_000;
const SECOND = 1000;

const tooMany = (details: string, seconds: number): Admission => ({
  refusal: { ...refuse('rateLimited', details), headers: { 'Retry-After': String(seconds) } },
});

/** Limits calls by a key. A refused call counts in neither limit: asking on and on does not lengthen the wait. */
export function callLimiter(limits: CallLimits | undefined, now: () => Instant): CallLimiter {
  const windows = new Map<string, RateWindow>();
  const running = new Map<string, number>();

  /** @returns seconds to wait; null = may pass */
  const countSecond = (key: string): number | null => {
    if (limits?.perSecond === undefined) return null;
    const limit = { requests: limits.perSecond, perMilliseconds: SECOND };
    const { window, retryAfterSeconds } = countRequest(limit, windows.get(key), now());
    windows.delete(key);
    windows.set(key, window);
    const [oldest] = windows.keys();
    if (windows.size > MAX_KEYS && oldest !== undefined) windows.delete(oldest);
    return retryAfterSeconds;
  };

  return {
    enter: (key) => {
      const before = running.get(key) ?? 0;
      if (limits?.concurrent !== undefined && before >= limits.concurrent) {
        return tooMany('Too many calls at once.', 1);
      }
      const wait = countSecond(key);
      if (wait !== null) return tooMany('Too many calls in a second.', wait);
      running.set(key, before + 1);
      let isOver = false;
      return {
        leave: () => {
          if (isOver) return;
          isOver = true;
          const left = (running.get(key) ?? 1) - 1;
          if (left === 0) running.delete(key);
          else running.set(key, left);
        },
      };
    },
  };
}
