import { parentPort, workerData } from 'node:worker_threads';
import * as v from 'valibot';
import { DEFECTS } from './broken.ts';
import { playStory, type Played } from './play.ts';
import { openServer } from './server.ts';

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

/** The server keeps everything that it ever held in memory. */
const STORIES_PER_SERVER = 40;

const port = parentPort;
if (port !== null) {
  const { seed, cuts, defect, root } = v.parse(ordersSchema, workerData);
  let server = await openServer();
  let lost = 0;
  for (let story = 0; lost < cuts; story += 1) {
    if (story > 0 && story % STORIES_PER_SERVER === 0) {
      await server.close();
      server = await openServer();
    }
    const replay = `${seed}/${story}`;
    const played = await playStory(server, root, replay, defect === null ? {} : DEFECTS[defect]);
    lost += played.cuts.length;
    port.postMessage({ ...played, replay } satisfies Story, []);
    if (played.wrong.length > 0) break;
  }
  await server.close();
  port.close();
}
