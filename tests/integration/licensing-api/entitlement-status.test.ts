import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { startLicensingApi, type LicensingApi } from '../../licensing-api/server.ts';
import { DAY, START, caller, expectRefusal, subscription, type Caller } from './caller.ts';

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

const code = (value: string) => ({ activationCredentials: { type: 'activationCode', code: value } }) as const;
const ONE_MONTH = {
  ...subscription('EntitlementCreation'),
  licenseDuration: { type: 'Month', count: 1 },
} as const;

describe('end of a subscription', () => {
  it('caps the lease at the end, or at the end of the grace period where there is one', async () => {
    const plain = await calls.createEntitlement({ plan: ONE_MONTH, leasePeriod: { type: 'Day', count: 90 } });
    const graced = await calls.createEntitlement({
      plan: ONE_MONTH,
      leasePeriod: { type: 'Day', count: 90 },
      gracePeriod: { type: 'Day', count: 7 },
    });
    const first = await calls.takeSeat(plain.activationCode, 'seat-1');
    const second = await calls.takeSeat(graced.activationCode, 'seat-1');
    expect(first.state.leaseExpiry).toBe('2026-04-01T09:00:00.000Z');
    expect(second.state.leaseExpiry).toBe('2026-04-08T09:00:00.000Z');
  });

  it('goes from active through grace to expired, and a renewal in grace continues from the old end', async () => {
    const { id, activationCode } = await calls.createEntitlement({
      plan: ONE_MONTH,
      gracePeriod: { type: 'Day', count: 7 },
    });
    const { seat } = await calls.takeSeat(activationCode, 'seat-1');
    api.setClock(START + 31 * DAY);
    expect((await calls.state(seat)).entitlementStatus).toBe('gracePeriod');
    expect((await calls.refresh(seat)).status).toBe(200);
    expect((await calls.change(id, 'renew')).expiryDate).toBe('2026-05-01T09:00:00.000Z');
    expect((await calls.state(seat)).entitlementStatus).toBe('active');
  });

  it('stops activation and refresh once it is over, but tells the state and lets go of the seat', async () => {
    const { id, activationCode } = await calls.createEntitlement({ plan: ONE_MONTH });
    const { seat } = await calls.takeSeat(activationCode, 'seat-1');
    api.setClock(START + 31 * DAY);
    expectRefusal(await calls.refresh(seat), 402, 'entitlementExpired');
    expectRefusal(await calls.activateWith(code(activationCode)), 402, 'entitlementExpired');
    expect(await calls.state(seat)).toMatchObject({
      status: 'leaseExpired',
      entitlementStatus: 'expired',
      entitlementExpiryDate: '2026-04-01T09:00:00.000Z',
    });
    expect((await calls.change(id, 'renew')).expiryDate).toBe('2026-05-01T09:00:00.000Z');
    expect((await calls.refresh(seat)).status).toBe(200);
    expect((await calls.deactivate(seat)).status).toBe(204);
  });
});

describe('disabled', () => {
  it('stops activation and refresh until it is enabled again', async () => {
    const { id, activationCode } = await calls.createEntitlement();
    const { seat } = await calls.takeSeat(activationCode, 'seat-1');
    expect((await calls.change(id, 'disable')).status).toBe('disabled');
    expectRefusal(await calls.refresh(seat), 403, 'entitlementDisabled');
    expectRefusal(await calls.activateWith(code(activationCode)), 403, 'entitlementDisabled');
    expect((await calls.state(seat)).entitlementStatus).toBe('disabled');
    expect((await calls.change(id, 'enable')).status).toBe('active');
    expect((await calls.refresh(seat)).status).toBe(200);
  });
});

describe('start', () => {
  it('comes with the first activation', async () => {
    const { id, activationCode, status } = await calls.createEntitlement({
      plan: subscription('Activation'),
    });
    expect(status).toBe('created');
    api.setClock(START + 10 * DAY);
    expect((await calls.takeSeat(activationCode, 'seat-1')).state.entitlementExpiryDate).toBe(
      '2027-03-11T09:00:00.000Z',
    );
    expect((await calls.getEntitlement(id)).started).toBe('2026-03-11T09:00:00.000Z');
  });

  it('is not made by an activation that is refused', async () => {
    const { id, activationCode } = await calls.createEntitlement({ plan: subscription('Activation') });
    expectRefusal(await calls.activateWith({ ...code(activationCode), editionId: 'gold' }), 422);
    expect((await calls.getEntitlement(id)).status).toBe('created');
  });

  it('lies ahead, at a date', async () => {
    const { activationCode } = await calls.createEntitlement({
      plan: subscription('Custom'),
      startDate: new Date(START + DAY).toISOString(),
    });
    expectRefusal(await calls.activateWith(code(activationCode)), 403, 'entitlementNotStarted');
    api.setClock(START + DAY);
    expect((await calls.activateWith(code(activationCode))).status).toBe(201);
  });

  it('waits for the vendor, once', async () => {
    const { id, activationCode } = await calls.createEntitlement({ plan: subscription('ManualActivation') });
    expectRefusal(await calls.activateWith(code(activationCode)), 403, 'entitlementNotStarted');
    expect((await calls.change(id, 'start')).status).toBe('active');
    expect((await calls.activateWith(code(activationCode))).status).toBe(201);
    expectRefusal(await calls.manage('POST', `/entitlements/${id}/start`), 409);
  });
});

describe('perpetual', () => {
  const plan = {
    name: 'For ever',
    licenseType: 'Perpetual',
    licenseStartType: 'EntitlementCreation',
    licenseDuration: { type: 'None' },
  } as const;

  it('never ends, though the lease does', async () => {
    const { activationCode } = await calls.createEntitlement({ plan });
    const { seat, state } = await calls.takeSeat(activationCode, 'seat-1');
    expect(state.entitlementExpiryDate).toBeUndefined();
    expect(state.entitlementGracePeriodExpiry).toBeUndefined();
    expect(state.leaseExpiry).toBe('2026-03-31T09:00:00.000Z');
    api.setClock(START + 20_000 * DAY);
    expect((await calls.refreshed(seat)).status).toBe('active');
  });

  it('has the last instant as lease end where the lease has none either', async () => {
    const { activationCode } = await calls.createEntitlement({ plan, leasePeriod: { type: 'None' } });
    const { state } = await calls.takeSeat(activationCode, 'seat-1');
    expect(state.leaseExpiry).toBe('9999-12-31T23:59:59.000Z');
  });

  it('can not be renewed', async () => {
    const { id } = await calls.createEntitlement({ plan });
    expectRefusal(await calls.manage('POST', `/entitlements/${id}/renew`), 409);
  });
});
