import { once } from 'node:events';
import { parentPort, workerData } from 'node:worker_threads';
import * as v from 'valibot';
import { createCoverage, type SeenPoint } from './coverage.ts';
import { campaign, dryRun, withBench, type SlotOptions, type SlotOutcome } from './slot.ts';
import type { WorldOutcome } from './world.ts';

/** One slot in a thread of its own: says where one can die, is told what all have found, kills, and tells the outcome. */

export type FromSlot =
  | { readonly kind: 'seen'; readonly points: readonly SeenPoint[]; readonly outcome: WorldOutcome }
  | { readonly kind: 'done'; readonly outcome: SlotOutcome };

const port = parentPort;
if (port === null) throw new Error('to be started as a thread');
const options = v.parse(
  v.custom<SlotOptions>((value) => typeof value === 'object' && value !== null),
  workerData,
);
const say = (message: FromSlot): void => port.postMessage(message, []);

await withBench(options, async (bench) => {
  const coverage = createCoverage();
  const outcome = await dryRun(bench, options, coverage);
  const go = once(port, 'message');
  say({ kind: 'seen', points: coverage.seen(), outcome });
  const [points] = v.parse(
    v.tuple([v.custom<readonly SeenPoint[]>((value) => Array.isArray(value))]),
    await go,
  );
  const nothing: SlotOutcome = { atPoints: {}, atInstants: 0, lives: 0, violations: [] };
  say({
    kind: 'done',
    outcome: points.length === 0 ? nothing : await campaign(bench, options, coverage, points),
  });
});
port.close();
