import { setInterval } from 'node:timers';
import { setTimeout as wait } from 'node:timers/promises';
import { failure } from '../shared/errors.ts';
import { err, ok } from '../shared/result.ts';
import { resolveLanguage } from '../shared/settings.ts';
import { accountVerbs } from './account/account-verbs.ts';
import { applicationView } from './application-view.ts';
import { createCertificateService } from './certificate/service.ts';
import { isWithinReach } from './api/network.ts';
import { createKeys } from './create-keys.ts';
import { signInByBrowser } from './sign-in-by-browser.ts';
import { createWayOut } from './create-way-out.ts';
import { createServers, type Servers } from './create-servers.ts';
import { foldersOf } from './folders.ts';
import type { Host } from './fingerprint/host.ts';
import { contactsSchema, createContactLog } from './license/contact-log.ts';
import { inspectedContacts } from './license/inspected-contacts.ts';
import { keepUpToDate } from './keep-up-to-date.ts';
import { createLastKnown, lastKnownFileSchema } from './license/last-known.ts';
import { createRunClock } from './license/run-clock.ts';
import { createLicenseService } from './license/service.ts';
import type { EngineOptions } from './license/turn.ts';
import { viewBeingRead, viewLicense } from './license/view.ts';
import { createLicenseFileService } from './license-file/service.ts';
import { openLicenseFiles } from './license-file/store.ts';
import { createOfflineService } from './offline/service.ts';
import { openInstallation } from './open-installation.ts';
import { createServerService } from './server/server-service.ts';
import type { ServiceOptions, Services } from './services.ts';
import { openPolicy } from './settings/managed-settings.ts';
import { createSupport } from './support/create-support.ts';
import { createDiagnose } from './support/diagnose.ts';
import { openSettings } from './settings/settings-store.ts';
import { openJsonFile } from './support/json-file.ts';
import { licenseVerbs } from './license-verbs.ts';
import { tellWindows } from './tell-windows.ts';
import type { VaultParts } from './vault/vault.ts';

/** What a test puts in the place of the machine, the vault's files and the network. */
export interface ServiceParts {
  readonly host?: Host;
  readonly vault?: Partial<VaultParts>;
  /** Changes what the services stand on. */
  readonly engine?: (engine: EngineOptions) => EngineOptions;
  /** Resolves when a window that opens has waited long enough for the vault. */
  readonly patience?: () => Promise<void>;
  /** How long a sign-in waits for the browser, milliseconds. */
  readonly signInTime?: number;
  /** How often it is looked whether a refresh is due, milliseconds. */
  readonly refreshInterval?: number;
}

/** How long a window that opens waits for the vault before it shows what was known, milliseconds. */
const GLANCE = 150;

/** How often a window looks whether time or another process has changed something, milliseconds. */
const LOOK_INTERVAL = 15_000;

/**
 * Puts the services of one installation together; window and command line use the same. Opens nothing yet: the
 * fingerprint is read and the vault opened when they are first needed, each once.
 */
export function createServices(options: ServiceOptions, parts: ServiceParts = {}): Promise<Services> {
  const { profile, dataDir, clock, random, log } = options;
  const policy = openPolicy(options.policy ?? null, log);
  const installation = openInstallation(options, parts);
  const { reader, vault, look: earlyLook } = installation;
  const wayOut = createWayOut(options, { settings: openSettings({ dir: dataDir, log }), policy, vault });
  const { network, settings } = wayOut;
  const servers: Servers = createServers(options, {
    policy,
    network,
    pins: () => keys.trusted().pins,
  });
  const { chosen, connections } = servers;
  const keys = createKeys(options, servers.cloud.transport);
  const licenseFiles = openLicenseFiles(foldersOf(dataDir).licenseFiles);
  const { engine: adapt = (same) => same } = parts;
  const engine = adapt({
    profile: keys.profile,
    apiOf: (server) => connections.to(server).api,
    serverForNew: chosen.current,
    vault,
    fingerprint: reader.complete,
    look: earlyLook,
    licenseFiles,
    contacts: inspectedContacts(
      createContactLog(openJsonFile({ dir: dataDir, name: 'contacts', log }, contactsSchema, {})),
      (server) => connections.to(server).inspection(),
    ),
    lastKnown: createLastKnown(
      openJsonFile({ dir: dataDir, name: 'last-known', log }, lastKnownFileSchema, {}),
    ),
    limits: policy.limits,
    program: { version: options.appVersion, platform: options.platform ?? 'other' },
    clock,
    time: createRunClock(clock),
    random,
    log,
  });
  const service = createLicenseService(engine);
  const offline = createOfflineService(engine);
  const licenseFile = createLicenseFileService(engine, licenseFiles);
  const browser = signInByBrowser(options, {
    wayOut,
    moreRoots: policy.roots,
    onChange: () => void tell(),
    timeLimit: parts.signInTime,
  });
  const certificate = createCertificateService(engine);
  const server = createServerService({
    profile,
    chosen,
    licenses: async () => (await snapshot()).licenses,
    probe: (there) => connections.to(there).probe(),
    clock,
  });
  const telling = tellWindows({
    products: profile.products,
    application: (licenses) => {
      const served = server.view();
      const heldAt = licenses.flatMap((license) => license.heldAt ?? []);
      const network = wayOut.view({ local: served.url, heldAt });
      return applicationView(options, settings.current(), network, browser.waiting(), served);
    },
    view: (product, busy) => viewLicense(engine, product, busy),
    beingRead: (product) => viewBeingRead(engine, product),
    patience: parts.patience ?? (() => wait(GLANCE)),
    clock,
    afterwards: licenseFile.sync,
  });
  const { snapshot, tell, perform, told, viewOf } = telling;
  const proxy = wayOut.proxy({
    server: () => chosen.current()?.url ?? profile.api.url,
    tryOut: async () => {
      if (chosen.current() === undefined) return keys.refresh();
      const { failure: problem } = await server.check();
      return problem === null ? ok(null) : err(failure(problem.code, problem.facts));
    },
  });
  const look = async (): Promise<void> => {
    await tell(true);
    await service.keepTime();
  };
  const lookAtClock = async (): Promise<void> => {
    await look();
    await tell(true);
  };
  const timer = setInterval(() => void look(), LOOK_INTERVAL);
  reader.onChange(() => void tell(true));
  timer.unref();

  const upToDate = keepUpToDate({
    engine,
    keys,
    snapshot,
    perform,
    tell,
    isOnline: () => isWithinReach(chosen.current()?.url ?? profile.api.url, network),
    mayCall: () => policy.current().problem === null,
    interval: parts.refreshInterval,
  });

  const diagnose = createDiagnose({
    engine,
    dataDir,
    program: options.program ?? null,
    isManaged: () => policy.current().policy !== null || policy.current().problem !== null,
    licenses: async () => (await snapshot()).licenses,
    probe: () => connections.to(chosen.current()).probe(),
  });
  const account = accountVerbs({
    profile,
    browser,
    viewOf,
    activate: (request) => perform(request.productId, 'activate', () => service.activateWithAccount(request)),
  });
  const verbs = licenseVerbs({ service, offline, licenseFile, telling, keys });

  return Promise.resolve({
    ...verbs,
    license: { ...account, ...verbs.license },
    certificate: {
      import: (file) => told(certificate.import(file)),
      remove: () => told(certificate.remove()),
    },
    support: {
      diagnose,
      ...createSupport(options, {
        diagnose,
        vault: engine.vault,
        language: () => resolveLanguage(settings.current().language, options.systemLocale),
      }),
    },
    lookAtClock,
    wakeUp: async () => {
      await lookAtClock();
      upToDate.wakeUp();
    },
    reconcile: async () => {
      await service.keepTime();
      for (const { productId } of profile.products) {
        await service.reconcile(productId);
        await licenseFile.sync(productId);
      }
      await wayOut.load();
      await tell(true);
    },
    keepRefreshed: upToDate.start,
    server: {
      ...server,
      use: (wish) => told(server.use(wish)),
      check: async () => {
        const health = await server.check();
        await tell();
        return health;
      },
    },
    settings: {
      current: settings.current,
      change: async (patch) => {
        const changed = await settings.change(patch);
        await tell();
        return changed;
      },
    },
    proxy: {
      signIn: (request) => told(proxy.signIn(request)),
      forget: () => told(proxy.forget()),
    },
    ready: async () => void (await reader.complete()),
    snapshot,
    glance: telling.glance,
    onChange: telling.onChange,
    close: async () => {
      clearInterval(timer);
      upToDate.stop();
      browser.cancel();
      telling.close();
      connections.close();
      await installation.close();
    },
  });
}
