import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { CreateEntitlementRequest } from '../../../shared/licensing-api/generated/types.gen.ts';
import { startLicensingApi, type LicensingApi } from '../../licensing-api/server.ts';
import { DAY, START, bodyOf, caller, expectRefusal, type Caller } from './caller.ts';
import { makeDevice, newJti, type Device } from './offline-device.ts';
import { offlineCaller, type OfflineCaller } from './offline-caller.ts';

const MONTH = { type: 'Day', count: 30 } as const;
const FINGERPRINT = {
  board: 'board-digest-0000001',
  disk: 'disk-digest-00000001',
  cpu: 'cpu-digest-000000001',
};
const OTHER_MACHINE = {
  board: 'board-digest-0000002',
  disk: 'disk-digest-00000002',
  cpu: 'cpu-digest-000000001',
};

let api: LicensingApi;
let calls: Caller;
let offline: OfflineCaller;

beforeAll(async () => {
  api = await startLicensingApi({ clock: START, codeAttempts: { requests: 1000, perMilliseconds: DAY } });
  calls = caller(api);
  offline = offlineCaller(api, calls);
});
beforeEach(() => {
  api.setClock(START);
});
afterAll(() => api.close());

const newEntitlement = (request: Partial<CreateEntitlementRequest> = {}) =>
  calls.createEntitlement({ offlineLeasePeriod: MONTH, ...request });

async function activated(request: Partial<CreateEntitlementRequest> = {}, device: { seatId?: string } = {}) {
  const entitlement = await newEntitlement(request);
  const it = await makeDevice({ api, code: entitlement.activationCode, ...device });
  const { claims } = await offline.answered(it);
  return { entitlement, device: it, claims, id: claims.activation.id };
}

describe('an activation request', () => {
  it('is answered with a response for this device, and takes a seat', async () => {
    const { entitlement, device, claims } = await activated();
    expect(claims).toMatchObject({
      seq: 1,
      tenantId: api.tenantId,
      productId: api.productId,
      activation: {
        mode: 'offline',
        status: 'active',
        seatId: device.seatId,
        seatName: 'Ship bridge',
        productId: api.productId,
        leaseExpiry: new Date(START + 30 * DAY).toISOString(),
      },
      entitlement: { offlineLeasePeriod: MONTH, seatsUsed: 1 },
    });
    expect(claims.activation).not.toHaveProperty('accessToken');
    expect(claims.licenseFile).toMatch(/^-----BEGIN LICENSE FILE-----\n/);
    const seats = await calls.listSeats(entitlement.id);
    expect(seats.items).toMatchObject([{ mode: 'offline', holdsSeat: true }]);
  });

  it('is answered for the device that made it and no other', async () => {
    const { activationCode } = await newEntitlement();
    const [device, other] = await Promise.all([1, 2].map(() => makeDevice({ api, code: activationCode })));
    const token = await offline.token(await device?.request());
    await expect(other?.open(token)).rejects.toThrow();
    expect((await device?.open(token))?.typ).toBe('latchkey-activation-response-v1+jwt');
  });

  it('names the request that it answers', async () => {
    const { activationCode } = await newEntitlement();
    const device = await makeDevice({ api, code: activationCode });
    const jti = newJti();
    const opened = await device.open(await offline.token(await device.request({ claims: { jti } })));
    expect(opened.claims.rid).toBe(jti);
    expect(opened.claims.jti).not.toBe(jti);
  });

  it('that comes again is answered with the same token, and takes no second seat', async () => {
    const { activationCode, id } = await newEntitlement();
    const device = await makeDevice({ api, code: activationCode });
    const claims = { jti: newJti() };
    const request = await device.request({ claims });
    const first = await offline.token(request);
    expect(await offline.token(request)).toBe(first);
    expect(await offline.token(await device.request({ claims }))).toBe(first);
    expect((await calls.getEntitlement(id)).seatsUsed).toBe(1);
  });

  it('with the id of another device is refused', async () => {
    const { activationCode } = await newEntitlement({ seatCount: 2 });
    const device = await makeDevice({ api, code: activationCode });
    const other = await makeDevice({ api, code: activationCode, seatId: 'another' });
    const claims = { jti: newJti() };
    await offline.token(await device.request({ claims }));
    expectRefusal(await offline.send(await other.request({ claims })), 409, 'tokenReplayed');
  });

  it('made anew for a seat is answered for the same activation and the new keys', async () => {
    const { activationCode, id } = await newEntitlement();
    const first = await makeDevice({ api, code: activationCode });
    const second = await makeDevice({ api, code: activationCode });
    const one = await offline.answered(first);
    const two = await offline.answered(second);
    expect(two.claims.activation.id).toBe(one.claims.activation.id);
    expect([one.claims.seq, two.claims.seq]).toEqual([1, 2]);
    expect((await calls.getEntitlement(id)).seatsUsed).toBe(1);
  });

  it('for a seat on other hardware is refused', async () => {
    const { activationCode: code } = await newEntitlement({ seatCount: 2 });
    const here = await makeDevice({ api, code, fingerprint: FINGERPRINT });
    const there = await makeDevice({ api, code, fingerprint: OTHER_MACHINE });
    await offline.answered(here);
    expectRefusal(await offline.send(await there.request()), 409, 'seatHeldElsewhere');
    const drifted = await makeDevice({
      api,
      code,
      fingerprint: { ...FINGERPRINT, cpu: 'cpu-digest-000000009' },
    });
    expect((await offline.answered(drifted)).claims.seq).toBe(2);
  });

  it('takes a seat only while one is free', async () => {
    const { entitlement } = await activated();
    const late = await makeDevice({ api, code: entitlement.activationCode, seatId: 'late' });
    expectRefusal(await offline.send(await late.request()), 402, 'seatLimitReached');
    api.setClock(START + 30 * DAY);
    expect((await offline.answered(late)).claims.activation.seatId).toBe('late');
  });

  it('is judged by the entitlement', async () => {
    const never = await calls.createEntitlement();
    const device = await makeDevice({ api, code: never.activationCode });
    expectRefusal(await offline.send(await device.request()), 403, 'offlineNotAllowed');
    expect((await calls.getEntitlement(never.id)).seatsUsed).toBe(0);

    const disabled = await newEntitlement();
    const other = await makeDevice({ api, code: disabled.activationCode });
    const request = await other.request();
    await offline.token(request);
    await calls.change(disabled.id, 'disable');
    expectRefusal(await offline.send(await other.request()), 403, 'entitlementDisabled');
    expectRefusal(await offline.send(request), 403, 'entitlementDisabled');
    await calls.change(disabled.id, 'enable');
    api.setClock(START + 366 * DAY);
    expectRefusal(await offline.send(await other.request()), 402, 'entitlementExpired');
  });

  it('chooses an edition that there is', async () => {
    const editions = [
      { id: 'first', name: 'First' },
      { id: 'second', name: 'Second' },
    ];
    const { activationCode } = await newEntitlement({ editions });
    const device = await makeDevice({ api, code: activationCode });
    expectRefusal(await offline.send(await device.request({ claims: { editionId: 'third' } })), 422);
    const opened = await device.open(
      await offline.token(await device.request({ claims: { editionId: 'second' } })),
    );
    expect(opened.claims.entitlement).toMatchObject({ editionId: 'second', editionName: 'Second' });
  });
});

describe('the offline lease', () => {
  it('ends with the subscription at the latest', async () => {
    const plan = {
      name: 'Fortnight',
      licenseType: 'Subscription',
      licenseStartType: 'EntitlementCreation',
      licenseDuration: { type: 'Day', count: 14 },
    } as const;
    const { claims } = await activated({ plan });
    expect(claims.activation.leaseExpiry).toBe(new Date(START + 14 * DAY).toISOString());

    const gracePeriod = { type: 'Day', count: 7 } as const;
    const graced = await activated({ plan, gracePeriod });
    expect(graced.claims.activation.leaseExpiry).toBe(new Date(START + 14 * DAY).toISOString());
    api.setClock(START + 15 * DAY);
    const { claims: later } = await offline.refreshed(
      graced.device,
      graced.entitlement.activationCode,
      graced.id,
    );
    expect(later.activation.leaseExpiry).toBe(new Date(START + 21 * DAY).toISOString());
  });

  it('is not the regular lease', async () => {
    const { claims } = await activated({ leasePeriod: { type: 'Day', count: 2 } });
    expect(claims.activation.leaseExpiry).toBe(new Date(START + 30 * DAY).toISOString());
  });
});

describe('a seat that changes between online and offline', () => {
  it('ends what it was before', async () => {
    const entitlement = await newEntitlement();
    const { seat } = await calls.takeSeat(entitlement.activationCode, 'offline-seat');
    const device = await makeDevice({ api, code: entitlement.activationCode });
    const { claims } = await offline.answered(device);
    expect(claims.activation.id).not.toBe(seat.id);
    expectRefusal(await calls.refresh(seat), 401, 'accessTokenInvalid');
    expectRefusal(await calls.checkout(seat, 'anything', 1), 401, 'accessTokenInvalid');

    const back = await calls.takeSeat(entitlement.activationCode, 'offline-seat');
    const old = await device.deactivation(claims.activation.id);
    expectRefusal(await offline.send(old), 409, 'tokenReplayed');
    expect((await calls.refresh(back.seat)).status).toBe(200);
    expect((await calls.getEntitlement(entitlement.id)).seatsUsed).toBe(1);
  });

  it('gives its pool elements back', async () => {
    const features = [{ key: 'nodes', type: 'elementPool', total: 5 }] as const;
    const entitlement = await newEntitlement({ features: [...features] });
    const { seat } = await calls.takeSeat(entitlement.activationCode, 'offline-seat');
    expect((await calls.checkout(seat, 'nodes', 3)).status).toBe(200);
    const device = await makeDevice({ api, code: entitlement.activationCode });
    const { claims } = await offline.answered(device);
    expect(claims.activation.features).toMatchObject([{ key: 'nodes', active: 0, available: 5 }]);
  });
});

describe('a deactivation', () => {
  it('frees the seat once', async () => {
    const { entitlement, device, id } = await activated();
    const token = await device.deactivation(id);
    expect((await offline.send(token)).status).toBe(204);
    expect((await calls.getEntitlement(entitlement.id)).seatsUsed).toBe(0);
    expectRefusal(await offline.send(token), 409, 'tokenReplayed');
    expectRefusal(await offline.send(await device.deactivation(id)), 409, 'tokenReplayed');
  });

  it('is not undone by the request that came before it', async () => {
    const entitlement = await newEntitlement();
    const device = await makeDevice({ api, code: entitlement.activationCode });
    const request = await device.request();
    const { claims } = await device.open(await offline.token(request));
    await offline.send(await device.deactivation(claims.activation.id));
    expectRefusal(await offline.send(request), 409, 'tokenReplayed');
    expect((await calls.getEntitlement(entitlement.id)).seatsUsed).toBe(0);
    const again = await offline.answered(device);
    expect(again.claims).toMatchObject({ seq: 1 });
    expect(again.claims.activation.id).not.toBe(claims.activation.id);
  });

  it('counts by the keys of any response, whichever the device has applied', async () => {
    const { activationCode: code } = await newEntitlement();
    const first = await makeDevice({ api, code });
    const second = await makeDevice({ api, code });
    const { claims } = await offline.answered(first);
    await offline.answered(second);
    expect((await offline.send(await first.deactivation(claims.activation.id))).status).toBe(204);
  });

  it('works in every state of the entitlement, and after the lease', async () => {
    const { entitlement, device, id } = await activated();
    await calls.change(entitlement.id, 'disable');
    api.setClock(START + 400 * DAY);
    expect((await offline.send(await device.deactivation(id))).status).toBe(204);
  });

  it('of a released seat says so', async () => {
    const { device, id } = await activated();
    await calls.manage('DELETE', `/activations/${id}`);
    expectRefusal(await offline.send(await device.deactivation(id)), 404, 'seatReleased');
  });

  it('by another device is refused', async () => {
    const { entitlement, device, id } = await activated();
    const other = await makeDevice({ api, code: entitlement.activationCode });
    expectRefusal(await offline.send(await other.deactivation(id)), 422, 'tokenKeyUnknown');
    const forged = await other.deactivation(id, { inner: { kid: device.sign.kid } });
    expectRefusal(await offline.send(forged), 422, 'tokenSignatureInvalid');
    const elsewhere = await device.deactivation(id, { claims: { seatId: 'elsewhere' } });
    expectRefusal(await offline.send(elsewhere), 400, 'tokenMalformed');
    const unknown = await device.deactivation(`act_${'A'.repeat(22)}`);
    expectRefusal(await offline.send(unknown), 422, 'tokenKeyUnknown');
    expect((await calls.getEntitlement(entitlement.id)).seatsUsed).toBe(1);
  });
});

describe('a refresh', () => {
  it('lengthens the lease before its end and after it', async () => {
    const { entitlement, device, id } = await activated();
    const code = entitlement.activationCode;
    for (const [day, seq] of [
      [20, 2],
      [100, 3],
    ] as const) {
      api.setClock(START + day * DAY);
      const { claims, typ } = await offline.refreshed(device, code, id);
      expect(typ).toBe('latchkey-refresh-v1+jwt');
      expect(claims).toMatchObject({
        activationId: id,
        seq,
        activation: { id, mode: 'offline', leaseExpiry: new Date(START + (day + 30) * DAY).toISOString() },
      });
      expect(claims).not.toHaveProperty('rid');
    }
  });

  it('is refused once somebody else has the seat, and works again when it is free', async () => {
    const { entitlement, device, id } = await activated();
    const code = entitlement.activationCode;
    api.setClock(START + 30 * DAY);
    const { seat } = await calls.takeSeat(code, 'somebody-else');
    expectRefusal(await offline.refresh(code, id), 402, 'seatLimitReached');
    await calls.deactivate(seat);
    expect((await offline.refreshed(device, code, id)).claims.seq).toBe(2);
  });

  it('is refused for a seat that was given back or released', async () => {
    const { entitlement, device, id } = await activated({ seatCount: 2 });
    await offline.send(await device.deactivation(id));
    expectRefusal(await offline.refresh(entitlement.activationCode, id), 404, 'seatReleased');
    const next = await offline.answered(device);
    await calls.manage('DELETE', `/activations/${next.claims.activation.id}`);
    expectRefusal(
      await offline.refresh(entitlement.activationCode, next.claims.activation.id),
      404,
      'seatReleased',
    );
  });

  it('is refused by an entitlement that is not active', async () => {
    const { entitlement, id } = await activated();
    await calls.change(entitlement.id, 'disable');
    expectRefusal(await offline.refresh(entitlement.activationCode, id), 403, 'entitlementDisabled');
    await calls.change(entitlement.id, 'enable');
    api.setClock(START + 366 * DAY);
    expectRefusal(await offline.refresh(entitlement.activationCode, id), 402, 'entitlementExpired');
  });

  it('is for whoever has the code of this very entitlement', async () => {
    const { id } = await activated();
    const other = await newEntitlement();
    expectRefusal(await offline.refresh('ORBIT-AAAA-AAAA-AAAA-AAAA', id), 404, 'activationCodeInvalid');
    expectRefusal(await offline.refresh(other.activationCode, id), 404);
  });

  it('is not for an online activation', async () => {
    const entitlement = await newEntitlement();
    const { seat } = await calls.takeSeat(entitlement.activationCode, 'seat-1');
    expectRefusal(await offline.refresh(entitlement.activationCode, seat.id), 403, 'offlineNotAllowed');
  });

  it('is for the newest keys, or for those that are named', async () => {
    const { activationCode: code } = await newEntitlement();
    const first: Device = await makeDevice({ api, code });
    const second = await makeDevice({ api, code });
    const { claims } = await offline.answered(first);
    await offline.answered(second);
    const { id } = claims.activation;
    expect((await offline.refreshed(second, code, id)).claims.seq).toBe(3);
    const named = await offline.refresh(code, id, first.encrypt.kid);
    expect((await first.open(bodyOf<{ token: string }>(named).token)).claims.seq).toBe(4);
    expectRefusal(await offline.refresh(code, id, first.sign.kid), 422, 'tokenKeyUnknown');
  });
});
