import { describe, expect, it } from 'vitest';
import { copyOf, DAY, device, OTHER_DEVICE } from '../license/engine.ts';
import { machineClock } from '../license/machine-clock.ts';
import { activateOffline, withServer } from './exchange.ts';
import { typedCode } from '../../support/typed-secrets.ts';

const { install, buy, buyOnline, portal } = withServer();

const subscription = (days: number) =>
  ({
    name: 'Short',
    licenseType: 'Subscription',
    licenseStartType: 'EntitlementCreation',
    licenseDuration: { type: 'Day', count: days },
  }) as const;

const inDays = (at: number | null | undefined) => Math.round(((at ?? 0) - Date.now()) / DAY);

describe('an offline activation', () => {
  it('takes a seat, with lease, features and terms as the portal has signed them', async () => {
    const { code, seats } = await buy({
      customerName: 'Harbour Works',
      features: [{ key: 'export', type: 'bool' }],
      attributes: [{ key: 'tier', type: 'string', value: 'gold' }],
      leasePeriod: { type: 'Day', count: 2 },
    });
    const app = install();
    expect((await app.view()).actions).toEqual(
      expect.arrayContaining(['makeOfflineRequest', 'importResponse']),
    );
    const { armored, kind } = await app.request(code, { seatName: 'Bridge' });
    expect(kind).toBe('activation-request');
    expect(await app.told()).toEqual(['notActivated', 'neverActivated', 'requestPending']);
    expect(await app.import(await portal.answer(armored))).toBe('ok');

    expect(await app.told()).toEqual(['active', 'offlineLease']);
    const { activation, actions, reasons, offline } = await app.view();
    expect(activation).toMatchObject({
      mode: 'offline',
      seatName: 'Bridge',
      seatId: (await app.view()).seatId,
      entitlement: { customerName: 'Harbour Works', seatsUsed: 1 },
      features: [{ key: 'export', type: 'bool' }],
      attributes: [{ key: 'tier', value: 'gold' }],
    });
    expect(inDays(activation?.leaseExpiry)).toBe(30);
    expect(reasons.find((reason) => reason.code === 'offlineLease')?.facts?.at).toBe(activation?.leaseExpiry);
    expect(actions).toEqual(['importRefresh', 'deactivate', 'exportLicenseFile']);
    expect(offline).toMatchObject({ available: true, requests: [], receipts: [] });
    expect(await seats()).toMatchObject([{ mode: 'offline', holdsSeat: true, seatName: 'Bridge' }]);
  });

  it('ends with the subscription where that is earlier', async () => {
    const { code } = await buy({ plan: subscription(10) });
    const app = install();
    await activateOffline(app, portal, code);
    const { activation } = await app.view();
    expect(inDays(activation?.leaseExpiry)).toBe(10);
    expect(activation?.leaseExpiry).toBe(activation?.entitlement.expiry);
  });

  it('says in time that it ends, and that it has ended', async () => {
    const { code } = await buy();
    const clock = machineClock();
    const app = install(clock);
    await activateOffline(app, portal, code);
    clock.pass(20 * DAY);
    expect(await app.told()).toEqual(['active', 'offlineLease']);
    clock.pass(5 * DAY);
    expect(await app.told()).toEqual(['active', 'leaseEndsSoon', 'offlineLease']);
    clock.pass(6 * DAY);
    expect(await app.told()).toEqual(['leaseExpired', 'leaseExpired', 'offlineLease']);
    expect((await app.view()).actions).toEqual(['importRefresh', 'deactivate']);
  });

  it('survives a restart, and a copy of it on another device is not active', async () => {
    const { code } = await buy();
    const app = install();
    const response = await activateOffline(app, portal, code);
    expect(await install({ dataDir: app.dataDir }).told()).toEqual(['active', 'offlineLease']);
    const copy = install({ dataDir: copyOf(app), fingerprint: device(OTHER_DEVICE) });
    expect((await copy.view()).state).toBe('notActivated');
    expect(await copy.tryLeave()).toBe('vaultKeyUnavailable');
    expect(await copy.import(response)).toBe('vaultKeyUnavailable');
  });

  it('is not for an entitlement that has no offline lease', async () => {
    const { code, seatsUsed } = await buyOnline();
    const app = install();
    const { armored } = await app.request(code);
    expect(await portal.take(armored)).toBe('offlineNotAllowed');
    expect(await seatsUsed()).toBe(0);
    expect(await app.activate(code)).toBe('ok');
  });

  it('can not be asked for with what is no code, an edition that is not there, or while one is there', async () => {
    const { code } = await buy();
    const app = install();
    const { productId } = app;
    expect(await app.tryRequest('12')).toBe('activationCodeMalformed');
    expect(
      await app.offline.makeRequest({ productId, code: typedCode(code), editionId: 'no-such' }),
    ).toMatchObject({
      error: { code: 'editionNotIncluded' },
    });
    expect(await app.offline.makeRequest({ productId: 'prod_x', code: typedCode(code) })).toMatchObject({
      error: { code: 'productUnknown' },
    });
    expect(app.stored()).toEqual({ records: {}, open: false });
    await activateOffline(app, portal, code);
    const before = app.stored();
    expect(await app.tryRequest(code)).toBe('notAllowedInState');
    expect(app.stored()).toEqual(before);
  });

  it('is not offered where the vendor has no keys for it', async () => {
    const { code } = await buy();
    for (const use of ['sig', 'enc'] as const) {
      const app = install({
        profile: (profile) => ({
          ...profile,
          serverKeys: profile.serverKeys.filter((key) => key.use !== use),
        }),
      });
      const { actions, offline } = await app.view();
      expect(offline.available).toBe(false);
      expect(actions).not.toContain('makeOfflineRequest');
      expect(actions).not.toContain('importResponse');
      expect(actions).toContain('activateWithCode');
      expect(await app.tryRequest(code)).toBe('offlineUnavailable');
    }
  });
});

describe('requests', () => {
  it('can be made again and again; the response to any of them counts, and the others are dropped', async () => {
    const { code, seatsUsed } = await buy();
    const app = install();
    const made = [await app.request(code), await app.request(code), await app.request(code)];
    expect(new Set(made.map(({ id }) => id)).size).toBe(3);
    expect((await app.view()).offline.requests.map(({ id }) => id)).toEqual(
      made.map(({ id }) => id).toReversed(),
    );
    const [first, second, third] = await Promise.all(made.map(({ armored }) => portal.answer(armored)));
    expect(await app.import(second ?? '')).toBe('ok');
    expect(await app.told()).toEqual(['active', 'offlineLease']);
    const before = app.stored();
    for (const dropped of [first, third]) expect(await app.import(dropped ?? '')).toBe('tokenForOtherDevice');
    expect(await app.import(second ?? '')).toBe('tokenReplayed');
    expect(app.stored()).toEqual(before);
    expect((await app.view()).offline.requests).toEqual([]);
    expect(await seatsUsed()).toBe(1);
  });

  it('survive a restart, and are exported again as they were', async () => {
    const { code } = await buy();
    const app = install();
    const made = await app.request(code);
    const later = install({ dataDir: app.dataDir });
    expect(await later.offline.token(later.productId, made.id)).toEqual({ ok: true, value: made });
    expect(await later.offline.token(later.productId, 'other')).toMatchObject({
      error: { code: 'notAllowedInState' },
    });
    expect(await later.import(await portal.answer(made.armored))).toBe('ok');
  });

  it('can be forgotten, and then their response is refused; the others stay', async () => {
    const { code } = await buy();
    const app = install();
    const [first, second] = [await app.request(code), await app.request(code)];
    const forgotten = await portal.answer(first.armored);
    expect(await app.offline.discardRequest(app.productId, first.id)).toEqual({ ok: true, value: null });
    expect(await app.offline.discardRequest(app.productId, first.id)).toMatchObject({
      error: { code: 'notAllowedInState' },
    });
    expect(await app.import(forgotten)).toBe('tokenForOtherDevice');
    expect(await app.import(await portal.answer(second.armored))).toBe('ok');
  });

  it('are kept up to fifty; the oldest gives way', async () => {
    const { code } = await buy();
    const app = install();
    const first = await app.request(code);
    const second = await app.request(code);
    for (let count = 2; count < 51; count += 1) await app.request(code);
    expect((await app.view()).offline.requests).toHaveLength(50);
    expect(await app.import(await portal.answer(first.armored))).toBe('tokenForOtherDevice');
    expect(await app.import(await portal.answer(second.armored))).toBe('ok');
  });
});
