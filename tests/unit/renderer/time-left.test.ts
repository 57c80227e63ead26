import { describe, expect, it } from 'vitest';
import { shareLeft, timeAgo, timeLeft } from '../../../renderer/format/time-left.ts';

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

describe('timeLeft', () => {
  it.each([
    [30 * DAY, 'days', 30],
    [2 * DAY, 'days', 2],
    [2 * DAY - HOUR - 1, 'hours', 47],
    [2 * HOUR, 'hours', 2],
    [2 * HOUR - 2 * MINUTE - 1, 'minutes', 117],
    [1, 'minutes', 1],
    [0, 'over', 0],
    [-DAY, 'over', 0],
  ] as const)('says %i ms as %s: %i', (left, unit, count) => {
    expect(timeLeft(1000 + left, 1000)).toEqual({ unit, count });
  });

  it('counts a unit that has only just begun, so that a lease of thirty days begins with thirty', () => {
    expect(timeLeft(30 * DAY - 20_000, 0)).toEqual({ unit: 'days', count: 30 });
    expect(timeLeft(30 * HOUR - 20_000, 0)).toEqual({ unit: 'hours', count: 30 });
  });

  it('promises no more than is left besides', () => {
    expect(timeLeft(3 * DAY - HOUR - 1, 0)).toEqual({ unit: 'days', count: 2 });
    expect(timeLeft(3 * HOUR - 2 * MINUTE - 1, 0)).toEqual({ unit: 'hours', count: 2 });
  });
});

describe('shareLeft', () => {
  it.each([
    [0, 100, 0, 1],
    [0, 100, 75, 0.25],
    [0, 100, 100, 0],
    [0, 100, 500, 0],
    [0, 100, -5, 1],
  ])('from %i until %i at %i is %d', (from, until, now, share) => {
    expect(shareLeft(from, until, now)).toBe(share);
  });

  it('makes sense of a span without a length', () => {
    expect(shareLeft(100, 100, 50)).toBe(1);
    expect(shareLeft(100, 100, 100)).toBe(0);
  });
});

describe('timeAgo', () => {
  it.each([
    [5000, 'second', 0],
    [12 * MINUTE, 'minute', 12],
    [HOUR, 'hour', 1],
    [DAY - 1, 'hour', 23],
    [3 * DAY, 'day', 3],
    [-DAY, 'second', 0],
  ] as const)('says %i ms ago as %s: %i', (past, unit, count) => {
    expect(timeAgo(0, past)).toEqual({ unit, count });
  });
});
