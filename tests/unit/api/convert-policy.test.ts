import { describe, expect, it } from 'vitest';
import { toActivation, toFeature, withEntitlement, withLease } from '../../../electron/api/convert-policy.ts';
import type * as wire from '../../../shared/licensing-api/generated/types.gen.ts';

const NOW = Date.UTC(2026, 2, 1, 12);
const NEVER = '9999-12-31T23:59:59.000Z';

const LEAST: wire.ActivationState = {
  id: 'act_0000000000000000000001',
  activationMethod: 'activationCode',
  status: 'active',
  leaseExpiry: '2026-04-01T00:00:00.000Z',
  seatId: 'seat-1',
  activated: '2026-03-01T11:00:00.000Z',
  lastLease: '2026-03-01T11:30:00.000Z',
  mode: 'online',
  features: [],
  attributes: [],
};

const TERMS: wire.Entitlement = {
  offeringName: 'Team',
  sku: 'TEAM-3',
  productName: 'Orbit',
  seatCount: 3,
  seatsUsed: 1,
  plan: {
    name: 'Yearly',
    licenseType: 'Subscription',
    licenseStartType: 'Activation',
    licenseDuration: { type: 'Year', count: 1 },
  },
  gracePeriod: { type: 'None' },
  leasePeriod: { type: 'Day', count: 30 },
  hasMaintenance: true,
  snapshotDate: '2026-03-01T12:00:00.000Z',
};

describe('toActivation', () => {
  it('turns what was not stated into null, and an absent status into active', () => {
    const activation = toActivation(LEAST, NOW, null);
    expect(activation).toMatchObject({
      id: LEAST.id,
      mode: 'online',
      method: 'activationCode',
      editionId: null,
      seatName: null,
      activatedAt: Date.UTC(2026, 2, 1, 11),
      lastLeaseAt: Date.UTC(2026, 2, 1, 11, 30),
      leaseExpiry: Date.UTC(2026, 3, 1),
      describedAt: NOW,
    });
    const { status, ...rest } = activation.entitlement;
    expect(status).toBe('active');
    expect(new Set(Object.values(rest))).toEqual(new Set([null]));
  });

  it.each([
    [NEVER, null],
    ['9999-01-01T00:00:00.000Z', null],
    ['9998-12-31T23:59:59.999Z', Date.UTC(9998, 11, 31, 23, 59, 59, 999)],
    ['2026-04-01T02:00:00.000+02:00', Date.UTC(2026, 3, 1)],
  ])('reads the end %s', (text, expected) => {
    const activation = toActivation(
      {
        ...LEAST,
        leaseExpiry: text,
        entitlementExpiryDate: text,
        entitlementGracePeriodExpiry: text,
        maintenanceExpiryDate: text,
      },
      NOW,
      null,
    );
    const { expiry, graceExpiry, maintenanceExpiry } = activation.entitlement;
    expect([activation.leaseExpiry, expiry, graceExpiry, maintenanceExpiry]).toEqual(
      Array.from({ length: 4 }, () => expected),
    );
  });

  it('keeps the status and every field that the wire states', () => {
    const activation = toActivation(
      {
        ...LEAST,
        editionId: 'pro',
        seatName: 'Desk',
        entitlementId: 'ent_1',
        entitlementStatus: 'gracePeriod',
        hasMaintenance: false,
      },
      NOW,
      null,
    );
    expect(activation).toMatchObject({
      editionId: 'pro',
      seatName: 'Desk',
      entitlement: { id: 'ent_1', status: 'gracePeriod', hasMaintenance: false },
    });
  });

  it('takes absent amounts of a feature for unlimited and none in use', () => {
    const { features, attributes } = toActivation(
      {
        ...LEAST,
        features: [
          { key: 'a', type: 'elementPool' },
          { key: 'b', type: 'elementPool', active: 2, available: 0, total: 10 },
          {
            key: 'c',
            type: 'usageCount',
            available: 5,
            total: 9,
            nextUsagePeriodStart: '2026-04-01T00:00:00Z',
          },
        ],
        attributes: [
          { key: 'x', type: 'string' },
          { key: 'y', type: 'number', value: '0' },
        ],
      },
      NOW,
      null,
    );
    expect(features).toEqual([
      { key: 'a', type: 'elementPool', active: 0, available: null, total: null, usagePeriodEnds: null },
      { key: 'b', type: 'elementPool', active: 2, available: 0, total: 10, usagePeriodEnds: null },
      {
        key: 'c',
        type: 'usageCount',
        active: 0,
        available: 5,
        total: 9,
        usagePeriodEnds: Date.UTC(2026, 3, 1),
      },
    ]);
    expect(attributes).toEqual([
      { key: 'x', type: 'string', value: null },
      { key: 'y', type: 'number', value: '0' },
    ]);
  });

  it('keeps the terms of the same activation, which the state does not repeat, and no others', () => {
    const known = withEntitlement(toActivation(LEAST, NOW, null), TERMS);
    const later = toActivation({ ...LEAST, entitlementStatus: 'disabled' }, NOW + 1, known);
    expect(later.entitlement).toMatchObject({ planName: 'Yearly', seatCount: 3, status: 'disabled' });
    const other = toActivation({ ...LEAST, id: 'act_0000000000000000000002' }, NOW + 1, known);
    expect(other.entitlement).toMatchObject({ planName: null, seatCount: null });
  });

  it('forgets what the server has stopped stating about the entitlement', () => {
    const before = toActivation({ ...LEAST, entitlementExpiryDate: '2026-05-01T00:00:00Z' }, NOW, null);
    expect(toActivation(LEAST, NOW, before).entitlement.expiry).toBeNull();
  });
});

describe('withLease', () => {
  it('moves the lease and nothing else', () => {
    const before = withEntitlement(toActivation(LEAST, NOW, null), TERMS);
    const after = withLease(before, {
      ...LEAST,
      seatName: 'not taken over',
      lastLease: '2026-03-02T00:00:00Z',
      leaseExpiry: NEVER,
    });
    expect(after).toEqual({ ...before, lastLeaseAt: Date.UTC(2026, 2, 2), leaseExpiry: null });
  });
});

describe('withEntitlement', () => {
  it('adds the terms and keeps status and ends', () => {
    const before = toActivation(
      { ...LEAST, entitlementStatus: 'gracePeriod', entitlementExpiryDate: '2026-05-01T00:00:00Z' },
      NOW,
      null,
    );
    const after = withEntitlement(before, {
      ...TERMS,
      customerName: 'Harbour Works',
      orderRefId: 'O-1',
      maintenanceExpiryDate: '2026-06-01T00:00:00Z',
    });
    expect(after.entitlement).toEqual({
      ...before.entitlement,
      customerName: 'Harbour Works',
      orderRef: 'O-1',
      offeringName: 'Team',
      productName: 'Orbit',
      sku: 'TEAM-3',
      planName: 'Yearly',
      licenseType: 'subscription',
      seatCount: 3,
      seatsUsed: 1,
      hasMaintenance: true,
      maintenanceExpiry: Date.UTC(2026, 5, 1),
    });
    expect({ ...after, entitlement: null }).toEqual({ ...before, entitlement: null });
  });

  it('tells a perpetual plan', () => {
    const plan = { ...TERMS.plan, licenseType: 'Perpetual' as const };
    const after = withEntitlement(toActivation(LEAST, NOW, null), { ...TERMS, plan });
    expect(after.entitlement).toMatchObject({ licenseType: 'perpetual', customerName: null, orderRef: null });
  });

  it('tells a trial and an overdraft of seats, until the server states neither', () => {
    const plan = { ...TERMS.plan, isTrial: true };
    const before = toActivation(LEAST, NOW, null);
    const tried = withEntitlement(before, { ...TERMS, plan, overdraftSeatCount: 2 });
    expect(tried.entitlement).toMatchObject({ isTrial: true, overdraftSeats: 2 });
    // The state says nothing of terms: they are kept.
    expect(toActivation(LEAST, NOW + 1, tried).entitlement).toMatchObject({ isTrial: true });
    const bought = withEntitlement(tried, TERMS).entitlement;
    expect([Object.hasOwn(bought, 'isTrial'), Object.hasOwn(bought, 'overdraftSeats')]).toEqual([
      false,
      false,
    ]);
    const said = withEntitlement(before, { ...TERMS, plan: { ...plan, isTrial: false } });
    expect(Object.hasOwn(said.entitlement, 'isTrial')).toBe(false);
  });
});

describe('toFeature', () => {
  const POOL = { key: 'nodes', type: 'elementPool', active: 7, available: 0, total: 5 } as const;

  it('tells an overdraft and what is used of it, and nothing where there is none', () => {
    expect(toFeature({ ...POOL, overdraft: 3, overdrawn: 2 })).toMatchObject({ overdraft: 3, overdrawn: 2 });
    expect(Object.keys(toFeature(POOL))).not.toContain('overdraft');
    expect(Object.keys(toFeature(POOL))).not.toContain('overdrawn');
  });
});
