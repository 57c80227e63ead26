// First of all: what follows keeps functions of node:fs for later.
import { watchWrites, type Side } from './label-writes.ts';
import process from 'node:process';
import { createInterface } from 'node:readline/promises';
import * as v from 'valibot';
import type { FeatureChange } from '../../../electron/license/feature-policy.ts';
import type { LicenseView } from '../../../shared/license/schemas.ts';
import { start, type Installation } from './installation.ts';
import { changeFrom } from './feature-verbs.ts';
import { nextVerb } from './next-verb.ts';
import { ordersSchema, type Orders } from './orders.ts';
import { openPocket } from './pocket.ts';
import { portalOf } from './portal.ts';
import { choicesFrom } from './prng.ts';
import { summarize } from './summary.ts';
import { openTrace, pointOf } from './trace.ts';
import { deed, type Verb } from './verbs.ts';

/**
 * One life of the application: waits for its orders on standard input, starts, and does what a user may do until it
 * is killed, by itself at the point that it was given or by whoever started it at any instant.
 */

/** Operations after that of the start. */
const LONGEST = 6;
/** Where the operation that was asked for does not come to the given point twice, it will not come there. */
const TRIES = 2;

async function live(orders: Orders): Promise<void> {
  const { dataDir, productId, profile, codes, person, death } = orders;
  const trace = openTrace(orders.trace);
  const choices = choicesFrom(orders.seed);
  const pocket = openPocket(orders.pocket);

  let count = 0;
  let times = 0;
  const arrive = (label: string, side: Side): void => {
    // A sign of life comes with the time and not with the work: it would change the count from run to run.
    if (/^l?utimes /.test(label)) return;
    const point = pointOf(label, side);
    trace.write({ kind: 'point', label: point });
    count += 1;
    if (death?.kind === 'point' && death.point === point) times += 1;
    const isOver = death?.kind === 'point' ? times === death.time : count === death?.count;
    if (isOver) process.kill(process.pid, 'SIGKILL');
  };
  if (death?.kind === 'count' && death.count === 0) process.kill(process.pid, 'SIGKILL');
  watchWrites(dataDir, arrive);
  const portal = portalOf(profile, (call, side) => arrive(`portal ${call}`, side));

  const begin = (): Promise<Installation> => start(orders, (call, side) => arrive(`call ${call}`, side));
  let installation = await begin();
  const look = async (): Promise<LicenseView> => {
    const { licenses } = await installation.services.snapshot();
    const view = licenses.find((license) => license.productId === productId);
    if (view === undefined) throw new Error('the product is not there');
    return view;
  };
  const carryOut = async (
    verb: Verb,
    view: LicenseView,
    again: FeatureChange | null = null,
  ): Promise<void> => {
    const { about, carryOut: work } = deed(verb, {
      again,
      installation,
      view,
      pocket,
      portal,
      codes,
      person,
      choices,
    });
    trace.write({ kind: 'begin', verb, about });
    const code = await work();
    if (verb === 'restart') {
      await installation.close();
      installation = await begin();
    }
    const { theme } = installation.services.settings.current();
    const summary = await summarize(installation.engine, { dataDir, productId, theme });
    trace.write({ kind: 'done', code, summary });
  };

  // As the window does it at every start.
  await carryOut('reconcile', await look());
  const { cutOff } = orders;
  if (cutOff !== null && choices.chance(0.7)) {
    await carryOut(cutOff.verb, await look(), changeFrom(cutOff.verb, cutOff.about));
  }
  let left = 2 + choices.below(LONGEST - 1);
  let tries = 0;
  while (left > 0 && tries < TRIES) {
    const view = await look();
    const verb = nextVerb({ view, pocket, choices }, orders.towards);
    await carryOut(verb, view);
    left -= 1;
    if (verb === orders.towards) tries += 1;
  }
  await installation.close();
  trace.write({ kind: 'end' });
}

const input = createInterface({ input: process.stdin });
for await (const line of input) {
  await live(v.parse(ordersSchema, JSON.parse(line)));
  break;
}
process.exit(0);
