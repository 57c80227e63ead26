import type { CreateEntitlementRequest } from '../../shared/licensing-api/generated/types.gen.ts';
import type { Instant } from '../../shared/license/types.ts';

/** The demo catalogue: one product and one entitlement that has something of everything. */

export const DEMO_PRODUCT = 'Orbit Studio';

/** How the vendor looks, in the profile and in the portal. */
export const DEMO_BRAND = {
  vendor: 'Orbit Software (demo)',
  application: 'Latchkey',
  supportEmail: 'support@orbit.example',
  accent: '#3b5bdb',
  accentDark: '#91a7ff',
};

export const DEMO_EDITIONS = [
  { id: 'professional', name: 'Professional' },
  { id: 'standard', name: 'Standard' },
];

const DAY = 24 * 60 * 60_000;

/** @param now decides the dates in it */
export function demoEntitlement(productId: string, now: Instant): CreateEntitlementRequest {
  const inAYear = new Date(now + 365 * DAY).toISOString();
  return {
    productId,
    offeringName: 'Orbit Studio Team',
    sku: 'ORBIT-TEAM-3',
    customerName: 'Demo Customer',
    customerAccountRefId: 'DEMO-ACCOUNT',
    orderRefId: 'DEMO-ORDER-1',
    seatCount: 3,
    plan: {
      name: 'Team, yearly',
      licenseType: 'Subscription',
      licenseStartType: 'Activation',
      licenseDuration: { type: 'Year', count: 1 },
    },
    gracePeriod: { type: 'Day', count: 14 },
    leasePeriod: { type: 'Day', count: 30 },
    offlineLeasePeriod: { type: 'Day', count: 30 },
    hasMaintenance: true,
    maintenanceExpiryDate: inAYear,
    editions: DEMO_EDITIONS,
    features: [
      { key: 'timeline-editor', type: 'bool' },
      { key: 'export-4k', type: 'bool' },
      { key: 'plugin-sdk', type: 'bool', total: 0 },
      { key: 'render-nodes', type: 'elementPool', total: 10 },
      { key: 'preview-streams', type: 'elementPool' },
      { key: 'cloud-minutes', type: 'usageCount', total: 500, usagePeriod: { type: 'Month', count: 1 } },
    ],
    attributes: [
      { key: 'max-resolution', type: 'number', value: '8192' },
      { key: 'updates-until', type: 'date', value: inAYear },
      { key: 'support-tier', type: 'string', value: 'Business' },
    ],
  };
}
