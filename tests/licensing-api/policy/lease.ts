import type { Period } from '../../../shared/licensing-api/generated/types.gen.ts';
import type { Instant } from '../../../shared/license/types.ts';
import { graceExpiry, type EntitlementTerm } from './entitlement.ts';
import { NEVER, addPeriod } from './period.ts';

/** End of a lease given now: now plus the lease period, capped by the end of the entitlement and its grace. */
export function leaseExpiry(term: EntitlementTerm, leasePeriod: Period, now: Instant): Instant {
  const byLease = leasePeriod.type === 'None' ? NEVER : addPeriod(now, leasePeriod);
  return Math.min(byLease, graceExpiry(term) ?? NEVER, NEVER);
}

/**
 * End of an offline lease given now: now plus the offline lease period, at most the end of the subscription. Somebody
 * offline can't be told that the subscription was not renewed, so the grace period does not lengthen the lease in
 * advance; only a lease that is given within the grace period reaches to the end of it.
 */
export function offlineLeaseExpiry(term: EntitlementTerm, offlineLeasePeriod: Period, now: Instant): Instant {
  const byLease = offlineLeasePeriod.type === 'None' ? NEVER : addPeriod(now, offlineLeasePeriod);
  const end = term.expiry === null || now < term.expiry ? term.expiry : graceExpiry(term);
  return Math.min(byLease, end ?? NEVER, NEVER);
}

/** Status of an activation as the wire names it; the end is exclusive. */
export function leaseStatus(expiry: Instant, now: Instant): 'active' | 'leaseExpired' {
  return now < expiry ? 'active' : 'leaseExpired';
}

/** Until when a seat counts as taken: the end of its lease and the linger period after it. */
export function seatHeldUntil(expiry: Instant, lingerPeriod: Period | undefined): Instant {
  return lingerPeriod === undefined || expiry >= NEVER ? expiry : addPeriod(expiry, lingerPeriod);
}
