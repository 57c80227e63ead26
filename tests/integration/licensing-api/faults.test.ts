import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { startLicensingApi, type LicensingApi } from '../../licensing-api/server.ts';
import { httpsCall } from '../../support/https-call.ts';
import { START, caller, contractBreach, expectRefusal, type Caller } from './caller.ts';

let api: LicensingApi;
let calls: Caller;

beforeAll(async () => {
  api = await startLicensingApi({ clock: START });
  calls = caller(api);
});
afterEach(() => {
  api.faults.clear();
});
afterAll(() => api.close());

/** A call that the contract is not held against, because it is made to go wrong. */
const ready = () => httpsCall({ url: `${api.url}/health/ready`, ca: api.caPem });

const activate = (code: string) =>
  calls.activateWith({ activationCredentials: { type: 'activationCode', code } });

describe('fault', () => {
  it('hits the next call once, and the one it is meant for', async () => {
    api.faults.next({ kind: 'status', status: 503, retryAfterSeconds: 7 }, 'getReadiness');
    expect((await activate('ORBIT-NONE')).status).toBe(404);
    const hit = await ready();
    expect([hit.status, hit.headers['retry-after']]).toEqual([503, '7']);
    expect((await ready()).status).toBe(200);
  });

  it('cuts the connection before the call has an effect', async () => {
    const { id, activationCode } = await calls.createEntitlement();
    api.faults.next({ kind: 'cutBefore' }, 'activate');
    await expect(activate(activationCode)).rejects.toMatchObject({ code: 'ECONNRESET' });
    expect((await calls.getEntitlement(id)).seatsUsed).toBe(0);
  });

  it('cuts the connection after the call had its effect, and the same seat id repairs it', async () => {
    const { id, activationCode } = await calls.createEntitlement();
    api.faults.next({ kind: 'cutAfter' }, 'activate');
    await expect(activate(activationCode)).rejects.toMatchObject({ code: 'ECONNRESET' });
    expect((await calls.getEntitlement(id)).seatsUsed).toBe(1);
    expect((await activate(activationCode)).status).toBe(200);
  });

  it('cuts the answer in the middle', async () => {
    api.faults.next({ kind: 'truncated' });
    await expect(ready()).rejects.toMatchObject({ code: 'ECONNRESET' });
  });

  it('spoils what the answer holds', async () => {
    api.faults.next({ kind: 'malformedJson' });
    expect((await ready()).body).toBeUndefined();
    api.faults.next({ kind: 'wrongContentType' });
    expect((await ready()).headers['content-type']).toContain('text/html');
    api.faults.next({ kind: 'padded', bytes: 100_000 });
    expect((await ready()).text).toHaveLength(100_000);
    api.faults.next({ kind: 'redirect', location: 'https://elsewhere.example/' });
    expect(await ready()).toMatchObject({ status: 302, headers: { location: 'https://elsewhere.example/' } });
    api.faults.next({ kind: 'delay', milliseconds: 20 });
    expect((await ready()).status).toBe(200);
  });

  it('of the wrong shape is what the contract check of these tests finds', async () => {
    expect(contractBreach('GET', '/health/ready', await ready())).toBeNull();
    api.faults.next({ kind: 'wrongShape' });
    expect(contractBreach('GET', '/health/ready', await ready())).toContain('status');
  });
});

describe('rate limit', () => {
  it('says how long to wait, and lets calls pass after that', async () => {
    const limited = await startLicensingApi({
      clock: START,
      rateLimit: { requests: 3, perMilliseconds: 5000 },
    });
    const limitedCalls = caller(limited);
    const call = () => limitedCalls.call('GET', '/health/ready');
    for (let count = 0; count < 3; count += 1) expect((await call()).status).toBe(200);
    limited.setClock(START + 1500);
    const refused = await call();
    expectRefusal(refused, 429, 'rateLimited');
    expect(refused.headers['retry-after']).toBe('4');
    limited.setClock(START + 5000);
    expect((await call()).status).toBe(200);
    await limited.close();
  });
});
