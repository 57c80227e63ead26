import { mkdtemp, readFile, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { ManagedEntitlementList } from '../../../shared/licensing-api/generated/types.gen.ts';
import { startLicensingApi, type LicensingApi } from '../../licensing-api/server.ts';
import { START, bodyOf, caller, expectRefusal, type Caller } from './caller.ts';

let api: LicensingApi;
/** The same server as somebody sees it who has the test profile, or the live one. */
let test: Caller;
let live: Caller;
let liveApi: LicensingApi;

beforeAll(async () => {
  api = await startLicensingApi({ clock: START, live: true });
  if (api.live === null) throw new Error('no live environment');
  liveApi = { ...api, ...api.live };
  test = caller(api);
  live = caller(liveApi);
});
afterAll(() => api.close());

const bearer = (token: string) => ({ headers: { Authorization: `Bearer ${token}` } });

describe('test and live', () => {
  it('have profiles that say which they are, with keys of their own behind one address and pin', () => {
    expect([api.profile.environment, liveApi.profile.environment]).toEqual(['test', 'live']);
    expect(liveApi.profile.api.url).toBe(api.profile.api.url);
    expect(liveApi.profile.api.pins).toEqual(api.profile.api.pins);
    expect(liveApi.tenantId).not.toBe(api.tenantId);
    expect(liveApi.profile.fingerprint.salt).not.toBe(api.profile.fingerprint.salt);
    const kids = (it: LicensingApi) => it.profile.serverKeys.map((key) => key.kid);
    expect(kids(liveApi).filter((kid) => kids(api).includes(kid))).toEqual([]);
    expect([api.management.clientId, liveApi.management.clientId]).toEqual([
      expect.stringMatching(/^test-/),
      expect.stringMatching(/^live-/),
    ]);
  });

  it('both work', async () => {
    for (const [calls, server] of [
      [test, api],
      [live, liveApi],
    ] as const) {
      const { seat, answer } = await calls.takeSeat(server.activationCode, 'seat-1', {
        productId: server.productId,
      });
      expect(answer.status).toBe(201);
      expect((await calls.refresh(seat)).status).toBe(200);
      expect((await calls.createEntitlement()).productId).toBe(server.productId);
    }
  });
});

describe('a test credential', () => {
  it('knows no live entitlement', async () => {
    const created = await live.createEntitlement();
    const token = await test.managementToken();
    for (const [method, action] of [
      ['GET', ''],
      ['POST', '/disable'],
      ['POST', '/renew'],
      ['POST', '/reset'],
      ['GET', '/activations'],
    ] as const) {
      const url = `/entitlements/${created.id}${action}`;
      expectRefusal(await live.manage(method, url, bearer(token)), 404);
    }
    const seen = bodyOf<ManagedEntitlementList>(await live.manage('GET', '/entitlements', bearer(token)));
    expect(seen.items.map((it) => it.id)).not.toContain(created.id);
    expect((await live.getEntitlement(created.id)).status).toBe('active');
  });

  it('gets no live token, and a live one no test token', async () => {
    const token = (clientId: string, clientSecret: string) =>
      test.tokenCall({
        grant_type: 'client_credentials',
        client_id: clientId,
        client_secret: clientSecret,
      });
    const [mine, theirs] = [api.management, liveApi.management];
    expect((await token(mine.clientId, mine.clientSecret)).status).toBe(200);
    expect((await token(theirs.clientId, theirs.clientSecret)).status).toBe(200);
    expect((await token(theirs.clientId, mine.clientSecret)).status).toBe(401);
    expect((await token(mine.clientId, theirs.clientSecret)).status).toBe(401);
    const basic = Buffer.from(`${theirs.clientId}:${theirs.clientSecret}`).toString('base64');
    const grant = { grant_type: 'client_credentials' };
    expect((await test.tokenCall(grant, { Authorization: `Basic ${basic}` })).status).toBe(200);
  });

  it('is good for its environment only, whatever a token calls itself', async () => {
    const [head, body, signature] = (await test.managementToken()).split('.');
    const claims: unknown = JSON.parse(Buffer.from(body ?? '', 'base64url').toString());
    const changed = { ...(typeof claims === 'object' ? claims : {}), iss: liveApi.tenantId };
    const forged = [head, Buffer.from(JSON.stringify(changed)).toString('base64url'), signature].join('.');
    expectRefusal(await live.manage('GET', '/entitlements', bearer(forged)), 401);
  });
});

describe('an activation code', () => {
  const withCode = (calls: Caller, productId: string, code: string) =>
    calls.activateWith({
      productId,
      seatId: 'visitor',
      activationCredentials: { type: 'activationCode', code },
    });

  it('of test is none in live, and the other way round', async () => {
    expectRefusal(await withCode(live, liveApi.productId, api.activationCode), 404, 'activationCodeInvalid');
    expectRefusal(await withCode(test, api.productId, liveApi.activationCode), 404, 'activationCodeInvalid');
  });
});

describe('an activation', () => {
  it('of test is none in live: its token is not good there', async () => {
    const { seat } = await test.takeSeat(api.activationCode, 'traveller');
    expectRefusal(await live.seatCall({ ...seat }, 'PATCH', '/api/v1/activation'), 401, 'accessTokenInvalid');
    expect((await test.refresh(seat)).status).toBe(200);
  });
});

describe('a server without a live environment', () => {
  it('knows no live tenant', async () => {
    const only = await startLicensingApi({ clock: START });
    expect(only.live).toBeNull();
    const headers = { 'N-TenantId': liveApi.tenantId };
    expectRefusal(await caller(only).call('GET', '/api/v1/keys', { headers }), 404);
    await only.close();
  });
});

describe('a data folder', () => {
  it('keeps them apart, and over a restart', async () => {
    const folder = await mkdtemp(path.join(tmpdir(), 'licensing-api-live-'));
    const first = await startLicensingApi({ dataDir: folder, live: true });
    await first.close();
    const names = [
      'demo-secrets.json',
      'keys.json',
      'keys.secret',
      'licensing-api.sqlite',
      'vendor-profile.json',
    ];
    expect(await readdir(folder)).toEqual(expect.arrayContaining([...names, 'live']));
    expect(await readdir(path.join(folder, 'live'))).toEqual(expect.arrayContaining(names));
    expect(first.live?.profilePath).toBe(path.join(folder, 'live', 'vendor-profile.json'));
    const written: unknown = JSON.parse(await readFile(first.live?.profilePath ?? '', 'utf8'));
    expect(written).toMatchObject({ environment: 'live', tenantId: first.live?.tenantId });
    const second = await startLicensingApi({ dataDir: folder, live: true });
    expect(second.live).toEqual(first.live);
    await second.close();
    await rm(folder, { recursive: true });
  });
});
