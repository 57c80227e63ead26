import * as fc from 'fast-check';
import { histories } from './arbitraries.ts';
import { play, type Disagreement } from './play.ts';
import type { Mutation } from './real-installation.ts';
import { RealServer, startServer } from './real-server.ts';

/** How many parts a history has at most. */
const LONGEST = 30;

export interface Search {
  readonly seed: number;
  readonly runs: number;
  /** Of a disagreement that was found before: only that one is played. */
  readonly path?: string | undefined;
  readonly mutation?: Mutation | undefined;
  /** A disagreement is taken as it is found, not made smaller. */
  readonly isQuick?: boolean | undefined;
}

export interface Found {
  readonly seed: number;
  readonly path: string;
  readonly disagreement: Disagreement;
}

/** Stands for a disagreement in what fast-check throws about. */
class Parted extends Error {
  readonly disagreement: Disagreement;

  constructor(disagreement: Disagreement) {
    super(disagreement.differences.join('\n'));
    this.disagreement = disagreement;
  }
}

/** Plays random histories, and makes the first one in which the worlds part as small as can be. */
export async function search({ seed, runs, path, mutation, isQuick }: Search): Promise<Found | null> {
  const api = await startServer();
  try {
    const server = new RealServer(api);
    const result = await fc.check(
      fc.asyncProperty(histories(LONGEST), async (history) => {
        const disagreement = await play(server, history, mutation);
        if (disagreement !== null) throw new Parted(disagreement);
      }),
      { seed, numRuns: runs, endOnFailure: isQuick === true, ...(path === undefined ? {} : { path }) },
    );
    if (!result.failed) return null;
    if (!(result.errorInstance instanceof Parted)) throw result.errorInstance;
    return { seed, path: result.counterexamplePath ?? '', disagreement: result.errorInstance.disagreement };
  } finally {
    await api.close();
  }
}

/** A disagreement for a person: how to play it again, what was done, what differs. */
export function describe({ seed, path, disagreement }: Found): string {
  return [
    `The program and the model part. To play it again: npm run -s model -- --seed ${seed} --path ${path}`,
    ...disagreement.steps.map((step, index) => `  ${index + 1}. ${JSON.stringify(step)}`),
    ...disagreement.differences.map((line) => `- ${line}`),
  ].join('\n');
}
