import type { Action } from './actions.ts';
import type { DerivedLicense } from './derive.ts';
import { inOrder, reason } from './reasons.ts';
import type { VendorProfile } from '../profile.ts';

/** What the administrator of this machine allows (shared/managed-policy.ts). */
export interface Limits {
  readonly denied: readonly Action[];
  readonly virtualMachinesForbidden: boolean;
  /** Why the administrator's policy can't be obeyed; null = it can, or there is none. */
  readonly invalid: string | null;
}

export const NO_LIMITS: Limits = { denied: [], virtualMachinesForbidden: false, invalid: null };

/**
 * A license within the limits of the administrator. Where those can't be known nothing is allowed, since anything might
 * be just what was forbidden; the license itself stays as it is, so that a mistake in a file stops nobody's work.
 */
export function withinLimits(derived: DerivedLicense, { denied, invalid }: Limits): DerivedLicense {
  if (invalid !== null) {
    const told = reason('policyInvalid', { field: invalid });
    return { ...derived, reasons: inOrder([...derived.reasons, told]), actions: [] };
  }
  const actions = derived.actions.filter((action) => !denied.includes(action));
  if (actions.length === derived.actions.length) return derived;
  return { ...derived, reasons: inOrder([...derived.reasons, reason('deniedByPolicy')]), actions };
}

/** Whether a seat may not be taken in a virtual machine: the stricter of vendor and administrator counts. */
export function forbidsVirtualMachines({ fingerprint }: VendorProfile, limits: Limits): boolean {
  return fingerprint.virtualMachines === 'forbidden' || limits.virtualMachinesForbidden;
}
