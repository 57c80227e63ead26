import path from 'node:path';
import { app, shell, type BrowserWindow } from 'electron';
import * as v from 'valibot';
import type { Snapshot } from '../shared/contract.ts';
import { ERRORS, failure } from '../shared/errors.ts';
import { COMMANDS } from './cli/program.ts';
import { createServices } from './create-services.ts';
import { createDispatch } from './ipc/dispatch.ts';
import { createHandlers } from './ipc/handlers.ts';
import { decideLaunch, type Launch } from './ipc/launch-policy.ts';
import { createAssetHandler, readManifest } from './platform/assets.ts';
import { noteCrashes, notePageCrashes } from './platform/crashes.ts';
import { runCommandLine } from './platform/command-line.ts';
import { receiveDeepLinks } from './platform/deep-links.ts';
import { followChoices } from './platform/follow-choices.ts';
import { locateInstallation, type Installation } from './platform/installation.ts';
import { refuseForeignListeners, registerHandlers, sendEvent } from './platform/ipc.ts';
import { openLink } from './platform/links.ts';
import { confineAllPages } from './platform/navigation.ts';
import { followSleep } from './platform/power.ts';
import { closeBeforeQuit } from './platform/quit.ts';
import { refuseToStart } from './platform/refuse-to-start.ts';
import { saveFile } from './platform/save-file.ts';
import { createAppSession, registerAppScheme } from './platform/session.ts';
import { after, systemClock, systemPlatform } from './platform/system.ts';
import { receiveTokenFiles } from './platform/token-files.ts';
import { savedWindowSchema } from './platform/window-bounds-policy.ts';
import { openAppWindow, showWindow } from './platform/window.ts';
import { windowPorts } from './platform/window-ports.ts';
import type { Log } from './ports.ts';
import { openCrashStore, type CrashStore } from './support/crash-store.ts';
import { openJsonFile } from './support/json-file.ts';
import { createLog, logFileOf } from './support/log.ts';

/* The composition root: the only place that knows every part. It joins them and decides nothing itself. */

const DIST = path.resolve(import.meta.dirname, '..');

registerAppScheme();
app.enableSandbox();

const launch = decideLaunch({ argv: process.argv, packaged: app.isPackaged, commands: COMMANDS });
if (launch.kind === 'window') start(launch);
else if (launch.kind === 'cli') runCommandLine(launch.args).catch(() => app.exit(ERRORS.internal.exit));
else refuseToStart(failure('usageInvalid', { field: launch.problem }));

/** What has to happen before Electron is ready: the profile, where the files are, the single instance, the guards. */
function start(options: Extract<Launch, { kind: 'window' }>): void {
  const installation = locateInstallation(options);
  if (!installation.ok) {
    refuseToStart(installation.error);
    return;
  }
  if (!app.requestSingleInstanceLock()) {
    app.exit(0);
    return;
  }
  const { profile, dataDir } = installation.value;
  const log = createLog({ file: logFileOf(dataDir), process: 'window' });
  const program = { version: app.getVersion(), platform: systemPlatform };
  const crashes = openCrashStore({ dataDir, program, clock: systemClock, log });
  noteCrashes(crashes, () => refuseToStart(failure('internal')));
  confineAllPages(log);
  refuseForeignListeners(log);
  const opened: { window: BrowserWindow | null } = { window: null };
  const deepLinks = receiveDeepLinks({
    products: profile.products.map((product) => product.productId),
    initial: options.deepLink,
    log,
    announce: (link) => opened.window !== null && sendEvent(opened.window.webContents, 'deepLink', link, log),
    onCall: () => opened.window !== null && showWindow(opened.window),
  });
  const tokenFiles = receiveTokenFiles({
    initial: options.tokenFile,
    announce: (file) =>
      opened.window !== null && sendEvent(opened.window.webContents, 'openedFile', file, log),
  });
  const openWindow = async () => {
    await app.whenReady();
    opened.window = await open({ ...installation.value, log, crashes, deepLinks, tokenFiles });
  };
  openWindow().catch((error: unknown) => {
    log.error('The application could not start', { error });
    refuseToStart(failure('internal'));
  });
}

async function open(
  parts: Installation & {
    readonly log: Log;
    readonly crashes: CrashStore;
    readonly deepLinks: ReturnType<typeof receiveDeepLinks>;
    readonly tokenFiles: ReturnType<typeof receiveTokenFiles>;
  },
): Promise<BrowserWindow> {
  const { profile, dataDir, log, crashes, deepLinks, tokenFiles } = parts;
  const services = await createServices(windowPorts(parts, log));
  closeBeforeQuit(services.close, log);
  followSleep(services, log);
  const manifest = await readManifest(path.join(DIST, 'renderer-manifest.json'));
  const assets = createAssetHandler({ manifest, folder: path.join(DIST, 'renderer'), log });
  const devTools = !app.isPackaged || profile.environment === 'test';
  const follow = (snapshot: Snapshot) =>
    followChoices(snapshot, {
      openLink: (link) => void openLink(link, profile, log),
      showLog: () => shell.showItemInFolder(logFileOf(dataDir)),
    });
  follow(await services.glance());

  const trusted: { contents: number | null } = { contents: null };
  const shown: { window: BrowserWindow | null } = { window: null };
  const handlers = createHandlers({
    services,
    openLink: (link) => openLink(link, profile, log),
    tellCheck: (check) =>
      void (shown.window !== null && sendEvent(shown.window.webContents, 'diagnosis', check, log)),
    takeDeepLink: deepLinks.take,
    takeOpenedFile: tokenFiles.take,
    saveFile: (file) => saveFile(shown.window, file, log),
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
  shown.window = window;
  notePageCrashes(window, crashes);
  window.webContents.on('render-process-gone', deepLinks.reset);
  window.webContents.on('render-process-gone', tokenFiles.reset);
  services.onChange((snapshot) => {
    follow(snapshot);
    sendEvent(window.webContents, 'snapshot', snapshot, log);
  });
  // Only now: it may use the network, and a window must not wait for that.
  window.webContents.once('did-finish-load', () => {
    services
      .reconcile()
      .catch((error: unknown) => log.error('What was left open could not be finished', { error }));
    services.keepRefreshed();
  });
  return window;
}
