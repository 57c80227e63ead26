import { parseArgs } from 'node:util';
import { describe, search } from './run.ts';

/**
 * `npm run -s model -- --runs N --seed S`: compares the program with the model over N random histories. Ends with
 * `runs N, disagreements D`; the exit status is 1 unless D is 0, 2 if it was called wrongly. `--path P` plays only the
 * history that an earlier run with the same seed has printed.
 */

/** Histories to a server, which keeps everything in memory. */
const AT_A_TIME = 50;

interface Wanted {
  readonly runs: number;
  readonly seed: number;
  readonly path: string | undefined;
}

function readArguments(): Wanted | null {
  try {
    const { values } = parseArgs({
      options: { runs: { type: 'string' }, seed: { type: 'string' }, path: { type: 'string' } },
    });
    const { runs = '1000', seed = String(Date.now() % 1_000_000_000), path } = values;
    const wanted = { runs: Number(runs), seed: Number(seed), path };
    const isRight = Number.isSafeInteger(wanted.runs) && wanted.runs > 0 && Number.isSafeInteger(wanted.seed);
    return isRight ? wanted : null;
  } catch {
    return null;
  }
}

async function main(): Promise<number> {
  const wanted = readArguments();
  if (wanted === null) {
    process.stderr.write('usage: npm run -s model -- [--runs N] [--seed S] [--path P]\n');
    return 2;
  }
  const { runs, seed, path } = wanted;
  const finish = (played: number, disagreements: number): number => {
    process.stdout.write(`runs ${played}, disagreements ${disagreements}\n`);
    return disagreements === 0 ? 0 : 1;
  };
  for (let done = 0; done < runs; done += AT_A_TIME) {
    const now = Math.min(AT_A_TIME, runs - done);
    process.stderr.write(`seed ${seed + done}: ${now} histories\n`);
    const found = await search({ seed: seed + done, runs: now, path });
    if (found !== null) {
      process.stdout.write(`${describe(found)}\n`);
      return finish(done + now, 1);
    }
    if (path !== undefined) return finish(1, 0);
  }
  return finish(runs, 0);
}

process.exitCode = await main();
