import '../support/no-electron.ts';
import { fork } from 'node:child_process';
import { loadWork, TASKS, type Work } from './contenders.ts';
import { makeMaterial, type Material } from './material.ts';

/**
 * `npm run bench`: how long it takes to open and to import an activation response and to check a license file, beside `jose` and
 * `node:crypto` doing the same with the same text in the same run. Cold: once in a fresh process, loading included.
 * Warm: the median once everything is compiled. Ratios carry over to other machines; milliseconds don't.
 */

const COLD_RUNS = 7;
const WARM_UP_RUNS = 300;
const WARM_RUNS = 1000;
/** What waits for the disk needs no thousand runs for a steady median. */
const LONGEST_WARM_RUN = 4000;

const median = (times: readonly number[]): number =>
  times.toSorted((a, b) => a - b)[times.length >> 1] ?? Number.NaN;

/** Milliseconds in a process of its own. */
function runCold(task: string, contender: string, material: Material): Promise<number> {
  return new Promise((resolve, reject) => {
    const child = fork(new URL('./bench-child.ts', import.meta.url), { stdio: 'inherit' });
    child.once('message', (time) => resolve(Number(time)));
    child.once('error', reject);
    child.once('exit', (code) => reject(new Error(`ended with ${code} before it was done`)));
    child.send({ task, contender, material });
  });
}

async function runWarm(work: Work, material: Material): Promise<number> {
  await repeat(WARM_UP_RUNS, () => work(material));
  const times: number[] = [];
  await repeat(WARM_RUNS, async () => {
    const started = performance.now();
    await work(material);
    times.push(performance.now() - started);
  });
  return median(times);
}

/** So many times, or until the time is up. */
async function repeat(runs: number, work: () => void | Promise<void>): Promise<void> {
  const end = performance.now() + LONGEST_WARM_RUN;
  for (let run = 0; run < runs && performance.now() < end; run += 1) await work();
}

interface Row {
  readonly contender: string;
  readonly cold: number;
  readonly warm: number;
}

async function measure(
  task: string,
  contenders: readonly string[],
  material: Material,
): Promise<readonly Row[]> {
  const cold = new Map<string, number[]>(contenders.map((contender) => [contender, []]));
  // By turns, so that a slow moment of the machine falls on all of them alike.
  for (let run = 0; run < COLD_RUNS; run += 1) {
    for (const [contender, times] of cold) times.push(await runCold(task, contender, material));
  }
  const rows: Row[] = [];
  for (const [contender, times] of cold) {
    const warm = await runWarm(await loadWork(task, contender), material);
    rows.push({ contender, cold: median(times), warm });
  }
  return rows;
}

function print(task: string, rows: readonly Row[]): void {
  const [ours] = rows;
  const cell = (time: number, reference = Number.NaN): string =>
    `${time.toFixed(3)} ms  x ${(reference / time).toFixed(2)}`.padStart(24);
  const lines = rows.map(
    ({ contender, cold, warm }) =>
      `  ${contender.padEnd(12)}${cell(cold, ours?.cold)}${cell(warm, ours?.warm)}`,
  );
  process.stdout.write(`\n${task}\n  ${' '.repeat(12)}${'cold'.padStart(24)}${'warm'.padStart(24)}\n`);
  process.stdout.write(`${lines.join('\n')}\n`);
}

const material = makeMaterial();
process.stdout.write('"x 3.00": Latchkey takes three times as long as that.\n');
for (const [task, contenders] of Object.entries(TASKS)) {
  print(task, await measure(task, Object.keys(contenders), material));
}
