import { createHash } from 'node:crypto';
import { cpSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, afterEach, beforeAll, expect, onTestFinished } from 'vitest';
import { assembleEngine } from '../../support/engine.ts';
import { bytesIn, DESKTOP, machine } from '../../support/vault.ts';
import type { LicensingApi } from '../../../electron/api/client.ts';
import type { FactorName, Fingerprint, Hint } from '../../../electron/fingerprint/types.ts';
import type { ShownAccount } from '../../../electron/license/purchase.ts';
import { createLicenseService } from '../../../electron/license/service.ts';
import type { EngineOptions } from '../../../electron/license/turn.ts';
import { viewLicense } from '../../../electron/license/view.ts';
import type { Keyring } from '../../../electron/ports.ts';
import { vaultFiles } from '../../../electron/vault/files.ts';
import type { VaultParts } from '../../../electron/vault/vault.ts';
import type { LicenseView } from '../../../shared/license/schemas.ts';
import type { CreateEntitlementRequest } from '../../../shared/licensing-api/generated/types.gen.ts';
import { failure } from '../../../shared/errors.ts';
import type { LocalServer } from '../../../shared/local-server.ts';
import type { VendorProfile } from '../../../shared/profile.ts';
import { err } from '../../../shared/result.ts';
import {
  startLicensingApi,
  type LicensingApi as Server,
  type LicensingApiOptions,
} from '../../licensing-api/server.ts';
import { clientOf } from '../../support/licensing-client.ts';
import { caller } from '../licensing-api/caller.ts';
import { typedCode } from '../../support/typed-secrets.ts';

/** The engine on the real vault and the real client, against the real server; machine and clock are the test's. */

export const DAY = 24 * 60 * 60_000;

const NO_HINT: Hint = { detected: false, kind: null, evidence: [] };

/** An invented machine. `generation` counts how often a factor was exchanged. */
export function device(
  generation: Partial<Record<FactorName, number>> = {},
  hints: Partial<Pick<Fingerprint, 'virtualMachine'>> = {},
): Fingerprint {
  const names = [...DESKTOP];
  return {
    factors: Object.fromEntries(
      names.map((name) => [name, `${name}-${generation[name] ?? 0}`.padEnd(43, '0')]),
    ),
    machineKeys: machine(names, generation),
    unreadable: [],
    pending: [],
    seatId: `seat-of-board-${generation.board ?? 0}`,
    virtualMachine: NO_HINT,
    container: NO_HINT,
    clonedImage: NO_HINT,
    ...hints,
  };
}

/** Another machine altogether. */
export const OTHER_DEVICE = { board: 7, disk: 7, mac: 7, machineId: 7, os: 7, cpu: 7 } as const;
export const VIRTUAL: Pick<Fingerprint, 'virtualMachine'> = {
  virtualMachine: { detected: true, kind: 'kvm', evidence: ['firmware names'] },
};

export interface Installation {
  readonly dataDir: string;
  /** What the services of this installation stand on. */
  readonly engine: EngineOptions;
  readonly productId: string;
  readonly activate: (code: string, changes?: { seatName?: string; editionId?: string }) => Promise<string>;
  readonly signIn: (shown: ShownAccount) => Promise<string>;
  readonly refresh: () => Promise<string>;
  readonly pullState: () => Promise<string>;
  readonly deactivate: () => Promise<string>;
  readonly reconcile: () => Promise<string>;
  readonly keepTime: () => Promise<string>;
  readonly view: () => Promise<LicenseView>;
  /** State and codes of the reasons but those that every test has. */
  readonly told: () => Promise<readonly string[]>;
  /** The files of license and device by the hash of their bytes, and whether something is open. */
  readonly stored: () => { readonly records: Record<string, string>; readonly open: boolean };
}

export interface InstallationOptions {
  readonly server: Server;
  readonly dataDir?: string;
  readonly fingerprint?: Fingerprint;
  /** Milliseconds that the clock of the machine is ahead. */
  readonly clockOffset?: () => number;
  /** Milliseconds that have passed on the clock which nobody can set, beyond those that really have. */
  readonly elapsed?: () => number;
  readonly profile?: (profile: VendorProfile) => VendorProfile;
  readonly api?: (api: LicensingApi) => LicensingApi;
  /** The calls of a Local License Server. */
  readonly apiOf?: (server: LocalServer) => LicensingApi;
  /** Where a new activation is taken from; the vendor's own server without it. */
  readonly serverForNew?: () => LocalServer | undefined;
  readonly keyring?: Keyring;
  readonly parts?: Partial<VaultParts>;
  readonly productId?: string;
  /** Nobody asks for what is done. */
  readonly unasked?: boolean;
}

export function folder(): string {
  const dir = mkdtempSync(path.join(tmpdir(), 'latchkey-engine-'));
  onTestFinished(() => rmSync(dir, { recursive: true, force: true }));
  return dir;
}

/** A copy of an installation's data folder as it is now. */
export function copyOf({ dataDir }: Installation): string {
  const copy = folder();
  cpSync(dataDir, copy, { recursive: true });
  return copy;
}

/** Starts the application without its window on a data folder, a new one if none is named. */
export function install(options: InstallationOptions): Installation {
  const { server, dataDir = folder(), fingerprint = device() } = options;
  const { profile: adapt = (same) => same, api: wrap = (same) => same } = options;
  const profile = adapt(server.profile);
  const engine = assembleEngine({
    ...options,
    dataDir,
    fingerprint,
    profile,
    api: wrap(clientOf(server).api),
  });
  const service = createLicenseService({ ...engine, unasked: options.unasked });
  const productId = options.productId ?? server.productId;
  const product = profile.products.find((it) => it.productId === productId) ?? profile.products[0];
  if (product === undefined) throw new Error('no product');
  const codeOf = async (outcome: ReturnType<typeof service.refresh>) => {
    const result = await outcome;
    return result.ok ? 'ok' : result.error.code;
  };
  const view = async () => (await viewLicense(engine, product, null)).view;
  return {
    dataDir,
    engine,
    productId,
    activate: (code, changes = {}) =>
      codeOf(service.activate({ productId, code: typedCode(code), ...changes })),
    signIn: (shown) => codeOf(service.activateWithAccount({ productId, shown })),
    refresh: () => codeOf(service.refresh(productId)),
    pullState: () => codeOf(service.pullState(productId)),
    deactivate: () => codeOf(service.deactivate(productId)),
    reconcile: () => codeOf(service.reconcile(productId)),
    keepTime: () => codeOf(service.keepTime()),
    view,
    told: async () => {
      const { state, reasons } = await view();
      const always = ['testEnvironment', 'keyringWeak'];
      return [state, ...reasons.map(({ code }) => code).filter((code) => !always.includes(code))];
    },
    stored: () => {
      const files = Object.entries(bytesIn(path.join(dataDir, 'vault')));
      return {
        records: Object.fromEntries(
          files
            .filter(([name]) => !/^(?:journal|keys)/.test(name))
            .map(([name, bytes]) => [name, createHash('sha256').update(bytes).digest('hex')]),
        ),
        open: files.some(([name]) => name.startsWith('journal')),
      };
    },
  };
}

/** A disk on which the n-th write to a file with such a name, and all after it, fail. */
export function failingDisk(
  dir: string,
  pattern: RegExp,
  nth = 1,
): NonNullable<InstallationOptions['parts']> {
  const files = vaultFiles(`${dir}/vault`);
  let seen = 0;
  return {
    files: {
      ...files,
      save: (name, value) => {
        if (pattern.test(name)) seen += 1;
        return pattern.test(name) && seen >= nth
          ? Promise.resolve(err(failure('vaultDiskFull')))
          : files.save(name, value);
      },
    },
  };
}

/** One server for the tests of a file. */
export function withServer(options: LicensingApiOptions = {}) {
  let server: Server | null = null;
  beforeAll(async () => {
    server = await startLicensingApi({ writeLog: () => undefined, ...options });
  });
  afterEach(async () => {
    server?.faults.clear();
    server?.setClock(Date.now);
    server?.setDate(Date.now);
    await server?.setCertificate('valid');
  });
  afterAll(() => server?.close());
  const running = () => {
    if (server === null) throw new Error('the server has not started');
    return server;
  };
  return {
    server: running,
    install: (changes: Partial<InstallationOptions> = {}) => install({ server: running(), ...changes }),
    /** A new purchase, and how many of its seats are used, as the vendor's back office says. */
    buy: async (request: Partial<CreateEntitlementRequest> = {}) => {
      const calls = caller(running());
      const { id, activationCode } = await calls.createEntitlement({
        seatCount: 2,
        gracePeriod: { type: 'Day', count: 14 },
        ...request,
      });
      return {
        code: activationCode,
        id,
        seatsUsed: async () => (await calls.getEntitlement(id)).seatsUsed,
        seats: async () => (await calls.listSeats(id)).items,
        change: (action: string, json?: unknown) => calls.change(id, action, json),
        release: async () => {
          for (const { id: seat } of (await calls.listSeats(id)).items) {
            await calls.manage('DELETE', `/activations/${seat}`);
          }
        },
      };
    },
  };
}

/** A seat taken, nothing open. */
export async function activated(installation: Installation, code: string): Promise<Installation> {
  expect(await installation.activate(code)).toBe('ok');
  expect(installation.stored().open).toBe(false);
  return installation;
}
