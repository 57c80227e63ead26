import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { startLicensingApi, type LicensingApi } from '../../licensing-api/server.ts';
import { DAY, START, caller, expectRefusal, featureOf, type Caller } from './caller.ts';

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

async function twoSeats() {
  const { id, activationCode } = await calls.createEntitlement({
    seatCount: 2,
    leasePeriod: { type: 'Day', count: 90 },
    features: [
      { key: 'editor', type: 'bool' },
      { key: 'viewer', type: 'bool' },
      { key: 'sdk', type: 'bool', total: 0 },
      { key: 'nodes', type: 'elementPool', total: 10 },
      { key: 'streams', type: 'elementPool' },
      { key: 'minutes', type: 'usageCount', total: 100, usagePeriod: { type: 'Month', count: 1 } },
      { key: 'exports', type: 'usageCount', total: 5 },
    ],
  });
  const { seat: one } = await calls.takeSeat(activationCode, 'one');
  const { seat: two } = await calls.takeSeat(activationCode, 'two');
  return { id, activationCode, one, two };
}

describe('elementPool', () => {
  it('is shared by the seats, and what is returned is there for others', async () => {
    const { one, two } = await twoSeats();
    expect((await calls.checkout(one, 'nodes', 7)).body).toMatchObject({
      active: 7,
      available: 3,
      total: 10,
    });
    expectRefusal(await calls.checkout(two, 'nodes', 4), 402, 'featureExhausted');
    expect((await calls.checkout(two, 'nodes', 3)).body).toMatchObject({ active: 3, available: 0 });
    expect((await calls.giveBack(one, 'nodes', 5)).body).toMatchObject({ active: 2, available: 5 });
    expectRefusal(await calls.giveBack(one, 'nodes', 3), 422, 'featureNotReturnable');
    expect((await calls.checkout(two, 'nodes', 5)).status).toBe(200);
  });

  it('is not oversold to calls that come at once', async () => {
    const { activationCode } = await calls.createEntitlement({
      seatCount: 20,
      features: [{ key: 'nodes', type: 'elementPool', total: 10 }],
    });
    const seats = await Promise.all(
      Array.from({ length: 20 }, (_, index) => calls.takeSeat(activationCode, `seat-${index}`)),
    );
    const answers = await Promise.all(seats.map(({ seat }) => calls.checkout(seat, 'nodes', 1)));
    expect(answers.filter((answer) => answer.status === 200)).toHaveLength(10);
    expect(answers.filter((answer) => answer.status === 402)).toHaveLength(10);
  });

  it('comes back with deactivation, with release, and when a lease ends', async () => {
    const { id, activationCode, one, two } = await twoSeats();
    await calls.checkout(one, 'nodes', 4);
    await calls.checkout(two, 'nodes', 4);
    await calls.deactivate(one);
    expect(featureOf(await calls.state(two), 'nodes')).toMatchObject({ available: 6 });
    await calls.manage('DELETE', `/activations/${two.id}`);
    const { seat } = await calls.takeSeat(activationCode, 'three');
    expect(featureOf(await calls.state(seat), 'nodes')).toMatchObject({ active: 0, available: 10 });
    await calls.checkout(seat, 'nodes', 10);
    api.setClock(START + 90 * DAY);
    expect(featureOf(await calls.getEntitlement(id), 'nodes')).toMatchObject({ available: 10 });
    await calls.refresh(seat);
    expect(featureOf(await calls.state(seat), 'nodes')).toMatchObject({ active: 0, available: 10 });
  });

  it('can be unlimited', async () => {
    const { one } = await twoSeats();
    const answer = await calls.checkout(one, 'streams', 9_007_199_254_740_990);
    expect(answer.body).toEqual({ key: 'streams', type: 'elementPool', active: 9_007_199_254_740_990 });
    expectRefusal(await calls.checkout(one, 'streams', 9_007_199_254_740_990), 402, 'featureExhausted');
  });
});

describe('usageCount', () => {
  it('is spent, not returned', async () => {
    const { one, two } = await twoSeats();
    expect((await calls.checkout(one, 'exports', 5)).body).toMatchObject({ active: 5, available: 0 });
    expectRefusal(await calls.giveBack(one, 'exports', 1), 422, 'featureNotReturnable');
    await calls.deactivate(one);
    expectRefusal(await calls.checkout(two, 'exports', 1), 402, 'featureExhausted');
  });

  it('starts again with each period', async () => {
    const { one } = await twoSeats();
    expect((await calls.checkout(one, 'minutes', 100)).body).toMatchObject({
      available: 0,
      currentUsagePeriodStart: '2026-03-01T09:00:00.000Z',
      nextUsagePeriodStart: '2026-04-01T09:00:00.000Z',
    });
    api.setClock(START + 31 * DAY - 1);
    expectRefusal(await calls.checkout(one, 'minutes', 1), 402, 'featureExhausted');
    api.setClock(START + 31 * DAY);
    expect((await calls.checkout(one, 'minutes', 1)).body).toMatchObject({
      active: 1,
      available: 99,
      currentUsagePeriodStart: '2026-04-01T09:00:00.000Z',
    });
  });
});

describe('bool', () => {
  it('is tracked where it is included, and never checked out', async () => {
    const { one } = await twoSeats();
    expect((await calls.track(one, 'editor')).status).toBe(204);
    expectRefusal(await calls.track(one, 'sdk'), 402, 'featureExhausted');
    expectRefusal(await calls.track(one, 'nodes'), 422);
    expectRefusal(await calls.checkout(one, 'editor', 1), 422);
    expectRefusal(await calls.giveBack(one, 'editor', 1), 422, 'featureNotReturnable');
    expect(featureOf(await calls.state(one), 'sdk')).toEqual({
      key: 'sdk',
      type: 'bool',
      active: 0,
      available: 0,
      total: 0,
    });
  });

  it('is tracked once for each Idempotency-Key, which is good for one request only', async () => {
    const { id, one, two } = await twoSeats();
    const headers = { 'Idempotency-Key': 'usage-key-1' };
    expect((await calls.track(one, 'editor', headers)).status).toBe(204);
    expect((await calls.track(one, 'editor', headers)).status).toBe(204);
    expectRefusal(await calls.track(one, 'viewer', headers), 422);
    expect((await calls.track(two, 'editor', headers)).status).toBe(204);
    expect((await calls.track(two, 'editor')).status).toBe(204);
    expect(featureOf(await calls.state(one), 'editor')).toMatchObject({ active: 1 });
    expect(featureOf(await calls.getEntitlement(id), 'editor')).toMatchObject({ active: 3 });
  });
});

describe('features', () => {
  it('are unknown by other names, and to nobody who has no nonce', async () => {
    const { one } = await twoSeats();
    expectRefusal(await calls.checkout(one, 'none', 1), 404, 'featureUnknown');
    expectRefusal(await calls.giveBack(one, 'none', 1), 404, 'featureUnknown');
    expectRefusal(await calls.track(one, 'none'), 404, 'featureUnknown');
    const stale = { ...one, nonce: 'an-old-nonce' };
    expectRefusal(await calls.checkout(stale, 'nodes', 1), 409, 'nonceMismatch');
    expect(featureOf(await calls.state(one), 'nodes')).toMatchObject({ active: 0 });
  });

  it('want an active lease and an active entitlement', async () => {
    const { id, one } = await twoSeats();
    await calls.checkout(one, 'nodes', 1);
    await calls.change(id, 'disable');
    expectRefusal(await calls.checkout(one, 'nodes', 1), 403, 'entitlementDisabled');
    await calls.change(id, 'enable');
    api.setClock(START + 90 * DAY);
    expectRefusal(await calls.checkout(one, 'nodes', 1), 409);
    expectRefusal(await calls.giveBack(one, 'nodes', 1), 409);
    expectRefusal(await calls.track(one, 'editor'), 409);
    await calls.refresh(one);
    expect((await calls.checkout(one, 'nodes', 1)).status).toBe(200);
  });
});
