import type * as wire from '../../shared/licensing-api/generated/types.gen.ts';
import type { Activation, Attribute, Entitlement, Feature, Instant } from '../../shared/license/types.ts';

/** The wire has no word for "never": dates from this year on mean it. */
const NEVER_FROM = Date.UTC(9999, 0, 1);

const instant = (text: string): Instant => Date.parse(text);

/** An ISO date of the wire as an instant; null for absent and for the wire's "never". */
export function endOf(text: string | undefined): Instant | null {
  if (text === undefined) return null;
  const at = instant(text);
  return at >= NEVER_FROM ? null : at;
}

/** A feature of the domain from the wire's. */
export function toFeature(feature: wire.Feature): Feature {
  return {
    key: feature.key,
    type: feature.type,
    active: feature.active ?? 0,
    available: feature.available ?? null,
    total: feature.total ?? null,
    ...(feature.overdraft === undefined ? {} : { overdraft: feature.overdraft }),
    ...(feature.overdrawn === undefined ? {} : { overdrawn: feature.overdrawn }),
    usagePeriodEnds: endOf(feature.nextUsagePeriodStart),
  };
}

function toAttribute(attribute: wire.Attribute): Attribute {
  return { key: attribute.key, type: attribute.type, value: attribute.value ?? null };
}

const NOTHING_STATED = {
  customerName: null,
  orderRef: null,
  offeringName: null,
  productName: null,
  sku: null,
  planName: null,
  licenseType: null,
  seatCount: null,
  seatsUsed: null,
} as const satisfies Partial<Entitlement>;

/**
 * An activation of the domain from the wire's ActivationState.
 * @param now when it was received, epoch milliseconds
 * @param before what was known before: the state does not repeat the terms of purchase, so they are kept
 */
export function toActivation(
  state: wire.ActivationState,
  now: Instant,
  before: Activation | null,
): Activation {
  const same = before !== null && before.id === state.id ? before.entitlement : NOTHING_STATED;
  return {
    id: state.id,
    mode: state.mode,
    method: state.activationMethod,
    editionId: state.editionId ?? null,
    seatId: state.seatId,
    seatName: state.seatName ?? null,
    username: state.username ?? null,
    activatedAt: instant(state.activated),
    lastLeaseAt: instant(state.lastLease),
    leaseExpiry: endOf(state.leaseExpiry),
    entitlement: {
      ...same,
      id: state.entitlementId ?? null,
      status: state.entitlementStatus ?? 'active',
      expiry: endOf(state.entitlementExpiryDate),
      graceExpiry: endOf(state.entitlementGracePeriodExpiry),
      hasMaintenance: state.hasMaintenance ?? null,
      maintenanceExpiry: endOf(state.maintenanceExpiryDate),
    },
    features: state.features.map(toFeature),
    attributes: state.attributes.map(toAttribute),
    describedAt: now,
  };
}

/** The activation with the new lease that a refresh was answered with. */
export function withLease(activation: Activation, answer: wire.Activation): Activation {
  return { ...activation, lastLeaseAt: instant(answer.lastLease), leaseExpiry: endOf(answer.leaseExpiry) };
}

/** The activation with the terms of purchase. */
export function withEntitlement(activation: Activation, answer: wire.Entitlement): Activation {
  // What is absent now has ended: a trial that was bought is none any more.
  const { overdraftSeats: _seats, isTrial: _trial, ...before } = activation.entitlement;
  return {
    ...activation,
    entitlement: {
      ...before,
      ...(answer.overdraftSeatCount === undefined ? {} : { overdraftSeats: answer.overdraftSeatCount }),
      ...(answer.plan.isTrial === true ? { isTrial: true } : {}),
      customerName: answer.customerName ?? null,
      orderRef: answer.orderRefId ?? null,
      offeringName: answer.offeringName,
      productName: answer.productName,
      sku: answer.sku,
      planName: answer.plan.name,
      licenseType: answer.plan.licenseType === 'Perpetual' ? 'perpetual' : 'subscription',
      seatCount: answer.seatCount,
      seatsUsed: answer.seatsUsed,
      hasMaintenance: answer.hasMaintenance,
      maintenanceExpiry: endOf(answer.maintenanceExpiryDate),
    },
  };
}
