import { describe, expect, it } from 'vitest';
import { CARELESS } from './careless.ts';
import { NET_CASES, playMatrix, randomOf } from './matrix.ts';

/** What a real peer waits for is waited for here, too; the limit is only for a matrix that hangs. */
const PATIENCE = 600_000;
/** Another one each day, so that places of cuts differ; what fails names it. */
const SEED = new Date().toISOString().slice(0, 10);
const random = randomOf(SEED);

describe('hostile and broken networks', () => {
  it(
    'each end in the right code, and tell no secret to anybody but the server',
    { timeout: PATIENCE },
    async () => {
      const outcome = await playMatrix({ random });
      expect(outcome.wrong, `--seed ${SEED}`).toEqual([]);
      expect(outcome.cases).toBeGreaterThan(1000);
    },
  );

  it('have names of their own', () => {
    expect(new Set(NET_CASES.map(({ name }) => name)).size).toBe(NET_CASES.length);
  });
});

describe('the matrix itself', () => {
  it.each(CARELESS)('catches a client that $mistake', async ({ make, caughtBy, finding }) => {
    const cases = NET_CASES.filter(({ name }) => name === caughtBy).map((it) => ({
      ...it,
      kinds: ['refresh'] as const,
    }));
    expect(cases).toHaveLength(1);
    const outcome = await playMatrix({ random, cases, make, bound: 4000 });
    expect(outcome.wrong.join('\n')).toMatch(finding);
  });
});
