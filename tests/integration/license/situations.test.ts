import { describe, expect, it } from 'vitest';
import { CONFIRMED_AFTER } from '../../../electron/license/clock-policy.ts';
import { activated, DAY, device, VIRTUAL, withServer } from './engine.ts';
import { machineClock } from './machine-clock.ts';
import type { VendorProfile } from '../../../shared/profile.ts';

const { server, install, buy } = withServer();

const HOUR = DAY / 24;

const forbidVirtual = (profile: VendorProfile): VendorProfile => ({
  ...profile,
  fingerprint: { ...profile.fingerprint, virtualMachines: 'forbidden' },
});

describe('a virtual machine', () => {
  it('is refused where the profile forbids it, before any call', async () => {
    const { code, seatsUsed } = await buy();
    const app = install({ fingerprint: device({}, VIRTUAL), profile: forbidVirtual });
    expect(await app.activate(code)).toBe('virtualMachineForbidden');
    expect(app.stored()).toEqual({ records: {}, open: false });
    expect(await app.told()).toEqual(['notActivated', 'neverActivated', 'virtualMachineForbidden']);
    expect(await seatsUsed()).toBe(0);
  });

  it('is told and not punished where the profile allows it', async () => {
    const { code } = await buy();
    const app = await activated(install({ fingerprint: device({}, VIRTUAL) }), code);
    expect(await app.told()).toEqual(['active', 'virtualMachineDetected']);
  });

  it('that is forbidden since can not use its seat, but can give it back', async () => {
    const { code, seatsUsed } = await buy();
    const before = await activated(install({ fingerprint: device({}, VIRTUAL) }), code);
    const app = install({
      dataDir: before.dataDir,
      fingerprint: device({}, VIRTUAL),
      profile: forbidVirtual,
    });
    expect(await app.told()).toEqual(['notActivated', 'virtualMachineForbidden']);
    expect((await app.view()).actions).toEqual(['deactivate']);
    expect(await app.refresh()).toBe('notAllowedInState');
    expect(await app.activate(code)).toBe('virtualMachineForbidden');
    expect(await app.deactivate()).toBe('ok');
    expect(await seatsUsed()).toBe(0);
  });
});

describe('a device that changes', () => {
  it('bit by bit keeps its license and says what changed', async () => {
    const { code } = await buy();
    const before = await activated(install(), code);
    const app = install({ dataDir: before.dataDir, fingerprint: device({ disk: 1, mac: 1 }) });
    expect(await app.told()).toEqual(['active', 'deviceDrifted']);
    const drifted = (await app.view()).reasons.find((reason) => reason.code === 'deviceDrifted');
    expect(drifted?.facts?.factors).toEqual(['disk', 'mac']);
    expect(await app.refresh()).toBe('ok');
  });

  it('too much asks for activation again, which takes a seat of its own', async () => {
    const { code, seatsUsed } = await buy();
    const before = await activated(install(), code);
    const app = install({ dataDir: before.dataDir, fingerprint: device({ disk: 1, mac: 1, board: 1 }) });
    expect(await app.told()).toEqual(['notActivated', 'deviceChanged']);
    expect((await app.view()).actions).toContain('activateWithCode');
    expect(await app.refresh()).toBe('vaultKeyUnavailable');
    expect(await app.activate(code)).toBe('ok');
    expect(await app.told()).toEqual(['active']);
    expect(await seatsUsed()).toBe(2);
  });
});

describe('a clock that was put back', () => {
  it('is told, stops the license, and heals as soon as it is right again', async () => {
    const { code } = await buy();
    let offset = 0;
    const app = await activated(install({ clockOffset: () => offset }), code);
    offset = -4 * 60_000;
    expect(await app.told()).toEqual(['active']);
    offset = -2 * HOUR;
    expect(await app.told()).toEqual(['leaseExpired', 'clockRolledBack']);
    offset = 0;
    expect(await app.told()).toEqual(['active']);
  });

  it('does not stretch a lease by being kept back', async () => {
    const { code } = await buy({ leasePeriod: { type: 'Day', count: 2 } });
    const clock = machineClock();
    const app = await activated(install(clock), code);
    clock.set(3 * DAY);
    expect(await app.told()).toEqual(['leaseExpired', 'leaseExpired']);
    expect(await app.keepTime()).toBe('ok');
    clock.pass(CONFIRMED_AFTER);
    expect(await app.keepTime()).toBe('ok');
    const { records } = app.stored();
    expect(await app.keepTime()).toBe('ok');
    expect(app.stored().records).toEqual(records);
    clock.set(0);
    expect(await app.told()).toEqual(['leaseExpired', 'clockRolledBack', 'leaseExpired']);
  });
});

describe('time passing', () => {
  it('ends the lease, says before that it will, and a refresh renews it', async () => {
    const { code, seatsUsed } = await buy({ leasePeriod: { type: 'Day', count: 10 } });
    let offset = 0;
    const app = await activated(install({ clockOffset: () => offset }), code);
    offset = 9 * DAY;
    expect(await app.told()).toEqual(['active', 'leaseEndsSoon']);
    offset = 11 * DAY;
    server().setClock(() => Date.now() + offset);
    expect(await app.told()).toEqual(['leaseExpired', 'leaseExpired']);
    expect((await app.view()).actions).toEqual(['refresh', 'deactivate']);
    expect(await seatsUsed()).toBe(0);
    expect(await app.refresh()).toBe('ok');
    expect((await app.view()).state).toBe('active');
    expect(await seatsUsed()).toBe(1);
  });

  it('lets others have the seat once the lease has ended, and says so', async () => {
    const { code, release } = await buy({ seatCount: 1, leasePeriod: { type: 'Day', count: 10 } });
    let offset = 0;
    const app = await activated(install({ clockOffset: () => offset }), code);
    offset = 11 * DAY;
    server().setClock(() => Date.now() + offset);
    const other = { board: 3, disk: 3, mac: 3, machineId: 3 };
    await activated(install({ fingerprint: device(other), clockOffset: () => offset }), code);
    expect(await app.refresh()).toBe('seatLimitReached');
    expect((await app.view()).state).toBe('leaseExpired');
    expect(app.stored().open).toBe(false);
    await release();
  });

  it('shows the grace period, in which the license works, and its end, after which it does not', async () => {
    const { code } = await buy({
      plan: {
        name: 'Monthly',
        licenseType: 'Subscription',
        licenseStartType: 'EntitlementCreation',
        licenseDuration: { type: 'Day', count: 30 },
      },
      leasePeriod: { type: 'Day', count: 5 },
      gracePeriod: { type: 'Day', count: 10 },
    });
    let offset = 0;
    const app = await activated(install({ clockOffset: () => offset }), code);
    const at = (days: number) => {
      offset = days * DAY;
      server().setClock(() => Date.now() + offset);
      server().setDate(() => Date.now() + offset);
    };
    at(33);
    expect(await app.refresh()).toBe('ok');
    expect(await app.told()).toEqual(['active', 'gracePeriod']);
    expect((await app.view()).activation?.entitlement.status).toBe('gracePeriod');
    at(41);
    expect((await app.told()).slice(0, 2)).toEqual(['entitlementNotActive', 'entitlementExpired']);
    expect(await app.pullState()).toBe('ok');
    expect((await app.view()).activation?.entitlement.status).toBe('expired');
    expect((await app.view()).actions).toEqual(expect.arrayContaining(['pullState', 'deactivate']));
    expect(await app.refresh()).toBe('notAllowedInState');
  });

  it('is made good by a renewal, which pullState sees', async () => {
    const { code, change } = await buy({ gracePeriod: { type: 'None' } });
    let offset = 0;
    const app = await activated(install({ clockOffset: () => offset }), code);
    offset = 400 * DAY;
    server().setClock(() => Date.now() + offset);
    expect(await app.pullState()).toBe('ok');
    expect((await app.view()).state).toBe('entitlementNotActive');
    await change('renew', {});
    expect(await app.pullState()).toBe('ok');
    // The subscription goes on; the lease has to be renewed, which is allowed now.
    expect((await app.view()).state).toBe('leaseExpired');
    expect(await app.refresh()).toBe('ok');
    expect((await app.view()).state).toBe('active');
  });
});
