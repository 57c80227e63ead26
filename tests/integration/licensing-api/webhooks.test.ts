import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import { startLicensingApi } from '../../licensing-api/server.ts';
import { DAY, START, caller, expectRefusal } from './caller.ts';
import { makeDevice } from './offline-device.ts';
import { useWebhooks } from './webhook-bench.ts';
import { macOf, status, webhookCaller } from './webhook-catcher.ts';

const { catcher, server, told, types } = useWebhooks();

const MONTH = { type: 'Day', count: 30 } as const;

describe('events', () => {
  it('tell of activation, refresh and deactivation', async () => {
    const { api, calls } = await told();
    const { seat } = await calls.takeSeat(api.activationCode, 'seat-1', { seatName: 'Desk' });
    await calls.refresh(seat);
    await calls.deactivate(seat);
    await calls.deactivate(seat);
    await api.sendWebhooks();
    expect(catcher().caught.map(({ event }) => [event.type, event.data.isNew ?? event.data.reason])).toEqual([
      ['activation.activated', true],
      ['activation.activated', false],
      ['activation.refreshed', undefined],
      ['activation.deactivated', 'deactivated'],
    ]);
    expect(catcher().caught[1]?.event).toMatchObject({
      id: expect.stringMatching(/^evt_/),
      timestamp: '2026-03-01T09:00:00.000Z',
      tenantId: api.tenantId,
      environment: 'test',
      data: {
        mode: 'online',
        activationId: seat.id,
        productId: api.productId,
        seatId: 'seat-1',
        seatName: 'Desk',
        leaseExpiry: '2026-03-31T09:00:00.000Z',
      },
    });
  });

  it('tell of seats that the vendor releases, one by one or all at once', async () => {
    const { api, calls } = await told();
    const { id, activationCode } = await calls.createEntitlement({ seatCount: 3 });
    const { seat } = await calls.takeSeat(activationCode, 'one');
    await calls.takeSeat(activationCode, 'two');
    await calls.manage('DELETE', `/activations/${seat.id}`);
    await calls.change(id, 'reset');
    await api.sendWebhooks();
    const ended = catcher().caught.filter(({ event }) => event.type === 'activation.deactivated');
    expect(ended.map(({ event }) => [event.data.seatId, event.data.reason])).toEqual([
      ['one', 'released'],
      ['two', 'released'],
    ]);
  });

  it('tell of the offline exchange', async () => {
    const { api, calls, offline } = await told();
    const { activationCode } = await calls.createEntitlement({ offlineLeasePeriod: MONTH });
    const device = await makeDevice({ api, code: activationCode });
    const { claims } = await offline.answered(device);
    await offline.refreshed(device, activationCode, claims.activation.id);
    expectRefusal(await offline.send('no token'), 400, 'tokenMalformed');
    expectRefusal(
      await offline.refresh('ORBIT-AAAA-AAAA-AAAA-AAAA', claims.activation.id),
      404,
      'activationCodeInvalid',
    );
    const online = await calls.createEntitlement();
    const other = await makeDevice({ api, code: online.activationCode });
    expectRefusal(await offline.send(await other.request()), 403, 'offlineNotAllowed');
    await api.sendWebhooks();
    const offlineEvents = catcher().caught.filter(({ event }) => event.data.mode === 'offline');
    expect(
      offlineEvents.map(({ event }) => [event.type, event.data.operation, event.data.errorCode]),
    ).toEqual([
      ['activation.activated', undefined, undefined],
      ['activation.refreshed', undefined, undefined],
      ['activation.denied', undefined, 'tokenMalformed'],
      ['activation.denied', 'refresh', 'activationCodeInvalid'],
      ['activation.denied', 'activate', 'offlineNotAllowed'],
    ]);
    expect(offlineEvents[0]?.event.data.activationId).toBe(claims.activation.id);
  });

  it('tell of refusals with their reason, and of a clone whatever it asks for', async () => {
    const { api, calls, seat } = await told();
    const wrongCode = { type: 'activationCode', code: 'ORBIT-AAAA-AAAA-AAAA-AAAA' } as const;
    await calls.activateWith({ seatId: 'guess', activationCredentials: wrongCode });
    const { id, activationCode } = await calls.createEntitlement();
    const { seat: own } = await calls.takeSeat(activationCode, 'own');
    await calls.change(id, 'disable');
    await calls.refresh(own);
    await calls.state(own);
    await calls.state({ ...seat, nonce: 'the-nonce-of-a-clone' });
    await calls.manage('DELETE', `/activations/${own.id}`);
    await calls.deactivate(own);
    await api.sendWebhooks();
    const denied = catcher().caught.filter(({ event }) => event.type === 'activation.denied');
    expect(denied.map(({ event: { data } }) => [data.operation, data.errorCode, data.seatId])).toEqual([
      ['activate', 'activationCodeInvalid', 'guess'],
      ['refresh', 'entitlementDisabled', 'own'],
      [undefined, 'nonceMismatch', 'seat-1'],
      ['deactivate', 'seatReleased', 'own'],
    ]);
  });

  it('do not tell of malformed calls or of too many', async () => {
    const { api, calls, webhooks } = await server({ limits: { activation: { perSecond: 1 } } });
    await webhooks.create(catcher().url);
    const { seat } = await calls.takeSeat(api.activationCode, 'seat-1');
    expect((await calls.activateWith({ seatId: '' })).status).toBe(422);
    expect((await calls.refresh(seat)).status).toBe(200);
    expect((await calls.refresh(seat)).status).toBe(429);
    await api.sendWebhooks();
    expect(types()).toEqual(['activation.activated', 'activation.refreshed']);
  });

  it('hold no secret', async () => {
    const { api, calls, seat } = await told();
    await calls.refresh(seat);
    await api.sendWebhooks();
    const text = catcher()
      .caught.map((it) => it.body)
      .join('\n');
    expect(text).toContain(seat.id);
    for (const secret of [seat.token, seat.nonce, api.activationCode]) expect(text).not.toContain(secret);
  });

  it('go to whoever asked for their kind, in the environment that they happened in', async () => {
    const { api, calls, webhooks } = await server({ live: true });
    const webhook = await webhooks.create(catcher().url, ['activation.deactivated']);
    expect(webhook.events).toEqual(['activation.deactivated']);
    const { seat } = await calls.takeSeat(api.activationCode, 'seat-1');
    await calls.deactivate(seat);
    if (api.live === null) throw new Error('no live environment');
    const live = caller({ ...api, ...api.live });
    const { seat: liveSeat } = await live.takeSeat(api.live.activationCode, 'seat-1');
    await live.deactivate(liveSeat);
    await api.sendWebhooks();
    expect(catcher().caught.map(({ event }) => [event.type, event.environment])).toEqual([
      ['activation.deactivated', 'test'],
    ]);
  });
});

describe('the box', () => {
  it('outlives the server: what was not delivered comes after the restart, with the same id', async () => {
    const dataDir = await mkdtemp(path.join(tmpdir(), 'licensing-api-webhooks-'));
    onTestFinished(() => rm(dataDir, { recursive: true }));
    const first = await startLicensingApi({ dataDir, clock: START });
    const calls = caller(first);
    const webhook = await webhookCaller(first, calls).create(catcher().url);
    catcher().answerWith(status(503));
    await calls.takeSeat(first.activationCode, 'seat-1');
    await first.sendWebhooks();
    await first.close();
    expect(catcher().caught).toHaveLength(1);
    catcher().answerWith(status(204));
    const second = await startLicensingApi({ dataDir, clock: START + 10_000 });
    await second.sendWebhooks();
    expect(catcher().caught.map((it) => it.event.id)).toEqual([
      catcher().caught[0]?.event.id,
      catcher().caught[0]?.event.id,
    ]);
    // The secret was read again: the signature is right.
    const last = catcher().caught[1];
    expect(last === undefined ? '' : String(last.headers['webhook-signature'])).toContain(
      last === undefined ? '?' : macOf(webhook.secret, last),
    );
    await second.close();
  });

  it('has nothing of what was rolled back', async () => {
    const { api } = await told();
    const { store } = api;
    expect(() =>
      store.transaction(() => {
        store.webhooks.put(
          {
            id: 'evt_AAAAAAAAAAAAAAAAAAAAAA',
            type: 'activation.denied',
            timestamp: new Date(START).toISOString(),
            tenantId: api.tenantId,
            environment: 'test',
            data: { mode: 'online' },
          },
          START,
        );
        throw new Error('the work fails');
      }),
    ).toThrow('the work fails');
    await api.sendWebhooks();
    expect(types()).toEqual(['activation.activated']);
  });
});

describe('endpoints', () => {
  it.each([
    ['http://orbit.example/webhooks', 'http'],
    ['http://10.0.0.1/webhooks', 'http'],
    ['http://127.0.0.1.orbit.example/', 'http'],
    ['ftp://127.0.0.1/', 'ftp'],
    ['https://user:word@orbit.example/', 'a login in it'],
    ['https://orbit.example/#part', 'a fragment'],
    ['orbit.example', 'no address'],
  ])('are not created at %s (%s)', async (url) => {
    const { calls } = await server();
    expectRefusal(await calls.manage('POST', '/webhooks', { json: { url } }), 422);
  });

  it('are created at https, and at http on loopback; unknown kinds of events are refused', async () => {
    const { calls } = await server();
    const create = (json: unknown) => calls.manage('POST', '/webhooks', { json });
    for (const url of ['https://orbit.example/w', 'http://localhost:1/w', 'http://[::1]:1/w']) {
      expect((await create({ url })).status).toBe(201);
    }
    expectRefusal(await create({ url: 'https://orbit.example/w', events: ['all'] }), 422);
    expectRefusal(await create({ url: 'https://orbit.example/w', events: [] }), 422);
  });

  it('are deleted with everything that waits for them', async () => {
    const { api, calls, webhook, seat } = await told();
    catcher().answerWith(status(500));
    await calls.refresh(seat);
    await api.sendWebhooks();
    expect((await calls.manage('DELETE', `/webhooks/${webhook.id}`)).status).toBe(204);
    api.setClock(START + DAY);
    await calls.refresh(seat);
    await api.sendWebhooks();
    expect(catcher().caught).toHaveLength(2);
    expectRefusal(await calls.manage('DELETE', `/webhooks/${webhook.id}`), 404);
    expectRefusal(await calls.manage('GET', `/webhooks/${webhook.id}/deliveries`), 404);
    expectRefusal(await calls.manage('POST', `/webhooks/${webhook.id}/rotate-secret`), 404);
  });

  it('need their scopes', async () => {
    const { calls } = await server();
    const bearer = async (scope: string) => ({
      headers: { Authorization: `Bearer ${await calls.managementToken(scope)}` },
    });
    expect((await calls.manage('GET', '/webhooks', await bearer('webhooks:read'))).status).toBe(200);
    expectRefusal(await calls.manage('GET', '/webhooks', await bearer('entitlements:read')), 403);
    const json = { url: catcher().url };
    expectRefusal(await calls.manage('POST', '/webhooks', { json, ...(await bearer('webhooks:read')) }), 403);
  });
});
