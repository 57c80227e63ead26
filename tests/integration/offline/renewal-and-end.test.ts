import { describe, expect, it } from 'vitest';
import { DAY, device, OTHER_DEVICE } from '../license/engine.ts';
import { activateOffline, activationId, withServer } from './exchange.ts';

const { server, install, buy, portal } = withServer();

const subscription = (days: number) =>
  ({
    name: 'Short',
    licenseType: 'Subscription',
    licenseStartType: 'EntitlementCreation',
    licenseDuration: { type: 'Day', count: days },
  }) as const;

const inDays = (at: number | null | undefined) => Math.round(((at ?? 0) - Date.now()) / DAY);

describe('a refresh', () => {
  it('moves the lease, once, and an older one is refused', async () => {
    const { code } = await buy();
    let ahead = 0;
    const app = install({ clockOffset: () => ahead });
    await activateOffline(app, portal, code);
    const id = await activationId(app);
    const lease = async () => (await app.view()).activation?.leaseExpiry;
    const before = await lease();
    ahead = 10 * DAY;
    server().setClock(() => Date.now() + ahead);
    const older = await portal.refresh(code, id);
    ahead = 20 * DAY;
    const newer = await portal.refresh(code, id);
    expect(await app.import(newer)).toBe('ok');
    expect(inDays(await lease())).toBe(50);
    expect(await lease()).toBeGreaterThan(before ?? Number.NaN);
    expect(await app.told()).toEqual(['active', 'offlineLease']);
    const stored = app.stored();
    expect(await app.import(newer)).toBe('tokenReplayed');
    expect(await app.import(older)).toBe('tokenStale');
    expect(app.stored()).toEqual(stored);
    expect(await app.import(await portal.refresh(code, id))).toBe('ok');
  });

  it('remembers the device again where its record was lost', async () => {
    const { code } = await buy();
    const app = install();
    expect(await app.import(await portal.answer((await app.request(code)).armored))).toBe('ok');
    app.damage(/^device/);
    const later = install({ dataDir: app.dataDir });
    expect(await later.import(await portal.refresh(code, await activationId(later)))).toBe('ok');
    const changed = install({ dataDir: app.dataDir, fingerprint: device({ mac: 1 }) });
    expect(await changed.told()).toContain('deviceDrifted');
  });

  it('brings news of the entitlement, the end of it too', async () => {
    const { code, change } = await buy({ plan: subscription(20) });
    const app = install();
    await activateOffline(app, portal, code);
    const before = (await app.view()).activation?.leaseExpiry;
    await change('renew');
    expect(await app.import(await portal.refresh(code, await activationId(app)))).toBe('ok');
    const { activation } = await app.view();
    expect(activation?.leaseExpiry).toBeGreaterThan(before ?? Number.NaN);
    expect(inDays(activation?.leaseExpiry)).toBe(30);
  });

  it('after the lease works while the seat is free, and not once somebody else has it', async () => {
    const { code, seatsUsed } = await buy({ seatCount: 1 });
    let ahead = 0;
    const app = install({ clockOffset: () => ahead });
    await activateOffline(app, portal, code);
    const id = await activationId(app);
    ahead = 40 * DAY;
    server().setClock(() => Date.now() + ahead);
    expect((await app.view()).state).toBe('leaseExpired');
    expect(await app.import(await portal.refresh(code, id))).toBe('ok');
    expect(await app.told()).toEqual(['active', 'offlineLease']);

    ahead = 80 * DAY;
    const other = install({ clockOffset: () => ahead, fingerprint: device(OTHER_DEVICE) });
    const { armored } = await other.request(code);
    expect(await other.import(await portal.answer(armored))).toBe('ok');
    expect(await portal.refuseRefresh(code, id)).toBe('seatLimitReached');
    expect((await app.view()).state).toBe('leaseExpired');
    expect(await seatsUsed()).toBe(1);
  });

  it('for another activation is refused', async () => {
    const { code } = await buy();
    const [app, other] = [install(), install()];
    await activateOffline(app, portal, code);
    const token = await portal.refresh(code, await activationId(app));
    expect(await other.import(token)).toBe('tokenForOtherDevice');
    const second = await buy();
    await activateOffline(other, portal, second.code);
    const before = other.stored();
    expect(await other.import(token)).toBe('tokenForOtherDevice');
    expect(other.stored()).toEqual(before);
    expect(await app.import(token)).toBe('ok');
  });

  it('counts to the keys of any request that the portal has answered, whichever response was applied', async () => {
    const { code, seatsUsed } = await buy();
    const app = install();
    const made = [await app.request(code), await app.request(code), await app.request(code)];
    const [, second, third] = await Promise.all(made.map(({ armored }) => portal.answer(armored)));
    expect(await app.import(second ?? '')).toBe('ok');
    // It comes to the newest keys that the portal knows: those of the third request.
    expect(await app.import(await portal.refresh(code, await activationId(app)))).toBe('ok');
    const before = app.stored();
    expect(await app.import(third ?? '')).toBe('tokenForOtherDevice');
    expect(app.stored()).toEqual(before);
    expect(await app.import(await portal.refresh(code, await activationId(app)))).toBe('ok');
    expect(await portal.take((await app.leave()).armored)).toBe('ok');
    expect(await seatsUsed()).toBe(0);
  });

  it('of an activation that was deactivated since is refused', async () => {
    const { code } = await buy();
    const app = install();
    await activateOffline(app, portal, code);
    const token = await portal.refresh(code, await activationId(app));
    await app.leave();
    const before = app.stored();
    expect(await app.import(token)).toBe('tokenForOtherDevice');
    expect(app.stored()).toEqual(before);
  });
});

describe('an offline deactivation', () => {
  it('ends the license at once; the receipt stays until it is cleared, and frees the seat', async () => {
    const { code, seatsUsed } = await buy();
    const app = install();
    const response = await activateOffline(app, portal, code);
    const id = await activationId(app);
    const receipt = await app.leave();
    expect(receipt.kind).toBe('deactivation');
    expect(await app.told()).toEqual(['notActivated', 'deactivated', 'receiptPending']);
    expect((await app.view()).reasons.find((reason) => reason.code === 'deactivated')?.facts?.count).toBe(1);
    expect(await seatsUsed()).toBe(1);

    const later = install({ dataDir: app.dataDir });
    expect((await later.view()).offline.receipts).toMatchObject([{ id: receipt.id, activationId: id }]);
    expect(await later.offline.token(later.productId, receipt.id)).toEqual({ ok: true, value: receipt });
    expect(await later.tryLeave()).toBe('notAllowedInState');
    expect(await later.import(response)).toBe('tokenForOtherDevice');

    expect(await portal.take(receipt.armored)).toBe('ok');
    expect(await seatsUsed()).toBe(0);
    expect(await portal.take(receipt.armored)).toBe('tokenReplayed');

    expect(await later.offline.clearReceipt(later.productId, 'other')).toMatchObject({
      error: { code: 'notAllowedInState' },
    });
    expect(await later.offline.clearReceipt(later.productId, receipt.id)).toEqual({ ok: true, value: null });
    expect(await later.told()).toEqual(['notActivated', 'deactivated']);
    expect(await later.offline.token(later.productId, receipt.id)).toMatchObject({
      error: { code: 'notAllowedInState' },
    });
  });

  it('works after the lease, and with a clock that runs behind', async () => {
    for (const days of [40, -3]) {
      const { code, seatsUsed } = await buy();
      let ahead = 0;
      const app = install({ clockOffset: () => ahead });
      await activateOffline(app, portal, code);
      ahead = days * DAY;
      expect((await app.view()).state).toBe('leaseExpired');
      expect(await portal.take((await app.leave()).armored)).toBe('ok');
      expect(await seatsUsed()).toBe(0);
    }
  });

  it('keeps its receipt through all that comes later, in order with the next', async () => {
    const earlier = await buy();
    const { code, seatsUsed, release } = await buy();
    const app = install();
    const receipts: string[] = [];
    for (const one of [earlier.code, code]) {
      await activateOffline(app, portal, one);
      receipts.unshift((await app.leave()).id);
    }
    const kept = async () => (await app.view()).offline.receipts.map(({ id }) => id);
    expect(await kept()).toEqual(receipts);
    expect(await app.activate(code)).toBe('ok');
    expect(await kept()).toEqual(receipts);
    expect(await app.refresh()).toBe('ok');
    expect(await app.deactivate()).toBe('ok');
    expect(await kept()).toEqual(receipts);
    expect(await app.activate(code)).toBe('ok');
    await release();
    expect(await app.refresh()).toBe('seatReleased');
    expect(await kept()).toEqual(receipts);
    const taken: string[] = [];
    for (const id of receipts) {
      const token = await app.offline.token(app.productId, id);
      taken.push(await portal.take(token.ok ? token.value.armored : ''));
    }
    // The newer one's seat was taken online since, which ended it.
    expect(taken).toEqual(['tokenReplayed', 'ok']);
    expect([await earlier.seatsUsed(), await seatsUsed()]).toEqual([0, 0]);
  });

  it('keeps no receipt that would free the seat again which was taken anew since', async () => {
    const [bought, other] = [await buy(), await buy()];
    const app = install();
    await activateOffline(app, portal, other.code);
    const { id } = await app.leave();
    await activateOffline(app, portal, bought.code);
    await app.leave();
    // The portal has not heard of it, so it goes on with the same activation.
    await activateOffline(app, portal, bought.code);
    expect((await app.view()).offline.receipts).toMatchObject([{ id }]);
    expect(await bought.seatsUsed()).toBe(1);
    expect(await portal.take((await app.leave()).armored)).toBe('ok');
    expect(await bought.seatsUsed()).toBe(0);
  });

  it('is not for a license that was activated online, and the online verbs are not for an offline one', async () => {
    const { code, seatsUsed } = await buy();
    const online = install();
    expect(await online.activate(code)).toBe('ok');
    let before = online.stored();
    expect(await online.tryLeave()).toBe('notAllowedInState');
    expect(online.stored()).toEqual(before);

    const second = await buy();
    const app = install();
    await activateOffline(app, portal, second.code);
    before = app.stored();
    for (const verb of ['refresh', 'pullState', 'deactivate'] as const) {
      expect(await app[verb]()).toBe('notAllowedInState');
      expect(app.stored()).toEqual(before);
    }
    expect(await app.activate(second.code)).toBe('notAllowedInState');
    expect(await app.reconcile()).toBe('ok');
    expect(app.stored()).toEqual(before);
    expect([await seatsUsed(), await second.seatsUsed()]).toEqual([1, 1]);
    expect((await second.seats())[0]?.mode).toBe('offline');
  });
});
