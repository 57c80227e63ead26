import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { failure } from '../../../shared/errors.ts';
import { reason } from '../../../shared/license/reasons.ts';
import type { LicenseView } from '../../../shared/license/schemas.ts';
import { err, ok, type Result } from '../../../shared/result.ts';
import { createBackgroundRefresh } from '../../../electron/license/background-refresh.ts';
import { nextCall } from '../../../electron/license/refresh-schedule-policy.ts';
import { SILENT } from '../../../electron/support/log.ts';
import { activation, NOW } from '../shared/sample-license.ts';

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

type License = Parameters<typeof nextCall>[0];

const leased = (length: number, change: Partial<License> = {}): License => ({
  activation: activation({ lastLeaseAt: NOW, leaseExpiry: NOW + length, describedAt: NOW }),
  actions: ['refresh', 'pullState', 'deactivate'],
  lastContactAt: NOW,
  reasons: [],
  ...change,
});

describe('nextCall', () => {
  it.each([
    ['a short lease before its half', leased(2 * HOUR), 0, 0.8 * HOUR],
    ['a short lease, spread', leased(2 * HOUR), 1, 1 * HOUR],
    ['a long lease once a day', leased(365 * DAY), 0, 20 * HOUR],
    ['a long lease once a day, spread', leased(365 * DAY), 1, 28 * HOUR],
  ])('is for %s', (_, license, jitter, after) => {
    expect(nextCall(license, null, jitter)).toEqual({ at: NOW + after, call: 'refresh' });
  });

  it('is once a day for a lease without an end', () => {
    const endless = leased(0, { activation: activation({ leaseExpiry: null, describedAt: NOW }) });
    expect(nextCall(endless, null, 0)).toEqual({ at: NOW + 20 * HOUR, call: 'refresh' });
  });

  it('asks for the state where only that is allowed', () => {
    const license = leased(30 * DAY, { actions: ['pullState', 'deactivate'] });
    expect(nextCall(license, null, 0)?.call).toBe('pullState');
  });

  it.each(['activationInterrupted', 'deactivationInterrupted'] as const)(
    'finishes what was left open instead, at once and then with pauses: %s',
    (code) => {
      const open = [leased(DAY), leased(DAY, { activation: null, actions: ['activateWithCode'] })];
      for (const license of open) {
        const interrupted = { ...license, reasons: [reason(code)] };
        expect(nextCall(interrupted, null, 0)).toEqual({ at: 0, call: 'reconcile' });
        const again = nextCall(interrupted, { failures: 3, lastAt: NOW, notBefore: null }, 0.5);
        expect(again).toEqual({ at: NOW + 4 * MINUTE, call: 'reconcile' });
      }
    },
  );

  it.each([
    ['not activated', leased(DAY, { activation: null })],
    ['activated offline', leased(DAY, { activation: activation({ mode: 'offline' }) })],
    ['not allowed anything', leased(DAY, { actions: ['deactivate'] })],
  ])('is never for a license that is %s', (_, license) => {
    expect(nextCall(license, null, 0)).toBeNull();
  });

  it('waits longer after each failure, up to hours', () => {
    const license = leased(365 * DAY, { lastContactAt: NOW - 2 * DAY });
    const pauses = [1, 2, 3, 4, 8, 20, 1000].map((failures) => {
      const next = nextCall(license, { failures, lastAt: NOW, notBefore: null }, 0.5);
      return ((next?.at ?? 0) - NOW) / MINUTE;
    });
    expect(pauses).toEqual([1, 2, 4, 8, 128, 240, 240]);
  });

  it('does what the server asks for, but not for longer than a day', () => {
    const license = leased(365 * DAY, { lastContactAt: NOW - 2 * DAY });
    const asked = (notBefore: number) => nextCall(license, { failures: 1, lastAt: NOW, notBefore }, 0)?.at;
    expect(asked(NOW + HOUR)).toBe(NOW + HOUR);
    expect(asked(NOW + 900 * DAY)).toBe(NOW + DAY);
  });

  it('leaves room for several attempts before any lease of ten minutes and more ends', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 10 * MINUTE, max: 400 * DAY }),
        fc.double({ min: 0, max: 1, noNaN: true }),
        (length, jitter) => {
          const license = leased(length);
          let at = nextCall(license, null, jitter)?.at ?? Number.POSITIVE_INFINITY;
          for (let failures = 1; failures <= 3; failures += 1) {
            expect(at).toBeLessThan(NOW + length);
            at = nextCall(license, { failures, lastAt: at, notBefore: null }, jitter)?.at ?? 0;
          }
        },
      ),
    );
  });
});

function background(change: { online?: () => boolean; answer?: () => Result<unknown> } = {}) {
  const calls: string[] = [];
  const clock = { now: NOW };
  const license = {
    ...leased(30 * DAY),
    productId: 'p',
    busy: null,
  } as unknown as LicenseView;
  const state = { license };
  const { tick, wakeUp } = createBackgroundRefresh({
    look: () => Promise.resolve({ now: clock.now, licenses: [state.license] }),
    call: (call, productId) => {
      calls.push(`${call} ${productId}`);
      return Promise.resolve(change.answer?.() ?? ok(null));
    },
    isOnline: change.online ?? (() => true),
    random: { bytes: (length) => new Uint8Array(length), uuid: () => '' },
    log: SILENT,
  });
  return { calls, clock, tick, wakeUp, state };
}

describe('the background refresh', () => {
  it('refreshes when it is due, and not before', async () => {
    const { calls, clock, tick } = background();
    await tick();
    expect(calls).toEqual([]);
    clock.now += 20 * HOUR;
    await tick();
    expect(calls).toEqual(['refresh p']);
  });

  it('is quiet without a network, and comes back with it at once', async () => {
    let online = true;
    const { calls, clock, tick } = background({
      online: () => online,
      answer: () => err(failure('serverUnreachable')),
    });
    clock.now += 20 * HOUR;
    for (let count = 0; count < 5; count += 1) await tick();
    expect(calls).toHaveLength(1);
    online = false;
    clock.now += DAY;
    await tick();
    expect(calls).toHaveLength(1);
    online = true;
    await tick();
    expect(calls).toHaveLength(2);
  });

  it('tries anew after a sleep what has failed before it, and not what the server asked to wait for', async () => {
    let problem = failure('serverUnreachable');
    const { calls, clock, tick, wakeUp } = background({ answer: () => err(problem) });
    wakeUp();
    await tick();
    expect(calls).toEqual([]);
    clock.now += 20 * HOUR;
    for (let count = 0; count < 5; count += 1) await tick();
    expect(calls).toHaveLength(1);
    problem = failure('rateLimited', { retryAfterSeconds: 3600 });
    wakeUp();
    await tick();
    expect(calls).toHaveLength(2);
    wakeUp();
    await tick();
    expect(calls).toHaveLength(2);
    clock.now += HOUR;
    await tick();
    expect(calls).toHaveLength(3);
  });

  it('does not count as a failure that somebody else is at it', async () => {
    const { calls, clock, tick } = background({ answer: () => err(failure('busy')) });
    clock.now += 20 * HOUR;
    await tick();
    await tick();
    expect(calls).toHaveLength(2);
  });

  it('keeps out of the way of an operation', async () => {
    const { calls, clock, tick, state } = background();
    clock.now += 20 * HOUR;
    state.license = { ...state.license, busy: 'deactivate' };
    await tick();
    expect(calls).toEqual([]);
  });

  it('waits after a failure as long as the server asks', async () => {
    const { calls, clock, tick } = background({
      answer: () => err(failure('rateLimited', { retryAfterSeconds: 3600 })),
    });
    clock.now += 20 * HOUR;
    await tick();
    clock.now += 59 * MINUTE;
    await tick();
    expect(calls).toHaveLength(1);
    clock.now += MINUTE;
    await tick();
    expect(calls).toHaveLength(2);
  });

  it('is never at work twice', async () => {
    const waiting = Promise.withResolvers<Result<unknown>>();
    const calls: string[] = [];
    const { tick } = createBackgroundRefresh({
      look: () =>
        Promise.resolve({
          now: NOW + 20 * HOUR,
          licenses: [{ ...leased(30 * DAY), productId: 'p', busy: null } as unknown as LicenseView],
        }),
      call: (call) => {
        calls.push(call);
        return waiting.promise;
      },
      isOnline: () => true,
      random: { bytes: (length) => new Uint8Array(length), uuid: () => '' },
      log: SILENT,
    });
    const first = tick();
    await tick();
    waiting.resolve(ok(null));
    await first;
    expect(calls).toHaveLength(1);
  });
});
