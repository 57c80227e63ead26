import { choicesFrom } from '../kill-campaign/prng.ts';
import { openServer, type CampaignServer } from './server.ts';

/** A server keeps everything that it ever held in memory. */
const STORIES_PER_SERVER = 40;

/** The servers of a thread: one that wants client certificates, for a quarter of the stories, and one that wants none. */
export class Servers {
  readonly #open = new Map<boolean, { readonly server: CampaignServer; readonly stories: number }>();

  /** The server for the story of a seed. */
  async of(seed: string): Promise<CampaignServer> {
    const wantsCertificates = choicesFrom(`${seed} certificates`).chance(0.25);
    const present = this.#open.get(wantsCertificates);
    const isFull = present !== undefined && present.stories >= STORIES_PER_SERVER;
    if (isFull) await present.server.close();
    const { server, stories } =
      present === undefined || isFull ? { server: await openServer(wantsCertificates), stories: 0 } : present;
    this.#open.set(wantsCertificates, { server, stories: stories + 1 });
    return server;
  }

  async close(): Promise<void> {
    for (const { server } of this.#open.values()) await server.close();
  }
}
