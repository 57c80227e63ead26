import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { nextKeyCheck } from '../../../electron/api/key-check-policy.ts';

const HOUR = 60 * 60_000;
const NOW = Date.UTC(2030, 0, 1);
const calm = { checkedAt: null, triedAt: null, now: NOW, reasons: [], jitter: 0 } as const;

describe('when newer keys are asked for', () => {
  it.each([
    ['at once where nobody ever asked', {}, NOW],
    ['a day after the last answer', { checkedAt: NOW - HOUR }, NOW + 23 * HOUR],
    ['some hours earlier on some devices', { checkedAt: NOW - HOUR, jitter: 1 }, NOW + 17 * HOUR],
    [
      'an hour after it where a license file is signed by nobody known',
      { checkedAt: NOW - HOUR / 2, reasons: ['licenseFileInvalid' as const] },
      NOW + HOUR / 2,
    ],
    [
      'as always where something else is wrong',
      { checkedAt: NOW, reasons: ['leaseExpired' as const] },
      NOW + 24 * HOUR,
    ],
    ['not sooner than an hour after a try', { triedAt: NOW - 60_000 }, NOW + HOUR - 60_000],
    ['at once after a clock was put back', { checkedAt: NOW + 400 * HOUR, triedAt: NOW + HOUR }, NOW],
  ] as const)('%s', (_, facts, at) => {
    expect(nextKeyCheck({ ...calm, ...facts })).toBe(at);
  });

  it('is never more than a day away, nor more than once an hour', () => {
    const instant = fc.option(fc.integer({ min: 0, max: 2 * NOW }), { nil: null });
    fc.assert(
      fc.property(
        instant,
        instant,
        fc.double({ min: 0, max: 1, noNaN: true }),
        (checkedAt, triedAt, jitter) => {
          const next = nextKeyCheck({ ...calm, checkedAt, triedAt, jitter });
          expect(next).toBeLessThanOrEqual(NOW + 24 * HOUR);
          if (triedAt !== null && triedAt <= NOW) expect(next).toBeGreaterThanOrEqual(triedAt + HOUR);
        },
      ),
    );
  });
});
