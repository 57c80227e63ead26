import path from 'node:path';
import type { Cut } from '../../licensing-api/faults.ts';
import { choicesFrom } from '../kill-campaign/prng.ts';
import type { Mutation } from '../model/real-installation.ts';
import { miscounted, openAfter, type OpenWish } from './amounts.ts';
import { drawCuts, wayOf } from './cuts.ts';
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

  const take = async (deed: Deed, planned: readonly (Omit<Cut, 'onCut'> | null)[]): Promise<Taken> => {
    const hit: string[] = [];
    const taken = await world.carryOut(
      deed,
      planned.map((cut) =>
        cut === null ? null : { ...cut, onCut: (call, place) => void hit.push(wayOf(call, place, cut.how)) },
      ),
    );
    const { outcome, calls } = taken;
    cuts.push(...hit);
    deeds.push(`${asText(deed)}: ${outcome}${hit.map((way) => ` [${way}]`).join('')}`);
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
      const planned = isHit && !isWithPortal(deed) ? drawCuts(choices) : [];
      const known = cuts.length;
      const { outcome } = await take(deed, planned);
      failed = outcome === 'serverUnreachable' || outcome === 'answerMalformed' ? deed : null;
      inARow = cuts.length > known ? inARow + 1 : 0;
    }
    if (wrong.length === 0) wrong.push(...(await comeToRest(world, (deed) => take(deed, []))));
  } finally {
    await world.close();
  }
  return { cuts, deeds, wrong };
}
