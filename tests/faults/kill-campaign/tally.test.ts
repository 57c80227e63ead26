import { describe, expect, it } from 'vitest';
import { COUNT, POOL } from './market.ts';
import { EMPTY, ONLINE } from './sample-summaries.ts';
import type { Summary } from './summary.ts';
import { Tally } from './tally.ts';

const OPEN: Summary = { ...ONLINE, journal: 'call' };
const counted = (pool: number, count = 0) => ({ [POOL]: pool, [COUNT]: count });
const take = (amount: number) => ({ verb: 'checkout', about: `${POOL} ${amount}` }) as const;

/** A life that has begun with two elements. */
function begun(): Tally {
  const tally = new Tally();
  tally.begin(counted(2));
  return tally;
}

describe('the tally of features', () => {
  it('counts what was said to be done once, and what was refused not at all', () => {
    const tally = begun();
    tally.take(take(3), 'ok', ONLINE, ONLINE, 0);
    tally.take({ verb: 'return', about: `${POOL} 1` }, 'ok', ONLINE, ONLINE, 0);
    tally.take(take(3), 'featureExhausted', ONLINE, ONLINE, 0);
    expect(tally.breaches(counted(4))).toEqual([]);
    for (const wrong of [2, 5, 7]) expect(tally.breaches(counted(wrong))).toHaveLength(1);
    expect(tally.breaches(counted(4, 1))).toHaveLength(1);
  });

  it('counts what was cut off once or not at all, and the same wish again once', () => {
    const tally = begun();
    tally.take(take(3), null, ONLINE, OPEN, 0);
    for (const right of [2, 5]) expect(tally.breaches(counted(right))).toEqual([]);
    expect(tally.breaches(counted(8))).toHaveLength(1);
    tally.begin(counted(5));
    tally.take(take(3), 'ok', OPEN, ONLINE, 0);
    expect(tally.breaches(counted(5))).toEqual([]);
    expect(tally.breaches(counted(8))).toHaveLength(1);
  });

  it('takes the same wish for another one where what was open is settled', () => {
    const tally = begun();
    tally.take(take(3), null, ONLINE, OPEN, 0);
    tally.begin(counted(5));
    tally.take({ verb: 'refresh', about: null }, 'ok', OPEN, ONLINE, 0);
    tally.take(take(3), 'ok', ONLINE, ONLINE, 0);
    expect(tally.breaches(counted(8))).toEqual([]);
    expect(tally.breaches(counted(5))).toHaveLength(1);
  });

  it('lets a pool come back with its activation, and says nothing of another one', () => {
    const tally = begun();
    tally.take({ verb: 'deactivate', about: null }, null, ONLINE, { ...ONLINE, journal: 'deactivate' }, 0);
    for (const right of [0, 2]) expect(tally.breaches(counted(right))).toEqual([]);
    expect(tally.breaches(counted(1))).toHaveLength(1);
    tally.take({ verb: 'deactivate', about: null }, 'ok', ONLINE, EMPTY, 0);
    expect(tally.breaches(counted(9, 9))).toEqual([]);
  });
});
