import type { Period } from '../../../shared/licensing-api/generated/types.gen.ts';
import type { Instant } from '../../../shared/license/types.ts';
import { graceExpiry, type EntitlementTerm } from './entitlement.ts';
import { NEVER, addPeriod } from './period.ts';

/** End of a lease given now: now plus the lease period, capped by the end of the entitlement and its grace. */
export function leaseExpiry(term: EntitlementTerm, leasePeriod: Period, now: Instant): Instant {
  const byLease = leasePeriod.type === 'None' ? NEVER : addPeriod(now, leasePeriod);
  return Math.min(byLease, graceExpiry(term) ?? NEVER, NEVER);
}

/** Status of an activation as the wire names it; the end is exclusive. */
export function leaseStatus(expiry: Instant, now: Instant): 'active' | 'leaseExpired' {
  return now < expiry ? 'active' : 'leaseExpired';
}

/** Until when a seat counts as taken: the end of its lease and the linger period after it. */
export function seatHeldUntil(expiry: Instant, lingerPeriod: Period | undefined): Instant {
  return lingerPeriod === undefined || expiry >= NEVER ? expiry : addPeriod(expiry, lingerPeriod);
}
