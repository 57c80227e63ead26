import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
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
import type { Secret } from '../../support/leaks.ts';
import { startLeakCheck } from './leak-check.ts';

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
  /** Has a secret looked for at the end that the bench can't know of, such as a password that is typed. */
  readonly keepSecret: (secret: Secret) => void;
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
  const stopServer = async () => {
    const running = server;
    server = null;
    await running?.close();
  };
  server = await start();
  const { profilePath, profile, url } = server;
  const check = startLeakCheck(profile, [folder('data')]);
  check.keep({ kind: 'OAuth secret', value: server.management.clientSecret });
  check.keep({ kind: 'folder', value: parent });
  onTestFinished(async ({ task }) => {
    for (const [index, app] of apps.entries()) {
      if (task.result?.state === 'fail') await picture(app, `${task.name}-${index + 1}`);
      await app.close();
    }
    await stopServer();
    try {
      // In whatever the test was about: nothing that goes to support may have any secret.
      expect(await check.end()).toEqual([]);
    } finally {
      rmSync(parent, { recursive: true, force: true, maxRetries: 5 });
    }
  });
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
          check.keep({ kind: 'activation code', value: made.activationCode });
          return made;
        },
      };
    },
    profile: profilePath ?? '',
    url,
    dataDir: folder('data'),
    folder,
    keepSecret: check.keep,
    launch: async (more = {}) => {
      const options = { profile: profilePath ?? '', dataDir: folder('data'), ...more };
      const app = await launchApp(options, (run) => check.look(run, options.dataDir));
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
