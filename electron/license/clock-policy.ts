import type { Instant, TrustedNow } from '../../shared/license/types.ts';

/** How far the local clock may be behind the mark before it is called wrong (design, section 2). */
export const CLOCK_TOLERANCE = 5 * 60_000;

/** The mark is written when it has moved by this much, so that looking at a license doesn't wear the disk. */
const MARK_STEP = 10 * 60_000;

/**
 * The instant to compare leases with.
 * @param local the operating system's clock
 * @param mark high-water mark of trusted time; null = nothing was ever seen
 */
export function trustedNow(local: Instant, mark: Instant | null): TrustedNow {
  if (mark === null || local >= mark) return { now: local, behindBy: 0 };
  return { now: mark, behindBy: mark - local > CLOCK_TOLERANCE ? mark - local : 0 };
}

/** The mark after a look at the local clock: it only grows, or setting the clock back would stretch a lease. */
export function markAfterLooking(mark: Instant, local: Instant): Instant {
  return Math.max(mark, local);
}

/**
 * The mark after an answer over the pinned connection. The server's time may lower it: it is the way back for a user
 * whose clock once ran in a wrong year.
 */
export function markAfterAnswer(mark: Instant | null, local: Instant, serverTime: Instant | null): Instant {
  return serverTime ?? markAfterLooking(mark ?? local, local);
}

/** Whether a mark has moved enough to be written, or was lowered. */
export function worthWriting(stored: Instant, mark: Instant): boolean {
  return mark < stored || mark - stored >= MARK_STEP;
}
