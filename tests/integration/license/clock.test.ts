import { describe, expect, it } from 'vitest';
import { CONFIRMED_AFTER } from '../../../electron/license/clock-policy.ts';
import { activated, DAY, withServer, type Installation } from './engine.ts';
import { machineClock } from './machine-clock.ts';

const { server, install, buy } = withServer();

const HOUR = DAY / 24;
const YEAR = 365 * DAY;

async function licensed(purchase: Parameters<typeof buy>[0] = {}) {
  const { code } = await buy(purchase);
  const clock = machineClock();
  return { clock, code, app: await activated(install(clock), code) };
}

/** The same installation after a restart of the application. */
const restarted = ({ dataDir }: Installation, clock: ReturnType<typeof machineClock>) =>
  install({ dataDir, ...clock });

describe('a clock that is set wrong for a moment', () => {
  it('ends a lease that is over by it, and locks nobody out who corrects it', async () => {
    const { clock, app } = await licensed();
    clock.set(YEAR);
    expect((await app.view()).state).not.toBe('active');
    expect(await app.keepTime()).toBe('ok');
    const again = restarted(app, clock);
    expect((await again.view()).state).not.toBe('active');
    clock.set(0);
    expect(await again.told()).toEqual(['active']);
    expect(await again.keepTime()).toBe('ok');
    expect(await again.told()).toEqual(['active']);
  });

  it.each(['in one run', 'over a restart'])(
    'is believed after a while, %s, and then only the server undoes it',
    async (how) => {
      const { clock, app } = await licensed();
      clock.set(YEAR);
      expect(await app.keepTime()).toBe('ok');
      clock.pass(CONFIRMED_AFTER);
      const later = how === 'in one run' ? app : restarted(app, clock);
      expect(await later.keepTime()).toBe('ok');
      clock.set(0);
      expect(await later.told()).toContain('clockRolledBack');
      server().setDate(() => Date.now() + clock.passed());
      expect(await later.refresh()).toBe('ok');
      expect(await later.told()).toEqual(['active']);
      // Another process sees it as well.
      expect(await restarted(app, clock).told()).toEqual(['active']);
    },
  );

  it('is contradicted by the server, and told as long as it lasts', async () => {
    const { clock, app } = await licensed();
    clock.set(2 * DAY);
    expect(await app.pullState()).toBe('ok');
    expect(await app.told()).toEqual(['active', 'clockAhead']);
    clock.pass(2 * CONFIRMED_AFTER);
    expect(await app.keepTime()).toBe('ok');
    expect(await app.told()).toEqual(['active', 'clockAhead']);
    clock.set(0);
    expect(await app.told()).toEqual(['active']);
  });

  it('is not suspected where the server says that it is right', async () => {
    const { clock, app } = await licensed();
    clock.set(20 * DAY);
    server().setClock(() => Date.now() + 20 * DAY);
    server().setDate(() => Date.now() + 20 * DAY);
    expect(await app.pullState()).toBe('ok');
    expect(await app.told()).toEqual(['active']);
    clock.set(0);
    expect(await app.told()).toContain('clockRolledBack');
  });

  it('is asked about after weeks only if the server can not be reached', async () => {
    const { clock, app } = await licensed();
    clock.set(15 * DAY);
    expect(await app.keepTime()).toBe('ok');
    expect(await app.told()).not.toContain('clockAhead');
    await server().setCertificate('newKey');
    expect(await app.pullState()).toBe('pinMismatch');
    expect(await app.told()).toContain('clockAhead');
  });
});

describe('a clock that is put back while the application runs', () => {
  it('is noticed at once, by as much as it was put back', async () => {
    const { clock, app } = await licensed();
    expect(await app.told()).toEqual(['active']);
    clock.pass(9 * 60_000);
    expect(await app.told()).toEqual(['active']);
    clock.set(-6 * 60_000);
    expect(await app.told()).toEqual(['leaseExpired', 'clockRolledBack']);
    clock.set(0);
    expect(await app.told()).toEqual(['active']);
  });

  it('again and again stretches no lease in one run', async () => {
    const { clock, app } = await licensed({ leasePeriod: { type: 'Hour', count: 3 } });
    for (let hour = 1; hour <= 3; hour += 1) {
      clock.pass(HOUR);
      clock.set(-hour * HOUR);
      expect(await app.keepTime()).toBe('ok');
      expect((await app.view()).state).toBe('leaseExpired');
    }
    clock.set(0);
    expect(await app.told()).toEqual(['leaseExpired', 'leaseExpired']);
    expect(await restarted(app, machineClock()).told()).toContain('clockRolledBack');
  });
});

describe('a clock that is far behind at the first activation', () => {
  it('is named where the certificate of the server is not valid yet by it', async () => {
    const { code } = await buy();
    const app = install();
    await server().setCertificate('notYetValid');
    expect(await app.activate(code)).toBe('certificateNotYetValid');
    expect(await app.told()).toEqual(['notActivated', 'neverActivated', 'clockBehind']);
    await server().setCertificate('valid');
    expect(await app.activate(code)).toBe('ok');
    expect(await app.told()).toEqual(['active']);
  });

  it('stops the license from then on where it gets through, until it is right', async () => {
    const { code } = await buy();
    const clock = machineClock();
    clock.set(-20 * YEAR);
    const app = await activated(install(clock), code);
    expect(await app.told()).toEqual(['leaseExpired', 'clockRolledBack']);
    clock.set(0);
    expect(await app.told()).toEqual(['active']);
  });
});
