import { expect, it, onTestFinished } from 'vitest';
import { startServices } from '../../support/services.ts';
import { DAY, folder, withServer } from './engine.ts';
import { systemClock } from '../../../electron/platform/system.ts';
import { typedCode } from '../../support/typed-secrets.ts';

const { server, buy } = withServer();

const HOUR = DAY / 24;

/** A window on a machine that sleeps: then the local clock goes on and the monotonic one does not. */
async function openWindow(dataDir = folder()) {
  let ahead = 0;
  const services = await startServices({
    profile: server().profile,
    dataDir,
    clock: { now: () => Date.now() + ahead, monotonic: systemClock.monotonic },
  });
  onTestFinished(() => services.close());
  const told: (readonly string[])[] = [];
  services.onChange(({ licenses: [license] }) => {
    told.push([license?.state ?? 'none', ...(license?.reasons ?? []).map(({ code }) => code)]);
  });
  return {
    services,
    dataDir,
    setClock: (milliseconds: number) => {
      ahead = milliseconds;
    },
    /** What the window has been told since it was last asked. */
    news: () => told.splice(0),
    activate: async () => {
      const { code } = await buy({ leasePeriod: { type: 'Day', count: 2 } });
      const { productId } = server();
      expect(await services.license.activate({ productId, code: typedCode(code) })).toMatchObject({
        ok: true,
      });
      told.splice(0);
    },
  };
}

it('a computer that wakes up shows the window at once what the time has done to the license', async () => {
  const window = await openWindow();
  await window.activate();
  await window.services.lookAtClock();
  expect(window.news()).toEqual([]);
  window.setClock(3 * DAY);
  await window.services.lookAtClock();
  expect(window.news().at(-1)).toEqual(expect.arrayContaining(['leaseExpired']));
});

it('a clock that was put back meanwhile is told at once, and told off again when it is right', async () => {
  const window = await openWindow();
  await window.activate();
  window.setClock(-HOUR);
  await window.services.lookAtClock();
  expect(window.news().at(-1)).toEqual(expect.arrayContaining(['leaseExpired', 'clockRolledBack']));
  window.setClock(0);
  await window.services.lookAtClock();
  const last = window.news().at(-1);
  expect(last).toContain('active');
  expect(last).not.toContain('clockRolledBack');
});

it('a night’s sleep is believed and kept: afterwards the clock can not be put back unnoticed', async () => {
  const window = await openWindow();
  await window.activate();
  window.setClock(9 * HOUR);
  await window.services.lookAtClock();
  await window.services.close();
  const next = await openWindow(window.dataDir);
  const { licenses } = await next.services.snapshot();
  expect(licenses[0]?.reasons.map(({ code }) => code)).toContain('clockRolledBack');
  next.setClock(9 * HOUR);
  expect((await next.services.snapshot()).licenses[0]?.state).toBe('active');
});
