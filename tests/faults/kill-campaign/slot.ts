import path from 'node:path';
import type { Breakage } from './broken.ts';
import type { Coverage, SeenPoint } from './coverage.ts';
import { openCradle } from './life.ts';
import { wantsCertificates } from './market.ts';
import type { Choices } from './prng.ts';
import { Servers } from './servers.ts';
import { VERBS } from './verbs.ts';
import { runWorld, type Bench, type Plan, type WorldLife, type WorldOutcome } from './world.ts';

/** One of the campaigns that run side by side, with a server and devices of its own. */

export interface SlotOptions {
  /** Of this slot alone. */
  readonly seed: string;
  readonly slot: number;
  readonly slots: number;
  readonly kills: number;
  readonly broken: Breakage | null;
  readonly program: string;
  /** Folder for everything; the caller removes it. */
  readonly root: string;
}

export interface SlotOutcome {
  /** By the point that the life had come to. */
  readonly atPoints: Readonly<Record<string, number>>;
  readonly atInstants: number;
  readonly lives: number;
  readonly violations: readonly WorldOutcome[];
}

/** Lives of one device before it is exchanged for a new one. */
const MOST_LIVES = 14;
/** With so many findings it is clear that something is wrong; of a defect that was put in, one will do. */
const ENOUGH = 3;
/** Of the lives that are killed, how many at any instant. */
const AT_INSTANTS = 0.25;
/** Lives after the wanted kills, to come to points that were found late or are hard to come to. */
const PATIENCE = 300;

/** Makes the bench for a slot, or for one replay. */
export async function withBench<T>(
  options: Pick<SlotOptions, 'program' | 'root' | 'broken'>,
  work: (bench: Bench) => Promise<T>,
): Promise<T> {
  const { program, root, broken } = options;
  const servers = new Servers();
  const cradle = openCradle(program, path.join(root, 'compiled'));
  try {
    return await work({ servers, cradle, root, broken });
  } finally {
    cradle.close();
    await servers.close();
  }
}

/** Lives without a death, through every verb that is this slot's part, to learn where one can die. */
export async function dryRun(bench: Bench, options: SlotOptions, coverage: Coverage): Promise<WorldOutcome> {
  const verbs = VERBS.filter((_, index) => index % options.slots === options.slot);
  const seed = `${options.seed}.dry`;
  const isStrict = wantsCertificates(seed);
  return runWorld(
    bench,
    seed,
    () => {
      const towards = verbs.shift();
      return towards === undefined ? null : { towards, death: null, killAfter: null, isChecked: true };
    },
    ({ lived, isBirth }) => coverage.saw(lived.said, { isBirth, isStrict }),
  );
}

/** Kills until there were enough, or too much was found. */
export async function campaign(
  bench: Bench,
  options: SlotOptions,
  coverage: Coverage,
  seen: readonly SeenPoint[],
): Promise<SlotOutcome> {
  coverage.demand(seen);
  const violations: WorldOutcome[] = [];
  let [atPoint, atInstants, lives] = [0, 0, 0];
  let typical = 250;
  let reached: number | null = null;
  const enough = options.broken === null ? ENOUGH : 1;
  const isEnough = (): boolean => {
    const kills = atPoint + atInstants;
    if (kills < options.kills) return false;
    reached ??= lives;
    return lives - reached > PATIENCE || Object.values(coverage.kills()).every((count) => count > 0);
  };
  for (let world = 0; !isEnough() && violations.length < enough; world += 1) {
    const seed = `${options.seed}.${world}`;
    const isStrict = wantsCertificates(seed);
    let livesHere = 0;
    const most = coverage.needsBirth() ? 2 : MOST_LIVES;
    let target: string | null = null;
    const plan = (isBirth: boolean, choices: Choices): Plan | null => {
      if (livesHere >= most || isEnough()) return null;
      livesHere += 1;
      target = null;
      const wanted = choices.chance(AT_INSTANTS) ? null : coverage.target({ isBirth, isStrict }, choices);
      if (wanted === null) {
        return { towards: null, death: null, killAfter: 0.8 * choices.fraction() * typical, isChecked: null };
      }
      target = wanted.point;
      const time = choices.chance(0.85) ? 1 : 2;
      return {
        towards: wanted.towards,
        death: { kind: 'point', point: wanted.point, time },
        killAfter: null,
        isChecked: null,
      };
    };
    const note = ({ lived, isBirth }: WorldLife): void => {
      lives += 1;
      coverage.saw(lived.said, { isBirth, isStrict });
      const last = lived.said.points.at(-1);
      if (lived.end === 'died' && target === null) atInstants += 1;
      else if (lived.end === 'died' && last !== undefined) {
        atPoint += 1;
        coverage.killed(last);
      } else if (target !== null) coverage.missed(target, isBirth);
      if (lived.end === 'ended') typical = 0.9 * typical + 0.1 * lived.lasted;
    };
    const outcome = await runWorld(bench, seed, plan, note);
    if (outcome.violations.length > 0) violations.push(outcome);
  }
  return { atPoints: coverage.kills(), atInstants, lives, violations };
}
