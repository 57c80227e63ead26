import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  CLOCK_TOLERANCE,
  markAfterAnswer,
  markAfterLooking,
  trustedNow,
  worthWriting,
} from '../../../electron/license/clock-policy.ts';

const NOON = Date.UTC(2026, 2, 1, 12);
const MINUTE = 60_000;

describe('trustedNow', () => {
  it.each([
    ['nothing was ever seen', NOON, null, NOON, 0],
    ['the clock is at the mark', NOON, NOON, NOON, 0],
    ['the clock is ahead', NOON + 1, NOON, NOON + 1, 0],
    ['the clock is behind within the tolerance', NOON - CLOCK_TOLERANCE, NOON, NOON, 0],
    ['the clock is behind by more', NOON - CLOCK_TOLERANCE - 1, NOON, NOON, CLOCK_TOLERANCE + 1],
    ['the clock is in another year', 0, NOON, NOON, NOON],
  ])('%s', (_name, local, mark, now, behindBy) => {
    expect(trustedNow(local, mark)).toEqual({ now, behindBy });
  });

  it('never goes back behind what was seen, and never calls a clock that is ahead wrong', () => {
    fc.assert(
      fc.property(fc.maxSafeNat(), fc.maxSafeNat(), (local, mark) => {
        const { now, behindBy } = trustedNow(local, mark);
        expect(now).toBe(Math.max(local, mark));
        if (local >= mark) expect(behindBy).toBe(0);
        else expect(behindBy === 0 || behindBy === mark - local).toBe(true);
      }),
    );
  });
});

describe('the mark', () => {
  it('only grows by looking at the local clock', () => {
    expect(markAfterLooking(NOON, NOON + MINUTE)).toBe(NOON + MINUTE);
    expect(markAfterLooking(NOON, NOON - MINUTE)).toBe(NOON);
  });

  it.each([
    ['takes over the server’s time', NOON, NOON + MINUTE, NOON + 9 * MINUTE, NOON + 9 * MINUTE],
    ['is lowered by the server’s time', NOON, NOON + MINUTE, NOON - 9 * MINUTE, NOON - 9 * MINUTE],
    ['looks at the local clock where the server states none', NOON, NOON + MINUTE, null, NOON + MINUTE],
    ['is not lowered by the local clock', NOON, NOON - MINUTE, null, NOON],
    ['begins with the server’s time', null, NOON, NOON + MINUTE, NOON + MINUTE],
    ['begins with the local clock where there is nothing else', null, NOON, null, NOON],
  ])('%s after an answer', (_name, mark, local, serverTime, expected) => {
    expect(markAfterAnswer(mark, local, serverTime)).toBe(expected);
  });

  it.each([
    [0, false],
    [10 * MINUTE - 1, false],
    [10 * MINUTE, true],
    [-1, true],
  ])('that has moved by %d milliseconds is worth writing: %s', (moved, worth) => {
    expect(worthWriting(NOON, NOON + moved)).toBe(worth);
  });

  it('loses less to not being written than is tolerated twice over', () => {
    // A clock put back to the last written mark gains one step; put back further it is noticed.
    const lost = NOON + 10 * MINUTE - 1;
    expect(worthWriting(NOON, lost)).toBe(false);
    expect(trustedNow(NOON - CLOCK_TOLERANCE - 1, NOON).behindBy).toBeGreaterThan(0);
  });
});
