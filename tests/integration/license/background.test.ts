import { describe, expect, it } from 'vitest';
import { startServices } from '../../support/services.ts';
import { DAY, folder, withServer } from './engine.ts';
import { systemClock } from '../../../electron/platform/system.ts';
import { typedCode } from '../../support/typed-secrets.ts';

const { server, buy } = withServer();

/** A window's services that look often whether a refresh is due, on a clock that the test moves. */
async function openWindow(refreshInterval = 20) {
  const ahead = { by: 0 };
  const now = () => Date.now() + ahead.by;
  server().setClock(now);
  const services = await startServices(
    {
      profile: server().profile,
      dataDir: folder(),
      clock: { now, monotonic: () => systemClock.monotonic() + ahead.by },
    },
    { refreshInterval },
  );
  const { productId } = server();
  const license = async () => (await services.snapshot()).licenses[0];
  return { services, ahead, productId, license };
}

describe('a window that is left open', () => {
  it('renews the lease before it ends, without being asked', async () => {
    const { code } = await buy({ leasePeriod: { type: 'Day', count: 30 } });
    const { services, ahead, productId, license } = await openWindow();
    expect(await services.license.activate({ productId, code: typedCode(code) })).toMatchObject({ ok: true });
    const before = (await license())?.activation?.leaseExpiry ?? 0;
    services.keepRefreshed();
    ahead.by = 2 * DAY;
    await expect
      .poll(async () => (await license())?.activation?.leaseExpiry ?? 0, { timeout: 20_000 })
      .toBeGreaterThanOrEqual(before + 2 * DAY - 60_000);
    await services.close();
  });

  it('gives a seat back that somebody wished to give back, where the answer was lost, and takes it not again', async () => {
    const { code, seatsUsed } = await buy();
    const { services, productId, license } = await openWindow();
    expect(await services.license.activate({ productId, code: typedCode(code) })).toMatchObject({ ok: true });
    server().faults.next({ kind: 'cutAfter' }, 'deactivate');
    expect(await services.license.deactivate(productId)).toMatchObject({ ok: false });
    expect((await license())?.state).toBe('active');
    services.keepRefreshed();
    await expect.poll(async () => (await license())?.state, { timeout: 20_000 }).toBe('notActivated');
    expect(await seatsUsed()).toBe(0);
    await services.close();
  });

  it('hears that the vendor has switched the license off, and later on again', async () => {
    const { code, change } = await buy();
    const { services, ahead, productId, license } = await openWindow();
    expect(await services.license.activate({ productId, code: typedCode(code) })).toMatchObject({ ok: true });
    services.keepRefreshed();
    await change('disable');
    ahead.by = 2 * DAY;
    const state = async () => (await license())?.state;
    await expect.poll(state, { timeout: 20_000 }).toBe('entitlementNotActive');
    await change('enable');
    ahead.by = 4 * DAY;
    await expect.poll(state, { timeout: 20_000 }).toBe('active');
    await services.close();
  });

  it('renews at once what has become due while the computer slept, and nothing where no lease is kept up', async () => {
    const { code } = await buy({ leasePeriod: { type: 'Day', count: 30 } });
    const { services, ahead, productId, license } = await openWindow(60 * 60_000);
    expect(await services.license.activate({ productId, code: typedCode(code) })).toMatchObject({ ok: true });
    const lease = async () => (await license())?.activation?.leaseExpiry ?? 0;
    const before = await lease();
    ahead.by = 2 * DAY;
    await services.wakeUp();
    expect(await lease()).toBe(before);
    services.keepRefreshed();
    await services.lookAtClock();
    expect(await lease()).toBe(before);
    await services.wakeUp();
    await expect.poll(lease, { timeout: 20_000 }).toBeGreaterThanOrEqual(before + 2 * DAY - 60_000);
    await services.close();
  });

  it('tells in the diagnosis until when a busy server has asked to wait, and no more once it has answered', async () => {
    const { code } = await buy();
    const { services, productId, license } = await openWindow();
    expect(await services.license.activate({ productId, code: typedCode(code) })).toMatchObject({ ok: true });
    const told = async () => {
      const { checks } = await services.support.diagnose();
      const evidence = checks.find(({ id }) => id === 'lastContact')?.evidence ?? [];
      return evidence.flatMap((piece) => (piece.name === 'notBefore' ? [piece.value] : []));
    };
    expect(await told()).toEqual([]);
    server().faults.next({ kind: 'status', status: 429, retryAfterSeconds: 3600 }, 'refreshActivation');
    expect(await services.license.refresh(productId)).toMatchObject({
      error: { code: 'rateLimited', facts: { retryAfterSeconds: 3600 } },
    });
    const reason = (await license())?.reasons.find(({ code: found }) => found === 'rateLimited');
    const at = reason?.facts?.at ?? 0;
    expect(await told()).toEqual([at + 3_600_000]);
    expect(await services.license.refresh(productId)).toMatchObject({ ok: true });
    expect(await told()).toEqual([]);
    await services.close();
  });
});
