import os from 'node:os';
import path from 'node:path';
import { readFileSync } from 'node:fs';
import type { App } from 'electron';
import { host } from './host.ts';
import { OPTIONS, ROOT } from './options.ts';
import { lockSingleInstance } from './single-instance.ts';
import { makeEvent, strict } from './strict.ts';

type AppMembers = Pick<
  App,
  | 'isPackaged'
  | 'enableSandbox'
  | 'exit'
  | 'getAppPath'
  | 'getName'
  | 'getPath'
  | 'getPreferredSystemLanguages'
  | 'getVersion'
  | 'quit'
  | 'requestSingleInstanceLock'
  | 'setAsDefaultProtocolClient'
  | 'setName'
  | 'setPath'
  | 'whenReady'
>;

type PathName = Parameters<App['getPath']>[0];

const { version } = JSON.parse(readFileSync(path.join(ROOT, 'package.json'), 'utf8')) as { version: string };

/** How long Chromium may take to end before the process ends without it, milliseconds. */
const CLOSE_MILLISECONDS = 5000;

const paths = new Map<string, string>([
  ['home', os.homedir()],
  ['temp', os.tmpdir()],
  ['appData', process.env['XDG_CONFIG_HOME'] ?? path.join(os.homedir(), '.config')],
]);
let name = 'Latchkey';
let isEnding = false;

/** Facts about the application for tests. */
export const appFacts: { sandboxEnabled: boolean; protocolClient: string | null } = {
  sandboxEnabled: false,
  protocolClient: null,
};

const members: AppMembers = {
  isPackaged: OPTIONS.resources !== null,
  enableSandbox: () => {
    appFacts.sandboxEnabled = true;
  },
  exit: (code = 0) => end(code),
  getAppPath: () => ROOT,
  getName: () => name,
  setName: (value) => {
    name = value;
  },
  getVersion: () => version,
  getPath: (which: PathName) => {
    // As Electron does for whoever has not set it.
    const own = which === 'userData' ? path.join(members.getPath('appData'), name) : undefined;
    const known = paths.get(which) ?? own;
    if (known === undefined)
      throw new Error(`app.getPath('${which}') is not implemented by the Chromium host`);
    return known;
  },
  setPath: (which, value) => void paths.set(which, value),
  getPreferredSystemLanguages: () => [OPTIONS.locale],
  setAsDefaultProtocolClient: (scheme) => {
    appFacts.protocolClient = scheme;
    return true;
  },
  requestSingleInstanceLock: () =>
    lockSingleInstance(members.getPath('userData'), (argv) => {
      host.emit('second-instance', makeEvent({}), argv, process.cwd(), null);
    }),
  whenReady: () => host.startBrowser(),
  quit: () => {
    host.isQuitting = true;
    host.emit('before-quit', makeEvent({}));
    for (const window of host.windows) window.close();
    if (host.windows.size > 0) {
      host.isQuitting = false;
      return;
    }
    const event = makeEvent({});
    host.emit('will-quit', event);
    if (!event.defaultPrevented) end(0);
  },
};

/** Ends the process; Chromium first, so that none is left behind. */
function end(code: number): void {
  if (isEnding) return;
  isEnding = true;
  process.exitCode = code;
  if (host.browser === null) process.exit(code);
  const timer = setTimeout(() => process.exit(code), CLOSE_MILLISECONDS);
  host
    .stopBrowser()
    .catch(() => undefined)
    .finally(() => {
      clearTimeout(timer);
      process.exit(code);
    });
}

/** What the application imports as `app`. Its events are the host's. */
export const app = strict('app', Object.assign(host, members));

for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, () => members.quit());
