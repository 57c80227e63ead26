import { describe, expect, it } from 'vitest';
import { fakeKeyring } from '../../support/vault.ts';
import { DAY, device, OTHER_DEVICE } from '../license/engine.ts';
import { activateOffline, activationId, withServer, type OfflineInstallation } from './exchange.ts';

const { server, install, buy, portal } = withServer();

/** An activation over the network on which the server acts, and nobody hears of it. */
async function cutActivation(app: OfflineInstallation, code: string): Promise<void> {
  server().faults.next({ kind: 'cutAfter' }, 'activate');
  expect(await app.activate(code)).toBe('serverUnreachable');
  expect(app.stored().open).toBe(true);
}

/** The next start, with a network. */
const restarted = async (app: OfflineInstallation): Promise<OfflineInstallation> => {
  const later = install({ dataDir: app.dataDir });
  expect(await later.reconcile()).toBe('ok');
  return later;
};

describe('an activation over the network that was cut off', () => {
  it('with the same code is settled by the response to a request that was made after it', async () => {
    const { code, seats } = await buy();
    const app = install();
    await cutActivation(app, code);
    const { armored } = await app.request(code);
    expect(await app.told()).toContain('activationInterrupted');
    expect(await app.import(await portal.answer(armored))).toBe('ok');
    expect(app.stored().open).toBe(false);
    const later = await restarted(app);
    expect((await later.view()).activation?.mode).toBe('offline');
    expect((await seats()).filter((seat) => seat.holdsSeat)).toMatchObject([{ mode: 'offline' }]);
  });

  it('with the same code after the request is finished by the next start: the server knows which one counts', async () => {
    const { code, seats, seatsUsed } = await buy();
    const app = install();
    const response = await portal.answer((await app.request(code)).armored);
    await cutActivation(app, code);
    expect(await app.import(response)).toBe('ok');
    expect((await app.view()).state).toBe('active');
    expect(app.stored().open).toBe(true);
    const later = await restarted(app);
    expect((await later.view()).activation?.mode).toBe('online');
    expect((await seats()).filter((seat) => seat.holdsSeat)).toMatchObject([{ mode: 'online' }]);
    expect(await seatsUsed()).toBe(1);
    expect(await later.refresh()).toBe('ok');
    expect(later.stored().open).toBe(false);
  });

  it('with another code is given back as soon as there is a network, and the offline seat stays', async () => {
    const [first, second] = [await buy(), await buy()];
    const app = install();
    await cutActivation(app, first.code);
    const { armored } = await app.request(second.code);
    expect(await app.import(await portal.answer(armored))).toBe('ok');
    expect(await app.told()).toEqual(['active', 'serverUnreachable', 'offlineLease']);
    expect([await first.seatsUsed(), await second.seatsUsed()]).toEqual([1, 1]);

    server().faults.next({ kind: 'status', status: 429 }, 'activate');
    expect(await install({ dataDir: app.dataDir }).reconcile()).toBe('rateLimited');
    expect(await first.seatsUsed()).toBe(1);
    const later = await restarted(app);
    expect([await first.seatsUsed(), await second.seatsUsed()]).toEqual([0, 1]);
    expect(await later.told()).toEqual(['active', 'offlineLease']);
    expect(later.stored().open).toBe(false);
  });

  it('with another code is not forgotten by deactivating, and the next activation gives it back', async () => {
    const [first, second, third] = [await buy(), await buy(), await buy()];
    const app = install();
    await cutActivation(app, first.code);
    await activateOffline(app, portal, second.code);
    await app.leave();
    expect(await app.activate(third.code)).toBe('ok');
    expect([await first.seatsUsed(), await third.seatsUsed()]).toEqual([0, 1]);
    expect(app.stored().open).toBe(false);
  });

  it('is carried on with when its own code is used again', async () => {
    const [first, second] = [await buy(), await buy()];
    const app = install();
    await cutActivation(app, first.code);
    await activateOffline(app, portal, second.code);
    await app.leave();
    expect(await app.activate(first.code)).toBe('ok');
    expect(await first.seatsUsed()).toBe(1);
    expect(await app.refresh()).toBe('ok');
  });

  it('stays open through refused imports, and through requests that are made and forgotten', async () => {
    const { code, seatsUsed } = await buy();
    const app = install();
    await cutActivation(app, code);
    const { id, armored } = await app.request(code);
    expect(await app.import(armored)).toBe('tokenWrongKind');
    await app.offline.discardRequest(app.productId, id);
    expect(app.stored().open).toBe(true);
    const later = await restarted(app);
    expect((await later.view()).activation?.mode).toBe('online');
    expect(await seatsUsed()).toBe(1);
  });
});

describe('another code beside an offline license whose entitlement is not active', () => {
  /** Offline, and disabled by the vendor as a refresh has told. */
  const disabled = async (app: OfflineInstallation, clock: (days: number) => void) => {
    const bought = await buy({
      plan: {
        name: 'Short',
        licenseType: 'Subscription',
        licenseStartType: 'EntitlementCreation',
        licenseDuration: { type: 'Day', count: 5 },
      },
      gracePeriod: { type: 'None' },
    });
    await activateOffline(app, portal, bought.code);
    clock(6);
    expect((await app.view()).state).toBe('entitlementNotActive');
    return bought;
  };

  it('leaves a receipt, so that the offline seat can be given back', async () => {
    let ahead = 0;
    const app = install({ clockOffset: () => ahead });
    const first = await disabled(app, (days) => {
      ahead = days * DAY;
    });
    server().setClock(() => Date.now() + ahead);
    const second = await buy();
    const id = await activationId(app);
    expect(await app.activate(second.code)).toBe('ok');
    const { activation, offline } = await app.view();
    expect(activation?.mode).toBe('online');
    expect(offline.receipts).toMatchObject([{ activationId: id }]);
    const receipt = await app.offline.token(app.productId, offline.receipts[0]?.id ?? '');
    expect(await portal.take(receipt.ok ? receipt.value.armored : '')).toBe('ok');
    expect([await first.seatsUsed(), await second.seatsUsed()]).toEqual([0, 1]);
    expect(await app.refresh()).toBe('ok');
  });

  it('that is refused changes nothing', async () => {
    let ahead = 0;
    const app = install({ clockOffset: () => ahead });
    await disabled(app, (days) => {
      ahead = days * DAY;
    });
    server().setClock(() => Date.now() + ahead);
    const before = app.stored();
    expect(await app.activate('ORBIT-AAAA-BBBB-CCCC-DDDD')).toBe('activationCodeInvalid');
    expect(app.stored()).toEqual(before);
  });

  it('that was cut off is finished, also where a receipt was cleared or the license ended in between', async () => {
    for (const between of ['clear', 'leave'] as const) {
      let ahead = 0;
      const app = install({ clockOffset: () => ahead });
      const earlier = await buy();
      await activateOffline(app, portal, earlier.code);
      const { id } = await app.leave();
      await disabled(app, (days) => {
        ahead = days * DAY;
      });
      server().setClock(() => Date.now() + ahead);
      const second = await buy();
      await cutActivation(app, second.code);
      if (between === 'clear') await app.offline.clearReceipt(app.productId, id);
      else await app.leave();
      const later = install({ dataDir: app.dataDir, clockOffset: () => ahead });
      expect(await later.reconcile()).toBe('ok');
      expect((await later.view()).activation?.mode).toBe('online');
      expect(await second.seatsUsed()).toBe(1);
      expect((await later.view()).offline.receipts).toHaveLength(between === 'clear' ? 1 : 2);
      expect(later.stored().open).toBe(false);
      server().setClock(Date.now);
    }
  });
});

describe('a vault that can not be opened any more', () => {
  const guarded = async () => {
    const bought = await buy();
    const keyring = fakeKeyring();
    const first = install({ keyring });
    await activateOffline(first, portal, bought.code);
    // The vault moves its key into the keyring with the next processes.
    for (let start = 0; start < 2; start += 1) {
      const app = install({ dataDir: first.dataDir, keyring });
      await app.offline.discardRequest(app.productId, 'none');
    }
    return { ...bought, dataDir: first.dataDir };
  };

  it('is set aside for an offline request, as for an activation', async () => {
    const { code, dataDir, seats } = await guarded();
    const app = install({ dataDir, keyring: Object.assign(fakeKeyring(), { secret: 'another' }) });
    expect((await app.told()).slice(0, 2)).toEqual(['uninitialized', 'vaultUnavailable']);
    expect((await app.view()).actions).toEqual(['activateWithCode', 'makeOfflineRequest']);
    const { armored } = await app.request(code);
    expect(await app.import(await portal.answer(armored))).toBe('ok');
    expect((await app.view()).state).toBe('active');
    expect((await seats()).filter((seat) => seat.holdsSeat)).toHaveLength(1);
  });

  it('is kept for a request that can not be made, and where this process merely has no keyring', async () => {
    const { code, dataDir } = await guarded();
    const keyring = Object.assign(fakeKeyring(), { secret: 'another' });
    const app = install({ dataDir, keyring });
    const before = app.stored();
    expect(await app.tryRequest('12')).toBe('activationCodeMalformed');
    const without = install({ dataDir, keyring, profile: (profile) => ({ ...profile, serverKeys: [] }) });
    expect((await without.view()).actions).toEqual(['activateWithCode']);
    expect(await without.tryRequest(code)).toBe('offlineUnavailable');
    expect(await install({ dataDir }).tryRequest(code)).toBe('vaultKeyUnavailable');
    expect(app.stored()).toEqual(before);
  });

  it('from another machine is set aside, and that machine gets a seat of its own', async () => {
    const { code, seatsUsed } = await buy();
    const app = install();
    await activateOffline(app, portal, code);
    const moved = install({ dataDir: app.dataDir, fingerprint: device(OTHER_DEVICE) });
    expect((await moved.view()).actions).toEqual(['activateWithCode', 'makeOfflineRequest']);
    const { armored } = await moved.request(code);
    expect(await moved.import(await portal.answer(armored))).toBe('ok');
    expect(await seatsUsed()).toBe(2);
  });
});
