import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import * as v from 'valibot';
import { createServices } from '../../../electron/create-services.ts';
import { licenseRecordSchema } from '../../../electron/license/records.ts';
import type { EngineOptions } from '../../../electron/license/turn.ts';
import { systemClock, systemRandom } from '../../../electron/platform/system.ts';
import { NO_KEYRING } from '../../../electron/ports.ts';
import { SILENT } from '../../../electron/support/log.ts';
import { startLicensingApi } from '../../licensing-api/server.ts';
import { purchase } from '../../support/back-office.ts';
import { hire, type Hand } from './crew.ts';
import type { Command, Deed } from './words.ts';

/** What went wrong while several processes worked in one data folder; nothing where all went well. */
export interface StoryOutcome {
  readonly problems: readonly string[];
  readonly operations: number;
}

export interface StoryOptions {
  readonly seed: string;
  readonly windows: number;
  /** Processes that run the command line. */
  readonly shells: number;
  /** How many things each does with the license. */
  readonly uses: number;
  readonly withoutLock: boolean;
}

const logged = v.looseObject({ operation: v.string(), errorCode: v.optional(v.string()) });

/** Refusals that a client with a lock never gets: somebody else has used its nonce or its token. */
const BROKEN_CHAIN = new Set(['nonceMismatch', 'accessTokenInvalid']);

/** Of offline requests so many are kept; more would push the first out. */
const MOST_REQUESTS = 48;

/** Refusals that are right where several wish the same at once. */
const FORESEEN: Readonly<Record<string, readonly string[]>> = {
  activate: ['ok', 'notAllowedInState'],
  deactivate: ['ok', 'notAllowedInState'],
};

/** Lets the processes request, activate, use and give back a license, all at once, and compares. */
export async function tellStory(options: StoryOptions): Promise<StoryOutcome> {
  const root = mkdtempSync(path.join(tmpdir(), 'latchkey-concurrent-'));
  const problems: string[] = [];
  const server = await startLicensingApi({
    dataDir: path.join(root, 'server'),
    logLevel: 'info',
    writeLog: (line) => {
      const entry = v.parse(logged, JSON.parse(line));
      const code = entry.errorCode ?? '';
      if (BROKEN_CHAIN.has(code)) problems.push(`the server refused ${entry.operation}: ${code}`);
    },
  });
  const dataDir = path.join(root, 'data');
  const hands: Hand[] = [];
  try {
    const bought = await purchase(server, { offlineLeasePeriod: { type: 'Day', count: 30 } });
    const { productId } = server;
    const orders = {
      profile: server.profilePath ?? '',
      dataDir,
      productId,
      withoutLock: options.withoutLock,
    };
    const names = [
      ...Array.from(
        { length: options.windows },
        (_, index) => ['window-child.ts', `window ${index}`] as const,
      ),
      ...Array.from({ length: options.shells }, (_, index) => ['cli-child.ts', `shell ${index}`] as const),
    ];
    for (const [program, name] of names) {
      hands.push(hire(program, name, { ...orders, seed: `${options.seed} ${name}` }));
    }

    const seen = new Map<string, number>();
    let operations = 0;
    const judge = (name: string, { what, code, revision }: Deed): void => {
      operations += 1;
      if (!(FORESEEN[what] ?? ['ok']).includes(code)) problems.push(`${name}: ${what} failed with ${code}`);
      if (revision === null) return;
      if (revision < (seen.get(name) ?? 0)) problems.push(`${name}: the revision went back`);
      seen.set(name, revision);
    };
    const all = async (command: Command): Promise<readonly Deed[]> => {
      const reports = await Promise.all(
        hands.map(async (hand) => {
          const deeds = await hand.command(command);
          for (const deed of deeds) judge(hand.name, deed);
          return deeds;
        }),
      );
      return reports.flat();
    };
    const stored = () => readStored(server.profile, dataDir, productId);
    const seats = (): number => server.store.activations.live(bought.id).length;
    const expectSeats = (count: number): void => {
      if (seats() !== count) problems.push(`${seats()} seats are taken instead of ${count}`);
    };

    const times = Math.floor(MOST_REQUESTS / hands.length);
    const requested = await all({ kind: 'request', code: bought.code, times });
    const kept = new Set((await stored())?.requests);
    const lost = requested.filter(({ made }) => made !== null && !kept.has(made));
    if (lost.length > 0) problems.push(`${lost.length} requests were lost`);
    if (kept.size !== times * hands.length) problems.push(`${kept.size} requests are kept`);

    await all({ kind: 'activate', code: bought.code });
    expectSeats(1);
    await all({ kind: 'use', times: options.uses });
    expectSeats(1);
    const after = await stored();
    if (after === null || after.revision < Math.max(0, ...seen.values()))
      problems.push('the last update was lost');
    const left = await all({ kind: 'deactivate' });
    if (left.filter(({ code }) => code === 'ok').length !== 1)
      problems.push('not exactly one gave the seat back');
    expectSeats(0);
    for (const hand of hands) {
      const { status, complaint } = await hand.end();
      if (status !== 0 || complaint !== '') problems.push(`${hand.name} ended with ${status}: ${complaint}`);
    }
    return { problems, operations };
  } finally {
    for (const hand of hands) hand.kill();
    await server.close();
    rmSync(root, { recursive: true, force: true });
  }
}

async function readStored(
  profile: Parameters<typeof createServices>[0]['profile'],
  dataDir: string,
  productId: string,
): Promise<{ readonly revision: number; readonly requests: readonly string[] } | null> {
  let engine: EngineOptions | null = null;
  const services = await createServices(
    {
      profile,
      dataDir,
      keyring: NO_KEYRING,
      clock: systemClock,
      random: systemRandom,
      log: SILENT,
      appVersion: '0.0.0',
      systemLocale: 'en',
    },
    { engine: (made) => (engine = made) },
  );
  try {
    const made: EngineOptions | null = engine;
    const vault = await (made as EngineOptions | null)?.vault();
    const record = vault?.ok === true ? await vault.value.read(productId, licenseRecordSchema) : null;
    if (record?.ok !== true || record.value === null) return null;
    const { revision, value } = record.value;
    return { revision, requests: value.exchange.requests.map(({ id }) => id) };
  } finally {
    await services.close();
  }
}
