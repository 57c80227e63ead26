const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

export interface TimeLeft {
  readonly unit: 'days' | 'hours' | 'minutes' | 'over';
  readonly count: number;
}

/** A lease of thirty days that was taken this minute has thirty days left, not twenty-nine. */
const JUST_BEGUN = { days: HOUR, hours: 2 * MINUTE };

/**
 * The time until an instant in the unit that people would use, rounded down so that nobody is promised more than is
 * left, but for a unit that has only just begun. Whole days from two days on, whole hours from two hours on, then
 * minutes, at least one.
 */
export function timeLeft(until: number, now: number): TimeLeft {
  const left = until - now;
  if (left <= 0) return { unit: 'over', count: 0 };
  const days = Math.floor((left + JUST_BEGUN.days) / DAY);
  if (days >= 2) return { unit: 'days', count: days };
  const hours = Math.floor((left + JUST_BEGUN.hours) / HOUR);
  if (hours >= 2) return { unit: 'hours', count: hours };
  return { unit: 'minutes', count: Math.max(1, Math.floor(left / MINUTE)) };
}

/** Share of the span from `from` to `until` that is still to come, 0 to 1. */
export function shareLeft(from: number, until: number, now: number): number {
  if (until <= from) return now < until ? 1 : 0;
  return Math.min(1, Math.max(0, (until - now) / (until - from)));
}

export interface TimeAgo {
  readonly unit: 'day' | 'hour' | 'minute' | 'second';
  readonly count: number;
}

/** How long ago an instant was, rounded down; an instant in the future counts as now. */
export function timeAgo(instant: number, now: number): TimeAgo {
  const past = Math.max(0, now - instant);
  if (past >= DAY) return { unit: 'day', count: Math.floor(past / DAY) };
  if (past >= HOUR) return { unit: 'hour', count: Math.floor(past / HOUR) };
  if (past >= MINUTE) return { unit: 'minute', count: Math.floor(past / MINUTE) };
  return { unit: 'second', count: 0 };
}
