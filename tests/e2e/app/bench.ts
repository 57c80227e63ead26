import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { expect, onTestFinished } from 'vitest';
import { caller, type Caller } from '../../integration/licensing-api/caller.ts';
import {
  startLicensingApi,
  type LicensingApi,
  type LicensingApiOptions,
} from '../../licensing-api/server.ts';
import { launchApp, type App } from '../../support/app.ts';
import type { LaunchOptions } from '../../support/launch-options.ts';
import { leaksIn, type Place, type Secret } from '../../support/leaks.ts';

/** Where the picture of a window is left in which a test has failed. */
const PICTURES = path.resolve(import.meta.dirname, '../../../.cache/test/failed');

/** A reference server and as many installations as a test wants, on disk, gone when the test is over. */
export interface Bench {
  /** The present server; another one with the same address and data after a stop and a start. */
  readonly server: LicensingApi;
  /** Calls of the present server that are not the application's: Management API, other devices. */
  readonly calls: Caller;
  /** Path of the vendor profile. */
  readonly profile: string;
  /** Address of the server, running or not. */
  readonly url: string;
  /** Folder of the first installation. */
  readonly dataDir: string;
  /** A folder for something else. */
  readonly folder: (name: string) => string;
  readonly launch: (options?: Partial<LaunchOptions>) => Promise<App>;
  readonly stopServer: () => Promise<void>;
  readonly startServer: (options?: LicensingApiOptions) => Promise<void>;
}

export async function startBench(options: LicensingApiOptions = {}): Promise<Bench> {
  const parent = mkdtempSync(path.join(tmpdir(), 'latchkey-e2e-'));
  const folder = (name: string) => path.join(parent, name);
  const start = (more: LicensingApiOptions = {}) =>
    startLicensingApi({ ...options, ...more, dataDir: folder('server') });
  let server: LicensingApi | null = null;
  const present = (): LicensingApi => {
    if (server === null) throw new Error('The server is stopped');
    return server;
  };
  const apps: App[] = [];
  const codes: Secret[] = [];
  const stopServer = async () => {
    const running = server;
    server = null;
    await running?.close();
  };
  onTestFinished(async ({ task }) => {
    for (const [index, app] of apps.entries()) {
      if (task.result?.state === 'fail') await picture(app, `${task.name}-${index + 1}`);
      await app.close();
    }
    const managed: Secret[] =
      server === null ? [] : [{ kind: 'OAuth secret', value: server.management.clientSecret }];
    await stopServer();
    const secrets: readonly Secret[] = [...codes, ...managed, { kind: 'folder', value: parent }];
    const leaks = leaksIn(secrets, [...writtenIn(folder('data')), ...shownBy(apps)]);
    rmSync(parent, { recursive: true, force: true, maxRetries: 5 });
    // In whatever the test was about: nothing that goes to support may have any of them.
    expect(leaks).toEqual([]);
  });
  server = await start();
  const { profilePath, url } = server;
  return {
    get server() {
      return present();
    },
    get calls() {
      const calls = caller(present());
      return {
        ...calls,
        createEntitlement: async (...args: Parameters<typeof calls.createEntitlement>) => {
          const made = await calls.createEntitlement(...args);
          codes.push({ kind: 'activation code', value: made.activationCode });
          return made;
        },
      };
    },
    profile: profilePath ?? '',
    url,
    dataDir: folder('data'),
    folder,
    launch: async (more = {}) => {
      const app = await launchApp({ profile: profilePath ?? '', dataDir: folder('data'), ...more });
      apps.push(app);
      app.page.setDefaultTimeout(20_000);
      return app;
    },
    stopServer,
    startServer: async (more) => {
      server = await start(more);
    },
  };
}

async function picture(app: App, name: string): Promise<void> {
  mkdirSync(PICTURES, { recursive: true });
  const file = `${name.toLowerCase().replaceAll(/[^a-z\d]+/g, '-')}.png`;
  try {
    await app.page.screenshot({ path: path.join(PICTURES, file) });
  } catch {
    // The window may be what failed, or is closed already.
  }
}

/** What an installation has written for support: its log and its reports of crashes. */
function writtenIn(dataDir: string): readonly Place[] {
  return ['logs', 'crashes'].flatMap((name) => {
    const dir = path.join(dataDir, name);
    if (!existsSync(dir)) return [];
    return readdirSync(dir).map((file) => ({
      name: `${name}/${file}`,
      bytes: readFileSync(path.join(dir, file)),
    }));
  });
}

/** What the processes have printed. */
function shownBy(apps: readonly App[]): readonly Place[] {
  return apps.map((app, index) => ({ name: `output ${index + 1}`, bytes: Buffer.from(app.output()) }));
}
