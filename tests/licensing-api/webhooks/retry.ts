import type { Instant } from '../../../shared/license/types.ts';

const SECOND = 1000;
const MINUTE = 60 * SECOND;
const HOUR = 60 * MINUTE;

/** 5 s, 30 s, 2 min, 10 min, 1 h, 6 h and 24 h: over a night of maintenance, and a day of somebody noticing. */
export const RETRY_DELAYS_MS: readonly number[] = [
  5 * SECOND,
  30 * SECOND,
  2 * MINUTE,
  10 * MINUTE,
  HOUR,
  6 * HOUR,
  24 * HOUR,
];

/**
 * When a delivery that failed is tried again; null = it is given up.
 * @param attempts how many there were, this one included
 * @param random from 0 to 1; up to a fifth is added, so that what failed together does not come back together
 */
export function nextAttempt(
  delays: readonly number[],
  attempts: number,
  now: Instant,
  random: number,
): Instant | null {
  const delay = delays[attempts - 1];
  return delay === undefined ? null : now + Math.round(delay * (1 + random / 5));
}
