import { existsSync, mkdirSync, rmSync } from 'node:fs';
import path from 'node:path';
import type { Breakage } from './broken.ts';
import { checkAsFound, checkRecovered } from './check.ts';
import type { Subject } from './finish.ts';
import type { Cradle, Lived } from './life.ts';
import type { Death } from './orders.ts';
import { againOf } from './feature-verbs.ts';
import { buy, countedOf } from './market.ts';
import { choicesFrom, type Choices } from './prng.ts';
import { lostBy, notDone, type Seat } from './rules.ts';
import type { Servers } from './servers.ts';
import { replayText, type Step } from './step.ts';
import type { Summary } from './summary.ts';
import { Tally } from './tally.ts';
import type { Verb } from './verbs.ts';

/** One device with its data folder, its purchases and the person who uses it, over many lives of the application. */

const SECOND = 1000;
const MINUTE = 60 * SECOND;
/** How much time can pass between two lives, milliseconds. */
const PAUSES = [0, SECOND, 11 * MINUTE, 3 * 60 * MINUTE];

export interface Bench {
  readonly servers: Servers;
  readonly cradle: Cradle;
  /** Folder for the folders of devices. */
  readonly root: string;
  readonly broken: Breakage | null;
}

/** What a life is to be. */
export interface Plan {
  readonly towards: Verb | null;
  readonly death: Death | null;
  /** Milliseconds until it is killed from outside. */
  readonly killAfter: number | null;
  /** Whether the device is repaired and compared with the server afterwards; null = as chance has it. */
  readonly isChecked: boolean | null;
}

export interface WorldLife {
  readonly lived: Lived;
  readonly isBirth: boolean;
}

export interface WorldOutcome {
  readonly violations: readonly string[];
  /** How the same can be had again. */
  readonly replay: string;
}

/**
 * Lives lives until there is no plan any more or something is not as it has to be.
 * @param plan told whether the folder has its key yet; null = it is enough
 * @param note told of every life
 */
export async function runWorld(
  bench: Bench,
  seed: string,
  plan: (isBirth: boolean, choices: Choices) => Plan | null,
  note: (life: WorldLife) => void = () => undefined,
): Promise<WorldOutcome> {
  const world = await createWorld(bench, seed);
  const steps: Step[] = [];
  const violations: string[] = [];
  try {
    let index = 0;
    while (violations.length === 0) {
      const choices = choicesFrom(`${seed}/${index}`);
      const next = plan(world.isBirth(), choicesFrom(`${seed}/${index}/plan`));
      if (next === null) break;
      const { life, step, problems } = await world.live(next, `${seed}/${index}`, choices);
      note(life);
      steps.push(step);
      violations.push(...problems);
      index += 1;
    }
  } finally {
    world.remove();
  }
  return { violations, replay: replayText({ seed, steps }) };
}

async function createWorld(bench: Bench, seed: string) {
  const { servers, cradle, root, broken } = bench;
  const server = await servers.of(seed);
  const choices = choicesFrom(seed);
  const name = seed.replaceAll(/[^\w.-]/g, '_');
  const folder = path.join(root, name);
  mkdirSync(folder, { recursive: true });
  let now = Math.floor(Date.now() / SECOND) * SECOND;
  server.setClock(() => now);
  const { purchases, codes, person } = await buy(server, name);
  const [product] = server.profile.products;
  if (product === undefined) throw new Error('the server sells nothing');
  const fixed = {
    dataDir: path.join(folder, 'data'),
    productId: product.productId,
    profile: { ...server.profile, products: [product] },
    codes,
    person,
    machine: choices.chance(0.25) ? ('bare' as const) : ('desktop' as const),
    broken,
  };
  const subject = (): Subject => ({ ...fixed, now });
  let known: Summary | null = null;
  /** Activations that the device was seen to have. */
  const had = new Set<string>();
  /** Of each activation, the deactivation by which the device gave it back last. */
  const givenBack = new Map<string, string>();
  const tally = new Tally();
  let cutOff: ReturnType<typeof againOf> = null;
  let lives = 0;

  const seats = (): readonly Seat[] =>
    purchases.flatMap(({ id }) => server.store.activations.live(id)).map(({ id, mode }) => ({ id, mode }));

  /** The portal has answered a request of the time after the deactivation, and goes on with the same activation. */
  const isTakenAgain = (id: string): boolean => {
    const deactivation = givenBack.get(id);
    return deactivation !== undefined && server.store.offline.outlives(id, deactivation);
  };

  /**
   * A seat that the portal gave and that the device was never told of: the person let the response lie and took
   * another seat. It is theirs to give back, which they do.
   */
  const isCarried = ({ id, mode }: Seat, { requests }: Summary): boolean => {
    if (mode !== 'offline' || (had.has(id) && !isTakenAgain(id))) return false;
    // As long as its request is there the response can still be brought.
    if (requests.length > 0) return true;
    server.store.activations.end(id, 'deactivated', now);
    return true;
  };

  const remember = (summary: Summary): void => {
    known = summary;
    if (summary.activation !== null) had.add(summary.activation.id);
    for (const { id, activation } of summary.receipts) givenBack.set(activation, id);
  };

  const live = async (plan: Plan, seed_: string, lifeChoices: Choices) => {
    known ??= (await checkAsFound(subject())).summary;
    now += lifeChoices.one(PAUSES);
    // The vendor may disable a purchase, so that another one is used in its place.
    const held = purchases.find(({ id }) => id === known?.activation?.entitlement);
    const disabled = lifeChoices.chance(0.2) ? (held ?? lifeChoices.one(purchases)) : null;
    if (disabled !== null) server.store.entitlements.setDisabled(disabled.id, true);
    const isChecked = plan.isChecked ?? lifeChoices.chance(0.65);
    const isNew = isBirth();

    let calls = 0;
    const { faults } = server;
    const { take } = faults;
    Object.assign(faults, {
      take: (operation: string) => {
        calls += 1;
        return take(operation);
      },
    });
    const trace = path.join(folder, `trace-${lives}`);
    lives += 1;
    const orders = { ...subject(), pocket: path.join(folder, 'pocket'), trace, seed: seed_, cutOff };
    const counted = () => countedOf(server, known?.activation?.id ?? '');
    tally.begin(known.activation === null ? null : counted());
    const lived = await cradle
      .live({ ...orders, towards: plan.towards, death: plan.death }, plan.killAfter)
      .finally(() => Object.assign(faults, { take }));

    const problems: string[] = [];
    const { said, end } = lived;
    cutOff = againOf(said.underWay);
    if (end === 'crashed') problems.push(`the life ended by itself: ${lived.complaint.slice(0, 2000)}`);
    for (const { verb, about, code, summary } of said.done) {
      problems.push(...lostBy({ verb, about }, known, summary));
      const undone = notDone({ verb, about }, code, known, summary);
      if (undone !== null) problems.push(undone);
      tally.take({ verb, about }, code, known, summary, now);
      remember(summary);
    }
    const found = await checkAsFound(subject());
    problems.push(...found.problems, ...lostBy(said.underWay, known, found.summary));
    if (said.underWay !== null) tally.take(said.underWay, null, known, found.summary, now);
    remember(found.summary);
    problems.push(...tally.breaches(counted()));
    if (isChecked && problems.length === 0) {
      for (const { id } of purchases) server.store.entitlements.setDisabled(id, false);
      const around = { seats, isCarried, counted: (id: string) => countedOf(server, id) };
      const recovered = await checkRecovered(subject(), found.summary, around);
      problems.push(...recovered.problems);
      tally.settle(recovered.summary);
      remember(recovered.summary);
    }

    // The server may have carried a call out whose answer nobody was there to hear.
    const begun = said.points.filter((point) => /^before (?:call|portal) /.test(point)).length;
    const isUnheard = /^before (?:call|portal) /.test(said.points.at(-1) ?? '') && calls === begun;
    const count = end === 'died' ? said.points.length + (isUnheard ? 1 : 0) : null;
    const step: Step = { towards: plan.towards, count, isChecked };
    return { life: { lived, isBirth: isNew }, step, problems };
  };

  const isBirth = (): boolean => !existsSync(path.join(fixed.dataDir, 'vault', 'keys.json'));

  return { live, isBirth, remove: () => rmSync(folder, { recursive: true, force: true }) };
}
