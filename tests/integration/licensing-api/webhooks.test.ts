import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { beforeEach, describe, expect, it, onTestFinished } from 'vitest';
import type { WebhookList } from '../../../shared/licensing-api/generated/types.gen.ts';
import { startLicensingApi, type LicensingApiOptions } from '../../licensing-api/server.ts';
import { makeAuthority, makeKeyPem, makeServerCertificate } from '../../licensing-api/tls/certificates.ts';
import { nextAttempt, RETRY_DELAYS_MS } from '../../licensing-api/webhooks/retry.ts';
import { DAY, START, bodyOf, caller, expectRefusal } from './caller.ts';
import { offlineCaller } from './offline-caller.ts';
import { makeDevice } from './offline-device.ts';
import { isSignedBy, macOf, startCatcher, status, webhookCaller, type Catcher } from './webhook-catcher.ts';

let catcher: Catcher;

beforeEach(async () => {
  catcher = await startCatcher();
  return () => catcher.close();
});

const HOUR = 60 * 60_000;
const MONTH = { type: 'Day', count: 30 } as const;

async function server(options: LicensingApiOptions = {}) {
  const api = await startLicensingApi({ clock: START, ...options });
  onTestFinished(() => api.close());
  const calls = caller(api);
  return { api, calls, webhooks: webhookCaller(api, calls), offline: offlineCaller(api, calls) };
}

/** A server with one endpoint, and an activation whose event has been delivered. */
async function told(options: LicensingApiOptions = {}) {
  const it = await server(options);
  const webhook = await it.webhooks.create(catcher.url);
  const { seat } = await it.calls.takeSeat(it.api.activationCode, 'seat-1');
  await it.api.sendWebhooks();
  return { ...it, webhook, seat };
}

const types = () => catcher.caught.map((it) => it.event.type);

describe('events', () => {
  it('tell of activation, refresh and deactivation', async () => {
    const { api, calls } = await told();
    const { seat } = await calls.takeSeat(api.activationCode, 'seat-1', { seatName: 'Desk' });
    await calls.refresh(seat);
    await calls.deactivate(seat);
    await calls.deactivate(seat);
    await api.sendWebhooks();
    expect(catcher.caught.map(({ event }) => [event.type, event.data.isNew ?? event.data.reason])).toEqual([
      ['activation.activated', true],
      ['activation.activated', false],
      ['activation.refreshed', undefined],
      ['activation.deactivated', 'deactivated'],
    ]);
    expect(catcher.caught[1]?.event).toMatchObject({
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
    const ended = catcher.caught.filter(({ event }) => event.type === 'activation.deactivated');
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
    const offlineEvents = catcher.caught.filter(({ event }) => event.data.mode === 'offline');
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
    const denied = catcher.caught.filter(({ event }) => event.type === 'activation.denied');
    expect(denied.map(({ event: { data } }) => [data.operation, data.errorCode, data.seatId])).toEqual([
      ['activate', 'activationCodeInvalid', 'guess'],
      ['refresh', 'entitlementDisabled', 'own'],
      [undefined, 'nonceMismatch', 'seat-1'],
      ['deactivate', 'seatReleased', 'own'],
    ]);
  });

  it('do not tell of malformed calls or of too many', async () => {
    const { api, calls, webhooks } = await server({ limits: { activation: { perSecond: 1 } } });
    await webhooks.create(catcher.url);
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
    const text = catcher.caught.map((it) => it.body).join('\n');
    expect(text).toContain(seat.id);
    for (const secret of [seat.token, seat.nonce, api.activationCode]) expect(text).not.toContain(secret);
  });

  it('go to whoever asked for their kind, in the environment that they happened in', async () => {
    const { api, calls, webhooks } = await server({ live: true });
    const webhook = await webhooks.create(catcher.url, ['activation.deactivated']);
    expect(webhook.events).toEqual(['activation.deactivated']);
    const { seat } = await calls.takeSeat(api.activationCode, 'seat-1');
    await calls.deactivate(seat);
    if (api.live === null) throw new Error('no live environment');
    const live = caller({ ...api, ...api.live });
    const { seat: liveSeat } = await live.takeSeat(api.live.activationCode, 'seat-1');
    await live.deactivate(liveSeat);
    await api.sendWebhooks();
    expect(catcher.caught.map(({ event }) => [event.type, event.environment])).toEqual([
      ['activation.deactivated', 'test'],
    ]);
  });
});

describe('a delivery', () => {
  it('is signed with the secret and the tenant’s published key, over id, time and body', async () => {
    const { webhook, webhooks, calls } = await told();
    const keys = await webhooks.keys();
    const [delivery] = catcher.caught;
    if (delivery === undefined) throw new Error('nothing was delivered');
    expect(delivery.headers).toMatchObject({
      'webhook-id': delivery.event.id,
      'webhook-timestamp': String(START / 1000),
      'webhook-key-id': keys.keys[0]?.kid,
      'content-type': 'application/json; charset=utf-8',
    });
    const [mac, signature, ...rest] = String(delivery.headers['webhook-signature']).split(' ');
    expect(mac).toBe(macOf(webhook.secret, delivery));
    expect(signature).toMatch(/^v1a,/);
    expect(rest).toEqual([]);
    expect(isSignedBy(keys, delivery)).toBe(true);
    const later = { ...delivery.headers, 'webhook-timestamp': String(START / 1000 + 1) };
    const changes = [
      { ...delivery, body: `${delivery.body} ` },
      { ...delivery, headers: later },
    ];
    for (const changed of changes) {
      expect(isSignedBy(keys, changed)).toBe(false);
      expect(macOf(webhook.secret, changed)).not.toBe(mac);
    }
    expect((await calls.manage('GET', '/webhooks')).text).not.toContain(webhook.secret);
  });

  it('has a key that no license is signed with, and another in live', async () => {
    const { api, webhooks } = await server({ live: true });
    const key = (await webhooks.keys()).keys[0]?.x;
    expect(api.profile.serverKeys.map((it) => it.x)).not.toContain(key);
    if (api.live === null) throw new Error('no live environment');
    const liveApi = { ...api, ...api.live };
    expect((await webhookCaller(liveApi, caller(liveApi)).keys()).keys[0]?.x).not.toBe(key);
  });

  it('carries both secrets for a day after a change, then the new one only', async () => {
    const { api, calls, webhook, webhooks, seat } = await told();
    const rotated = bodyOf<typeof webhook>(
      await calls.manage('POST', `/webhooks/${webhook.id}/rotate-secret`),
    );
    expect(rotated.secret).not.toBe(webhook.secret);
    expect(rotated.previousSecretUntil).toBe('2026-03-02T09:00:00.000Z');
    const signatures = async () => {
      await calls.refresh(seat);
      await api.sendWebhooks();
      const last = catcher.caught.at(-1);
      if (last === undefined) throw new Error('nothing was delivered');
      return { found: String(last.headers['webhook-signature']).split(' ').slice(0, -1), last };
    };
    const both = await signatures();
    expect(both.found).toEqual([macOf(rotated.secret, both.last), macOf(webhook.secret, both.last)]);
    api.setClock(START + DAY);
    const one = await signatures();
    expect(one.found).toEqual([macOf(rotated.secret, one.last)]);
    const { items } = bodyOf<WebhookList>(await calls.manage('GET', '/webhooks'));
    expect(items[0]?.previousSecretUntil).toBeUndefined();
    expect((await webhooks.newest(webhook.id))?.status).toBe('delivered');
  });

  it('that fails comes again with the same id, and does not hold up those behind it', async () => {
    const { api, calls, webhook, webhooks, seat } = await told();
    catcher.answerWith(status(500));
    await calls.refresh(seat);
    await api.sendWebhooks();
    const failed = await webhooks.newest(webhook.id);
    expect(failed).toMatchObject({ status: 'pending', attempts: 1, lastStatus: 500, lastProblem: 'status' });
    const wait = Date.parse(failed?.nextAttempt ?? '') - START;
    expect(wait).toBeGreaterThanOrEqual(5000);
    expect(wait).toBeLessThanOrEqual(6000);
    catcher.answerWith(status(204));
    await calls.deactivate(seat);
    await api.sendWebhooks();
    expect(types()).toEqual(['activation.activated', 'activation.refreshed', 'activation.deactivated']);
    api.setClock(START + 6000);
    await api.sendWebhooks();
    const ids = catcher.caught.map((it) => it.event.id);
    expect(ids[3]).toBe(ids[1]);
    const sequences = catcher.caught.slice(0, 3).map((it) => it.event.sequence);
    expect(sequences).toEqual(sequences.toSorted((a, b) => a - b));
    expect(new Set(sequences).size).toBe(3);
    expect(catcher.caught[3]?.headers['webhook-timestamp']).toBe(String(START / 1000 + 6));
    expect((await webhooks.deliveries(webhook.id)).map((it) => it.status)).toEqual([
      'delivered',
      'delivered',
      'delivered',
    ]);
  });

  it('is given up after a day and a half, and sent once more on demand', async () => {
    const { api, calls, webhook, webhooks, seat } = await told();
    catcher.answerWith(status(410));
    await calls.refresh(seat);
    await api.sendWebhooks();
    let now = START;
    for (let attempt = 0; attempt < RETRY_DELAYS_MS.length; attempt += 1) {
      now = Date.parse((await webhooks.newest(webhook.id))?.nextAttempt ?? '');
      api.setClock(now - 1);
      const before = catcher.caught.length;
      await api.sendWebhooks();
      expect(catcher.caught).toHaveLength(before);
      api.setClock(now);
      await api.sendWebhooks();
      expect(catcher.caught).toHaveLength(before + 1);
    }
    expect(now - START).toBeGreaterThan(31 * HOUR);
    const failed = await webhooks.newest(webhook.id);
    expect(failed).toMatchObject({ status: 'failed', attempts: 8 });
    expect(failed?.nextAttempt).toBeUndefined();
    api.setClock(now + 10 * DAY);
    await api.sendWebhooks();
    expect(catcher.caught).toHaveLength(9);
    catcher.answerWith(status(200));
    const retry = `/webhooks/${webhook.id}/deliveries/${failed?.eventId ?? ''}/retry`;
    expect((await calls.manage('POST', retry)).status).toBe(200);
    await api.sendWebhooks();
    expect(await webhooks.newest(webhook.id)).toMatchObject({ status: 'delivered', attempts: 1 });
    expect(catcher.caught.at(-1)?.event.id).toBe(failed?.eventId);
    const unknown = `/webhooks/${webhook.id}/deliveries/evt_AAAAAAAAAAAAAAAAAAAAAA/retry`;
    expectRefusal(await calls.manage('POST', unknown), 404);
  });

  it('follows no redirect', async () => {
    const elsewhere = await startCatcher();
    onTestFinished(() => elsewhere.close());
    const { api, calls, webhook, webhooks, seat } = await told();
    catcher.answerWith(status(307, { Location: elsewhere.url }));
    await calls.refresh(seat);
    await api.sendWebhooks();
    expect(await webhooks.newest(webhook.id)).toMatchObject({ lastStatus: 307, lastProblem: 'redirect' });
    expect(elsewhere.caught).toEqual([]);
  });

  it('waits no longer than it has to, and for one endpoint only', async () => {
    const { api, calls, webhooks } = await server({ webhooks: { timeoutMs: 300 } });
    const slow = await startCatcher();
    onTestFinished(() => slow.close());
    slow.answerWith(() => {});
    const [stuck, fine] = [await webhooks.create(slow.url), await webhooks.create(catcher.url)];
    await calls.takeSeat(api.activationCode, 'seat-1');
    await api.sendWebhooks();
    expect(await webhooks.newest(stuck.id)).toMatchObject({ status: 'pending', lastProblem: 'timeout' });
    expect(await webhooks.newest(fine.id)).toMatchObject({ status: 'delivered' });
  });

  it('goes over HTTPS to whom it is meant for, and to nobody with another certificate', async () => {
    const now = new Date();
    const authority = await makeAuthority('Receiver CA', now);
    const key = await makeKeyPem();
    const cert = await makeServerCertificate({
      authority,
      key,
      names: [{ type: 'ip', value: '127.0.0.1' }],
      notBefore: new Date(now.getTime() - DAY),
      notAfter: new Date(now.getTime() + DAY),
    });
    const secure = await startCatcher({ key, cert });
    onTestFinished(() => secure.close());
    const trusting = await server({ webhooks: { ca: authority.certificate } });
    const good = await trusting.webhooks.create(secure.url);
    await trusting.calls.takeSeat(trusting.api.activationCode, 'seat-1');
    await trusting.api.sendWebhooks();
    expect(await trusting.webhooks.newest(good.id)).toMatchObject({ status: 'delivered' });
    expect(secure.caught).toHaveLength(1);
    const other = await server();
    const bad = await other.webhooks.create(secure.url);
    await other.calls.takeSeat(other.api.activationCode, 'seat-1');
    await other.api.sendWebhooks();
    expect(await other.webhooks.newest(bad.id)).toMatchObject({
      status: 'pending',
      lastProblem: 'certificate',
    });
    expect(secure.caught).toHaveLength(1);
  });
});

describe('the box', () => {
  it('outlives the server: what was not delivered comes after the restart, with the same id', async () => {
    const dataDir = await mkdtemp(path.join(tmpdir(), 'licensing-api-webhooks-'));
    onTestFinished(() => rm(dataDir, { recursive: true }));
    const first = await startLicensingApi({ dataDir, clock: START });
    const calls = caller(first);
    const webhook = await webhookCaller(first, calls).create(catcher.url);
    catcher.answerWith(status(503));
    await calls.takeSeat(first.activationCode, 'seat-1');
    await first.sendWebhooks();
    await first.close();
    expect(catcher.caught).toHaveLength(1);
    catcher.answerWith(status(204));
    const second = await startLicensingApi({ dataDir, clock: START + 10_000 });
    await second.sendWebhooks();
    expect(catcher.caught.map((it) => it.event.id)).toEqual([
      catcher.caught[0]?.event.id,
      catcher.caught[0]?.event.id,
    ]);
    // The secret was read again: the signature is right.
    const last = catcher.caught[1];
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
    catcher.answerWith(status(500));
    await calls.refresh(seat);
    await api.sendWebhooks();
    expect((await calls.manage('DELETE', `/webhooks/${webhook.id}`)).status).toBe(204);
    api.setClock(START + DAY);
    await calls.refresh(seat);
    await api.sendWebhooks();
    expect(catcher.caught).toHaveLength(2);
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
    const json = { url: catcher.url };
    expectRefusal(await calls.manage('POST', '/webhooks', { json, ...(await bearer('webhooks:read')) }), 403);
  });
});

describe('waiting', () => {
  it('grows, is spread over a fifth, and ends', () => {
    expect(nextAttempt([10, 20], 1, 100, 0)).toBe(110);
    expect(nextAttempt([10, 20], 2, 100, 1)).toBe(124);
    expect(nextAttempt([10, 20], 3, 100, 0)).toBeNull();
  });
});
