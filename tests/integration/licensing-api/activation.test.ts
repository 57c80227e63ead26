import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { startLicensingApi, type LicensingApi } from '../../licensing-api/server.ts';
import { DAY, START, bodyOf, caller, expectRefusal, type Caller, type Seat } from './caller.ts';

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

async function seatOfNewEntitlement(request: Parameters<Caller['createEntitlement']>[0] = {}) {
  const entitlement = await calls.createEntitlement(request);
  const { seat } = await calls.takeSeat(entitlement.activationCode, 'seat-1');
  return { entitlement, seat };
}

describe('access token', () => {
  it('is wanted by every call of an activation', async () => {
    const { seat } = await seatOfNewEntitlement();
    const without: Seat = { ...seat, token: '' };
    expectRefusal(await calls.refresh(without), 401, 'accessTokenInvalid');
    expectRefusal(await calls.deactivate(without), 401, 'accessTokenInvalid');
    const forged: Seat = { ...seat, token: `${seat.token.slice(0, -8)}AAAAAAAA` };
    expectRefusal(await calls.refresh(forged), 401, 'accessTokenInvalid');
    expect((await calls.refresh(seat)).status).toBe(200);
  });

  it('of another server, and a management token, are worth nothing', async () => {
    const { seat } = await seatOfNewEntitlement();
    const other = await startLicensingApi({ clock: START });
    const foreign = await caller(other).takeSeat(other.activationCode, 'seat-1');
    await other.close();
    expectRefusal(await calls.refresh({ ...seat, token: foreign.seat.token }), 401, 'accessTokenInvalid');
    const management = await calls.managementToken();
    expectRefusal(await calls.refresh({ ...seat, token: management }), 401, 'accessTokenInvalid');
  });

  it('has no end of its own', async () => {
    const { seat } = await seatOfNewEntitlement();
    api.setClock(START + 300 * DAY);
    expect(await calls.state(seat)).toMatchObject({ status: 'leaseExpired', entitlementStatus: 'active' });
  });
});

describe('nonce', () => {
  it('is new with every answer and good once', async () => {
    const { seat } = await seatOfNewEntitlement();
    const seen = [seat.nonce];
    for (const path of ['/api/v1/activation', '/api/v1/activation/entitlement']) {
      expect((await calls.seatCall(seat, 'GET', path)).status).toBe(200);
      seen.push(seat.nonce);
    }
    expect((await calls.refresh(seat)).status).toBe(200);
    seen.push(seat.nonce);
    expect(new Set(seen).size).toBe(4);
    const stale: Seat = { ...seat, nonce: seen[0] ?? '' };
    const refused = await calls.refresh(stale);
    expectRefusal(refused, 409, 'nonceMismatch');
    expect(refused.headers['n-nonce']).toBeUndefined();
    expect((await calls.refresh(seat)).status).toBe(200);
  });

  it('lets one of two copies pass, and the other be repaired by activating again', async () => {
    const { entitlement, seat } = await seatOfNewEntitlement();
    const copy: Seat = { ...seat };
    expect((await calls.refresh(copy)).status).toBe(200);
    expectRefusal(await calls.refresh(seat), 409, 'nonceMismatch');
    const repaired = await calls.takeSeat(entitlement.activationCode, 'seat-1');
    expect(repaired.seat.id).toBe(seat.id);
    expect((await calls.refresh(repaired.seat)).status).toBe(200);
    expectRefusal(await calls.refresh(copy), 401, 'accessTokenInvalid');
  });

  it('lets one of fifty calls pass that come with the same one at once', async () => {
    const { seat } = await seatOfNewEntitlement();
    const answers = await Promise.all(Array.from({ length: 50 }, () => calls.refresh({ ...seat })));
    expect(answers.filter((answer) => answer.status === 200)).toHaveLength(1);
    for (const answer of answers.filter((it) => it.status !== 200)) {
      expectRefusal(answer, 409, 'nonceMismatch');
    }
  });

  it('goes on after a refusal by a rule, and stays after a request that is malformed', async () => {
    const { seat } = await seatOfNewEntitlement();
    const before = seat.nonce;
    expectRefusal(await calls.checkout(seat, 'no-such-feature', 1), 404, 'featureUnknown');
    expect(seat.nonce).not.toBe(before);
    const after = seat.nonce;
    expectRefusal(await calls.checkout(seat, 'render-nodes', 0), 422);
    expect(seat.nonce).toBe(after);
    expect((await calls.refresh(seat)).status).toBe(200);
  });

  it('is wanted', async () => {
    const { seat } = await seatOfNewEntitlement();
    const answer = await calls.call('PATCH', '/api/v1/activation', {
      headers: { 'N-TenantId': api.tenantId, Authorization: `Bearer ${seat.token}` },
    });
    expectRefusal(answer, 422);
  });
});

describe('lease', () => {
  it('moves with a refresh, by the lease period from then', async () => {
    const { seat } = await seatOfNewEntitlement({ leasePeriod: { type: 'Day', count: 30 } });
    api.setClock(START + 10 * DAY);
    expect(await calls.refreshed(seat)).toMatchObject({
      leaseExpiry: '2026-04-10T09:00:00.000Z',
      lastLease: '2026-03-11T09:00:00.000Z',
      activated: '2026-03-01T09:00:00.000Z',
    });
  });

  it('ends at its very instant and is refreshed after it while a seat is free', async () => {
    const { entitlement, seat } = await seatOfNewEntitlement({ leasePeriod: { type: 'Day', count: 1 } });
    api.setClock(START + DAY - 1);
    expect((await calls.state(seat)).status).toBe('active');
    api.setClock(START + DAY);
    expect((await calls.state(seat)).status).toBe('leaseExpired');
    expect((await calls.getEntitlement(entitlement.id)).seatsUsed).toBe(0);
    expect(await calls.refreshed(seat)).toMatchObject({ status: 'active' });
    expect((await calls.getEntitlement(entitlement.id)).seatsUsed).toBe(1);
  });

  it('once ended, leaves the seat to others, and is not refreshed then', async () => {
    const { entitlement, seat } = await seatOfNewEntitlement({ leasePeriod: { type: 'Day', count: 1 } });
    api.setClock(START + DAY);
    const other = await calls.takeSeat(entitlement.activationCode, 'seat-2');
    expectRefusal(await calls.refresh(seat), 402, 'seatLimitReached');
    expect((await calls.deactivate(other.seat)).status).toBe(204);
    expect((await calls.refresh(seat)).status).toBe(200);
  });

  it('keeps the seat for the linger period after its end', async () => {
    const { entitlement } = await seatOfNewEntitlement({
      leasePeriod: { type: 'Day', count: 1 },
      lingerPeriod: { type: 'Hour', count: 6 },
    });
    const ask = () =>
      calls.activateWith({
        seatId: 'seat-2',
        activationCredentials: { type: 'activationCode', code: entitlement.activationCode },
      });
    api.setClock(START + DAY + 6 * 60 * 60_000 - 1);
    expectRefusal(await ask(), 402, 'seatLimitReached');
    api.setClock(START + DAY + 6 * 60 * 60_000);
    expect((await ask()).status).toBe(201);
  });
});

describe('deactivate', () => {
  it('frees the seat, needs no nonce, and may be repeated', async () => {
    const { entitlement, seat } = await seatOfNewEntitlement();
    const headers = { 'N-TenantId': api.tenantId, Authorization: `Bearer ${seat.token}` };
    const answer = await calls.call('DELETE', '/api/v1/activation', { headers });
    expect(answer.status).toBe(204);
    expect(answer.headers['n-nonce']).toBeUndefined();
    expect((await calls.getEntitlement(entitlement.id)).seatsUsed).toBe(0);
    expect((await calls.call('DELETE', '/api/v1/activation', { headers })).status).toBe(204);
    expectRefusal(await calls.refresh(seat), 401, 'accessTokenInvalid');
    const next = await calls.takeSeat(entitlement.activationCode, 'seat-2');
    expect(next.answer.status).toBe(201);
  });

  it('makes the next activation of the same seat id a new one, which an old token does not reach', async () => {
    const { entitlement, seat } = await seatOfNewEntitlement();
    await calls.deactivate(seat);
    const next = await calls.takeSeat(entitlement.activationCode, 'seat-1');
    expect(next.seat.id).not.toBe(seat.id);
    expect((await calls.deactivate(seat)).status).toBe(204);
    expect((await calls.refresh(next.seat)).status).toBe(200);
  });
});

describe('entitlement', () => {
  it('tells terms and seats', async () => {
    const { seat } = await seatOfNewEntitlement({ seatCount: 5, customerName: 'Demo Customer' });
    expect(await calls.entitlement(seat)).toMatchObject({
      customerName: 'Demo Customer',
      productName: 'Orbit Studio',
      seatCount: 5,
      seatsUsed: 1,
      leasePeriod: { type: 'Day', count: 30 },
      snapshotDate: '2026-03-01T09:00:00.000Z',
    });
  });
});

describe('server', () => {
  it('is ready, and knows no other calls', async () => {
    expect((await calls.call('GET', '/health/ready')).body).toEqual({ status: 'ready' });
    const { status, headers } = await calls
      .call('GET', '/api/v1/keys', { headers: { 'N-TenantId': api.tenantId } })
      .then((answer) => ({ status: answer.status, headers: answer.headers }));
    expect({ status, type: headers['content-type'] }).toEqual({
      status: 200,
      type: 'application/json; charset=utf-8',
    });
    expectRefusal(await calls.call('GET', '/api/v1/keys'), 422);
  });

  it('serves the keys that are in the profile', async () => {
    const answer = await calls.call('GET', '/api/v1/keys', { headers: { 'N-TenantId': api.tenantId } });
    const { keys, signed } = bodyOf<{ keys: { kid: string; x: string }[]; signed: string }>(answer);
    expect(keys.map(({ kid, x }) => ({ kid, x }))).toEqual(
      api.profile.serverKeys.map(({ kid, x }) => ({ kid, x })),
    );
    expect(signed.split('.')).toHaveLength(3);
  });
});
