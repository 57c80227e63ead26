import type {
  Activation,
  ActivationState,
  Entitlement,
  Feature,
  ManagedActivation,
  ManagedEntitlement,
  NewFeature,
} from '../../shared/licensing-api/generated/types.gen.ts';
import type { Instant } from '../../shared/license/types.ts';
import type { Context } from './context.ts';
import { entitlementStatus, graceExpiry } from './policy/entitlement.ts';
import { describeFeature, usagePeriod, type FeatureUse } from './policy/features.ts';
import { leaseStatus } from './policy/lease.ts';
import { holdsSeat, seatsUsed } from './policy/seats.ts';
import type { StoredActivation } from './store/activations.ts';
import type { StoredEntitlement } from './store/entitlements.ts';

/** How stored things look on the wire. */

const iso = (instant: Instant) => new Date(instant).toISOString();
/** A field that is left out where there is no value. */
// The compiler widens a computed key to string; the key is K all the same.
export const optional = <K extends string, T>(key: K, value: T | null | undefined): Partial<Record<K, T>> =>
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion
  value === null || value === undefined ? {} : ({ [key]: value } as Record<K, T>);
const optionalIso = <K extends string>(key: K, value: Instant | null) =>
  optional(key, value === null ? null : iso(value));

/**
 * Use of a feature. Elements of a pool count only as long as their activation holds its seat.
 * @param activationId whose own use is told; null = everybody's, as the back office sees it
 */
export function featureUse(
  context: Context,
  entitlement: StoredEntitlement,
  activationId: string | null,
  feature: NewFeature,
  now: Instant,
): FeatureUse {
  const { featureUse: uses, activations } = context.store;
  const { start } = usagePeriod(feature, entitlement.started, now);
  if (feature.type !== 'elementPool') {
    const all = uses.all(entitlement.id, feature.key, start);
    return { own: activationId === null ? all : uses.own(activationId, feature.key, start), all };
  }
  const holders = new Set(
    activations
      .seats(entitlement.id)
      .filter((seat) => holdsSeat(seat, entitlement.terms.lingerPeriod, now))
      .map((seat) => seat.id),
  );
  const all = uses.all(entitlement.id, feature.key, start, holders);
  if (activationId === null) return { own: all, all };
  return { own: holders.has(activationId) ? uses.own(activationId, feature.key, start) : 0, all };
}

export function featureView(
  context: Context,
  entitlement: StoredEntitlement,
  activationId: string | null,
  feature: NewFeature,
  now: Instant,
): Feature {
  const use = featureUse(context, entitlement, activationId, feature, now);
  return describeFeature(feature, use, entitlement.started, now);
}

export function activationView(
  entitlement: StoredEntitlement,
  activation: StoredActivation,
  now: Instant,
): Activation {
  return {
    id: activation.id,
    activationMethod: activation.method,
    status: leaseStatus(activation.leaseExpiry, now),
    leaseExpiry: iso(activation.leaseExpiry),
    productId: entitlement.productId,
    entitlementId: entitlement.id,
    ...optional('editionId', activation.editionId),
    seatId: activation.seatId,
    ...optional('seatName', activation.seatName),
    ...optional('username', activation.username),
    activated: iso(activation.activated),
    lastLease: iso(activation.lastLease),
    ...optionalIso('deactivated', activation.endedAt),
    mode: activation.mode,
  };
}

export function activationStateView(
  context: Context,
  entitlement: StoredEntitlement,
  activation: StoredActivation,
  now: Instant,
): ActivationState {
  const { terms } = entitlement;
  return {
    ...activationView(entitlement, activation, now),
    ...optionalIso('entitlementExpiryDate', entitlement.expiry),
    ...optionalIso('entitlementGracePeriodExpiry', graceExpiry(entitlement)),
    entitlementStatus: entitlementStatus(entitlement, now),
    hasMaintenance: terms.hasMaintenance,
    ...optional('maintenanceExpiryDate', terms.maintenanceExpiryDate),
    attributes: terms.attributes,
    features: terms.features.map((it) => featureView(context, entitlement, activation.id, it, now)),
  };
}

/** @param editionId the edition that the activation chose; null = as the back office sees the entitlement */
export function entitlementView(
  context: Context,
  entitlement: StoredEntitlement,
  editionId: string | null,
  now: Instant,
): Entitlement {
  const { terms } = entitlement;
  const product = context.store.settings.products().find((it) => it.id === entitlement.productId);
  const edition = terms.editions.find((it) => it.id === editionId);
  return {
    ...optional('customerName', terms.customerName),
    ...optional('customerAccountRefId', terms.customerAccountRefId),
    ...optional('orderRefId', terms.orderRefId),
    offeringName: terms.offeringName,
    sku: terms.sku,
    productName: product?.name ?? '',
    ...optional('editionId', edition?.id),
    ...optional('editionName', edition?.name),
    seatCount: terms.seatCount,
    seatsUsed: seatsUsed(context.store.activations.seats(entitlement.id), terms.lingerPeriod, now),
    ...optional('overdraftSeatCount', terms.overdraftSeatCount),
    plan: terms.plan,
    gracePeriod: terms.gracePeriod,
    ...optional('lingerPeriod', terms.lingerPeriod),
    leasePeriod: terms.leasePeriod,
    ...optional('offlineLeasePeriod', terms.offlineLeasePeriod),
    hasMaintenance: terms.hasMaintenance,
    ...optional('maintenanceExpiryDate', terms.maintenanceExpiryDate),
    snapshotDate: iso(now),
  };
}

export function managedEntitlementView(
  context: Context,
  entitlement: StoredEntitlement,
  now: Instant,
): ManagedEntitlement {
  const { terms } = entitlement;
  return {
    ...entitlementView(context, entitlement, null, now),
    id: entitlement.id,
    productId: entitlement.productId,
    status: entitlementStatus(entitlement, now),
    created: iso(entitlement.created),
    ...optionalIso('started', entitlement.started),
    ...optionalIso('expiryDate', entitlement.expiry),
    ...optionalIso('gracePeriodExpiry', graceExpiry(entitlement)),
    editions: terms.editions,
    features: terms.features.map((it) => featureView(context, entitlement, null, it, now)),
    attributes: terms.attributes,
  };
}

export function managedActivationView(
  entitlement: StoredEntitlement,
  activation: StoredActivation,
  now: Instant,
): ManagedActivation {
  return {
    ...activationView(entitlement, activation, now),
    holdsSeat: activation.ended === null && holdsSeat(activation, entitlement.terms.lingerPeriod, now),
    ...optional('ended', activation.ended),
  };
}
