import { beforeAll, describe, expect, it } from 'vitest';
import type { VendorProfile } from '../../../shared/profile.ts';
import { makeDeviceKeys } from '../../../shared/token/keys.ts';
import { systemRandom } from '../../../electron/platform/system.ts';
import { caller } from '../licensing-api/caller.ts';
import { offlineCaller } from '../licensing-api/offline-caller.ts';
import { makeDevice } from '../licensing-api/offline-device.ts';
import { device, OTHER_DEVICE, VIRTUAL } from '../license/engine.ts';
import { activateOffline, withServer, type OfflineInstallation } from './exchange.ts';
import { makeForger, type Changes, type Forger } from './forger.ts';
import { typedCode } from '../../support/typed-secrets.ts';

const { server, install, buy, portal } = withServer();

/** Refused for a reason, and the vault has the same bytes as before. */
async function expectRefused(app: OfflineInstallation, text: string, code: string): Promise<void> {
  const before = app.stored();
  expect(await app.import(text)).toBe(code);
  expect(app.stored()).toEqual(before);
}

describe('a text', () => {
  it('that is no token, too large, or cut is refused, and the whole token still counts', async () => {
    const { code } = await buy();
    const app = install();
    const { armored } = await app.request(code);
    const response = await portal.answer(armored);
    for (const text of ['', 'no token', response.slice(0, -1), response.slice(0, 200), response.slice(1)]) {
      await expectRefused(app, text, 'tokenMalformed');
    }
    await expectRefused(app, ' '.repeat(64 * 1024 + 1), 'tokenTooLarge');
    await expectRefused(app, `${response}${' '.repeat(64 * 1024)}`, 'tokenTooLarge');
    expect(await app.import(response)).toBe('ok');
  });

  it.each<[string, (response: string, request: string) => string]>([
    ['quoted by mail', (text) => text.replaceAll(/^/gm, '> ')],
    ['with Windows line ends and a byte order mark', (text) => `\u{feff}${text.replaceAll('\n', '\r\n')}`],
    ['without line breaks', (text) => text.replaceAll('\n', ' ')],
    ['with smart dashes', (text) => text.replaceAll('-----', '—–—')],
    ['bare', (text) => text.split('\n').slice(2, -2).join('')],
    ['between other text', (text) => `Dear all,\n\n${text}\n-- \nHarbour Works`],
    ['below the request that it answers', (text, request) => `${request}\n\n${text}`],
    [
      'above the request that it answers',
      (text, request) => `${text}\n\n> ${request.replaceAll('\n', '\n> ')}`,
    ],
  ])('that is %s is read all the same', async (_name, change) => {
    const { code } = await buy();
    const app = install();
    const { armored } = await app.request(code);
    const jwe = await portal.answer(armored);
    const lines = jwe.match(/.{1,64}/g) ?? [];
    const label = 'LATCHKEY ACTIVATION RESPONSE-----';
    const response = [`-----BEGIN ${label}`, '', ...lines, `-----END ${label}`, ''].join('\n');
    expect(await app.offline.recognise(change(response, armored))).toEqual({
      ok: true,
      value: { kind: 'activation-response', productId: app.productId },
    });
    expect(await app.import(change(response, armored))).toBe('ok');
  });

  it('that was altered is refused', async () => {
    const { code } = await buy();
    const app = install();
    const response = await portal.answer((await app.request(code)).armored);
    for (const part of [2, 3, 4]) {
      const parts = response.split('.');
      const text = parts[part] ?? '';
      parts[part] = (text.startsWith('A') ? 'B' : 'A') + text.slice(1);
      await expectRefused(app, parts.join('.'), 'tokenMalformed');
    }
    expect(await app.import(response)).toBe('ok');
  });

  it('that the application made itself is refused by its kind, with the kind', async () => {
    const { code } = await buy();
    const app = install();
    const request = await app.request(code);
    await expectRefused(app, request.armored, 'tokenWrongKind');
    expect(await app.whyNot(request.armored)).toEqual({
      code: 'tokenWrongKind',
      facts: { tokenKind: 'activation-request' },
    });
    await activateOffline(app, portal, code);
    const { armored } = await app.leave();
    expect(await app.whyNot(armored)).toEqual({
      code: 'tokenWrongKind',
      facts: { tokenKind: 'deactivation' },
    });
    expect(await app.offline.recognise(armored)).toEqual({
      ok: true,
      value: { kind: 'deactivation', productId: null },
    });
  });
});

describe('a response', () => {
  it('for another device is refused there, and counts here', async () => {
    const { code } = await buy();
    const [app, other] = [install(), install({ fingerprint: device(OTHER_DEVICE) })];
    const response = await portal.answer((await app.request(code)).armored);
    await other.request(code);
    await expectRefused(other, response, 'tokenForOtherDevice');
    expect(await app.import(response)).toBe('ok');
  });

  it('is refused once the seat was taken online, which keeps the receipts', async () => {
    const { code } = await buy();
    const app = install();
    await activateOffline(app, portal, code);
    const receipt = await app.leave();
    const { armored } = await app.request(code);
    const response = await portal.answer(armored);
    expect(await app.activate(code)).toBe('ok');
    expect((await app.view()).offline).toMatchObject({ requests: [], receipts: [{ id: receipt.id }] });
    await expectRefused(app, response, 'tokenForOtherDevice');
    expect(await app.refresh()).toBe('ok');
  });

  it('is applied where the vendor forbids the machine, so that its seat can be given back', async () => {
    const { code, seatsUsed } = await buy();
    const app = install();
    const response = await portal.answer((await app.request(code)).armored);
    const forbidding = install({
      dataDir: app.dataDir,
      fingerprint: device({}, VIRTUAL),
      profile: (profile) => ({
        ...profile,
        fingerprint: { ...profile.fingerprint, virtualMachines: 'forbidden' },
      }),
    });
    expect(await forbidding.tryRequest(code)).toBe('virtualMachineForbidden');
    expect(await forbidding.import(response)).toBe('ok');
    expect(await forbidding.view()).toMatchObject({ state: 'notActivated', actions: ['deactivate'] });
    expect(await portal.take((await forbidding.leave()).armored)).toBe('ok');
    expect(await seatsUsed()).toBe(0);
  });

  it('signed by a key that the profile does not know, or by another of that name, is refused', async () => {
    const { code } = await buy();
    const app = install();
    const response = await portal.answer((await app.request(code)).armored);
    const { sign } = makeDeviceKeys(systemRandom);
    const x = Buffer.from(sign.publicKey).toString('base64url');
    const withKey = (change: { kid?: string; x: string }) => (profile: VendorProfile) => ({
      ...profile,
      serverKeys: profile.serverKeys.map((key) => (key.use === 'sig' ? { ...key, ...change } : key)),
    });
    const unknown = install({ dataDir: app.dataDir, profile: withKey({ kid: sign.kid, x }) });
    await expectRefused(unknown, response, 'tokenKeyUnknown');
    const forged = install({ dataDir: app.dataDir, profile: withKey({ x }) });
    await expectRefused(forged, response, 'tokenSignatureInvalid');
    expect(await app.import(response)).toBe('ok');
  });

  it('is not had from the portal of another vendor', async () => {
    const { code } = await buy();
    const tenantId = `t_${'A'.repeat(22)}`;
    const app = install({ profile: (profile) => ({ ...profile, tenantId }) });
    expect(await portal.take((await app.request(code)).armored)).toBe('tokenForOtherTenant');
  });

  it('reaches its product where another of the vendor can not be read', async () => {
    const { code } = await buy();
    const second = `prod_${'B'.repeat(22)}`;
    const profile = (it: VendorProfile): VendorProfile => ({
      ...it,
      products: [{ productId: second, name: 'Other' }, ...it.products],
    });
    const app = install({ profile });
    expect(await app.offline.makeRequest({ productId: second, code: typedCode(code) })).toMatchObject({
      ok: true,
    });
    const response = await portal.answer((await app.request(code)).armored);
    app.damage(new RegExp(`^${second}`));
    const later = install({ dataDir: app.dataDir, profile });
    expect(await later.offline.recognise(response)).toMatchObject({ value: { productId: later.productId } });
    expect(await later.import(response)).toBe('ok');
  });
});

describe('a portal that signs what it should not', () => {
  let forger: Forger;
  beforeAll(async () => {
    const { code } = await buy();
    const api = server();
    const { claims } = await offlineCaller(api, caller(api)).answered(await makeDevice({ api, code }));
    const { activation, entitlement, licenseFile } = claims;
    forger = makeForger({ activation: { ...activation }, entitlement: { ...entitlement }, licenseFile });
  });
  const CODE = 'ORBIT-AAAA-BBBB-CCCC-DDDD';
  const withRequest = async () => {
    const app = install({ profile: forger.trusted });
    return { app, request: (await app.request(CODE)).armored };
  };

  it('is heard where it does right', async () => {
    const { app, request } = await withRequest();
    const claims = forger.open(request);
    expect(claims).toMatchObject({ activationCode: CODE, seatId: (await app.view()).seatId });
    expect(Object.keys(claims.fingerprint ?? {}).length).toBeGreaterThan(3);
    expect(await app.import(forger.respond(request))).toBe('ok');
    expect(await app.told()).toEqual(['active', 'offlineLease']);
    const { activation } = await app.view();
    expect(await app.import(forger.refresh(request, activation?.id ?? ''))).toBe('ok');
  });

  it.each<[string, Changes, string]>([
    ['another tenant', { claims: { tenantId: 't_other' } }, 'tokenForOtherTenant'],
    ['another product', { claims: { productId: 'prod_other' } }, 'tokenForOtherProduct'],
    ['a state of another product', { activation: { productId: 'prod_other' } }, 'tokenForOtherProduct'],
    ['another request', { claims: { rid: 'A'.repeat(22) } }, 'tokenForOtherDevice'],
    ['another seat', { activation: { seatId: 'elsewhere' } }, 'tokenForOtherDevice'],
    ['an online seat', { activation: { mode: 'online' } }, 'tokenMalformed'],
    ['an activation without features', { activation: { features: null } }, 'tokenMalformed'],
    ['terms without a plan', { entitlement: { plan: 7 } }, 'tokenMalformed'],
    ['a count that does not begin', { claims: { seq: 0 } }, 'tokenMalformed'],
    ['the typ of a refresh', { kind: 'refresh' }, 'tokenMalformed'],
  ])('is refused with a response for %s', async (_name, changes, code) => {
    const { app, request } = await withRequest();
    await expectRefused(app, forger.respond(request, changes), code);
    expect(await app.import(forger.respond(request))).toBe('ok');
  });

  it('is refused with the answer to one request in the envelope of another', async () => {
    const { app, request } = await withRequest();
    const second = (await app.request(CODE)).armored;
    await expectRefused(app, forger.respond(request, { to: second }), 'tokenForOtherDevice');
  });

  it('is refused with a response that has expired, with the instant', async () => {
    const { app, request } = await withRequest();
    const exp = Math.floor(Date.now() / 1000) - 1;
    await expectRefused(app, forger.respond(request, { claims: { exp } }), 'tokenExpired');
    expect(await app.whyNot(forger.respond(request, { claims: { exp } }))).toEqual({
      code: 'tokenExpired',
      facts: { at: exp * 1000 },
    });
    expect(await app.import(forger.respond(request, { claims: { exp: exp + 600 } }))).toBe('ok');
  });

  it('is refused with a signature of somebody else', async () => {
    const { app, request } = await withRequest();
    const signWith = makeDeviceKeys(systemRandom);
    await expectRefused(app, forger.respond(request, { signWith }), 'tokenSignatureInvalid');
  });

  it.each<[string, Changes, string]>([
    ['another tenant', { claims: { tenantId: 't_other' } }, 'tokenForOtherTenant'],
    ['another product', { claims: { productId: 'prod_other' } }, 'tokenForOtherProduct'],
    ['another activation', { claims: { activationId: 'act_other' } }, 'tokenForOtherDevice'],
    ['a state of another activation', { activation: { id: 'act_other' } }, 'tokenForOtherDevice'],
    ['another seat', { activation: { seatId: 'elsewhere' } }, 'tokenForOtherDevice'],
    ['an online seat', { activation: { mode: 'online' } }, 'tokenMalformed'],
    ['the count of the response', { claims: { seq: 1 } }, 'tokenReplayed'],
    ['a count that went back', { claims: { seq: 4 } }, 'tokenStale'],
  ])('is refused with a refresh for %s', async (name, changes, code) => {
    const { app, request } = await withRequest();
    const seq = name === 'a count that went back' ? 5 : 1;
    expect(await app.import(forger.respond(request, { claims: { seq } }))).toBe('ok');
    const { activation } = await app.view();
    const id = activation?.id ?? '';
    await expectRefused(app, forger.refresh(request, id, changes), code);
    expect(await app.import(forger.refresh(request, id, { claims: { seq: 6 } }))).toBe('ok');
  });

  it('is refused with a refresh to a request that has no response yet', async () => {
    const { app, request } = await withRequest();
    await expectRefused(app, forger.refresh(request, 'act_any'), 'tokenForOtherDevice');
  });
});
