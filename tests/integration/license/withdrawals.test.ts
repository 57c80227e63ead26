import { describe, expect, it } from 'vitest';
import { activateOffline, withServer } from '../offline/exchange.ts';

const { server, install, buy, portal } = withServer();

/** An activation whose seat is taken and whose answer never came, of a purchase that the vendor has disabled since. */
async function cutOffAndDisabled() {
  const app = install();
  const purchase = await buy();
  server().faults.next({ kind: 'cutAfter' }, 'activate');
  expect(await app.activate(purchase.code)).toBe('serverUnreachable');
  expect(await purchase.seatsUsed()).toBe(1);
  await purchase.change('disable');
  return { app, purchase };
}

describe('an activation whose answer was lost and whose purchase is disabled since', () => {
  it('keeps its seat in mind, and gives it back once the purchase is enabled', async () => {
    const { app, purchase } = await cutOffAndDisabled();
    expect(await app.reconcile()).toBe('entitlementDisabled');
    expect(app.stored().open).toBe(false);
    expect(await app.reconcile()).toBe('ok');
    expect(await purchase.seatsUsed()).toBe(1);
    await purchase.change('enable');
    expect(await app.reconcile()).toBe('ok');
    expect(await purchase.seatsUsed()).toBe(0);
  });

  it('does so beside another purchase that is used in its place', async () => {
    const { app, purchase } = await cutOffAndDisabled();
    const other = await buy();
    expect(await app.activate(other.code)).toBe('ok');
    expect(await app.refresh()).toBe('ok');
    await purchase.change('enable');
    expect(await install({ dataDir: app.dataDir }).reconcile()).toBe('ok');
    expect([await purchase.seatsUsed(), await other.seatsUsed()]).toEqual([0, 1]);
    expect(await app.refresh()).toBe('ok');
  });

  it('does so after the license of the other purchase has ended', async () => {
    const { app, purchase } = await cutOffAndDisabled();
    const other = await buy();
    expect(await app.activate(other.code)).toBe('ok');
    expect(await app.deactivate()).toBe('ok');
    await purchase.change('enable');
    expect(await app.reconcile()).toBe('ok');
    expect([await purchase.seatsUsed(), await other.seatsUsed()]).toEqual([0, 0]);
  });

  it('is not given back where the same purchase is activated again', async () => {
    const { app, purchase } = await cutOffAndDisabled();
    expect(await app.reconcile()).toBe('entitlementDisabled');
    await purchase.change('enable');
    expect(await app.activate(purchase.code)).toBe('ok');
    expect(await app.reconcile()).toBe('ok');
    expect(await app.refresh()).toBe('ok');
    expect(await purchase.seatsUsed()).toBe(1);
  });

  it('is not given back where it is activated offline: that would end the seat that the response gave', async () => {
    const { app, purchase } = await cutOffAndDisabled();
    expect(await app.reconcile()).toBe('entitlementDisabled');
    await purchase.change('enable');
    const { armored } = await app.request(purchase.code);
    const response = await portal.answer(armored);
    // On its way: the seat of the response is the one that would be given back.
    expect(await app.reconcile()).toBe('ok');
    expect(await app.import(response)).toBe('ok');
    expect(await app.reconcile()).toBe('ok');
    expect(await purchase.seatsUsed()).toBe(1);
    expect((await app.view()).activation?.mode).toBe('offline');
  });
});

describe('a purchase that was disabled all along', () => {
  it('is asked for nothing later: the refusal says that no seat was taken', async () => {
    const app = install();
    const purchase = await buy();
    await purchase.change('disable');
    expect(await app.activate(purchase.code)).toBe('entitlementDisabled');
    const other = await buy();
    await activateOffline(app, portal, other.code);
    await purchase.change('enable');
    const before = app.stored();
    expect(await app.reconcile()).toBe('ok');
    expect(app.stored()).toEqual(before);
  });
});
