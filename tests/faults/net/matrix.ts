import { createHash } from 'node:crypto';
import type { RandomBytes } from '../../../shared/token/keys.ts';
import { randomFromSeed } from '../../fuzz/targets.ts';
import { ANSWER_CASES } from './answer-cases.ts';
import { makeTransport, playCase, playsOf, type MakeTransport, type NetCase } from './case.ts';
import { CERTIFICATE_CASES } from './certificate-cases.ts';
import { ENDLESS_CASES } from './endless-cases.ts';
import { IDENTITY_CASES } from './identity-cases.ts';
import { PHASE_CASES } from './phase-cases.ts';
import { makePki } from './pki.ts';
import { PROXY_CASES } from './proxy-cases.ts';
import { RESET_CASES } from './reset-cases.ts';
import { ROUTE_CASES } from './route-cases.ts';
import { STORM_CASES } from './storm-cases.ts';

/** Every case on the level of single calls. */
export const NET_CASES: readonly NetCase[] = [
  ...CERTIFICATE_CASES,
  ...PROXY_CASES,
  ...ROUTE_CASES,
  ...ANSWER_CASES,
  ...ENDLESS_CASES,
  ...PHASE_CASES,
  ...RESET_CASES,
  ...STORM_CASES,
  ...IDENTITY_CASES,
];

/** Randomness of one case: the same for the same seed and name, whatever else is played. */
export function randomOf(seed: string): (name: string) => RandomBytes {
  return (name) => randomFromSeed(createHash('sha256').update(`${seed}/${name}`).digest().readUInt32BE());
}

/** However busy the machine is. */
const BOUND = 30_000;

/** Plays that wait for a deadline most of the time may well be under way at once. */
const AT_ONCE = 12;

export interface MatrixOutcome {
  readonly cases: number;
  /** One line for each play that went wrong. */
  readonly wrong: readonly string[];
}

/**
 * Plays cases with every kind of call against real sockets of this machine.
 * @param options.random of a case, by its name, so that a case can be had again alone
 * @param options.make the transport under test
 */
export async function playMatrix(options: {
  readonly random: (name: string) => RandomBytes;
  readonly cases?: readonly NetCase[];
  readonly make?: MakeTransport;
  /** Milliseconds that any call must come to an end in. */
  readonly bound?: number;
}): Promise<MatrixOutcome> {
  const { random, cases = NET_CASES, make = makeTransport, bound = BOUND } = options;
  const pki = await makePki();
  const plays = playsOf(cases);
  const wrong: string[] = [];
  const left = plays.values();
  const work = async (): Promise<void> => {
    for (const { it, kind } of left) {
      const name = `${it.name}, ${kind}`;
      const found = await playCase(it, kind, { pki, random: random(name), make, bound });
      wrong.push(...found.map((what) => `${name}: ${what}`));
    }
  };
  await Promise.all(Array.from({ length: AT_ONCE }, work));
  return { cases: plays.length, wrong };
}
