import { describe, expect, it, onTestFinished } from 'vitest';
import type { WebhookList } from '../../../shared/licensing-api/generated/types.gen.ts';
import { makeAuthority, makeKeyPem, makeServerCertificate } from '../../licensing-api/tls/certificates.ts';
import { nextAttempt, RETRY_DELAYS_MS } from '../../licensing-api/webhooks/retry.ts';
import { DAY, START, bodyOf, caller, expectRefusal } from './caller.ts';
import { useWebhooks } from './webhook-bench.ts';
import { isSignedBy, macOf, startCatcher, status, webhookCaller } from './webhook-catcher.ts';

const { catcher, server, told, types } = useWebhooks();

const HOUR = 60 * 60_000;

describe('a delivery', () => {
  it('is signed with the secret and the tenant’s published key, over id, time and body', async () => {
    const { webhook, webhooks, calls } = await told();
    const keys = await webhooks.keys();
    const [delivery] = catcher().caught;
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
      const last = catcher().caught.at(-1);
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
    catcher().answerWith(status(500));
    await calls.refresh(seat);
    await api.sendWebhooks();
    const failed = await webhooks.newest(webhook.id);
    expect(failed).toMatchObject({ status: 'pending', attempts: 1, lastStatus: 500, lastProblem: 'status' });
    const wait = Date.parse(failed?.nextAttempt ?? '') - START;
    expect(wait).toBeGreaterThanOrEqual(5000);
    expect(wait).toBeLessThanOrEqual(6000);
    catcher().answerWith(status(204));
    await calls.deactivate(seat);
    await api.sendWebhooks();
    expect(types()).toEqual(['activation.activated', 'activation.refreshed', 'activation.deactivated']);
    api.setClock(START + 6000);
    await api.sendWebhooks();
    const ids = catcher().caught.map((it) => it.event.id);
    expect(ids[3]).toBe(ids[1]);
    const sequences = catcher()
      .caught.slice(0, 3)
      .map((it) => it.event.sequence);
    expect(sequences).toEqual(sequences.toSorted((a, b) => a - b));
    expect(new Set(sequences).size).toBe(3);
    expect(catcher().caught[3]?.headers['webhook-timestamp']).toBe(String(START / 1000 + 6));
    expect((await webhooks.deliveries(webhook.id)).map((it) => it.status)).toEqual([
      'delivered',
      'delivered',
      'delivered',
    ]);
  });

  it('is given up after a day and a half, and sent once more on demand', async () => {
    const { api, calls, webhook, webhooks, seat } = await told();
    catcher().answerWith(status(410));
    await calls.refresh(seat);
    await api.sendWebhooks();
    let now = START;
    for (let attempt = 0; attempt < RETRY_DELAYS_MS.length; attempt += 1) {
      now = Date.parse((await webhooks.newest(webhook.id))?.nextAttempt ?? '');
      api.setClock(now - 1);
      const before = catcher().caught.length;
      await api.sendWebhooks();
      expect(catcher().caught).toHaveLength(before);
      api.setClock(now);
      await api.sendWebhooks();
      expect(catcher().caught).toHaveLength(before + 1);
    }
    expect(now - START).toBeGreaterThan(31 * HOUR);
    const failed = await webhooks.newest(webhook.id);
    expect(failed).toMatchObject({ status: 'failed', attempts: 8 });
    expect(failed?.nextAttempt).toBeUndefined();
    api.setClock(now + 10 * DAY);
    await api.sendWebhooks();
    expect(catcher().caught).toHaveLength(9);
    catcher().answerWith(status(200));
    const retry = `/webhooks/${webhook.id}/deliveries/${failed?.eventId ?? ''}/retry`;
    expect((await calls.manage('POST', retry)).status).toBe(200);
    await api.sendWebhooks();
    expect(await webhooks.newest(webhook.id)).toMatchObject({ status: 'delivered', attempts: 1 });
    expect(catcher().caught.at(-1)?.event.id).toBe(failed?.eventId);
    const unknown = `/webhooks/${webhook.id}/deliveries/evt_AAAAAAAAAAAAAAAAAAAAAA/retry`;
    expectRefusal(await calls.manage('POST', unknown), 404);
  });

  it('follows no redirect', async () => {
    const elsewhere = await startCatcher();
    onTestFinished(() => elsewhere.close());
    const { api, calls, webhook, webhooks, seat } = await told();
    catcher().answerWith(status(307, { Location: elsewhere.url }));
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
    const [stuck, fine] = [await webhooks.create(slow.url), await webhooks.create(catcher().url)];
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

describe('waiting', () => {
  it('grows, is spread over a fifth, and ends', () => {
    expect(nextAttempt([10, 20], 1, 100, 0)).toBe(110);
    expect(nextAttempt([10, 20], 2, 100, 1)).toBe(124);
    expect(nextAttempt([10, 20], 3, 100, 0)).toBeNull();
  });
});
