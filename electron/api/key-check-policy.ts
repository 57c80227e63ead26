import type { ReasonCode } from '../../shared/license/reasons.ts';
import type { Instant } from '../../shared/license/types.ts';

const HOUR = 60 * 60_000;
const DAY = 24 * HOUR;
/** The installations of a vendor must not all ask at the same minute. */
const JITTER = 0.25;

/** What newer keys may mend: something is signed by a key that is not known. */
const WORTH_ASKING: readonly ReasonCode[] = ['licenseFileInvalid'];

export interface KeyCheckFacts {
  /** When the server last said which keys count, in this process or before; null = never. */
  readonly checkedAt: Instant | null;
  /** When this process last tried; null = not yet. */
  readonly triedAt: Instant | null;
  readonly now: Instant;
  /** Of all licenses. */
  readonly reasons: readonly ReasonCode[];
  /** From 0 to 1, the same through a run. */
  readonly jitter: number;
}

/**
 * When the server is to be asked for newer keys: about once a day, within the hour where it may mend something, and not
 * more than once an hour whatever comes of it.
 */
export function nextKeyCheck({ checkedAt, triedAt, now, reasons, jitter }: KeyCheckFacts): Instant {
  const isTroubled = reasons.some((code) => WORTH_ASKING.includes(code));
  // A clock that was ahead when it was written down says nothing.
  const known = checkedAt === null || checkedAt > now ? null : checkedAt;
  const due = known === null ? now : known + (isTroubled ? HOUR : DAY * (1 - JITTER * jitter));
  const mayTry = triedAt === null || triedAt > now ? now : triedAt + HOUR;
  return Math.max(due, mayTry);
}
