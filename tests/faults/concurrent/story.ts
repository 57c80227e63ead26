import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import * as v from 'valibot';
import { createServices } from '../../../electron/create-services.ts';
import { licenseRecordSchema } from '../../../electron/license/records.ts';
import type { EngineOptions } from '../../../electron/license/turn.ts';
import { systemClock, systemRandom } from '../../../electron/platform/system.ts';
import { NO_KEYRING } from '../../../electron/ports.ts';
import { SILENT } from '../../../electron/support/log.ts';
import { startLicensingApi, type LicensingApi } from '../../licensing-api/server.ts';
import { purchase } from '../../support/back-office.ts';
import { hire, type Hand } from './crew.ts';
import { COUNT, FLAG, POOL, type Command, type Deed } from './words.ts';

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
  // Somebody else has put back what there was.
  putBack: ['ok', 'featureNotReturnable'],
  deactivate: ['ok', 'notAllowedInState'],
};

/** Enough for everybody. */
const TERMS: Parameters<typeof purchase>[1] = {
  features: [
    { key: POOL, type: 'elementPool', total: 10_000 },
    { key: COUNT, type: 'usageCount', total: 1_000_000 },
    { key: FLAG, type: 'bool' },
  ],
};

/** Lets the processes request, activate, use and give back a license, all at once, and compares. */
export async function tellStory(options: StoryOptions): Promise<StoryOutcome> {
  const root = mkdtempSync(path.join(tmpdir(), 'latchkey-concurrent-'));
  const problems: string[] = [];
  const heard = {
    logLevel: 'info',
    // Each device fetches its certificate, and shows it with every call.
    requireClientCertificate: true,
    writeLog: (line: string) => {
      const entry = v.parse(logged, JSON.parse(line));
      const code = entry.errorCode ?? '';
      if (BROKEN_CHAIN.has(code)) problems.push(`the server refused ${entry.operation}: ${code}`);
    },
  } as const;
  const server = await startLicensingApi({ ...heard, dataDir: path.join(root, 'server') });
  const local = await startLicensingApi({ ...heard, localOf: server.vendor });
  const dataDir = path.join(root, 'data');
  const hands: Hand[] = [];
  try {
    const bought = await purchase(server, { ...TERMS, offlineLeasePeriod: { type: 'Day', count: 30 } });
    const there = await purchase(local, TERMS);
    const { productId } = server;
    const caFile = path.join(root, 'local-ca.pem');
    writeFileSync(caFile, local.caPem);
    const orders = {
      local: { url: local.url, pin: local.pin, caFile },
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
    const counts = new Map<string, number>();
    const judge = (name: string, { what, code, revision, counted }: Deed): void => {
      operations += 1;
      if (counted !== null) counts.set(counted.key, (counts.get(counted.key) ?? 0) + counted.added);
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
    /** Of every feature the server has counted what all were told, and the record says the same. */
    const expectCounts = async (at: LicensingApi): Promise<void> => {
      const record = await stored();
      for (const key of [POOL, COUNT, FLAG]) {
        const expected = counts.get(key) ?? 0;
        const counted = at.store.featureUse.own(record?.activationId ?? '', key, 0);
        const known = key === FLAG ? expected : record?.features[key];
        if (counted !== expected || known !== expected)
          problems.push(`${expected} of ${key} were taken, ${counted} counted, ${known} are known`);
      }
      counts.clear();
    };
    const stored = () => readStored(server.profile, dataDir, productId);
    const expectSeats = (inCloud: number, atLocal: number): void => {
      const taken = [server.store.activations.live(bought.id), local.store.activations.live(there.id)];
      const [cloud = 0, onSite = 0] = taken.map(({ length }) => length);
      if (cloud !== inCloud || onSite !== atLocal)
        problems.push(`${cloud} and ${onSite} seats are taken instead of ${inCloud} and ${atLocal}`);
    };
    const giveBack = async (): Promise<void> => {
      const left = await all({ kind: 'deactivate' });
      if (left.filter(({ code }) => code === 'ok').length !== 1)
        problems.push('not exactly one gave the seat back');
      expectSeats(0, 0);
    };

    const times = Math.floor(MOST_REQUESTS / hands.length);
    const requested = await all({ kind: 'request', code: bought.code, times });
    const kept = new Set((await stored())?.requests);
    const lost = requested.filter(({ made }) => made !== null && !kept.has(made));
    if (lost.length > 0) problems.push(`${lost.length} requests were lost`);
    if (kept.size !== times * hands.length) problems.push(`${kept.size} requests are kept`);

    await all({ kind: 'activate', code: bought.code });
    expectSeats(1, 0);
    await all({ kind: 'use', times: options.uses });
    expectSeats(1, 0);
    await expectCounts(server);
    const after = await stored();
    if (after === null || after.revision < Math.max(0, ...seen.values()))
      problems.push('the last update was lost');
    await giveBack();

    // All of them move to the server on site, and nothing goes to the other any more.
    await all({ kind: 'choose', server: 'local' });
    await all({ kind: 'activate', code: there.code });
    expectSeats(0, 1);
    await all({ kind: 'use', times: Math.ceil(options.uses / 4) });
    expectSeats(0, 1);
    await expectCounts(local);
    await giveBack();
    for (const hand of hands) {
      const { status, complaint } = await hand.end();
      if (status !== 0 || complaint !== '') problems.push(`${hand.name} ended with ${status}: ${complaint}`);
    }
    return { problems, operations };
  } finally {
    for (const hand of hands) hand.kill();
    await server.close();
    await local.close();
    rmSync(root, { recursive: true, force: true });
  }
}

interface Stored {
  readonly revision: number;
  readonly requests: readonly string[];
  readonly activationId: string | null;
  readonly features: Readonly<Record<string, number>>;
}

async function readStored(
  profile: Parameters<typeof createServices>[0]['profile'],
  dataDir: string,
  productId: string,
): Promise<Stored | null> {
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
    const { activation, exchange } = value;
    return {
      revision,
      requests: exchange.requests.map(({ id }) => id),
      activationId: activation?.id ?? null,
      features: Object.fromEntries((activation?.features ?? []).map(({ key, active }) => [key, active])),
    };
  } finally {
    await services.close();
  }
}
