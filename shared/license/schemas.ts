import * as v from 'valibot';
import { factsSchema } from '../facts.ts';
import { offlineViewSchema } from '../offline.ts';
import { REMEDIES } from '../remedies.ts';
import { ACTIONS } from './actions.ts';
import { clientCertificateSchema } from './client-certificate.ts';
import { REASON_CODES, type ReasonCode } from './reasons.ts';
import { ENTITLEMENT_STATUSES } from './types.ts';

const text = (max: number) => v.pipe(v.string(), v.maxLength(max));
const instant = v.number();

const featureSchema = v.strictObject({
  key: text(100),
  type: v.picklist(['bool', 'elementPool', 'usageCount']),
  active: v.number(),
  available: v.nullable(v.number()),
  total: v.nullable(v.number()),
  overdraft: v.optional(v.number()),
  overdrawn: v.optional(v.number()),
  usagePeriodEnds: v.nullable(instant),
});

const attributeSchema = v.strictObject({
  key: text(100),
  type: v.picklist(['number', 'date', 'string']),
  value: v.nullable(text(4096)),
});

const entitlementSchema = v.strictObject({
  id: v.nullable(text(100)),
  status: v.picklist(ENTITLEMENT_STATUSES),
  expiry: v.nullable(instant),
  graceExpiry: v.nullable(instant),
  hasMaintenance: v.nullable(v.boolean()),
  maintenanceExpiry: v.nullable(instant),
  customerName: v.nullable(text(300)),
  orderRef: v.nullable(text(300)),
  offeringName: v.nullable(text(300)),
  productName: v.nullable(text(300)),
  sku: v.nullable(text(300)),
  planName: v.nullable(text(300)),
  licenseType: v.nullable(v.picklist(['subscription', 'perpetual'])),
  seatCount: v.nullable(v.number()),
  seatsUsed: v.nullable(v.number()),
  overdraftSeats: v.optional(v.number()),
  isTrial: v.optional(v.literal(true)),
});

/** Shape of `Activation` (types.ts), used where it crosses a border: the vault file and the bridge. */
export const activationSchema = v.strictObject({
  id: text(100),
  mode: v.picklist(['online', 'offline']),
  method: v.picklist(['activationCode', 'openIdToken', 'password']),
  editionId: v.nullable(text(100)),
  seatId: text(100),
  seatName: v.nullable(text(50)),
  username: v.nullable(text(254)),
  activatedAt: instant,
  lastLeaseAt: instant,
  leaseExpiry: v.nullable(instant),
  entitlement: entitlementSchema,
  features: v.pipe(v.array(featureSchema), v.maxLength(1000), v.readonly()),
  attributes: v.pipe(v.array(attributeSchema), v.maxLength(1000), v.readonly()),
  describedAt: instant,
});

const reasonSchema = v.strictObject({
  code: v.picklist(REASON_CODES as readonly [ReasonCode, ...ReasonCode[]]),
  severity: v.picklist(['blocking', 'warning', 'info']),
  remedy: v.picklist(REMEDIES),
  facts: v.optional(factsSchema),
});

const stateSchema = v.picklist([
  'uninitialized',
  'notActivated',
  'active',
  'leaseExpired',
  'entitlementNotActive',
]);

/** What was shown of a license when it could last be read. Only ever shown: nothing is decided by it. */
export const lastKnownSchema = v.strictObject({
  state: stateSchema,
  leaseExpiry: v.nullable(instant),
  at: instant,
});

/** What a window, the command line and a report may know of one product's license. Holds no secret. */
export const licenseViewSchema = v.strictObject({
  productId: text(100),
  productName: text(80),
  editions: v.pipe(v.array(v.strictObject({ id: text(50), name: text(80) })), v.readonly()),
  state: stateSchema,
  /** While the license can't be read yet or any more: what was known of it; null = nothing, or it was read. */
  lastKnown: v.nullable(lastKnownSchema),
  reasons: v.pipe(v.array(reasonSchema), v.readonly()),
  actions: v.pipe(v.array(v.picklist(ACTIONS)), v.readonly()),
  activation: v.nullable(activationSchema),
  /** The server that the activation was taken from, with host and port; null without one, and for an offline seat. */
  heldAt: v.nullable(v.strictObject({ kind: v.picklist(['cloud', 'local']), host: text(300) })),
  /** The seat id of this device, known before it is activated. */
  seatId: v.nullable(text(100)),
  /** When the Licensing API last answered; null = never. */
  lastContactAt: v.nullable(instant),
  /** State, reasons and versions in twelve characters that can be read out (shared/support-code). */
  supportCode: text(14),
  /** The client certificate that calls show; absent = none. */
  clientCertificate: v.optional(clientCertificateSchema),
  offline: offlineViewSchema,
  /** The operation under way, in this process or another. */
  busy: v.nullable(v.picklist(['activate', 'refresh', 'pullState', 'deactivate', 'changeFeature'])),
});

export type LicenseView = v.InferOutput<typeof licenseViewSchema>;
