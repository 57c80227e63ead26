import '../../support/no-electron.ts';
import { cpSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import * as v from 'valibot';
import { STRAIGHT, type Network, type Route } from '../../../electron/api/network.ts';
import { createServices, type ServiceParts } from '../../../electron/create-services.ts';
import { systemClock, systemRandom } from '../../../electron/platform/system.ts';
import type { Keyring } from '../../../electron/ports.ts';
import type { ServiceOptions, Services } from '../../../electron/services.ts';
import { SILENT } from '../../../electron/support/log.ts';
import type { LicenseView } from '../../../shared/license/schemas.ts';
import type { CreateEntitlementRequest } from '../../../shared/licensing-api/generated/types.gen.ts';
import type { VendorProfile } from '../../../shared/profile.ts';
import type { Result } from '../../../shared/result.ts';
import {
  startLicensingApi,
  type LicensingApi as Server,
  type LicensingApiOptions,
} from '../../licensing-api/server.ts';
import { manage, purchase, type Purchase } from '../../support/back-office.ts';
import { fakeKeyring } from '../../support/fake-keyring.ts';
import { fakeHost, type Machine } from '../../unit/fingerprint/fake-host.ts';
import { LINUX_DESKTOP } from '../../unit/fingerprint/machines.ts';
import { openFront, type Front } from '../net/front.ts';
import { typedCode } from '../../support/typed-secrets.ts';

/** Everything of an installation that a fault may change. */
export interface Setting {
  profile: VendorProfile;
  machine: Machine;
  keyring: Keyring;
  /** Milliseconds that the clock of the machine is ahead. */
  clockOffset: number;
  /** Ways to the server; null = straight. */
  routes: readonly Route[] | null;
  isConnected: boolean;
  parts: ServiceParts;
  /** What lies where an administrator's policy would; undefined = nothing. */
  policy: ServiceOptions['policy'];
  /** What the process knows of its own program; undefined = nothing. */
  program: ServiceOptions['program'];
}

/** One application with its server and the network between them, all of them real, and all of them to be broken. */
export interface World {
  readonly server: Server;
  readonly front: Front;
  readonly setting: Setting;
  readonly productId: string;
  readonly dataDir: string;
  /** The services as they run now. */
  readonly services: () => Services;
  /** Ends the services and starts them anew with the setting as it is by then. */
  readonly restart: () => Promise<void>;
  readonly buy: (terms?: Partial<CreateEntitlementRequest>) => Promise<Purchase>;
  /** Buys and activates; throws if that fails. */
  readonly activate: (terms?: Partial<CreateEntitlementRequest>) => Promise<Purchase>;
  readonly refresh: () => Promise<Result<LicenseView>>;
  readonly manage: (method: string, path: string, json?: unknown) => Promise<unknown>;
  /** Gives the seats of a purchase back from outside. */
  readonly release: (bought: Purchase) => Promise<void>;
  /** Writes something else over the files of the vault with such names; returns how many. */
  readonly overwrite: (names: RegExp, text: string) => number;
  /** Copies the data folder as it is now; the result puts it back. */
  readonly keepCopy: (folder?: string) => () => void;
  /** Starts the same application on another folder, such as a copy: another installation. */
  readonly another: (folder: 'copy' | 'empty', setting?: Partial<Setting>) => Promise<Services>;
  /** Closed with the world. */
  readonly keep: <T extends { readonly close: () => Promise<void> }>(closable: Promise<T>) => Promise<T>;
}

const seats = v.object({ items: v.array(v.object({ id: v.string() })) });

/** Builds a world, lets it be used and takes everything away again. */
export async function withWorld<T>(
  options: LicensingApiOptions,
  use: (world: World) => Promise<T>,
): Promise<T> {
  const closers: (() => Promise<void> | void)[] = [];
  const keep: World['keep'] = async (closable) => {
    const kept = await closable;
    closers.push(kept.close);
    return kept;
  };
  const parent = mkdtempSync(path.join(tmpdir(), 'latchkey-planted-'));
  closers.push(() => rmSync(parent, { recursive: true, force: true }));
  try {
    const server = await keep(startLicensingApi({ writeLog: () => undefined, ...options }));
    const front = await keep(openFront(Number(new URL(server.url).port)));
    const dataDir = path.join(parent, 'data');
    const setting = settingFor(server, front);
    let services = await start(setting, dataDir);
    closers.push(() => services.close());
    const { productId } = server;
    const vault = path.join(dataDir, 'vault');
    const world: World = {
      server,
      front,
      setting,
      productId,
      dataDir,
      services: () => services,
      restart: async () => {
        await services.close();
        services = await start(setting, dataDir);
      },
      buy: (terms) => purchase(server, terms),
      activate: async (terms) => {
        const bought = await purchase(server, terms);
        must(await services.license.activate({ productId, code: typedCode(bought.code) }));
        return bought;
      },
      refresh: () => services.license.refresh(productId),
      manage: (method, at, json) => manage(server, method, at, json),
      release: async ({ id }) => {
        const { items } = v.parse(seats, await manage(server, 'GET', `/entitlements/${id}/activations`));
        for (const seat of items) await manage(server, 'DELETE', `/activations/${seat.id}`);
      },
      overwrite: (names, text) => {
        const found = readdirSync(vault).filter((name) => names.test(name));
        for (const name of found) writeFileSync(path.join(vault, name), text);
        return found.length;
      },
      keepCopy: (folder = dataDir) => {
        const copy = mkdtempSync(path.join(parent, 'copy-'));
        cpSync(folder, copy, { recursive: true });
        return () => {
          rmSync(folder, { recursive: true, force: true });
          cpSync(copy, folder, { recursive: true, mode: 0 });
        };
      },
      another: async (folder, changes) => {
        const other = path.join(mkdtempSync(path.join(parent, 'other-')), 'data');
        if (folder === 'copy') cpSync(dataDir, other, { recursive: true });
        const begun = await start({ ...setting, ...changes }, other);
        closers.push(() => begun.close());
        return begun;
      },
      keep,
    };
    return await use(world);
  } finally {
    for (const close of closers.toReversed()) await close();
  }
}

/** The value of what has to go well. */
export function must<T>(result: Result<T>): T {
  if (!result.ok) throw new Error(`failed with ${result.error.code}`);
  return result.value;
}

function settingFor(server: Server, front: Front): Setting {
  return {
    profile: {
      ...server.profile,
      api: { ...server.profile.api, url: `https://localhost:${front.port}` },
    },
    machine: LINUX_DESKTOP,
    keyring: fakeKeyring(),
    clockOffset: 0,
    routes: null,
    isConnected: true,
    parts: {},
    policy: undefined,
    program: undefined,
  };
}

function start(setting: Setting, dataDir: string): Promise<Services> {
  const network: Network = {
    ...STRAIGHT,
    routesTo: () => Promise.resolve(setting.routes ?? [null]),
    isConnected: () => setting.isConnected,
  };
  return createServices(
    {
      profile: setting.profile,
      dataDir,
      witnessDir: path.join(dataDir, '..', 'witness'),
      keyring: setting.keyring,
      policy: setting.policy,
      program: setting.program,
      network,
      clock: { now: () => Date.now() + setting.clockOffset, monotonic: systemClock.monotonic },
      random: systemRandom,
      log: SILENT,
      appVersion: '0.0.0',
      systemLocale: 'en-US',
    },
    { host: fakeHost(setting.machine), ...setting.parts },
  );
}
