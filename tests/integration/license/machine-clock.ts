import type { InstallationOptions } from './engine.ts';

/** The clocks of a machine, for `install`: one that anybody sets, and one that only time moves. */
export function machineClock(): Pick<InstallationOptions, 'clockOffset' | 'elapsed'> & {
  /** Sets the clock so many milliseconds ahead of what is right. */
  readonly set: (ahead: number) => void;
  /** Lets time go by while the machine runs. */
  readonly pass: (milliseconds: number) => void;
  /** Milliseconds that have gone by so. */
  readonly passed: () => number;
} {
  let ahead = 0;
  let passed = 0;
  return {
    clockOffset: () => ahead + passed,
    elapsed: () => passed,
    set: (milliseconds) => {
      ahead = milliseconds;
    },
    pass: (milliseconds) => {
      passed += milliseconds;
    },
    passed: () => passed,
  };
}
