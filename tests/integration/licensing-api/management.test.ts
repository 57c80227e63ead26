import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { ApiError, ManagedEntitlementList } from '../../../shared/licensing-api/generated/types.gen.ts';
import { startLicensingApi, type LicensingApi } from '../../licensing-api/server.ts';
import {
  MINUTE,
  START,
  bodyOf,
  caller,
  expectRefusal,
  featureOf,
  subscription,
  type Caller,
} from './caller.ts';

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

const GRANT = { grant_type: 'client_credentials' };

describe('token', () => {
  const basic = (id: string, secret: string) => ({
    Authorization: `Basic ${Buffer.from(`${encodeURIComponent(id)}:${encodeURIComponent(secret)}`).toString('base64')}`,
  });

  it('is issued for the client secret, in the form or by Basic', async () => {
    const { clientId, clientSecret } = api.management;
    const form = { ...GRANT, client_id: clientId, client_secret: clientSecret };
    const inForm = await calls.tokenCall(form);
    expect(inForm.body).toMatchObject({ token_type: 'Bearer', expires_in: 3600 });
    expect(inForm.headers['cache-control']).toBe('no-store');
    expect((await calls.tokenCall(GRANT, basic(clientId, clientSecret))).status).toBe(200);
  });

  it('is refused as RFC 6749 says', async () => {
    const { clientId, clientSecret } = api.management;
    const form = { ...GRANT, client_id: clientId, client_secret: clientSecret };
    const refusal = async (change: Record<string, string>, headers = {}) => {
      const answer = await calls.tokenCall({ ...form, ...change }, headers);
      return [answer.status, bodyOf<{ error: string }>(answer).error];
    };
    expect(await refusal({ client_secret: `${clientSecret}x` })).toEqual([401, 'invalid_client']);
    expect(await refusal({ client_id: 'somebody' })).toEqual([401, 'invalid_client']);
    expect(await refusal({ grant_type: 'password' })).toEqual([400, 'unsupported_grant_type']);
    expect(await refusal({ scope: 'entitlements:read admin' })).toEqual([400, 'invalid_scope']);
    expect(await refusal({}, basic(clientId, clientSecret))).toEqual([400, 'invalid_request']);
    const anonymous = await calls.tokenCall(GRANT);
    expect(anonymous.status).toBe(401);
    expect(anonymous.headers['www-authenticate']).toMatch(/^Basic /);
    expect((await calls.tokenCall(GRANT, basic(clientId, 'wrong'))).status).toBe(401);
  });

  it('is good for an hour', async () => {
    const headers = { Authorization: `Bearer ${await calls.managementToken()}` };
    api.setClock(START + 60 * MINUTE - 1000);
    expect((await calls.manage('GET', '/entitlements', { headers })).status).toBe(200);
    api.setClock(START + 60 * MINUTE + 1000);
    const late = await calls.manage('GET', '/entitlements', { headers });
    expectRefusal(late, 401);
    expect(late.headers['www-authenticate']).toContain('invalid_token');
  });

  it('opens what its scope says', async () => {
    const headers = { Authorization: `Bearer ${await calls.managementToken('entitlements:read')}` };
    expect((await calls.manage('GET', '/entitlements', { headers })).status).toBe(200);
    const write = await calls.manage('POST', '/entitlements', { headers, json: {} });
    expectRefusal(write, 403);
    expect(write.headers['www-authenticate']).toContain('insufficient_scope');
  });

  it('is not an access token of an activation, and none at all opens nothing', async () => {
    const { seat } = await calls.takeSeat(api.activationCode, 'not-a-manager');
    const headers = { Authorization: `Bearer ${seat.token}` };
    expectRefusal(await calls.manage('GET', '/entitlements', { headers }), 401);
    expectRefusal(await calls.manage('GET', '/entitlements', { headers: {} }), 401);
    await calls.deactivate(seat);
  });
});

describe('create', () => {
  it('gives a code that reads well and is shown once', async () => {
    const created = await calls.createEntitlement();
    expect(created.activationCode).toMatch(/^ORBIT(?:-[ACDEFGHJKLMNPQRTWXY34679]{4}){4}$/);
    const again = await calls.manage('GET', `/entitlements/${created.id}`);
    expect(again.text).not.toContain(created.activationCode);
  });

  it('keeps features and attributes', async () => {
    const { activationCode } = await calls.createEntitlement({
      features: [{ key: 'nodes', type: 'elementPool', total: 3 }],
      attributes: [
        { key: 'limit', type: 'number', value: '1.5' },
        { key: 'until', type: 'date', value: '2027-01-01' },
        { key: 'empty', type: 'string' },
      ],
    });
    const { state } = await calls.takeSeat(activationCode, 'seat-1');
    expect(featureOf(state, 'nodes')).toMatchObject({ total: 3, available: 3 });
    expect(state.attributes).toEqual([
      { key: 'limit', type: 'number', value: '1.5' },
      { key: 'until', type: 'date', value: '2027-01-01' },
      { key: 'empty', type: 'string' },
    ]);
  });

  const plan = subscription('EntitlementCreation');
  it.each([
    ['productId', { productId: 'prod_AAAAAAAAAAAAAAAAAAAAAA' }],
    ['seatCount', { seatCount: 0 }],
    ['plan.licenseDuration', { plan: { ...plan, licenseType: 'Perpetual' } }],
    ['startDate', { startDate: '2026-01-01T00:00:00.000Z' }],
    ['startDate', { plan: subscription('Custom') }],
    [
      'features',
      {
        features: [
          { key: 'a', type: 'bool' },
          { key: 'a', type: 'bool' },
        ],
      },
    ],
    ['features.0.total', { features: [{ key: 'a', type: 'bool', total: 2 }] }],
    ['features.0.total', { features: [{ key: 'a', type: 'elementPool', total: 9_007_199_254_740_991 }] }],
    ['attributes.0.value', { attributes: [{ key: 'a', type: 'number', value: 'many' }] }],
    ['attributes.0.value', { attributes: [{ key: 'a', type: 'date', value: 'soon' }] }],
    [
      'editions',
      {
        editions: [
          { id: 'a', name: 'A' },
          { id: 'a', name: 'B' },
        ],
      },
    ],
    ['discount', { discount: 10 }],
  ])('refuses a wrong %s', async (field, change) => {
    const json = { productId: api.productId, seatCount: 1, plan, ...change };
    const answer = await calls.manage('POST', '/entitlements', { json });
    expectRefusal(answer, 422);
    expect(bodyOf<ApiError>(answer).validationErrors?.map((it) => it.propertyName)).toContain(field);
  });
});

describe('list', () => {
  it('pages, newest first', async () => {
    const older = await calls.createEntitlement();
    const newer = await calls.createEntitlement();
    const page = async (query: string) =>
      bodyOf<ManagedEntitlementList>(await calls.manage('GET', `/entitlements${query}`));
    const all = await page('');
    expect(all.items.slice(0, 2).map((it) => it.id)).toEqual([newer.id, older.id]);
    expect(all.total).toBe(all.items.length);
    expect((await page('?limit=1&offset=1')).items.map((it) => it.id)).toEqual([older.id]);
    expectRefusal(await calls.manage('GET', '/entitlements?limit=0'), 422);
    expectRefusal(await calls.manage('GET', '/entitlements?limit=501'), 422);
  });

  it('finds nothing under an unknown id', async () => {
    const unknown = '/entitlements/ent_AAAAAAAAAAAAAAAAAAAAAA';
    expectRefusal(await calls.manage('GET', unknown), 404);
    expectRefusal(await calls.manage('GET', `${unknown}/activations`), 404);
    for (const action of ['renew', 'disable', 'enable', 'start', 'reset']) {
      expectRefusal(await calls.manage('POST', `${unknown}/${action}`), 404);
    }
    expectRefusal(await calls.manage('GET', '/entitlements/1'), 422);
  });
});

describe('seats', () => {
  it('are listed, and ended ones on demand', async () => {
    const { id, activationCode } = await calls.createEntitlement({ seatCount: 2 });
    const one = await calls.takeSeat(activationCode, 'one');
    await calls.takeSeat(activationCode, 'two', { seatName: 'Two' });
    await calls.deactivate(one.seat);
    expect((await calls.listSeats(id)).items).toMatchObject([
      { seatId: 'two', seatName: 'Two', holdsSeat: true },
    ]);
    const all = await calls.listSeats(id, '?includeEnded=true');
    expect(all.total).toBe(2);
    expect(all.items[1]).toMatchObject({ seatId: 'one', holdsSeat: false, ended: 'deactivated' });
  });

  it('are released, and whoever held one is told so', async () => {
    const { id, activationCode } = await calls.createEntitlement();
    const { seat } = await calls.takeSeat(activationCode, 'seat-1');
    expect((await calls.manage('DELETE', `/activations/${seat.id}`)).status).toBe(204);
    expectRefusal(await calls.manage('DELETE', `/activations/${seat.id}`), 404);
    expectRefusal(await calls.refresh(seat), 404, 'seatReleased');
    expectRefusal(await calls.deactivate(seat), 404, 'seatReleased');
    expect((await calls.listSeats(id)).items).toEqual([]);
    expect((await calls.takeSeat(activationCode, 'seat-2')).answer.status).toBe(201);
  });

  it('are all released by a reset, which also gives spent uses back', async () => {
    const { id, activationCode } = await calls.createEntitlement({
      seatCount: 2,
      features: [{ key: 'exports', type: 'usageCount', total: 1 }],
    });
    const { seat } = await calls.takeSeat(activationCode, 'one');
    await calls.takeSeat(activationCode, 'two');
    await calls.checkout(seat, 'exports', 1);
    expect(await calls.change(id, 'reset')).toMatchObject({ seatsUsed: 0 });
    expectRefusal(await calls.refresh(seat), 404, 'seatReleased');
    const fresh = await calls.takeSeat(activationCode, 'one');
    expect(fresh.answer.status).toBe(201);
    expect((await calls.checkout(fresh.seat, 'exports', 1)).status).toBe(200);
  });
});

describe('renew', () => {
  it('prolongs by the plan, or by a period of its own', async () => {
    const { id } = await calls.createEntitlement();
    expect((await calls.change(id, 'renew')).expiryDate).toBe('2028-03-01T09:00:00.000Z');
    expect((await calls.change(id, 'renew', { period: { type: 'Month', count: 2 } })).expiryDate).toBe(
      '2028-05-01T09:00:00.000Z',
    );
    expectRefusal(await calls.manage('POST', `/entitlements/${id}/renew`, { json: { period: 'long' } }), 422);
  });

  it('is not for what has not started', async () => {
    const { id } = await calls.createEntitlement({ plan: subscription('Activation') });
    expectRefusal(await calls.manage('POST', `/entitlements/${id}/renew`), 409);
  });
});
