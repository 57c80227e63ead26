import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type {
  ApiError,
  ManagedEntitlement,
  UpdateEntitlementRequest,
} from '../../../shared/licensing-api/generated/types.gen.ts';
import { startLicensingApi, type LicensingApi } from '../../licensing-api/server.ts';
import { DAY, START, bodyOf, caller, expectRefusal, featureOf, subscription, type Caller } from './caller.ts';
import { offlineCaller } from './offline-caller.ts';
import { makeDevice } from './offline-device.ts';

let api: LicensingApi;
let calls: Caller;

beforeAll(async () => {
  api = await startLicensingApi({ clock: START });
  calls = caller(api);
});
beforeEach(() => {
  api.setClock(START);
});
afterAll(() => api.close());

const update = (id: string, json: UpdateEntitlementRequest | Record<string, unknown>) =>
  calls.manage('PATCH', `/entitlements/${id}`, { json });
async function updated(id: string, json: UpdateEntitlementRequest): Promise<ManagedEntitlement> {
  const answer = await update(id, json);
  expect(answer.status, answer.text).toBe(200);
  return bodyOf<ManagedEntitlement>(answer);
}

describe('changed terms', () => {
  it('reach activations with their next call, and leave the rest as it was', async () => {
    const { id, activationCode } = await calls.createEntitlement({
      customerName: 'Demo Customer',
      hasMaintenance: true,
      maintenanceExpiryDate: '2026-06-01T00:00:00.000Z',
      features: [{ key: 'nodes', type: 'elementPool', total: 2 }],
    });
    const { seat } = await calls.takeSeat(activationCode, 'seat-1');
    await calls.checkout(seat, 'nodes', 2);
    await updated(id, {
      plan: { name: 'Trial', isTrial: true },
      gracePeriod: { type: 'Week', count: 1 },
      maintenanceExpiryDate: '2027-06-01T00:00:00.000Z',
      attributes: [{ key: 'tier', type: 'string', value: 'Gold' }],
      features: [{ key: 'nodes', type: 'elementPool', total: 5 }],
      editions: [{ id: 'pro', name: 'Professional' }],
    });
    const state = await calls.state(seat);
    expect(state).toMatchObject({
      maintenanceExpiryDate: '2027-06-01T00:00:00.000Z',
      entitlementGracePeriodExpiry: '2027-03-08T09:00:00.000Z',
      attributes: [{ key: 'tier', type: 'string', value: 'Gold' }],
    });
    expect(featureOf(state, 'nodes')).toMatchObject({ total: 5, active: 2, available: 3 });
    expect(await calls.entitlement(seat)).toMatchObject({
      customerName: 'Demo Customer',
      plan: { ...subscription('EntitlementCreation'), name: 'Trial', isTrial: true },
    });
    const chosen = await calls.activateWith({
      activationCredentials: { type: 'activationCode', code: activationCode },
      editionId: 'pro',
    });
    expect(bodyOf<{ editionId: string }>(chosen).editionId).toBe('pro');
  });

  it('make the next lease shorter or longer, not the present one', async () => {
    const { id, activationCode } = await calls.createEntitlement();
    const { seat, state } = await calls.takeSeat(activationCode, 'seat-1');
    await updated(id, { leasePeriod: { type: 'Hour', count: 1 } });
    expect((await calls.state(seat)).leaseExpiry).toBe(state.leaseExpiry);
    expect((await calls.refreshed(seat)).leaseExpiry).toBe('2026-03-01T10:00:00.000Z');
  });

  it('take away with null what is optional', async () => {
    const { id, activationCode } = await calls.createEntitlement({
      lingerPeriod: { type: 'Day', count: 1 },
      offlineLeasePeriod: { type: 'Day', count: 30 },
      maintenanceExpiryDate: '2026-06-01T00:00:00.000Z',
    });
    const after = await updated(id, {
      lingerPeriod: null,
      offlineLeasePeriod: null,
      maintenanceExpiryDate: null,
    });
    for (const name of ['lingerPeriod', 'offlineLeasePeriod', 'maintenanceExpiryDate']) {
      expect(after).not.toHaveProperty(name);
    }
    const device = await makeDevice({ api, code: activationCode });
    const refused = await offlineCaller(api, calls).send(await device.request());
    expectRefusal(refused, 403, 'offlineNotAllowed');
    await updated(id, { offlineLeasePeriod: { type: 'Day', count: 2 } });
    expect((await offlineCaller(api, calls).send(await device.request())).status).toBe(200);
  });

  it('with fewer seats put nobody out and let nobody in', async () => {
    const { id, activationCode } = await calls.createEntitlement({ seatCount: 2 });
    const { seat } = await calls.takeSeat(activationCode, 'one');
    await calls.takeSeat(activationCode, 'two');
    expect(await updated(id, { seatCount: 1 })).toMatchObject({ seatCount: 1, seatsUsed: 2 });
    expect((await calls.refresh(seat)).status).toBe(200);
    const credentials = { type: 'activationCode', code: activationCode } as const;
    const third = () => calls.activateWith({ seatId: 'three', activationCredentials: credentials });
    expectRefusal(await third(), 402, 'seatLimitReached');
    await updated(id, { seatCount: 3 });
    expect((await third()).status).toBe(201);
  });

  it.each([
    ['nothing', {}, ''],
    ['an unknown field', { discount: 1 }, 'discount'],
    ['another product', { productId: 'prod_AAAAAAAAAAAAAAAAAAAAAA' }, 'productId'],
    ['null for what is needed', { seatCount: null }, 'seatCount'],
    ['another start', { plan: { licenseStartType: 'Custom' } }, 'plan.licenseStartType'],
    ['a wrong feature', { features: [{ key: 'a', type: 'bool', total: 2 }] }, 'features.0.total'],
    [
      'two of one key',
      {
        attributes: [
          { key: 'a', type: 'string' },
          { key: 'a', type: 'string' },
        ],
      },
      'attributes',
    ],
  ])('are refused for %s', async (_what, json, field) => {
    const { id } = await calls.createEntitlement();
    const refused = await update(id, json);
    expectRefusal(refused, 422);
    const names = bodyOf<ApiError>(refused).validationErrors?.map((it) => it.propertyName);
    expect(names).toContain(field);
  });

  it('need the scope, and an entitlement', async () => {
    const unknown = '/entitlements/ent_AAAAAAAAAAAAAAAAAAAAAA';
    expectRefusal(await calls.manage('PATCH', unknown, { json: { seatCount: 2 } }), 404);
    const { id } = await calls.createEntitlement();
    const headers = { Authorization: `Bearer ${await calls.managementToken('entitlements:read')}` };
    const refused = await calls.manage('PATCH', `/entitlements/${id}`, { json: { seatCount: 2 }, headers });
    expectRefusal(refused, 403);
  });
});

describe('an overdraft', () => {
  it('of seats is shown, and ends', async () => {
    const { id, activationCode } = await calls.createEntitlement({ seatCount: 1, overdraftSeatCount: 1 });
    await calls.takeSeat(activationCode, 'one');
    const { seat } = await calls.takeSeat(activationCode, 'two');
    expect(await calls.entitlement(seat)).toMatchObject({
      seatCount: 1,
      overdraftSeatCount: 1,
      seatsUsed: 2,
    });
    const third = await calls.activateWith({
      seatId: 'three',
      activationCredentials: { type: 'activationCode', code: activationCode },
    });
    expectRefusal(third, 402, 'seatLimitReached');
    expect((await calls.getEntitlement(id)).seatsUsed).toBe(2);
  });

  it.each(['elementPool', 'usageCount'] as const)('of a feature (%s) is shown, and ends', async (type) => {
    const { activationCode } = await calls.createEntitlement({
      features: [{ key: 'it', type, total: 3, overdraft: 2 }],
    });
    const { seat, state } = await calls.takeSeat(activationCode, 'one');
    expect(featureOf(state, 'it')).toMatchObject({ total: 3, available: 3, overdraft: 2, overdrawn: 0 });
    expect(bodyOf(await calls.checkout(seat, 'it', 4))).toMatchObject({
      active: 4,
      available: 0,
      total: 3,
      overdraft: 2,
      overdrawn: 1,
    });
    expectRefusal(await calls.checkout(seat, 'it', 2), 402, 'featureExhausted');
    expect((await calls.checkout(seat, 'it', 1)).status).toBe(200);
    expectRefusal(await calls.checkout(seat, 'it', 1), 402, 'featureExhausted');
  });

  it('is not shown where there is none, and not for a bool or an unlimited feature', async () => {
    const { activationCode } = await calls.createEntitlement({
      features: [{ key: 'it', type: 'elementPool', total: 1 }],
    });
    const { seat, state } = await calls.takeSeat(activationCode, 'one');
    expect(featureOf(state, 'it')).not.toHaveProperty('overdraft');
    await calls.checkout(seat, 'it', 1);
    expectRefusal(await calls.checkout(seat, 'it', 1), 402, 'featureExhausted');
    for (const feature of [
      { key: 'a', type: 'bool', overdraft: 1 },
      { key: 'a', type: 'elementPool', overdraft: 1 },
    ]) {
      const json = {
        productId: api.productId,
        seatCount: 1,
        plan: subscription('EntitlementCreation'),
        features: [feature],
      };
      expectRefusal(await calls.manage('POST', '/entitlements', { json }), 422);
    }
  });
});

describe('a trial', () => {
  it('says that it is one, ends, and becomes a license with a renewal', async () => {
    const { id, activationCode } = await calls.createEntitlement({
      plan: {
        name: 'Trial',
        isTrial: true,
        licenseType: 'Subscription',
        licenseStartType: 'Activation',
        licenseDuration: { type: 'Day', count: 14 },
      },
    });
    const { seat, state } = await calls.takeSeat(activationCode, 'seat-1');
    expect(state.entitlementExpiryDate).toBe('2026-03-15T09:00:00.000Z');
    expect((await calls.entitlement(seat)).plan.isTrial).toBe(true);
    api.setClock(START + 14 * DAY);
    expectRefusal(await calls.refresh(seat), 402, 'entitlementExpired');
    await updated(id, { plan: { name: 'Yearly', isTrial: false } });
    await calls.change(id, 'renew', { period: { type: 'Year', count: 1 } });
    expect((await calls.refresh(seat)).status).toBe(200);
    expect((await calls.entitlement(seat)).plan).toMatchObject({ name: 'Yearly', isTrial: false });
  });
});
