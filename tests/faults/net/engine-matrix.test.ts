import { describe, expect, it } from 'vitest';
import { makeTransport, type MakeTransport } from './case.ts';
import { playEngineMatrix } from './engine-matrix.ts';
import { randomOf } from './matrix.ts';

const PATIENCE = 900_000;
const SEED = new Date().toISOString().slice(0, 10);
const random = randomOf(SEED);

/** Says of every lost answer that the request was never sent. */
const lying: MakeTransport = (settings, log) => {
  const honest = makeTransport(settings, log);
  return async (wish) => {
    const outcome = await honest(wish);
    return outcome.ok ? outcome : { ok: false, error: { ...outcome.error, sent: false } };
  };
};

describe('an installation in a broken network', () => {
  it(
    'tells the reason, stays whole, and finishes afterwards with one seat',
    { timeout: PATIENCE },
    async () => {
      const outcome = await playEngineMatrix({ random });
      expect(outcome.wrong, `--seed ${SEED}`).toEqual([]);
      expect(outcome.cases).toBeGreaterThan(100);
    },
  );

  it('would be seen to lose its seat', { timeout: PATIENCE }, async () => {
    const outcome = await playEngineMatrix({ random, only: 'cut after the call', make: lying });
    expect(outcome.wrong.join('\n')).toMatch(/seatLostToClone was shown/);
  });
});
