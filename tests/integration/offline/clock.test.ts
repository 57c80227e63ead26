import { describe, expect, it } from 'vitest';
import { DAY } from '../license/engine.ts';
import { activateOffline, activationId, withServer } from './exchange.ts';

const { server, install, buy, portal } = withServer();

const HOUR = DAY / 24;

/** An installation whose clock is set by hand; the portal's is right. */
function withClock() {
  const clock = { ahead: 0 };
  return { clock, app: install({ clockOffset: () => clock.ahead }) };
}

describe('the clock and what the portal has signed', () => {
  it('a clock behind the instant of the response is told, and right again the license is active', async () => {
    const { code } = await buy();
    const { app, clock } = withClock();
    clock.ahead = -2 * DAY;
    await activateOffline(app, portal, code);
    expect(await app.told()).toEqual(['leaseExpired', 'clockRolledBack', 'offlineLease']);
    clock.ahead = -4 * 60_000;
    expect(await app.told()).toEqual(['active', 'offlineLease']);
    clock.ahead = -6 * 60_000;
    expect((await app.view()).state).toBe('leaseExpired');
    clock.ahead = 0;
    expect(await app.told()).toEqual(['active', 'offlineLease']);
  });

  it('a response lowers the mark of a clock that once ran in a wrong year', async () => {
    const { code } = await buy();
    const { app, clock } = withClock();
    await activateOffline(app, portal, code);
    clock.ahead = 900 * DAY;
    expect(await app.keepTime()).toBe('ok');
    clock.ahead = 0;
    expect(await app.told()).toContain('clockRolledBack');
    expect(await portal.take((await app.leave()).armored)).toBe('ok');
    await activateOffline(app, portal, code);
    expect(await app.told()).toEqual(['active', 'offlineLease', 'receiptPending']);
  });

  it('a refresh never lowers it: the token may be as old as it likes', async () => {
    const { code } = await buy();
    const { app, clock } = withClock();
    await activateOffline(app, portal, code);
    const kept = await portal.refresh(code, await activationId(app));
    clock.ahead = 90 * DAY;
    expect(await app.keepTime()).toBe('ok');
    expect((await app.view()).state).toBe('leaseExpired');
    clock.ahead = 0;
    expect(await app.import(kept)).toBe('ok');
    expect(await app.told()).toContain('clockRolledBack');
    clock.ahead = 90 * DAY;
    expect(await app.told()).toEqual(['leaseExpired', 'leaseExpired', 'offlineLease']);
  });

  it('a refresh raises it, so that its lease can not be stretched by a clock that stays behind', async () => {
    const { code } = await buy();
    const { app } = withClock();
    await activateOffline(app, portal, code);
    server().setClock(() => Date.now() + 20 * DAY);
    expect(await app.import(await portal.refresh(code, await activationId(app)))).toBe('ok');
    const rolledBack = (await app.view()).reasons.find((reason) => reason.code === 'clockRolledBack');
    expect(rolledBack?.facts?.count).toBeGreaterThan((20 * DAY - HOUR) / 60_000);
    expect((await app.view()).state).toBe('leaseExpired');
  });

  it('a clock that is put back to stretch an offline lease is noticed, without any portal', async () => {
    const { code } = await buy();
    const { app, clock } = withClock();
    await activateOffline(app, portal, code);
    clock.ahead = 29 * DAY;
    expect(await app.keepTime()).toBe('ok');
    expect((await app.view()).state).toBe('active');
    clock.ahead = 3 * DAY;
    expect(await app.told()).toContain('clockRolledBack');
    expect((await app.view()).state).toBe('leaseExpired');
  });
});
