import { randomInt } from 'node:crypto';
import { accessSync, constants, mkdtempSync, rmSync } from 'node:fs';
import { availableParallelism, tmpdir } from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { Worker } from 'node:worker_threads';
import * as v from 'valibot';
import { BREAKAGES, type Breakage } from './broken.ts';
import { bundle } from './bundle.ts';
import type { SeenPoint } from './coverage.ts';
import type { FromSlot } from './slot-worker.ts';
import { withBench, type SlotOptions, type SlotOutcome } from './slot.ts';
import { parseReplay, type Replay } from './step.ts';
import { runWorld, type Plan, type WorldLife, type WorldOutcome } from './world.ts';

/**
 * `npm run -s kill-campaign -- [--kills N] [--seed S] [--verbose]`: lets the application live and kills it, at every
 * point at which it changes a file or calls the server, and at random instants. Ends with `kills N, violations V`; the
 * exit status is 1 if something was lost or a point was never killed at, 2 if it was called wrongly.
 * `--replay TEXT` does again what a violation was found by. `--broken NAME` puts a defect in, which has to be found.
 */

const USAGE = `usage: npm run -s kill-campaign -- [--kills N] [--seed S] [--broken NAME] [--verbose]
       npm run -s kill-campaign -- --replay TEXT [--broken NAME]
defects to put in: ${BREAKAGES.join(', ')}
`;

interface Wanted {
  readonly kills: number;
  readonly seed: string;
  readonly broken: Breakage | null;
  readonly replay: Replay | null;
  readonly verbose: boolean;
}

function readArguments(): Wanted | null {
  try {
    const { values } = parseArgs({
      options: {
        kills: { type: 'string', default: '1000' },
        seed: { type: 'string', default: String(randomInt(2 ** 32)) },
        broken: { type: 'string' },
        replay: { type: 'string' },
        verbose: { type: 'boolean', default: false },
      },
    });
    const kills = Number(values.kills);
    const replay = values.replay === undefined ? null : parseReplay(values.replay);
    const broken = v.safeParse(v.nullable(v.picklist(BREAKAGES)), values.broken ?? null);
    const isRight =
      Number.isSafeInteger(kills) && kills > 0 && /^[\w-]+$/.test(values.seed) && broken.success;
    if (!isRight || (values.replay !== undefined && replay === null)) return null;
    return { kills, seed: values.seed, broken: broken.output, replay, verbose: values.verbose };
  } catch {
    return null;
  }
}

/** A file system in memory where there is one: a kill leaves it as it leaves any other, and it is faster. */
function temporaryRoot(): string {
  const memory = '/dev/shm';
  try {
    accessSync(memory, constants.W_OK);
    return mkdtempSync(path.join(memory, 'latchkey-kill-'));
  } catch {
    return mkdtempSync(path.join(tmpdir(), 'latchkey-kill-'));
  }
}

function tell({ violations, replay }: WorldOutcome, broken: Breakage | null): void {
  for (const violation of violations) process.stdout.write(`violation: ${violation}\n`);
  const defect = broken === null ? '' : ` --broken ${broken}`;
  process.stdout.write(`again: npm run -s kill-campaign -- --replay ${replay}${defect}\n`);
}

/** Runs the slots; between what they have found and the kills each is told what all have found. */
async function runSlots(all: readonly SlotOptions[]): Promise<{
  readonly outcomes: readonly SlotOutcome[];
  readonly dry: readonly WorldOutcome[];
}> {
  const seen: SeenPoint[] = [];
  const dry: WorldOutcome[] = [];
  const outcomes: SlotOutcome[] = [];
  const workers = all.map(
    (options) => new Worker(new URL('./slot-worker.ts', import.meta.url), { workerData: options }),
  );
  const hear = (message: FromSlot): void => {
    if (message.kind === 'done') return void outcomes.push(message.outcome);
    seen.push(...message.points);
    dry.push(message.outcome);
    if (dry.length < all.length) return;
    // What goes wrong without a death needs none.
    const isWrong = dry.some(({ violations }) => violations.length > 0);
    for (const worker of workers) worker.postMessage(isWrong ? [] : seen, []);
  };
  await Promise.all(
    workers.map(
      (worker) =>
        new Promise<void>((resolve, reject) => {
          worker.on('message', hear);
          worker.on('error', reject);
          worker.on('exit', () => resolve());
        }),
    ),
  );
  return { outcomes, dry };
}

async function kill(wanted: Wanted, program: string, root: string): Promise<number> {
  const { kills, seed, broken, verbose } = wanted;
  const slots = Math.max(1, Math.min(4, availableParallelism()));
  const options = Array.from({ length: slots }, (_, slot): SlotOptions => ({
    seed: `${seed}.${slot}`,
    slot,
    slots,
    kills: Math.ceil(kills / slots),
    broken,
    program,
    root,
  }));
  const { outcomes, dry } = await runSlots(options);
  const atPoints = new Map<string, number>();
  for (const outcome of outcomes) {
    for (const [point, count] of Object.entries(outcome.atPoints)) {
      atPoints.set(point, (atPoints.get(point) ?? 0) + count);
    }
  }
  const table = [...atPoints].toSorted(([a], [b]) => (a < b ? -1 : 1));
  if (verbose)
    for (const [point, count] of table) process.stdout.write(`${String(count).padStart(5)}  ${point}\n`);
  const never = table.flatMap(([point, count]) => (count === 0 ? [point] : []));
  for (const point of never) process.stdout.write(`never killed at: ${point}\n`);
  const found = [...dry, ...outcomes.flatMap(({ violations }) => violations)].filter(
    ({ violations }) => violations.length > 0,
  );
  for (const outcome of found) tell(outcome, broken);

  const sum = (numbers: readonly number[]): number => numbers.reduce((total, number) => total + number, 0);
  const [points, instants] = [sum([...atPoints.values()]), sum(outcomes.map(({ atInstants }) => atInstants))];
  const total = sum(found.map(({ violations }) => violations.length));
  const least = Math.min(...atPoints.values(), points);
  process.stdout.write(
    `seed ${seed}: ${sum(outcomes.map(({ lives }) => lives))} lives; ${points} kills at ${table.length} points, at least ${least} at each; ${instants} at random instants\n`,
  );
  process.stdout.write(`kills ${points + instants}, violations ${total}\n`);
  return total === 0 && never.length === 0 && points + instants >= kills ? 0 : 1;
}

function tellLife({ lived }: WorldLife): void {
  const { said, end } = lived;
  const deeds = said.done.map(
    ({ verb, about, code }) => `${verb}${about === null ? '' : ` ${about}`}: ${code}`,
  );
  if (said.underWay !== null) deeds.push(`${said.underWay.verb} ${said.underWay.about ?? ''}: cut off`);
  process.stdout.write(`life: ${deeds.join(', ')}; ${end} ${said.points.at(-1) ?? 'at once'}\n`);
}

async function again(replay: Replay, wanted: Wanted, program: string, root: string): Promise<number> {
  const steps = [...replay.steps];
  const plan = (): Plan | null => {
    const step = steps.shift();
    if (step === undefined) return null;
    const { towards, count, isChecked } = step;
    const death = count === null ? null : ({ kind: 'count', count } as const);
    return { towards, death, killAfter: null, isChecked };
  };
  const note = wanted.verbose ? tellLife : () => undefined;
  const outcome = await withBench({ program, root, broken: wanted.broken }, (bench) =>
    runWorld(bench, replay.seed, plan, note),
  );
  if (outcome.violations.length > 0) tell(outcome, wanted.broken);
  const kills = replay.steps.filter(({ count }) => count !== null).length;
  process.stdout.write(`kills ${kills}, violations ${outcome.violations.length}\n`);
  return outcome.violations.length === 0 ? 0 : 1;
}

async function main(): Promise<number> {
  const wanted = readArguments();
  if (wanted === null) {
    process.stderr.write(USAGE);
    return 2;
  }
  const root = temporaryRoot();
  try {
    const program = await bundle(
      fileURLToPath(new URL('./child.ts', import.meta.url)),
      path.join(root, 'program'),
    );
    return wanted.replay === null
      ? await kill(wanted, program, root)
      : await again(wanted.replay, wanted, program, root);
  } finally {
    rmSync(root, { recursive: true, force: true });
  }
}

process.exitCode = await main();
