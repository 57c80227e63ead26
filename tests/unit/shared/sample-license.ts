import type { Activation, Entitlement, Surroundings, TrustedNow } from '../../../shared/license/types.ts';

export const MINUTE = 60_000;
export const HOUR = 60 * MINUTE;
export const DAY = 24 * HOUR;

/** The present of every case, 2026-01-15T12:00:00Z. */
export const NOW = Date.UTC(2026, 0, 15, 12);

export const RIGHT_CLOCK: TrustedNow = { now: NOW, behindBy: 0 };

const ENTITLEMENT: Entitlement = {
  id: 'ent_1',
  status: 'active',
  expiry: NOW + 200 * DAY,
  graceExpiry: NOW + 214 * DAY,
  hasMaintenance: false,
  maintenanceExpiry: null,
  customerName: null,
  orderRef: null,
  offeringName: null,
  productName: null,
  sku: null,
  planName: null,
  licenseType: 'subscription',
  seatCount: 5,
  seatsUsed: 1,
};

/** A seat taken yesterday with a lease of ten days: nothing ends soon. */
const ACTIVATION: Activation = {
  id: 'act_1',
  mode: 'online',
  method: 'activationCode',
  editionId: null,
  seatId: 'seat-1',
  seatName: null,
  username: null,
  activatedAt: NOW - DAY,
  lastLeaseAt: NOW - DAY,
  leaseExpiry: NOW + 9 * DAY,
  entitlement: ENTITLEMENT,
  features: [],
  attributes: [],
  describedAt: NOW - DAY,
};

const CALM: Surroundings = {
  environment: 'live',
  device: { verdict: 'same', changed: [] },
  virtualMachine: 'none',
  clonedImage: false,
  keyring: 'strong',
  vault: 'good',
  unfinished: null,
  lastContact: { at: NOW - HOUR, code: null },
  accounts: { available: true, signInNeeded: false },
  heldAtOther: null,
  unproven: false,
  offline: { available: true, requestPending: null, receipts: 0 },
  licenseFile: 'valid',
};

/** An activation that is active without any reason, changed where a case needs it. */
export function activation(
  changes: Partial<Omit<Activation, 'entitlement'>> & { entitlement?: Partial<Entitlement> } = {},
): Activation {
  return { ...ACTIVATION, ...changes, entitlement: { ...ENTITLEMENT, ...changes.entitlement } };
}

/** Surroundings that give no reason, changed where a case needs it. */
export function around(changes: Partial<Surroundings> = {}): Surroundings {
  return { ...CALM, ...changes };
}
