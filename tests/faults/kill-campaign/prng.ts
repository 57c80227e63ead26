import { createHash } from 'node:crypto';

/** Choices that are the same for the same seed, on every machine. */
export interface Choices {
  /** From 0 up to 1, without 1. */
  readonly fraction: () => number;
  /** A whole number from 0 up to `end`, without `end`. */
  readonly below: (end: number) => number;
  readonly chance: (probability: number) => boolean;
  /** One of a list that is not empty. */
  readonly one: <T>(of: readonly T[]) => T;
}

/** Makes choices from any text (mulberry32 over the first bytes of its SHA-256). */
export function choicesFrom(seed: string): Choices {
  let state = createHash('sha256').update(seed).digest().readUInt32BE();
  const fraction = (): number => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
  const below = (end: number): number => Math.floor(fraction() * end);
  return {
    fraction,
    below,
    chance: (probability) => fraction() < probability,
    one: (of) => {
      const found = of[below(of.length)];
      if (found === undefined) throw new Error('nothing to choose from');
      return found;
    },
  };
}
