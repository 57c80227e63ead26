import { describe, expect, it } from 'vitest';
import { makeDevice } from '../licensing-api/offline-device.ts';
import { activateOffline, activationId, withServer } from './exchange.ts';

const { server, install, buy, portal } = withServer();

describe('a deactivation that is handed in late', () => {
  it('leaves the seat to the device that has taken it again by a request made after it', async () => {
    const { code, seatsUsed } = await buy();
    const app = install();
    await activateOffline(app, portal, code);
    const late = await app.leave();
    await activateOffline(app, portal, code);
    expect(await portal.take(late.armored)).toBe('ok');
    expect(await seatsUsed()).toBe(1);
    expect(await app.import(await portal.refresh(code, await activationId(app)))).toBe('ok');
    expect(await portal.take((await app.leave()).armored)).toBe('ok');
    expect(await seatsUsed()).toBe(0);
  });

  it('leaves the seat as well while the response is still on its way', async () => {
    const { code, seatsUsed } = await buy();
    const app = install();
    await activateOffline(app, portal, code);
    const late = await app.leave();
    const response = await portal.answer((await app.request(code)).armored);
    expect(await portal.take(late.armored)).toBe('ok');
    expect(await app.import(response)).toBe('ok');
    expect(await app.import(await portal.refresh(code, await activationId(app)))).toBe('ok');
    expect(await seatsUsed()).toBe(1);
  });

  it('frees the seat where the later answer is to a request from before it, which the device has dropped', async () => {
    const { code, seatsUsed } = await buy();
    const app = install();
    const [first, second] = [await app.request(code), await app.request(code)];
    const response = await portal.answer(first.armored);
    await portal.answer(second.armored);
    expect(await app.import(response)).toBe('ok');
    expect(await portal.take((await app.leave()).armored)).toBe('ok');
    expect(await seatsUsed()).toBe(0);
  });

  it('frees the seat where the later request was never answered', async () => {
    const { code, seatsUsed } = await buy();
    const app = install();
    await activateOffline(app, portal, code);
    const late = await app.leave();
    const { armored } = await app.request(code);
    expect(await portal.take(late.armored)).toBe('ok');
    expect(await seatsUsed()).toBe(0);
    expect(await app.import(await portal.answer(armored))).toBe('ok');
    expect(await seatsUsed()).toBe(1);
  });

  it('frees the seat though another device names it in a request of its own', async () => {
    const { code, seatsUsed } = await buy({ seatCount: 2 });
    const app = install();
    await activateOffline(app, portal, code);
    const receipt = await app.leave();
    const other = await makeDevice({ api: server(), code, seatId: 'another-seat' });
    await portal.answer(await other.request({ claims: { deactivations: [receipt.id] } }));
    expect(await seatsUsed()).toBe(2);
    expect(await portal.take(receipt.armored)).toBe('ok');
    expect(await seatsUsed()).toBe(1);
  });
});
