import { describe, expect, it } from 'vitest';
import { activated, folder, withServer } from './engine.ts';
import { machineClock } from './machine-clock.ts';
import type { LicensingApi } from '../../../electron/api/client.ts';
import { CALL_BUDGET } from '../../../electron/license/call-budget.ts';

const { server, install, buy } = withServer();

/** A network on which something happens after the calls, and the calls that were made. */
function network(clock: ReturnType<typeof machineClock>) {
  const calls: string[] = [];
  const events = new Map<string, () => unknown>();
  return {
    calls,
    after: (name: keyof LicensingApi, event: () => unknown) => events.set(name, event),
    slow: (name: keyof LicensingApi, milliseconds: number) =>
      events.set(name, () => clock.pass(milliseconds)),
    api: (api: LicensingApi): LicensingApi =>
      new Proxy(api, {
        get: (target, name: keyof LicensingApi) => {
          const call = target[name] as (...args: readonly unknown[]) => Promise<unknown>;
          return async (...args: readonly unknown[]) => {
            calls.push(name);
            const answer = await call(...args);
            await events.get(name)?.();
            return answer;
          };
        },
      }),
  };
}

function slowInstallation(dataDir = folder()) {
  const clock = machineClock();
  const net = network(clock);
  const options = { ...clock, dataDir, api: net.api };
  return { net, clock, app: install(options), another: () => install({ ...clock, dataDir }) };
}

describe('an operation on a slow network', () => {
  it('does what was wished, and leaves out what would keep the others waiting', async () => {
    const { code, seatsUsed } = await buy();
    const { app, net, another } = slowInstallation();
    net.slow('activate', CALL_BUDGET - 1000);
    expect(await app.activate(code)).toBe('ok');
    expect(net.calls).toEqual(['activate']);
    expect(app.stored().open).toBe(false);
    expect((await app.view()).state).toBe('active');
    expect((await app.view()).activation?.entitlement.offeringName).toBeNull();
    // The next one that has the time brings it.
    expect(await another().pullState()).toBe('ok');
    expect((await app.view()).activation?.entitlement.offeringName).not.toBeNull();
    expect(await seatsUsed()).toBe(1);
  });

  it('makes no further calls once the network is gone', async () => {
    const { code } = await buy();
    const { app, net } = slowInstallation();
    net.after('activate', () => server().setCertificate('newKey'));
    expect(await app.activate(code)).toBe('ok');
    expect(net.calls).toEqual(['activate', 'entitlement']);
    expect(await app.told()).toEqual(['active', 'pinMismatch']);
    expect(app.stored().open).toBe(false);
  });

  it('gives a call up that hangs, so that another window has its turn', async () => {
    const { code, seatsUsed } = await buy();
    const { app, net, another } = slowInstallation();
    await activated(app, code);
    net.calls.splice(0);
    net.slow('refresh', CALL_BUDGET - 7000);
    server().faults.next({ kind: 'delay', milliseconds: 30_000 }, 'getActivation');
    const [first, second] = await Promise.all([app.refresh(), another().pullState()]);
    // The lease is renewed; what was not heard of is repaired by whoever comes next.
    expect([first, second]).toEqual(['ok', 'ok']);
    expect(net.calls).toEqual(['refresh', 'state']);
    expect(app.stored().open).toBe(false);
    expect(await app.told()).toEqual(['active']);
    expect(await seatsUsed()).toBe(1);
  });

  it('keeps no look at the clock waiting for long', async () => {
    const { code } = await buy();
    const { app, net, clock, another } = slowInstallation();
    await activated(app, code);
    net.slow('refresh', CALL_BUDGET - 7000);
    server().faults.next({ kind: 'delay', milliseconds: 30_000 }, 'getActivation');
    const refreshed = app.refresh();
    await expect.poll(() => net.calls.at(-1)).toBe('state');
    clock.pass(60 * 60_000);
    expect(await another().keepTime()).toBe('vaultLockTimeout');
    expect(await refreshed).toBe('ok');
    expect(await another().keepTime()).toBe('ok');
  });
});
