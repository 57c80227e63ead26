import path from 'node:path';
import { app, dialog, nativeTheme, type BrowserWindow } from 'electron';
import * as v from 'valibot';
import type { Snapshot } from '../shared/contract.ts';
import { ERRORS, failure, type Failure } from '../shared/errors.ts';
import { describeFailure, menuLabel } from '../shared/messages/index.ts';
import type { VendorProfile } from '../shared/profile.ts';
import { resolveLanguage } from '../shared/settings.ts';
import { createServices } from './create-services.ts';
import { createDispatch } from './ipc/dispatch.ts';
import { createHandlers } from './ipc/handlers.ts';
import { CLI_COMMANDS, decideLaunch, type Launch } from './ipc/launch-policy.ts';
import { createAssetHandler, readManifest } from './platform/assets.ts';
import { receiveDeepLinks, type DeepLinks } from './platform/deep-links.ts';
import { refuseForeignListeners, registerHandlers, sendEvent } from './platform/ipc.ts';
import { systemKeyring } from './platform/keyring.ts';
import { openLink } from './platform/links.ts';
import { installMenu } from './platform/menu.ts';
import { confineAllPages } from './platform/navigation.ts';
import { closeBeforeQuit } from './platform/quit.ts';
import { readProfile } from './platform/read-profile.ts';
import { createAppSession, registerAppScheme } from './platform/session.ts';
import { after, systemClock, systemRandom } from './platform/system.ts';
import { savedWindowSchema } from './platform/window-bounds-policy.ts';
import { openAppWindow, showWindow } from './platform/window.ts';
import type { Log } from './ports.ts';
import { openJsonFile } from './support/json-file.ts';
import { createLog } from './support/log.ts';

/* The composition root: the only place that knows every part. It joins them and decides nothing itself. */

const DIST = path.resolve(import.meta.dirname, '..');
const systemLocale = () => app.getPreferredSystemLanguages()[0] ?? 'en';

registerAppScheme();
app.enableSandbox();

const launch = decideLaunch({ argv: process.argv, packaged: app.isPackaged, commands: CLI_COMMANDS });
if (launch.kind === 'window') start(launch);
else refuseToStart(failure('usageInvalid', { field: launch.kind === 'cli' ? 'command' : launch.problem }));

/** Says why on the screen, with the exact field, and ends with the error's own exit status. */
function refuseToStart(error: Failure): void {
  const { sentence, nextAction } = describeFailure(error, resolveLanguage('system', systemLocale()));
  dialog.showErrorBox(app.getName(), [sentence, error.facts?.field ?? '', nextAction].join('\n\n'));
  app.exit(ERRORS[error.code].exit);
}

/** What has to happen before Electron is ready: the profile, where the files are, the single instance, the guards. */
function start(options: Extract<Launch, { kind: 'window' }>): void {
  const profile = readProfile(options.profile ?? path.join(process.resourcesPath, 'profile.json'));
  if (!profile.ok) {
    refuseToStart(profile.error);
    return;
  }
  const { application, products } = profile.value;
  app.setName(application.name);
  const dataDir = path.resolve(options.data ?? path.join(app.getPath('appData'), application.id));
  // Chromium's own files and the lock of the single instance lie beside the vault, not in it.
  app.setPath('userData', path.join(dataDir, 'window'));
  if (!app.requestSingleInstanceLock()) {
    app.exit(0);
    return;
  }
  const log = createLog({ file: path.join(dataDir, 'logs', 'latchkey.log'), process: 'window' });
  confineAllPages(log);
  refuseForeignListeners(log);
  const opened: { window: BrowserWindow | null } = { window: null };
  const deepLinks = receiveDeepLinks({
    products: products.map((product) => product.productId),
    initial: options.deepLink,
    log,
    announce: (link) => opened.window !== null && sendEvent(opened.window.webContents, 'deepLink', link, log),
    onCall: () => opened.window !== null && showWindow(opened.window),
  });
  const openWindow = async () => {
    await app.whenReady();
    opened.window = await open({ profile: profile.value, dataDir, log, deepLinks });
  };
  openWindow().catch((error: unknown) => {
    log.error('The application could not start', { error });
    refuseToStart(failure('internal'));
  });
}

async function open(parts: {
  readonly profile: VendorProfile;
  readonly dataDir: string;
  readonly log: Log;
  readonly deepLinks: DeepLinks;
}): Promise<BrowserWindow> {
  const { profile, dataDir, log, deepLinks } = parts;
  const services = await createServices({
    profile,
    dataDir,
    log,
    keyring: systemKeyring,
    clock: systemClock,
    random: systemRandom,
    appVersion: app.getVersion(),
    systemLocale: systemLocale(),
  });
  closeBeforeQuit(services.close, log);
  const manifest = await readManifest(path.join(DIST, 'renderer-manifest.json'));
  const assets = createAssetHandler({ manifest, folder: path.join(DIST, 'renderer'), log });
  const devTools = !app.isPackaged || profile.environment === 'test';
  const follow = (snapshot: Snapshot) => adapt(snapshot, profile, log);
  follow(await services.snapshot());

  const trusted: { contents: number | null } = { contents: null };
  const handlers = createHandlers({
    services,
    openLink: (link) => openLink(link, profile, log),
    takeDeepLink: deepLinks.take,
  });
  registerHandlers(createDispatch({ handlers, trustedContents: () => trusted.contents, log, after }));
  const window = openAppWindow({
    title: profile.application.name,
    preload: path.join(DIST, 'preload', 'preload.cjs'),
    session: createAppSession({ assets, devTools, log }),
    devTools,
    memory: openJsonFile({ dir: dataDir, name: 'window', log }, v.nullable(savedWindowSchema), null),
    log,
    monotonic: systemClock.monotonic,
    onBroken: () => refuseToStart(failure('internal')),
  });
  trusted.contents = window.webContents.id;
  window.webContents.on('render-process-gone', deepLinks.reset);
  services.onChange((snapshot) => {
    follow(snapshot);
    sendEvent(window.webContents, 'snapshot', snapshot, log);
  });
  // Only now: it may use the network, and a window must not wait for that.
  window.webContents.once('did-finish-load', () => {
    services
      .reconcile()
      .catch((error: unknown) => log.error('What was left open could not be finished', { error }));
  });
  return window;
}

/** What the user chose, in everything that the page doesn't draw. */
function adapt({ application }: Snapshot, profile: VendorProfile, log: Log): void {
  nativeTheme.themeSource = application.settings.theme;
  const language = resolveLanguage(application.settings.language, application.locale);
  installMenu({
    label: (entry) => menuLabel(entry, language, application.name),
    platform: process.platform,
    links: application.links,
    openLink: (link) => void openLink(link, profile, log),
  });
}
