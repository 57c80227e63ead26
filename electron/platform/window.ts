import { BrowserWindow, nativeTheme, screen, type Session, type WebPreferences } from 'electron';
import type { JsonFile } from '../support/json-file.ts';
import { APP_ORIGIN } from '../ipc/sender-policy.ts';
import type { Log } from '../ports.ts';
import { MINIMUM_SIZE, placeWindow, type SavedWindow } from './window-bounds-policy.ts';

/** Colours of the page's own background (renderer/theme), so that nothing flashes before it is painted. */
const BACKGROUND = { light: '#f5f5f7', dark: '#1b1b1f' } as const;

/** A page that crashes again this soon after it was loaded anew is not loaded a third time. */
const CRASH_PAUSE_MILLISECONDS = 60_000;

/** Everything about the page's power is said here, also what is Electron's default today. */
export function webPreferences(options: {
  readonly preload: string;
  readonly session: Session;
  readonly devTools: boolean;
}): WebPreferences {
  return {
    ...options,
    sandbox: true,
    contextIsolation: true,
    nodeIntegration: false,
    nodeIntegrationInWorker: false,
    nodeIntegrationInSubFrames: false,
    webSecurity: true,
    allowRunningInsecureContent: false,
    experimentalFeatures: false,
    webviewTag: false,
    plugins: false,
    webgl: false,
    navigateOnDragDrop: false,
    spellcheck: false,
    disableDialogs: true,
    autoplayPolicy: 'document-user-activation-required',
  };
}

export interface AppWindowOptions {
  readonly title: string;
  readonly preload: string;
  readonly session: Session;
  readonly devTools: boolean;
  /** Where the window was last. */
  readonly memory: JsonFile<SavedWindow | null>;
  readonly log: Log;
  /** Milliseconds that only grow. */
  readonly monotonic: () => number;
  /** The page crashed twice in a row. */
  readonly onBroken: () => void;
}

/** Opens the one window. It shows when there is something to see, and where it was last. */
export function openAppWindow(options: AppWindowOptions): BrowserWindow {
  const { title, preload, session, devTools, memory, log } = options;
  const saved = memory.read();
  const window = new BrowserWindow({
    ...placeWindow(
      saved,
      screen.getAllDisplays().map((display) => display.workArea),
    ),
    title,
    minWidth: MINIMUM_SIZE.width,
    minHeight: MINIMUM_SIZE.height,
    show: false,
    autoHideMenuBar: true,
    backgroundColor: backgroundColor(),
    webPreferences: webPreferences({ preload, session, devTools }),
  });
  window.once('ready-to-show', () => {
    if (saved?.maximized === true) window.maximize();
    window.show();
  });
  // The title names the application; a page has no say in what it claims to be.
  window.on('page-title-updated', (event) => event.preventDefault());
  window.on('close', () =>
    memory.write({ bounds: window.getNormalBounds(), maximized: window.isMaximized() }),
  );
  nativeTheme.on('updated', () => {
    if (!window.isDestroyed()) window.setBackgroundColor(backgroundColor());
  });
  reloadAfterCrash(window, options);
  window.loadURL(`${APP_ORIGIN}/index.html`).catch((error: unknown) => {
    log.error('The user interface could not be loaded', { error });
  });
  return window;
}

/** Brings the window to the person who asked for it. */
export function showWindow(window: BrowserWindow): void {
  if (window.isMinimized()) window.restore();
  window.show();
  window.focus();
}

function reloadAfterCrash(window: BrowserWindow, { log, monotonic, onBroken }: AppWindowOptions): void {
  let lastReload: number | null = null;
  window.webContents.on('render-process-gone', (_event, { reason, exitCode }) => {
    if (reason === 'clean-exit' || window.isDestroyed()) return;
    log.error('The page crashed', { reason, exitCode });
    const now = monotonic();
    if (lastReload !== null && now - lastReload < CRASH_PAUSE_MILLISECONDS) {
      onBroken();
      return;
    }
    lastReload = now;
    window.webContents.reload();
  });
}

function backgroundColor(): string {
  return nativeTheme.shouldUseDarkColors ? BACKGROUND.dark : BACKGROUND.light;
}
