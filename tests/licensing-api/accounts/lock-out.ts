import type { Instant } from '../../../shared/license/types.ts';
import type { Attempts } from '../store/sign-ins.ts';

/** So many wrong passwords in a row lock a name for so long. */
export interface LockOut {
  readonly failures: number;
  readonly milliseconds: number;
}

export const DEFAULT_LOCK_OUT: LockOut = { failures: 5, milliseconds: 15 * 60_000 };

/** Until when a name is locked; null = it is not. The end is exclusive. */
export function lockedUntil(lockOut: LockOut, attempts: Attempts | null, now: Instant): Instant | null {
  if (attempts === null || attempts.failed < lockOut.failures) return null;
  const end = attempts.last + lockOut.milliseconds;
  return now < end ? end : null;
}

/** The count after one more failure. It begins again once nobody has failed for as long as a lock lasts. */
export function afterFailure(lockOut: LockOut, attempts: Attempts | null, now: Instant): Attempts {
  const isFresh = attempts === null || now >= attempts.last + lockOut.milliseconds;
  return { failed: isFresh ? 1 : attempts.failed + 1, last: now };
}
