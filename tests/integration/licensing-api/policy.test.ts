import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { sameDevice } from '../../licensing-api/policy/fingerprint.ts';
import { entitlementStatus, renewedExpiry } from '../../licensing-api/policy/entitlement.ts';
import { leaseExpiry } from '../../licensing-api/policy/lease.ts';
import { NEVER, addPeriod, periodAround } from '../../licensing-api/policy/period.ts';
import { countRequest, type RateWindow } from '../../licensing-api/policy/rate-limit.ts';
import { hasSeatFor } from '../../licensing-api/policy/seats.ts';
import { newActivationCode } from '../../licensing-api/secrets.ts';
import { START } from './caller.ts';

const at = (iso: string) => Date.parse(iso);
const instant = fc.integer({ min: at('2020-01-01T00:00:00Z'), max: at('2060-01-01T00:00:00Z') });
const period = fc.record({
  type: fc.constantFrom('Minute', 'Hour', 'Day', 'Week', 'Month', 'Year'),
  count: fc.integer({ min: 1, max: 400 }),
});

describe('periods', () => {
  it.each([
    ['2026-01-31T10:00:00.000Z', 'Month', 1, '2026-02-28T10:00:00.000Z'],
    ['2026-01-31T10:00:00.000Z', 'Month', 2, '2026-03-31T10:00:00.000Z'],
    ['2028-02-29T10:00:00.000Z', 'Year', 1, '2029-02-28T10:00:00.000Z'],
    ['2026-11-30T10:00:00.000Z', 'Month', 3, '2027-02-28T10:00:00.000Z'],
    ['2026-03-01T10:00:00.000Z', 'Week', 2, '2026-03-15T10:00:00.000Z'],
    ['2026-03-01T10:00:00.000Z', 'None', 5, '2026-03-01T10:00:00.000Z'],
    ['2026-03-01T10:00:00.000Z', 'Year', 100_000, '9999-12-31T23:59:59.000Z'],
    ['2026-03-01T10:00:00.000Z', 'Year', 999_999_999, '9999-12-31T23:59:59.000Z'],
  ] as const)('%s plus %s %i is %s', (from, type, count, to) => {
    expect(new Date(addPeriod(at(from), { type, count })).toISOString()).toBe(to);
  });

  it('tile time without gap or overlap', () => {
    fc.assert(
      fc.property(instant, period, fc.integer({ min: 0, max: 3e12 }), (anchor, length, later) => {
        const now = Math.min(anchor + later, NEVER - 1);
        const { start, end } = periodAround(anchor, length, now);
        expect(start).toBeLessThanOrEqual(now);
        expect(end).toBeGreaterThan(now);
        if (end < NEVER) expect(periodAround(anchor, length, end).start).toBe(end);
      }),
      { numRuns: 500 },
    );
  });
});

describe('lease', () => {
  it('never outlives the entitlement with its grace, and never ends before now while it is active', () => {
    fc.assert(
      fc.property(instant, period, period, period, instant, (started, lasts, grace, lease, now) => {
        const term = { started, expiry: addPeriod(started, lasts), disabled: false, gracePeriod: grace };
        const end = leaseExpiry(term, lease, now);
        expect(end).toBeLessThanOrEqual(addPeriod(term.expiry, grace));
        const active = ['active', 'gracePeriod'].includes(entitlementStatus(term, now));
        if (active) expect(end).toBeGreaterThan(now);
      }),
    );
  });

  it('a renewal always leads to an end that is later than the old one and makes it active again', () => {
    fc.assert(
      fc.property(instant, period, instant, (started, lasts, now) => {
        fc.pre(now >= started);
        const term = {
          started,
          expiry: addPeriod(started, lasts),
          disabled: false,
          gracePeriod: { type: 'None' },
        } as const;
        const renewed = renewedExpiry(term, lasts, now) ?? 0;
        expect(renewed).toBeGreaterThan(Math.min(term.expiry, NEVER - 1));
        expect(entitlementStatus({ ...term, expiry: renewed }, now)).toBe('active');
      }),
    );
  });
});

describe('seats', () => {
  const held = (id: string) => ({ id, leaseExpiry: START + 1 });
  const ended = (id: string) => ({ id, leaseExpiry: START });

  it('are there for those who hold one, and for others while one is free', () => {
    expect(hasSeatFor('a', [held('a'), held('b')], { seatCount: 1 }, START)).toBe(true);
    expect(hasSeatFor(null, [held('a')], { seatCount: 2 }, START)).toBe(true);
    expect(hasSeatFor(null, [held('a'), ended('b')], { seatCount: 2 }, START)).toBe(true);
    expect(hasSeatFor('b', [held('a'), ended('b')], { seatCount: 1 }, START)).toBe(false);
    expect(hasSeatFor(null, [held('a')], { seatCount: 1 }, START)).toBe(false);
  });
});

describe('fingerprint', () => {
  const device = { board: 'a', disk: 'b', mac: 'c', machineId: 'd', os: 'e', cpu: 'f' };
  it.each([
    ['nothing changed', {}, true],
    ['another disk', { disk: 'x' }, true],
    ['another network card', { mac: 'x' }, true],
    ['another disk and network card', { disk: 'x', mac: 'x' }, true],
    ['another board', { board: 'x' }, true],
    ['another board and network card', { board: 'x', mac: 'x' }, false],
    ['the disk copied to other hardware', { board: 'x', disk: 'x', mac: 'x' }, false],
    ['the disk put into other hardware', { board: 'x', mac: 'x', cpu: 'x' }, false],
  ])('%s', (_name, change, same) => {
    expect(sameDevice(device, { ...device, ...change })).toBe(same);
  });

  it('of a virtual machine with one hardware factor is not the same without it', () => {
    const machine = { mac: 'c', machineId: 'd', os: 'e', cpu: 'f' };
    expect(sameDevice(machine, { ...machine, mac: 'x' })).toBe(false);
    expect(sameDevice(machine, { ...machine, os: 'x' })).toBe(true);
  });

  it('gains nothing by leaving factors out, and loses nothing by new ones', () => {
    expect(sameDevice(device, { machineId: 'd', os: 'e', cpu: 'f' })).toBe(false);
    expect(sameDevice(device, { ...device, tpm: 'g' })).toBe(true);
    expect(sameDevice({ os: 'e' }, Object.create({ os: 'e' }))).toBe(false);
  });
});

describe('rate limit', () => {
  it('counts in windows, and does not lock anybody out when the clock is set back', () => {
    const limit = { requests: 2, perMilliseconds: 1000 };
    let window: RateWindow | undefined;
    const waits = [0, 10, 20, 999, 1000, 1001, 1002, -5000].map((offset) => {
      const result = countRequest(limit, window, START + offset);
      window = result.window;
      return result.retryAfterSeconds;
    });
    expect(waits).toEqual([null, null, 1, 1, null, null, 1, null]);
  });
});

describe('activation codes', () => {
  it('have no look-alikes and are all different', () => {
    const codes = Array.from({ length: 2000 }, () => newActivationCode('ORBIT'));
    expect(new Set(codes).size).toBe(2000);
    for (const code of codes) expect(code.slice('ORBIT-'.length)).toMatch(/^[^01258BIOSUVZ]+$/);
  });
});
