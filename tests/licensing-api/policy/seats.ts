import type { Period } from '../../../shared/licensing-api/generated/types.gen.ts';
import type { Instant } from '../../../shared/license/types.ts';
import { seatHeldUntil } from './lease.ts';

/** What counts of an activation that has not been deactivated or released. */
export interface Seat {
  readonly id: string;
  readonly leaseExpiry: Instant;
}

/** Whether an activation counts among the seats used. */
export function holdsSeat(seat: Seat, lingerPeriod: Period | undefined, now: Instant): boolean {
  return now < seatHeldUntil(seat.leaseExpiry, lingerPeriod);
}

/** How many seats are used. */
export function seatsUsed(seats: readonly Seat[], lingerPeriod: Period | undefined, now: Instant): number {
  return seats.filter((seat) => holdsSeat(seat, lingerPeriod, now)).length;
}

/**
 * Whether one more seat can be taken, or this one kept.
 * @param own id of the activation that asks; null = a new one. A seat that is held still can always be kept.
 */
export function hasSeatFor(
  own: string | null,
  seats: readonly Seat[],
  terms: {
    readonly seatCount: number;
    readonly overdraftSeatCount?: number | undefined;
    readonly lingerPeriod?: Period | undefined;
  },
  now: Instant,
): boolean {
  const mine = seats.find((seat) => seat.id === own);
  if (mine !== undefined && holdsSeat(mine, terms.lingerPeriod, now)) return true;
  return seatsUsed(seats, terms.lingerPeriod, now) < terms.seatCount + (terms.overdraftSeatCount ?? 0);
}
