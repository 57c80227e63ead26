import type { Period } from '../../../shared/licensing-api/generated/types.gen.ts';
import type { Instant } from '../../../shared/license/types.ts';

/** Stands for "never" on the wire, where `leaseExpiry` is required; nothing lasts longer: 9999-12-31T23:59:59Z. */
export const NEVER: Instant = Date.UTC(9999, 11, 31, 23, 59, 59);

const MINUTE = 60_000;
const FIXED: Partial<Record<Period['type'], number>> = {
  Minute: MINUTE,
  Hour: 60 * MINUTE,
  Day: 24 * 60 * MINUTE,
  Week: 7 * 24 * 60 * MINUTE,
};

/** Adds months in UTC; the day is clamped to the last one of the month, so that 31 January + 1 is 28 February. */
function addMonths(instant: Instant, months: number): Instant {
  const from = new Date(instant);
  const to = new Date(instant);
  to.setUTCDate(1);
  to.setUTCMonth(from.getUTCMonth() + months);
  const lastDay = new Date(Date.UTC(to.getUTCFullYear(), to.getUTCMonth() + 1, 0)).getUTCDate();
  to.setUTCDate(Math.min(from.getUTCDate(), lastDay));
  return to.getTime();
}

/**
 * The instant that many periods later, at most NEVER.
 * @param times how often the period is added at once; months are counted from the start, not one after another,
 * so that a period begun on the 31st keeps coming back to the 31st
 */
export function addPeriod(instant: Instant, period: Period, times = 1): Instant {
  const later = unboundedAdd(instant, period.type, (period.count ?? 1) * times);
  // Beyond what a Date can hold the sum is not a number.
  return Number.isNaN(later) ? NEVER : Math.min(later, NEVER);
}

function unboundedAdd(instant: Instant, type: Period['type'], count: number): Instant {
  if (type === 'None') return instant;
  if (type === 'Month') return addMonths(instant, count);
  if (type === 'Year') return addMonths(instant, 12 * count);
  return instant + count * (FIXED[type] ?? 0);
}

/** The period that holds `now`, of a row of periods that begins at `anchor`; `end` is exclusive. */
export function periodAround(
  anchor: Instant,
  period: Period,
  now: Instant,
): { readonly start: Instant; readonly end: Instant } {
  const length = Math.max(1, addPeriod(anchor, period) - anchor);
  // The first guess is off by a few at most where months differ in length; the loops correct it.
  let index = Math.max(0, Math.floor((now - anchor) / length));
  while (index > 0 && addPeriod(anchor, period, index) > now) index -= 1;
  while (addPeriod(anchor, period, index + 1) <= now) index += 1;
  return { start: addPeriod(anchor, period, index), end: addPeriod(anchor, period, index + 1) };
}
