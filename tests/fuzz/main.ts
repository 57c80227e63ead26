import { createHash } from 'node:crypto';
import { availableParallelism } from 'node:os';
import { parseArgs } from 'node:util';
import { Worker } from 'node:worker_threads';
import type { Outcome } from './run-cases.ts';

/**
 * `npm run -s fuzz -- --cases N --seed S`: mutates valid tokens and license files and sees to it that none is accepted
 * and nothing crashes. The same seed makes the same cases on every machine. Ends with
 * `cases N, accepted 0, crashed 0, slowest T ms`; the exit status is 1 unless both are 0, 2 if it was called wrongly.
 */

const CASES_AT_A_TIME = 2500;

/** Milliseconds; input is capped, so that even a slow machine under load answers a single case in a fraction of this. */
const MAX_CASE_TIME = 10_000;

interface Wanted {
  readonly cases: number;
  /** Any text. */
  readonly seed: string;
}

interface Batch {
  readonly cases: number;
  readonly seed: number;
}

function readArguments(): Wanted | null {
  // A negative number after `--seed` is its value, which parseArgs would take for an option.
  const args = process.argv
    .slice(2)
    .join('\0')
    .replaceAll(/(^|\0)(--cases|--seed)\0/g, '$1$2=')
    .split('\0');
  try {
    const { values } = parseArgs({
      args: args.filter((argument) => argument !== ''),
      options: { cases: { type: 'string', default: '200000' }, seed: { type: 'string', default: '1' } },
    });
    const cases = Number(values.cases);
    return Number.isSafeInteger(cases) && cases > 0 ? { cases, seed: values.seed } : null;
  } catch {
    return null;
  }
}

/** Batches of the same size whatever the number of threads, each with a seed of its own. */
function* batchesOf({ seed, cases }: Wanted): Generator<Batch> {
  for (let done = 0, index = 0; done < cases; done += CASES_AT_A_TIME, index += 1) {
    yield {
      seed: createHash('sha256').update(`${index}/${seed}`).digest().readInt32BE(),
      cases: Math.min(CASES_AT_A_TIME, cases - done),
    };
  }
}

/** Works batches off in a thread until there are none left. */
function work(batches: Iterator<Batch>, take: (outcome: Outcome) => void): Promise<void> {
  return new Promise((resolve, reject) => {
    const worker = new Worker(new URL('./fuzz-child.ts', import.meta.url));
    const next = (): void => {
      const batch = batches.next();
      if (batch.done === true) void worker.terminate();
      else worker.postMessage(batch.value, []);
    };
    worker.on('message', (outcome: Outcome) => {
      take(outcome);
      next();
    });
    worker.on('error', reject);
    worker.on('exit', () => resolve());
    next();
  });
}

async function main(): Promise<number> {
  const wanted = readArguments();
  if (wanted === null) {
    process.stderr.write('usage: npm run -s fuzz -- [--cases N] [--seed S]\n');
    return 2;
  }
  const outcomes: Outcome[] = [];
  const batches = batchesOf(wanted);
  const threads = Math.min(availableParallelism(), Math.ceil(wanted.cases / CASES_AT_A_TIME));
  await Promise.all(
    Array.from({ length: threads }, () => work(batches, (outcome) => outcomes.push(outcome))),
  );

  const sum = (of: (outcome: Outcome) => number): number =>
    outcomes.reduce((total, outcome) => total + of(outcome), 0);
  const cases = sum((outcome) => outcome.cases);
  const accepted = sum((outcome) => outcome.accepted);
  const crashed = sum((outcome) => outcome.crashed);
  const slowest = Math.max(...outcomes.map((outcome) => outcome.slowest));
  for (const finding of outcomes.flatMap((outcome) => outcome.findings).slice(0, 10)) {
    process.stdout.write(`${finding}\n`);
  }
  process.stdout.write(
    `cases ${cases}, accepted ${accepted}, crashed ${crashed}, slowest ${slowest.toFixed(1)} ms\n`,
  );
  return cases === wanted.cases && accepted === 0 && crashed === 0 && slowest < MAX_CASE_TIME ? 0 : 1;
}

process.exitCode = await main();
