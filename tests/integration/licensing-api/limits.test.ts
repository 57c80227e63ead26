import { describe, expect, it, onTestFinished } from 'vitest';
import { refuse } from '../../licensing-api/answer.ts';
import { codeAttempts } from '../../licensing-api/code-attempts.ts';
import {
  startLicensingApi,
  type LicensingApi,
  type LicensingApiOptions,
} from '../../licensing-api/server.ts';
import type { HttpsAnswer } from '../../support/https-call.ts';
import { DAY, START, caller, expectRefusal } from './caller.ts';
import { headingOf, visitor } from './portal-visitor.ts';

async function limited(options: LicensingApiOptions) {
  const api = await startLicensingApi({ clock: START, ...options });
  onTestFinished(() => api.close());
  return { api, calls: caller(api) };
}

describe('calls in a second', () => {
  it('of one caller are limited, with the time to wait', async () => {
    const { api, calls } = await limited({ limits: { caller: { perSecond: 3 } } });
    const ready = () => calls.call('GET', '/health/ready');
    for (let count = 0; count < 3; count += 1) expect((await ready()).status).toBe(200);
    const refused = await ready();
    expectRefusal(refused, 429, 'rateLimited');
    expect(refused.headers['retry-after']).toBe('1');
    api.setClock(START + 999);
    expectRefusal(await ready(), 429, 'rateLimited');
    api.setClock(START + 1000);
    expect((await ready()).status).toBe(200);
  });

  it('of one tenant do not use up those of another at the same address', async () => {
    const { api, calls } = await limited({ live: true, limits: { caller: { perSecond: 2 } } });
    const keys = (tenantId: string) =>
      calls.call('GET', '/api/v1/keys', { headers: { 'N-TenantId': tenantId } });
    expect((await keys(api.tenantId)).status).toBe(200);
    expect((await keys(api.tenantId)).status).toBe(200);
    expectRefusal(await keys(api.tenantId), 429, 'rateLimited');
    expect((await keys(api.live?.tenantId ?? '')).status).toBe(200);
  });

  it('of one activation do not use up those of another, and a refusal spends no nonce', async () => {
    const { api, calls } = await limited({ limits: { activation: { perSecond: 2 } } });
    const { seat: one } = await calls.takeSeat(api.activationCode, 'one');
    const { seat: two } = await calls.takeSeat(api.activationCode, 'two');
    expect((await calls.refresh(one)).status).toBe(200);
    expect((await calls.refresh(one)).status).toBe(200);
    const refused = await calls.refresh(one);
    expectRefusal(refused, 429, 'rateLimited');
    expect(refused.headers['retry-after']).toBe('1');
    expect((await calls.refresh(two)).status).toBe(200);
    api.setClock(START + 1000);
    expect((await calls.refresh(one)).status).toBe(200);
  });
});

describe('visits of the portal', () => {
  it('count among the calls of their address, and are told so on a page', async () => {
    const { api, calls } = await limited({ limits: { caller: { perSecond: 2 } } });
    const browser = visitor(api);
    expect((await browser.get('/portal')).status).toBe(200);
    expect((await calls.call('GET', '/health/ready')).status).toBe(200);
    const refused = await browser.get('/portal');
    expect([refused.status, refused.headers['retry-after']]).toEqual([429, '1']);
    expect(headingOf(refused)).toBe('Too many attempts');
    api.setClock(START + 1000);
    expect((await browser.get('/portal')).status).toBe(200);
  });
});

describe('calls at once', () => {
  /** Makes two calls of which the server holds the one that comes first until the other is answered. */
  async function together(api: LicensingApi, operation: string, call: () => Promise<HttpsAnswer>) {
    const { promise, resolve } = Promise.withResolvers<void>();
    api.faults.next({ kind: 'hold', until: promise }, operation);
    const both = [call(), call()];
    const first = await Promise.race(both);
    resolve();
    const [one, two] = await Promise.all(both);
    return { first, last: one === first ? two : one };
  }

  it('of one caller are limited, and pass again when the first is answered', async () => {
    const { api, calls } = await limited({ limits: { caller: { concurrent: 1 } } });
    const ready = () => calls.call('GET', '/health/ready');
    const { first, last } = await together(api, 'getReadiness', ready);
    expectRefusal(first, 429, 'rateLimited');
    expect(first.headers['retry-after']).toBe('1');
    expect(last?.status).toBe(200);
    expect((await ready()).status).toBe(200);
  });

  it('are not limited where nobody asks for it', async () => {
    const { api, calls } = await limited({});
    const { first, last } = await together(api, 'getReadiness', () => calls.call('GET', '/health/ready'));
    expect([first.status, last?.status]).toEqual([200, 200]);
  });

  it('of one activation are limited, and not those of another', async () => {
    const { api, calls } = await limited({ limits: { activation: { concurrent: 1 } } });
    const { seat: one } = await calls.takeSeat(api.activationCode, 'one');
    const { seat: two } = await calls.takeSeat(api.activationCode, 'two');
    const { promise, resolve } = Promise.withResolvers<void>();
    api.faults.next({ kind: 'hold', until: promise }, 'refreshActivation');
    const both = [calls.refresh({ ...one }), calls.refresh({ ...one })];
    expectRefusal(await Promise.race(both), 429, 'rateLimited');
    expect((await calls.refresh(two)).status).toBe(200);
    resolve();
    const statuses = (await Promise.all(both)).map((it) => it.status);
    expect(statuses).toEqual(expect.arrayContaining([200, 429]));
  });
});

describe('wrong activation codes', () => {
  const wrong = () => Promise.resolve(refuse('activationCodeInvalid', 'wrong'));
  const right = () => Promise.resolve(null);
  const attempts = () => codeAttempts({ requests: 2, perMilliseconds: DAY }, () => START);
  const REFUSED = { kind: 'refused', refusal: { status: 429 } };

  it('are counted for their address, whatever the codes', async () => {
    const { guard } = attempts();
    await guard('a', 'ONE', wrong, (it) => it);
    await guard('a', 'TWO', wrong, (it) => it);
    expect(await guard('a', 'THREE', right, (it) => it)).toMatchObject(REFUSED);
    expect(await guard('b', 'THREE', right, (it) => it)).toBeNull();
  });

  it('are counted for the code, wherever they come from and however it is written', async () => {
    const { guard } = attempts();
    await guard('a', 'one', wrong, (it) => it);
    await guard('b', ' ONE ', wrong, (it) => it);
    expect(await guard('c', 'One', right, (it) => it)).toMatchObject(REFUSED);
    expect(await guard('c', 'TWO', right, (it) => it)).toBeNull();
  });

  it('are counted only if they are wrong', async () => {
    const { guard } = attempts();
    for (let count = 0; count < 5; count += 1) {
      expect(await guard('a', 'ONE', right, (it) => it)).toBeNull();
    }
  });
});
