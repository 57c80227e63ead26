import type { ApplicationView, Snapshot } from '../../../shared/contract.ts';
import { deriveLicense } from '../../../shared/license/derive.ts';
import type { LicenseView } from '../../../shared/license/schemas.ts';
import type {
  Activation,
  Entitlement,
  Feature,
  LicenseFacts,
  Surroundings,
  TrustedNow,
} from '../../../shared/license/types.ts';

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
export const DAY = 24 * HOUR;

/** The instant that every screen is shown at. */
export const NOW = Date.UTC(2031, 4, 14, 9, 30);

export const STUDIO = 'prod_Hq7fT2kLw9ZxVb4NcR8sYm';
export const REPORTS = 'prod_Bd3jK8mPu5QaXe6WtG1vZn';
export const BRIDGE = 'prod_Lc6rN1xSy4FhJo9DpE2wMq';

const NAMES: Readonly<Record<string, string>> = {
  [STUDIO]: 'Signal Studio',
  [REPORTS]: 'Report Builder',
  [BRIDGE]: 'Fleet Bridge',
};

export function application(change: Partial<ApplicationView> = {}): ApplicationView {
  return {
    name: 'License Manager',
    version: '1.4.0',
    vendorName: 'Example Instruments',
    environment: 'live',
    accent: '#0f6e7c',
    accentDark: '#3aa6b4',
    links: ['website', 'supportPage', 'supportEmail', 'portal'],
    supportEmail: 'support@example.com',
    supportPhone: '+1 555 010 0199',
    portalUrl: 'https://licensing.example.com/portal',
    apiHost: 'licensing.example.com:443',
    accounts: null,
    server: {
      kind: 'cloud',
      url: null,
      host: 'licensing.example.com:443',
      certificates: [],
      pins: [],
      isManaged: false,
      isLocalAllowed: false,
      health: null,
    },
    locale: 'en',
    settings: { language: 'system', theme: 'system', proxy: { kind: 'system' } },
    network: {
      proxy: { kind: 'system' },
      managed: [],
      problem: null,
      signedIn: [],
      hosts: [{ host: 'licensing.example.com', port: 443, purpose: 'licensing', inspection: 'never' }],
    },
    ...change,
  };
}

const FEATURES: readonly Feature[] = [
  {
    key: 'spectrumAnalysis',
    type: 'bool',
    active: 1,
    available: 1,
    total: 1,
    usagePeriodEnds: null,
  },
  {
    key: 'batch-processing',
    type: 'bool',
    active: 1,
    available: 1,
    total: 1,
    usagePeriodEnds: null,
  },
  { key: 'cloudRendering', type: 'bool', active: 0, available: 0, total: 0, usagePeriodEnds: null },
  {
    key: 'parallelChannels',
    type: 'elementPool',
    active: 2,
    available: 9,
    total: 12,
    usagePeriodEnds: null,
  },
  {
    key: 'exportedReports',
    type: 'usageCount',
    active: 212,
    available: 3760,
    total: 5000,
    usagePeriodEnds: Date.UTC(2031, 5, 1),
  },
  {
    key: 'localProjects',
    type: 'elementPool',
    active: 0,
    available: null,
    total: null,
    usagePeriodEnds: null,
  },
];

export function entitlement(change: Partial<Entitlement> = {}): Entitlement {
  return {
    id: 'ent_Wm4kD8pXz2BqTn6YcV1hRf',
    status: 'active',
    expiry: NOW + 291 * DAY,
    graceExpiry: null,
    hasMaintenance: true,
    maintenanceExpiry: NOW + 291 * DAY,
    customerName: 'Example Shipyards Ltd',
    orderRef: 'SO-2031-00417',
    offeringName: 'Signal Studio Professional, per device',
    productName: 'Signal Studio',
    sku: 'SST-PRO-1Y',
    planName: 'Professional',
    licenseType: 'subscription',
    seatCount: 25,
    seatsUsed: 18,
    ...change,
  };
}

export function activation(change: Partial<Activation> = {}): Activation {
  return {
    id: 'act_Pz9cV3nKx7LdQs5HgB2tJy',
    mode: 'online',
    method: 'activationCode',
    editionId: null,
    seatId: 'f3b1c7d29ae84056b1c4e97d02a6583f',
    seatName: 'Measuring bench 4',
    username: null,
    activatedAt: NOW - 74 * DAY,
    lastLeaseAt: NOW - 7 * DAY,
    leaseExpiry: NOW + 23 * DAY + 4 * HOUR,
    entitlement: entitlement(),
    features: FEATURES,
    attributes: [
      { key: 'supportLevel', type: 'string', value: 'Gold' },
      { key: 'maxSampleRate', type: 'number', value: '192000' },
      { key: 'calibrationDue', type: 'date', value: '2031-11-30' },
      { key: 'siteCode', type: 'string', value: null },
    ],
    describedAt: NOW - 12 * MINUTE,
    ...change,
  };
}

export const QUIET: Surroundings = {
  environment: 'live',
  device: { verdict: 'same', changed: [] },
  virtualMachine: 'none',
  clonedImage: false,
  keyring: 'strong',
  vault: 'good',
  unfinished: null,
  lastContact: { at: NOW - 12 * MINUTE, code: null },
  accounts: { available: false, signInNeeded: false },
  heldAtOther: null,
  unproven: false,
  offline: { available: true, requestPending: null, receipts: 0 },
  licenseFile: 'valid',
};

interface LicenseSample {
  readonly productId?: string;
  readonly facts: LicenseFacts | null;
  readonly around?: Partial<Surroundings>;
  readonly clock?: Partial<TrustedNow>;
  readonly view?: Partial<LicenseView>;
}

/** A license as the main process would describe it: state, reasons and actions come from the real derivation. */
export function license({
  productId = STUDIO,
  facts,
  around = {},
  clock = {},
  view,
}: LicenseSample): LicenseView {
  const derived = deriveLicense(facts, { now: NOW, behindBy: 0, ...clock }, { ...QUIET, ...around });
  const held = facts?.activation ?? null;
  return {
    productId,
    productName: NAMES[productId] ?? productId,
    editions: [],
    state: derived.state,
    lastKnown: null,
    reasons: derived.reasons,
    actions: derived.actions,
    activation: held,
    heldAt: held?.mode === 'online' ? { kind: 'cloud', host: 'licensing.example.com:443' } : null,
    seatId: 'f3b1c7d29ae84056b1c4e97d02a6583f',
    lastContactAt: held === null ? null : NOW - 12 * MINUTE,
    offline: { available: true, requests: [], receipts: [] },
    busy: null,
    supportCode: '7K4M-Q2XN-B9TR',
    ...view,
  };
}

export const never: LicenseFacts = { activation: null, ended: null };

export function held(change: Partial<Activation> = {}): LicenseFacts {
  return { activation: activation(change), ended: null };
}

export function ended(cause: NonNullable<LicenseFacts['ended']>['cause']): LicenseFacts {
  return { activation: null, ended: { cause, at: NOW - 2 * DAY } };
}

export function snapshot(
  licenses: readonly LicenseView[],
  change: Partial<ApplicationView> = {},
  sequence = 1,
): Snapshot {
  return { sequence, now: NOW, application: application(change), licenses };
}
