import { spawn } from 'node:child_process';
import { EventEmitter } from 'node:events';
import path from 'node:path';
import type {
  App,
  BaseWindow,
  BrowserWindowConstructorOptions,
  Dialog,
  Display,
  Menu as ElectronMenu,
  MenuItemConstructorOptions,
  NativeTheme,
  Protocol,
  SafeStorage,
  SaveDialogOptions,
  SaveDialogReturnValue,
  Screen,
  Session,
  Shell,
} from 'electron';
import { app } from './app.ts';
import { BrowserWindow } from './browser-window.ts';
import { host } from './host.ts';
import { ipcMain } from './ipc-main.ts';
import { OPTIONS } from './options.ts';
import { record } from './recorder.ts';
import { protocol, session } from './session.ts';
import { strict } from './strict.ts';

/**
 * The `electron` of this host: what electron/main.ts, electron/platform/ and electron-store import, and nothing more.
 * Everything else throws by name.
 */

/** There is no keyring of the operating system here, and it says so. */
const safeStorage = strict('safeStorage', {
  isAsyncEncryptionAvailable: () => Promise.resolve(false),
});

const shell = strict('shell', {
  openExternal: (address: string) => {
    record({ kind: 'externalLink', address });
    return OPTIONS.display === 'headed' && !OPTIONS.controlled ? openWithSystem(address) : Promise.resolve();
  },
  showItemInFolder: (file: string) => {
    record({ kind: 'shownFile', file });
    if (OPTIONS.display === 'headed' && !OPTIONS.controlled) void openWithSystem(path.dirname(file));
  },
});

/** Saves where the environment says, under the name that the application offers. */
function showSaveDialog(
  first: BaseWindow | SaveDialogOptions,
  second?: SaveDialogOptions,
): Promise<SaveDialogReturnValue> {
  const options = second ?? ('defaultPath' in first ? first : {});
  const name = options.defaultPath ?? '';
  const canceled = OPTIONS.saveTo === 'cancel';
  const filePath = canceled ? '' : path.join(OPTIONS.saveTo, path.basename(name));
  record({ kind: 'saveDialog', name, canceled });
  return Promise.resolve({ canceled, filePath });
}

const dialog = strict('dialog', {
  showErrorBox: (title: string, content: string) => {
    record({ kind: 'errorBox', title, content });
    // Where Electron writes it as well when there is no screen.
    process.stderr.write(`${title}\n\n${content}\n`);
  },
  showSaveDialog,
});

const nativeTheme = strict(
  'nativeTheme',
  Object.defineProperties(new EventEmitter(), {
    themeSource: {
      get: () => host.themeSource,
      set: (source: NativeTheme['themeSource']) => {
        host.themeSource = source;
        nativeTheme.emit('updated');
        host.followTheme().catch(() => undefined);
      },
    },
    shouldUseDarkColors: { get: () => host.isDark },
  }) as EventEmitter & Pick<NativeTheme, 'themeSource' | 'shouldUseDarkColors'>,
);

/** The application menu is kept for tests; a Chromium window has no place for it. */
export const menuFacts: { template: readonly MenuItemConstructorOptions[] } = { template: [] };

const Menu = strict('Menu', {
  buildFromTemplate: (template: MenuItemConstructorOptions[]) => template as unknown as ElectronMenu,
  setApplicationMenu: (menu: ElectronMenu | null) => {
    menuFacts.template = menu as unknown as readonly MenuItemConstructorOptions[];
  },
});

/** Tells of nothing by itself; a test makes it tell. */
const powerMonitor = strict('powerMonitor', new EventEmitter());

const screen = strict('screen', {
  getAllDisplays: () => [{ workArea: { x: 0, y: 0, width: 1920, height: 1080 } }] as Display[],
});

function openWithSystem(address: string): Promise<void> {
  const command = { darwin: 'open', win32: 'explorer' }[process.platform as 'darwin' | 'win32'] ?? 'xdg-open';
  return new Promise((resolve, reject) => {
    const child = spawn(command, [address], { detached: true, stdio: 'ignore' });
    child.once('error', reject);
    child.once('spawn', () => {
      child.unref();
      resolve();
    });
  });
}

/** Electron's own types, narrowed to what is there. Events are checked by the host's tests, not by types. */
interface Implemented {
  app: Pick<
    App,
    'isPackaged' | 'enableSandbox' | 'exit' | 'getPath' | 'getVersion' | 'quit' | 'setPath' | 'whenReady'
  >;
  BrowserWindow: new (options?: BrowserWindowConstructorOptions) => object;
  dialog: Pick<Dialog, 'showErrorBox' | 'showSaveDialog'>;
  ipcMain: Pick<Electron.IpcMain, 'handle'>;
  Menu: Pick<typeof ElectronMenu, 'buildFromTemplate' | 'setApplicationMenu'>;
  nativeTheme: Pick<NativeTheme, 'themeSource' | 'shouldUseDarkColors'>;
  powerMonitor: Pick<EventEmitter, 'on'>;
  protocol: Pick<Protocol, 'registerSchemesAsPrivileged'>;
  safeStorage: Pick<SafeStorage, 'isAsyncEncryptionAvailable'>;
  screen: Pick<Screen, 'getAllDisplays'>;
  session: { fromPartition: (partition: string, options?: Electron.FromPartitionOptions) => Session };
  shell: Pick<Shell, 'openExternal' | 'showItemInFolder'>;
}

const electron = {
  app,
  BrowserWindow,
  dialog,
  ipcMain,
  Menu,
  nativeTheme,
  powerMonitor,
  protocol,
  safeStorage,
  screen,
  session,
  shell,
} satisfies Implemented & {
  [Name in keyof Implemented]: Name extends keyof typeof Electron ? object : never;
};

export {
  app,
  BrowserWindow,
  dialog,
  ipcMain,
  Menu,
  nativeTheme,
  powerMonitor,
  protocol,
  safeStorage,
  screen,
  session,
  shell,
};
// electron-store imports Electron whole.
export default strict('electron', electron);
