import path from 'node:path';
import { choicesFrom } from '../kill-campaign/prng.ts';
import type { Mutation } from '../model/real-installation.ts';
import { miscounted, openAfter, type OpenWish } from './amounts.ts';
import { drawCuts, outageAfter, wayOf, type Mishap } from './cuts.ts';
import { nextDeed, opening } from './next-deed.ts';
import { breaches } from './rules.ts';
import { comeToRest } from './rest.ts';
import type { CampaignServer } from './server.ts';
import { World, type Deed, type Taken } from './world.ts';

/** Deeds of one story, before it comes to rest. */
const SHORTEST = 20;
const LONGEST = 60;
/** So many lost answers in a row, and the network is well again for a while. */
const MOST_IN_A_ROW = 4;

/** One story: what was done, what was cut off, and what was wrong in the end. */
export interface Played {
  /** Every cut, as `wayOf` counts it. */
  readonly cuts: readonly string[];
  /** What was done, and what came of it, one line each. */
  readonly deeds: readonly string[];
  readonly wrong: readonly string[];
}

/** What a person does in the portal is no call of the program. */
const isWithPortal = (deed: Deed): boolean => deed.do === 'request' || deed.do === 'leave';

/** The deed that takes a seat in the place of another: the network often goes before that one is given back. */
const isReplacing = (first: readonly Deed[], step: number): boolean =>
  first.length > 1 && step === first.length - 1;

const asText = (deed: Deed): string => JSON.stringify(deed).replaceAll(/[{}"]/g, '');

/**
 * Plays the story of a seed until something is wrong or it is over.
 * @param root folder for the folders of devices
 */
export async function playStory(
  server: CampaignServer,
  root: string,
  seed: string,
  mutation: Mutation = {},
): Promise<Played> {
  const choices = choicesFrom(seed);
  const world = await World.open(server, path.join(root, seed.replaceAll('/', '-')), mutation);
  const cuts: string[] = [];
  const deeds: string[] = [];
  const wrong: string[] = [];
  let wish: OpenWish | null = null;
  let before = await world.look();

  const take = async (deed: Deed, planned: readonly Mishap[]): Promise<Taken> => {
    const hit: string[] = [];
    const taken = await world.carryOut(
      deed,
      planned.map((mishap) =>
        mishap === null || mishap === 'question'
          ? mishap
          : { ...mishap, onCut: (call, place) => void hit.push(wayOf(call, place, mishap.how)) },
      ),
    );
    const { outcome, calls } = taken;
    cuts.push(...hit);
    const spared = planned.indexOf('question');
    const outage = spared < 0 ? '' : ` [no network after ${spared} calls]`;
    deeds.push(`${asText(deed)}: ${outcome}${hit.map((way) => ` [${way}]`).join('')}${outage}`);
    const after = await world.look();
    wrong.push(...breaches(world, deed, outcome, after), ...miscounted(deed, outcome, wish, before, after));
    wish = openAfter(deed, outcome, calls, wish, before, after);
    before = after;
    return taken;
  };

  try {
    let failed: Deed | null = null;
    let inARow = 0;
    const first = opening(choices);
    const length = SHORTEST + choices.below(LONGEST - SHORTEST);
    for (let step = 0; step < length && wrong.length === 0; step += 1) {
      const deed: Deed =
        failed === null
          ? (first[step] ?? nextDeed(before, null, choices))
          : nextDeed(before, failed, choices);
      const isHit = inARow < MOST_IN_A_ROW && choices.chance(0.75);
      const drawn =
        isReplacing(first, step) && choices.chance(0.5) ? outageAfter(1 + choices.below(3)) : null;
      const planned = isHit && !isWithPortal(deed) ? (drawn ?? drawCuts(choices)) : [];
      const known = cuts.length;
      const { outcome } = await take(deed, planned);
      failed = outcome === 'serverUnreachable' || outcome === 'answerMalformed' ? deed : null;
      inARow = cuts.length > known || (failed !== null && planned.includes('question')) ? inARow + 1 : 0;
    }
    if (wrong.length === 0) wrong.push(...(await comeToRest(world, (deed) => take(deed, []))));
  } finally {
    await world.close();
  }
  return { cuts, deeds, wrong };
}
