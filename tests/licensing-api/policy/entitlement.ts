import type { EntitlementStatus, Period, Plan } from '../../../shared/licensing-api/generated/types.gen.ts';
import type { Instant } from '../../../shared/license/types.ts';
import { addPeriod } from './period.ts';

/** What decides the status of an entitlement. `expiry` null = never ends, or has not started. */
export interface EntitlementTerm {
  readonly started: Instant | null;
  readonly expiry: Instant | null;
  readonly disabled: boolean;
  readonly gracePeriod: Period;
}

/** End of the grace period; null = the entitlement never ends. */
export function graceExpiry(term: EntitlementTerm): Instant | null {
  return term.expiry === null ? null : addPeriod(term.expiry, term.gracePeriod);
}

/** The status at an instant. Ends are exclusive: at the very instant of its end it is over. */
export function entitlementStatus(term: EntitlementTerm, now: Instant): EntitlementStatus {
  if (term.disabled) return 'disabled';
  if (term.started === null || now < term.started) return 'created';
  const end = graceExpiry(term);
  if (term.expiry === null || end === null || now < term.expiry) return 'active';
  return now < end ? 'gracePeriod' : 'expired';
}

/** End of a license that starts at an instant; null = never (a perpetual plan). */
export function expiryFrom(plan: Plan, started: Instant): Instant | null {
  if (plan.licenseType === 'Perpetual' || plan.licenseDuration.type === 'None') return null;
  return addPeriod(started, plan.licenseDuration);
}

/** Whether the first activation is what starts the license. */
export function startsWithActivation(term: EntitlementTerm, plan: Plan): boolean {
  return term.started === null && plan.licenseStartType === 'Activation' && !term.disabled;
}

/**
 * The end after a renewal: continues from the old end before it and within the grace period, and from now later.
 * @returns null where there is nothing to prolong: perpetual or not started
 */
export function renewedExpiry(term: EntitlementTerm, period: Period, now: Instant): Instant | null {
  const end = graceExpiry(term);
  if (term.started === null || term.expiry === null || end === null) return null;
  return addPeriod(now < end ? term.expiry : now, period);
}
