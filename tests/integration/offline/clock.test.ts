import { describe, expect, it } from 'vitest';
import { CONFIRMED_AFTER } from '../../../electron/license/clock-policy.ts';
import { caller } from '../licensing-api/caller.ts';
import { offlineCaller } from '../licensing-api/offline-caller.ts';
import { makeDevice } from '../licensing-api/offline-device.ts';
import { DAY } from '../license/engine.ts';
import { machineClock } from '../license/machine-clock.ts';
import { activateOffline, activationId, withServer, type OfflineInstallation } from './exchange.ts';
import { makeForger } from './forger.ts';

const { server, install, buy, portal } = withServer();

const HOUR = DAY / 24;
const YEAR = 365 * DAY;

/** An installation whose clock is set by hand; the portal's is right. */
function withClock() {
  const clock = machineClock();
  return { clock, app: install(clock) };
}

/** Lets a clock that is set wrong go on for so long that it is believed. */
async function believe(app: OfflineInstallation, clock: ReturnType<typeof machineClock>): Promise<void> {
  expect(await app.keepTime()).toBe('ok');
  clock.pass(CONFIRMED_AFTER);
  expect(await app.keepTime()).toBe('ok');
}

describe('the clock and what the portal has signed', () => {
  it('a clock behind the instant of the response is told, and right again the license is active', async () => {
    const { code } = await buy();
    const { app, clock } = withClock();
    clock.set(-2 * DAY);
    await activateOffline(app, portal, code);
    expect(await app.told()).toEqual(['leaseExpired', 'clockRolledBack', 'offlineLease']);
    clock.set(-4 * 60_000);
    expect(await app.told()).toEqual(['active', 'offlineLease']);
    clock.set(-6 * 60_000);
    expect((await app.view()).state).toBe('leaseExpired');
    clock.set(0);
    expect(await app.told()).toEqual(['active', 'offlineLease']);
  });

  it('a refresh never lowers the mark: the token may be as old as it likes', async () => {
    const { code } = await buy();
    const { app, clock } = withClock();
    await activateOffline(app, portal, code);
    const kept = await portal.refresh(code, await activationId(app));
    clock.set(90 * DAY);
    await believe(app, clock);
    expect((await app.view()).state).toBe('leaseExpired');
    clock.set(0);
    expect(await app.import(kept)).toBe('ok');
    expect(await app.told()).toContain('clockRolledBack');
    clock.set(90 * DAY);
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
    clock.set(29 * DAY);
    await believe(app, clock);
    expect((await app.view()).state).toBe('active');
    clock.set(3 * DAY);
    expect(await app.told()).toContain('clockRolledBack');
    expect((await app.view()).state).toBe('leaseExpired');
  });
});

describe('a wrong year on an air-gapped device', () => {
  it('is asked about at once, and leaves no trace if it is corrected then', async () => {
    const { code } = await buy();
    const { app, clock } = withClock();
    await activateOffline(app, portal, code);
    clock.set(73 * YEAR);
    expect(await app.keepTime()).toBe('ok');
    expect((await app.told()).toSorted()).toEqual(
      ['clockAhead', 'entitlementExpired', 'entitlementNotActive', 'leaseExpired', 'offlineLease'].toSorted(),
    );
    const asked = (await app.view()).reasons.find((reason) => reason.code === 'clockAhead');
    expect(asked).toMatchObject({ severity: 'warning', remedy: 'setClock', facts: { count: 73 * 365 } });
    clock.set(0);
    expect(await app.told()).toEqual(['active', 'offlineLease']);
    expect(await app.keepTime()).toBe('ok');
    expect(await app.told()).toEqual(['active', 'offlineLease']);
  });

  it('that was believed is got over by leaving, asking again and the response', async () => {
    const { code } = await buy();
    const { app, clock } = withClock();
    await activateOffline(app, portal, code);
    clock.set(73 * YEAR);
    await believe(app, clock);
    clock.set(0);
    expect(await app.told()).toContain('clockRolledBack');
    expect(await portal.take((await app.leave()).armored)).toBe('ok');
    await activateOffline(app, portal, code);
    expect(await app.told()).toEqual(['active', 'offlineLease', 'receiptPending']);
    // The way is open for good: the next lease comes as always.
    expect(await app.import(await portal.refresh(code, await activationId(app)))).toBe('ok');
    expect(await app.told()).toEqual(['active', 'offlineLease', 'receiptPending']);
  });

  it('is got over although every token was made under it', async () => {
    const { code, seatsUsed } = await buy();
    const { app, clock } = withClock();
    await activateOffline(app, portal, code);
    clock.set(73 * YEAR);
    await believe(app, clock);
    const receipt = await app.leave();
    expect(await portal.take(receipt.armored)).toBe('ok');
    expect(await seatsUsed()).toBe(0);
    const response = await portal.answer((await app.request(code)).armored);
    expect(await app.import(response)).toBe('ok');
    // The response has shown that the clock is not to be believed, so it is asked about anew.
    expect(await app.told()).toContain('clockAhead');
    clock.set(0);
    expect(await app.told()).toEqual(['active', 'offlineLease', 'receiptPending']);
    expect(await seatsUsed()).toBe(1);
  });

  it('does not turn a refresh away from the keys of a request that was made after it', async () => {
    const { code } = await buy();
    const { app, clock } = withClock();
    clock.set(73 * YEAR);
    const early = await app.request(code);
    clock.set(0);
    const late = await app.request(code);
    expect(await app.import(await portal.answer(late.armored))).toBe('ok');
    const first = await portal.refresh(code, await activationId(app));
    expect(await app.import(first)).toBe('ok');
    // Whoever carries the files may hand the first request in as well.
    await portal.answer(early.armored);
    expect(await app.import(await portal.refresh(code, await activationId(app)))).toBe('ok');
    expect(await app.told()).toEqual(['active', 'offlineLease']);
  });

  it('that was believed can not be got over by a hoarded refresh', async () => {
    const { code } = await buy();
    const { app, clock } = withClock();
    await activateOffline(app, portal, code);
    const hoard = [
      await portal.refresh(code, await activationId(app)),
      await portal.refresh(code, await activationId(app)),
    ];
    clock.set(40 * DAY);
    await believe(app, clock);
    clock.set(0);
    for (const token of hoard) {
      expect(await app.import(token)).toBe('ok');
      expect((await app.view()).state).toBe('leaseExpired');
    }
  });
});

describe('a response that expires', () => {
  /** A portal of another make, whose responses are good for ten minutes. */
  async function strictPortal() {
    const { code } = await buy();
    const api = server();
    const { claims } = await offlineCaller(api, caller(api)).answered(await makeDevice({ api, code }));
    const { activation, entitlement, licenseFile } = claims;
    const forger = makeForger({
      activation: { ...activation },
      entitlement: { ...entitlement },
      licenseFile,
    });
    const clock = machineClock();
    const app = install({ ...clock, profile: forger.trusted });
    const respond = (request: string, age = 0) => {
      const iat = Math.floor((Date.now() - age) / 1000);
      return forger.respond(request, { claims: { iat, exp: iat + 600 } });
    };
    return { clock, app, respond };
  }
  const CODE = 'ORBIT-AAAA-BBBB-CCCC-DDDD';

  it('is taken on a device that has believed a wrong year and is right again', async () => {
    const { app, clock, respond } = await strictPortal();
    expect(await app.import(respond((await app.request(CODE)).armored))).toBe('ok');
    clock.set(YEAR);
    await believe(app, clock);
    clock.set(-clock.passed());
    await app.leave();
    const { armored } = await app.request(CODE);
    expect(await app.import(respond(armored, 700_000))).toBe('tokenExpired');
    expect(await app.import(respond(armored))).toBe('ok');
    expect((await app.view()).state).toBe('active');
  });

  it('is not taken by a clock that is put back behind what was signed before', async () => {
    const { app, clock, respond } = await strictPortal();
    expect(await app.import(respond((await app.request(CODE)).armored))).toBe('ok');
    await app.leave();
    const { armored } = await app.request(CODE);
    const old = respond(armored, HOUR);
    clock.set(-HOUR);
    expect(await app.import(old)).toBe('tokenExpired');
    // Without anything signed there is only the clock to go by.
    const fresh = await strictPortal();
    fresh.clock.set(-HOUR);
    const request = (await fresh.app.request(CODE)).armored;
    expect(await fresh.app.import(fresh.respond(request, HOUR))).toBe('ok');
  });
});
