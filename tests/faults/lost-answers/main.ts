import { randomInt } from 'node:crypto';
import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { parseArgs } from 'node:util';
import { Worker } from 'node:worker_threads';
import { DEFECTS, type Defect } from './broken.ts';
import { WAYS } from './cuts.ts';
import { playStory } from './play.ts';
import { Servers } from './servers.ts';
import type { Story } from './worker.ts';

/**
 * `npm run -s lost-answers -- [--cuts N] [--seed S] [--verbose]`: cuts connections off after the server has acted, and
 * sees to it that nothing is lost, doubled or told wrongly. Ends with `cuts N, wrong W`; the exit status is 1 if
 * something was wrong or a call was not cut off in every way, 2 if it was called wrongly. `--replay TEXT` plays the
 * story again that something was found in. `--broken NAME` puts a defect in, which has to be found.
 */

const USAGE = `usage: npm run -s lost-answers -- [--cuts N] [--seed S] [--broken NAME] [--verbose]
       npm run -s lost-answers -- --replay TEXT [--broken NAME]
defects to put in: ${Object.keys(DEFECTS).join(', ')}
`;

/** From so many cuts on every call is cut off in every way, or the campaign has gone blind. */
const ENOUGH_FOR_ALL = 2000;
/** Each has a server and an application in it, which take turns: a core's worth. */
const THREADS = 2;

interface Wanted {
  readonly cuts: number;
  readonly seed: string;
  readonly defect: Defect | null;
  readonly replay: string | null;
  readonly verbose: boolean;
}

const isDefect = (name: string): name is Defect => Object.hasOwn(DEFECTS, name);

function readArguments(): Wanted | null {
  try {
    const { values } = parseArgs({
      options: {
        cuts: { type: 'string', default: '1000' },
        seed: { type: 'string', default: String(randomInt(2 ** 32)) },
        broken: { type: 'string' },
        replay: { type: 'string' },
        verbose: { type: 'boolean', default: false },
      },
    });
    const { seed, broken = null, replay = null, verbose } = values;
    const cuts = Number(values.cuts);
    const isRight = Number.isSafeInteger(cuts) && cuts > 0 && /^[\w-]+$/.test(seed);
    if (!isRight || (replay !== null && !/^[\w./-]+$/.test(replay))) return null;
    if (broken !== null && !isDefect(broken)) return null;
    return { cuts, seed, defect: broken, replay, verbose };
  } catch {
    return null;
  }
}

/** A file system in memory where there is one: what is stored has to be right here, not to survive a power cut. */
function temporaryRoot(): string {
  const memory = '/dev/shm';
  return mkdtempSync(path.join(existsSync(memory) ? memory : tmpdir(), 'latchkey-lost-'));
}

function tell({ deeds, wrong, replay }: Story, defect: Defect | null): void {
  for (const deed of deeds) process.stdout.write(`  ${deed}\n`);
  for (const what of wrong) process.stdout.write(`wrong: ${what}\n`);
  const broken = defect === null ? '' : ` --broken ${defect}`;
  process.stdout.write(`again: npm run -s lost-answers -- --replay ${replay}${broken}\n`);
}

async function playAll({ cuts, seed, defect }: Wanted, root: string): Promise<readonly Story[]> {
  const stories: Story[] = [];
  await Promise.all(
    Array.from({ length: THREADS }, (_, thread) => {
      const worker = new Worker(new URL('./worker.ts', import.meta.url), {
        workerData: { seed: `${seed}.${thread}`, cuts: Math.ceil(cuts / THREADS), defect, root },
      });
      return new Promise<void>((resolve, reject) => {
        worker.on('message', (story: Story) => void stories.push(story));
        worker.on('error', reject);
        worker.on('exit', () => resolve());
      });
    }),
  );
  return stories;
}

/** How often each call was cut off in each way. */
function countWays(stories: readonly Story[]): ReadonlyMap<string, number> {
  const counts = new Map(WAYS.map((way) => [way, 0]));
  for (const way of stories.flatMap(({ cuts }) => cuts)) counts.set(way, (counts.get(way) ?? 0) + 1);
  return counts;
}

async function campaign(wanted: Wanted, root: string): Promise<number> {
  const stories = await playAll(wanted, root);
  const counts = countWays(stories);
  if (wanted.verbose) {
    for (const [way, count] of counts) process.stdout.write(`${String(count).padStart(5)}  ${way}\n`);
  }
  const never = [...counts].flatMap(([way, count]) => (count === 0 ? [way] : []));
  const isBlind = never.length > 0 && wanted.cuts >= ENOUGH_FOR_ALL;
  if (isBlind) for (const way of never) process.stdout.write(`never cut off: ${way}\n`);
  const bad = stories.filter(({ wrong }) => wrong.length > 0);
  for (const story of bad) tell(story, wanted.defect);
  const cuts = [...counts.values()].reduce((sum, count) => sum + count, 0);
  const deeds = stories.reduce((sum, story) => sum + story.deeds.length, 0);
  const least = Math.min(...WAYS.map((way) => counts.get(way) ?? 0));
  process.stdout.write(
    `seed ${wanted.seed}: ${stories.length} stories with ${deeds} deeds; ${WAYS.length} ways to cut a call off, each at least ${least} times\n`,
  );
  process.stdout.write(`cuts ${cuts}, wrong ${bad.length}\n`);
  return bad.length > 0 || isBlind ? 1 : 0;
}

async function again(replay: string, { defect }: Wanted, root: string): Promise<number> {
  const servers = new Servers();
  const server = await servers.of(replay);
  const played = await playStory(server, root, replay, defect === null ? {} : DEFECTS[defect]);
  await servers.close();
  tell({ ...played, replay }, defect);
  process.stdout.write(`cuts ${played.cuts.length}, wrong ${played.wrong.length > 0 ? 1 : 0}\n`);
  return played.wrong.length > 0 ? 1 : 0;
}

async function main(): Promise<number> {
  const wanted = readArguments();
  if (wanted === null) {
    process.stderr.write(USAGE);
    return 2;
  }
  const root = temporaryRoot();
  try {
    return wanted.replay === null ? await campaign(wanted, root) : await again(wanted.replay, wanted, root);
  } finally {
    rmSync(root, { recursive: true, force: true });
  }
}

process.exitCode = await main();
