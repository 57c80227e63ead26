import type { Instant } from '../../../shared/license/types.ts';

/** So many requests of one caller in each window of so many milliseconds. */
export interface RateLimit {
  readonly requests: number;
  readonly perMilliseconds: number;
}

/** State of one caller's window. */
export interface RateWindow {
  readonly start: Instant;
  readonly count: number;
}

/**
 * Counts one request.
 * @returns the window to keep, and the seconds to wait if this request is one too many (null = it may pass)
 */
export function countRequest(
  limit: RateLimit,
  window: RateWindow | undefined,
  now: Instant,
): { readonly window: RateWindow; readonly retryAfterSeconds: number | null } {
  const age = window === undefined ? limit.perMilliseconds : now - window.start;
  // A clock that was set back by a test must not leave a caller locked out until it catches up.
  if (window === undefined || age < 0 || age >= limit.perMilliseconds) {
    return { window: { start: now, count: 1 }, retryAfterSeconds: null };
  }
  if (window.count < limit.requests) {
    return { window: { start: window.start, count: window.count + 1 }, retryAfterSeconds: null };
  }
  return { window, retryAfterSeconds: Math.max(1, Math.ceil((limit.perMilliseconds - age) / 1000)) };
}
