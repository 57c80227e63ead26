import path from 'node:path';
import { setInterval } from 'node:timers';
import type { Snapshot } from '../shared/contract.ts';
import { failure } from '../shared/errors.ts';
import type { LicenseView } from '../shared/license/schemas.ts';
import { err, ok, type Result } from '../shared/result.ts';
import { applicationView } from './application-view.ts';
import { inBackground } from './api/around-each-call.ts';
import { createLicensingApi } from './api/client.ts';
import { PinnedAgent } from './api/pinned-agent.ts';
import { STRAIGHT } from './api/network.ts';
import { patientTransport } from './api/patient-transport.ts';
import { createTransport, DEFAULT_LIMITS } from './api/transport.ts';
import type { Host } from './fingerprint/host.ts';
import { createDeviceReader } from './fingerprint/read-fingerprint.ts';
import type { MachineKey } from './fingerprint/types.ts';
import { createBackgroundRefresh } from './license/background-refresh.ts';
import { contactsSchema, createContactLog } from './license/contact-log.ts';
import { createEarlyLook } from './license/early-look.ts';
import { createRunClock } from './license/run-clock.ts';
import { inspectedContacts } from './license/inspected-contacts.ts';
import { createLicenseService } from './license/service.ts';
import type { EngineOptions } from './license/turn.ts';
import { viewLicense, type Busy } from './license/view.ts';
import { createLicenseFileService } from './license-file/service.ts';
import { openLicenseFiles } from './license-file/store.ts';
import { createOfflineService } from './offline/service.ts';
import type { ServiceOptions, Services } from './services.ts';
import { openSettings } from './settings/settings-store.ts';
import { openJsonFile } from './support/json-file.ts';
import { once } from './support/once.ts';
import { openVault, type VaultParts } from './vault/vault.ts';

/** What a test puts in the place of the machine, the vault's files and the network. */
export interface ServiceParts {
  readonly host?: Host;
  readonly vault?: Partial<VaultParts>;
  /** Changes what the services stand on. */
  readonly engine?: (engine: EngineOptions) => EngineOptions;
  /** How often it is looked whether a refresh is due, milliseconds. */
  readonly refreshInterval?: number;
}

/** How often a window looks whether time or another process has changed something, milliseconds. */
const LOOK_INTERVAL = 15_000;

/** How often it is looked whether a refresh is due, milliseconds; the first time is as long after the start. */
const REFRESH_INTERVAL = 60_000;

/**
 * Puts the services of one installation together; window and command line use the same. Opens nothing yet: the
 * fingerprint is read and the vault opened when they are first needed, each once.
 */
export function createServices(options: ServiceOptions, parts: ServiceParts = {}): Promise<Services> {
  const { profile, dataDir, clock, random, log } = options;
  const settings = openSettings({ dir: dataDir, log });
  const reader = createDeviceReader({
    salt: profile.fingerprint.salt,
    dataDir,
    random,
    log,
    host: parts.host,
  });
  const openWith = (machineKeys: readonly MachineKey[]) =>
    openVault(
      {
        dir: path.join(dataDir, 'vault'),
        witnessDir: options.witnessDir,
        keyring: options.keyring,
        machineKeys,
        clock,
        random,
        log,
      },
      parts.vault,
    );
  const vault = once(async () => openWith((await reader.complete()).machineKeys));
  const early = createEarlyLook(reader, openWith, vault);
  const network = options.network ?? STRAIGHT;
  const inspected = inspectedContacts(
    createContactLog(openJsonFile({ dir: dataDir, name: 'contacts', log }, contactsSchema, {})),
    new URL(profile.api.url).host,
  );
  const agent = new PinnedAgent({
    pins: () => profile.api.pins,
    pinning: profile.api.pinning,
    ca: profile.api.ca,
    clock,
    random,
    network,
    onAccepted: (peer) => {
      inspected.onAccepted(peer);
      if (!peer.isPinned) log.warn('no pinned key was shown; the profile asks to report only');
    },
  });
  const licenseFiles = openLicenseFiles(path.join(dataDir, 'license-files'));
  const { engine: adapt = (same) => same } = parts;
  const engine = adapt({
    profile,
    api: createLicensingApi({
      baseUrl: profile.api.url,
      tenantId: profile.tenantId,
      transport: patientTransport(createTransport(agent), {
        clock,
        random,
        log,
        deadline: DEFAULT_LIMITS.deadline,
      }),
      clock,
      random,
      log,
    }),
    vault,
    fingerprint: reader.complete,
    look: early.look,
    licenseFiles,
    contacts: inspected.contacts,
    program: { version: options.appVersion, platform: options.platform ?? 'other' },
    clock,
    time: createRunClock(clock),
    random,
    log,
  });
  const service = createLicenseService(engine);
  const offline = createOfflineService(engine);
  const licenseFile = createLicenseFileService(engine, licenseFiles);
  const busy = new Map<string, NonNullable<Busy>>();
  const listeners = new Set<(snapshot: Snapshot) => void>();
  let sequence = 0;
  let shown = '';

  const snapshot = async (): Promise<Snapshot> => {
    // Numbered before it is taken: of two at once, the later begun has seen more.
    sequence += 1;
    const number = sequence;
    const seen = await Promise.all(
      profile.products.map((product) => viewLicense(engine, product, busy.get(product.productId) ?? null)),
    );
    return {
      sequence: number,
      now: Math.max(clock.now(), ...seen.map(({ now }) => now)),
      application: applicationView(options, settings.current()),
      licenses: seen.map(({ view }) => view),
    };
  };

  /** Tells the windows; with `onlyNews` only where something differs from what was told last. */
  const tell = async (onlyNews = false): Promise<void> => {
    if (listeners.size === 0) return;
    const next = await snapshot();
    const content = JSON.stringify([next.application, next.licenses]);
    if (onlyNews && content === shown) return;
    shown = content;
    for (const listener of listeners) listener(next);
  };
  const look = async (): Promise<void> => {
    await tell(true);
    await service.keepTime();
  };
  const timer = setInterval(() => void look(), LOOK_INTERVAL);
  reader.onChange(() => void tell(true));
  timer.unref();

  const perform = async (
    productId: string,
    operation: NonNullable<Busy>,
    work: () => Promise<Result<null>>,
  ): Promise<Result<LicenseView>> => {
    if (busy.has(productId)) return err(failure('busy'));
    busy.set(productId, operation);
    let outcome: Result<null>;
    try {
      void tell();
      outcome = await work();
      await licenseFile.sync(productId);
    } finally {
      busy.delete(productId);
      await tell();
    }
    return outcome.ok ? viewOf(productId) : outcome;
  };

  const unasked = createLicenseService({ ...engine, api: inBackground(engine.api) });
  const background = createBackgroundRefresh({
    look: async () => snapshot(),
    call: (call, productId) =>
      perform(productId, call === 'pullState' ? call : 'refresh', () => unasked[call](productId)),
    isOnline: () => isLoopback(profile.api.url) || network.isConnected(),
    random,
    log,
  });
  const refreshWhatIsDue = (): void => {
    background.tick().catch((error: unknown) => log.error('The background refresh failed', { error }));
  };
  let refreshing: NodeJS.Timeout | undefined;

  const viewOf = async (productId: string): Promise<Result<LicenseView>> => {
    const product = profile.products.find((candidate) => candidate.productId === productId);
    return product === undefined
      ? err(failure('productUnknown'))
      : ok((await viewLicense(engine, product, null)).view);
  };

  /** The outcome of what took no call, told to the windows. */
  const told = async <T>(work: Promise<Result<T>>): Promise<Result<T>> => {
    const outcome = await work;
    if (outcome.ok) await tell();
    return outcome;
  };
  const seen = async (productId: string, work: Promise<Result<unknown>>): Promise<Result<LicenseView>> => {
    const outcome = await told(work);
    return outcome.ok ? viewOf(productId) : outcome;
  };

  return Promise.resolve({
    license: {
      activate: (request) => perform(request.productId, 'activate', () => service.activate(request)),
      refresh: (productId) => perform(productId, 'refresh', () => service.refresh(productId)),
      pullState: (productId) => perform(productId, 'pullState', () => service.pullState(productId)),
      deactivate: (productId) => perform(productId, 'deactivate', () => service.deactivate(productId)),
      changeFeature: (productId, change) =>
        perform(productId, 'changeFeature', () => service.changeFeature(productId, change)),
    },
    offline: {
      makeRequest: (request) => told(offline.makeRequest(request)),
      discardRequest: (productId, id) => seen(productId, offline.discardRequest(productId, id)),
      token: offline.token,
      recognise: offline.recognise,
      importToken: async (text) => {
        const applied = await offline.importToken(text);
        if (!applied.ok) return applied;
        await licenseFile.sync(applied.value.productId);
        await tell();
        return viewOf(applied.value.productId);
      },
      deactivate: async (productId) => {
        const token = await offline.deactivate(productId);
        await licenseFile.sync(productId);
        if (token.ok) await tell();
        return token;
      },
      clearReceipt: (productId, id) => seen(productId, offline.clearReceipt(productId, id)),
    },
    licenseFile: {
      check: async (productId, text) => {
        const checked = await licenseFile.check(productId, text);
        await service.keepTime();
        return checked;
      },
    },
    lookAtClock: async () => {
      await look();
      await tell(true);
    },
    reconcile: async () => {
      await service.keepTime();
      for (const { productId } of profile.products) {
        await service.reconcile(productId);
        await licenseFile.sync(productId);
      }
      await tell(true);
    },
    keepRefreshed: () => {
      refreshing ??= setInterval(refreshWhatIsDue, parts.refreshInterval ?? REFRESH_INTERVAL).unref();
    },
    settings: {
      current: settings.current,
      change: async (patch) => {
        const changed = await settings.change(patch);
        await tell();
        return changed;
      },
    },
    ready: async () => void (await reader.complete()),
    snapshot,
    onChange: (listener) => {
      listeners.add(listener);
      return () => void listeners.delete(listener);
    },
    close: async () => {
      clearInterval(timer);
      clearInterval(refreshing);
      listeners.clear();
      agent.destroy();
      // Nobody waits for the hardware of a program that ends.
      reader.stop();
      early.close();
      if (vault.started()) {
        const opened = await vault();
        if (opened.ok) opened.value.close();
      }
    },
  });
}

/** A server on this very machine is reached without any network. */
function isLoopback(url: string): boolean {
  const { hostname } = new URL(url);
  return hostname === 'localhost' || hostname === '[::1]' || hostname.startsWith('127.');
}
