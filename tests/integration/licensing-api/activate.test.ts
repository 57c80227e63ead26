import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { ActivateResponse, ApiError } from '../../../shared/licensing-api/generated/types.gen.ts';
import { startLicensingApi, type LicensingApi } from '../../licensing-api/server.ts';
import { START, bodyOf, caller, expectRefusal, type Caller } from './caller.ts';

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

const code = (value: string) => ({ type: 'activationCode', code: value }) as const;

describe('activate', () => {
  it('takes a seat and describes everything about it', async () => {
    const { seat, state, answer } = await calls.takeSeat(api.activationCode, 'laptop', {
      seatName: 'Laptop',
    });
    expect(answer.status).toBe(201);
    expect(state).toMatchObject({
      activationMethod: 'activationCode',
      status: 'active',
      mode: 'online',
      productId: api.productId,
      seatId: 'laptop',
      seatName: 'Laptop',
      editionId: 'professional',
      activated: '2026-03-01T09:00:00.000Z',
      leaseExpiry: '2026-03-31T09:00:00.000Z',
      entitlementStatus: 'active',
      entitlementExpiryDate: '2027-03-01T09:00:00.000Z',
      entitlementGracePeriodExpiry: '2027-03-15T09:00:00.000Z',
    });
    expect(state.features.map((feature) => feature.type)).toEqual(
      expect.arrayContaining(['bool', 'elementPool', 'usageCount']),
    );
    expect(state.attributes.map((attribute) => attribute.type)).toEqual(['number', 'date', 'string']);
    expect(seat.nonce.length).toBeGreaterThan(20);
    await calls.deactivate(seat);
  });

  it('answers a seat that is held with the same activation, a new token and a new nonce', async () => {
    const { activationCode } = await calls.createEntitlement();
    const first = await calls.takeSeat(activationCode, 'same');
    const second = await calls.takeSeat(activationCode, 'same');
    expect([first.answer.status, second.answer.status]).toEqual([201, 200]);
    expect(second.seat.id).toBe(first.seat.id);
    expect(second.seat.token).not.toBe(first.seat.token);
    expect(second.seat.nonce).not.toBe(first.seat.nonce);
    expectRefusal(await calls.refresh(first.seat), 401, 'accessTokenInvalid');
    expect((await calls.refresh(second.seat)).status).toBe(200);
  });

  it('takes a code in lower case and with spaces around, but no other code', async () => {
    const { activationCode } = await calls.createEntitlement();
    const answer = await calls.activateWith({
      activationCredentials: code(`  ${activationCode.toLowerCase()} `),
    });
    expect(answer.status).toBe(201);
    const wrong = await calls.activateWith({ activationCredentials: code('ORBIT-AAAA-AAAA-AAAA-AAAA') });
    expectRefusal(wrong, 404, 'activationCodeInvalid');
    expect(wrong.headers['n-nonce']).toBeUndefined();
  });

  it('refuses another product, another tenant and accounts', async () => {
    expectRefusal(
      await calls.activateWith({ productId: 'prod_AAAAAAAAAAAAAAAAAAAAAA' }),
      422,
      'productMismatch',
    );
    expectRefusal(await calls.activateWith({}, { 'N-TenantId': 't_AAAAAAAAAAAAAAAAAAAAAA' }), 404);
    const password = { type: 'password', username: 'someone@orbit.example', password: 'secret' } as const;
    expectRefusal(await calls.activateWith({ activationCredentials: password }), 401, 'credentialsInvalid');
    const openId = { type: 'openIdToken', token: 'a.b.c' } as const;
    expectRefusal(await calls.activateWith({ activationCredentials: openId }), 401, 'credentialsInvalid');
  });

  it('takes an edition of the entitlement and refuses another', async () => {
    const { seat, state } = await calls.takeSeat(api.activationCode, 'edition', { editionId: 'standard' });
    expect(state.editionId).toBe('standard');
    expect(await calls.entitlement(seat)).toMatchObject({ editionId: 'standard', editionName: 'Standard' });
    await calls.deactivate(seat);
    const wrong = await calls.activateWith({ seatId: 'edition', editionId: 'gold' });
    expectRefusal(wrong, 422);
    expect(bodyOf<ApiError>(wrong).validationErrors?.[0]?.propertyName).toBe('editionId');
  });

  it('says which fields are wrong', async () => {
    const answer = await calls.call('POST', '/api/v1/activate', {
      headers: { 'N-TenantId': 'nobody' },
      json: { productId: 'x', seatId: '', colour: 'red', activationCredentials: code('C') },
    });
    expectRefusal(answer, 422);
    const fields = bodyOf<ApiError>(answer).validationErrors?.map((it) => it.propertyName);
    expect(fields).toEqual(expect.arrayContaining(['N-TenantId', 'productId', 'seatId', 'colour']));
    const missing = await calls.call('POST', '/api/v1/activate', { headers: { 'N-TenantId': api.tenantId } });
    expectRefusal(missing, 422);
  });

  it('refuses what is not JSON, too large or of another type, without repeating it', async () => {
    const send = (type: string, raw: string) =>
      calls.call('POST', '/api/v1/activate', {
        headers: { 'N-TenantId': api.tenantId, 'Content-Type': type },
        raw,
      });
    const broken = await send('application/json', '{"marker-7f3a":');
    expectRefusal(broken, 400);
    expect(broken.text).not.toContain('marker');
    expectRefusal(await send('application/json', `"${'x'.repeat(70_000)}"`), 413);
    expectRefusal(await send('text/xml', '<x/>'), 415);
    expectRefusal(await send('application/json', '{"__proto__":{"admin":true}}'), 422);
  });

  it('says which version of the wire it speaks and echoes the correlation id', async () => {
    const answer = await calls.activateWith(
      { seatId: 'version' },
      { 'N-ApiVersion': '2024-11-07', 'X-Correlation-Id': 'join-the-logs-1' },
    );
    expect(answer.headers).toMatchObject({
      'n-apiversion': '2024-11-07',
      'x-correlation-id': 'join-the-logs-1',
    });
    expectRefusal(await calls.activateWith({}, { 'N-ApiVersion': 'latest' }), 422);
  });
});

describe('seats', () => {
  it('gives three of three seats to fifty machines that ask at once', async () => {
    const { id, activationCode } = await calls.createEntitlement({ seatCount: 3 });
    const answers = await Promise.all(
      Array.from({ length: 50 }, (_, index) =>
        calls.activateWith({ seatId: `machine-${index}`, activationCredentials: code(activationCode) }),
      ),
    );
    expect(answers.filter((answer) => answer.status === 201)).toHaveLength(3);
    for (const answer of answers.filter((it) => it.status !== 201)) {
      expectRefusal(answer, 402, 'seatLimitReached');
    }
    expect((await calls.getEntitlement(id)).seatsUsed).toBe(3);
  });

  it('makes one activation of fifty calls of one machine, and only the last token is good', async () => {
    const { id, activationCode } = await calls.createEntitlement({ seatCount: 3 });
    const answers = await Promise.all(
      Array.from({ length: 50 }, () => calls.activateWith({ activationCredentials: code(activationCode) })),
    );
    expect(answers.filter((answer) => answer.status === 201)).toHaveLength(1);
    expect(answers.filter((answer) => answer.status === 200)).toHaveLength(49);
    expect(new Set(answers.map((answer) => bodyOf<ActivateResponse>(answer).id)).size).toBe(1);
    expect((await calls.getEntitlement(id)).seatsUsed).toBe(1);
    const states = await Promise.all(
      answers.map((answer) =>
        calls.call('GET', '/api/v1/activation', {
          headers: {
            'N-TenantId': api.tenantId,
            'N-Nonce': answer.headers['n-nonce'] ?? '',
            Authorization: `Bearer ${bodyOf<ActivateResponse>(answer).accessToken}`,
          },
        }),
      ),
    );
    expect(states.filter((answer) => answer.status === 200)).toHaveLength(1);
  });
});

describe('fingerprint', () => {
  const digest = (letter: string) => letter.repeat(43);
  const device = { board: digest('a'), disk: digest('b'), mac: digest('c'), machineId: digest('d') };

  it('forgives a swapped disk, and takes the new one as known from then on', async () => {
    const { activationCode } = await calls.createEntitlement();
    await calls.takeSeat(activationCode, 'desk', { fingerprint: device });
    const swapped = { ...device, disk: digest('x') };
    expect((await calls.takeSeat(activationCode, 'desk', { fingerprint: swapped })).answer.status).toBe(200);
    const again = { ...swapped, mac: digest('y') };
    expect((await calls.takeSeat(activationCode, 'desk', { fingerprint: again })).answer.status).toBe(200);
  });

  it('holds the seat against other hardware and against a caller without a fingerprint', async () => {
    const { activationCode } = await calls.createEntitlement({ seatCount: 2 });
    const { seat } = await calls.takeSeat(activationCode, 'desk', { fingerprint: device });
    const clone = { ...device, board: digest('x'), disk: digest('y'), mac: digest('z') };
    const ask = { seatId: 'desk', activationCredentials: code(activationCode) };
    expectRefusal(await calls.activateWith({ ...ask, fingerprint: clone }), 409, 'seatHeldElsewhere');
    expectRefusal(await calls.activateWith(ask), 409, 'seatHeldElsewhere');
    expect((await calls.refresh(seat)).status).toBe(200);
  });
});

describe('Idempotency-Key', () => {
  const key = (value: string) => ({ 'Idempotency-Key': value });

  it('answers a repeat as the first call was answered', async () => {
    const { activationCode } = await calls.createEntitlement();
    const ask = { activationCredentials: code(activationCode) };
    const first = await calls.activateWith(ask, key('key-repeat'));
    const second = await calls.activateWith(ask, key('key-repeat'));
    expect([first.status, second.status]).toEqual([201, 201]);
    expect(bodyOf<ActivateResponse>(second).id).toBe(bodyOf<ActivateResponse>(first).id);
  });

  it('refuses the key with another request', async () => {
    const { activationCode } = await calls.createEntitlement({ seatCount: 2 });
    const ask = { activationCredentials: code(activationCode) };
    await calls.activateWith(ask, key('key-other'));
    expectRefusal(await calls.activateWith({ ...ask, seatId: 'seat-2' }, key('key-other')), 422);
    expect((await calls.activateWith({ ...ask, seatId: 'seat-2' }, key('key-third'))).status).toBe(201);
  });

  it('does not take a seat again that was given back, until the key is forgotten after a day', async () => {
    const { id, activationCode } = await calls.createEntitlement();
    const ask = { activationCredentials: code(activationCode) };
    const first = await calls.activateWith(ask, key('key-stray'));
    const state = bodyOf<ActivateResponse>(first);
    await calls.deactivate({ id: state.id, token: state.accessToken, nonce: 'not-needed' });
    expectRefusal(await calls.activateWith(ask, key('key-stray')), 404, 'seatReleased');
    expect((await calls.getEntitlement(id)).seatsUsed).toBe(0);
    api.setClock(START + 24 * 60 * 60_000);
    expect((await calls.activateWith(ask, key('key-stray'))).status).toBe(201);
  });
});
