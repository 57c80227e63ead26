import { parentPort, workerData } from 'node:worker_threads';
import * as v from 'valibot';
import { DEFECTS } from './broken.ts';
import { playStory, type Played } from './play.ts';
import { Servers } from './servers.ts';

/** Stories one after the other in a thread of its own, until so many answers were lost. */

export const ordersSchema = v.strictObject({
  /** Of the stories; each adds its number. */
  seed: v.string(),
  cuts: v.number(),
  defect: v.nullable(v.picklist(Object.keys(DEFECTS) as (keyof typeof DEFECTS)[])),
  root: v.string(),
});

/** One story as it is told to the command. */
export type Story = Played & { readonly replay: string };

const port = parentPort;
if (port !== null) {
  const { seed, cuts, defect, root } = v.parse(ordersSchema, workerData);
  const servers = new Servers();
  let lost = 0;
  for (let story = 0; lost < cuts; story += 1) {
    const replay = `${seed}/${story}`;
    const server = await servers.of(replay);
    const played = await playStory(server, root, replay, defect === null ? {} : DEFECTS[defect]);
    lost += played.cuts.length;
    port.postMessage({ ...played, replay } satisfies Story, []);
    if (played.wrong.length > 0) break;
  }
  await servers.close();
  port.close();
}
