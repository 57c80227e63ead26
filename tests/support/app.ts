import path from 'node:path';
import { chromium, type Page } from 'playwright';
import { startHost, type HostProcess } from '../host/client.ts';
import type { Question } from '../host/control-types.ts';
import type { Recorded } from '../host/recorder.ts';
import { startElectron } from './electron-app.ts';
import type { LaunchOptions, Run } from './launch-options.ts';

/**
 * The built application with its real page, for end-to-end tests. On the Chromium host, or with LATCHKEY_HOST=electron
 * on Electron itself; a test sees no difference but in `host`, `ask` and what `traffic` can see.
 */
export interface App {
  readonly host: 'chromium' | 'electron';
  /** The page of the present run; another one after a restart. */
  readonly page: Page;
  /** Requests, answers, events, opened links, error boxes, blocked addresses and console errors of the present run. */
  readonly traffic: readonly Recorded[];
  /** What the process of the present run wrote to its standard output and error. */
  readonly output: () => string;
  /** The log of the main process, over all runs. */
  readonly logFile: string;
  /** Ends the application and starts it anew on the same folder, with other options where given. */
  readonly restart: (changes?: Partial<LaunchOptions>) => Promise<void>;
  /** Ends the application; resolves with its exit status. Ends nothing twice. */
  readonly close: () => Promise<number>;
  /** What the main process decided; the Chromium host only. */
  readonly ask: (question: Question) => Promise<unknown>;
}

const HOST = process.env['LATCHKEY_HOST'] === 'electron' ? 'electron' : 'chromium';

/**
 * Starts the application and waits until its page is there. The bundles must be built.
 * @param beforeEnd looks at each run before the test ends it
 * @throws EndedEarly (tests/host/client.ts) if it refuses to start
 */
export async function launchApp(
  options: LaunchOptions,
  beforeEnd: (run: Run) => Promise<void> = () => Promise.resolve(),
): Promise<App> {
  let current = options;
  let run = await start(current);
  let status: Promise<number> | null = null;
  const end = async () => {
    await beforeEnd(run);
    return run.close();
  };
  const close = () => (status ??= end());
  return {
    host: HOST,
    get page() {
      return run.page;
    },
    get traffic() {
      return run.traffic;
    },
    output: () => run.output(),
    logFile: path.join(options.dataDir, 'logs', 'latchkey.log'),
    restart: async (changes = {}) => {
      await close();
      current = { ...current, ...changes };
      run = await start(current);
      status = null;
    },
    close,
    ask: (question) => run.ask(question),
  };
}

const start = (options: LaunchOptions) =>
  HOST === 'electron' ? startElectron(options) : startChromium(options);

async function startChromium(options: LaunchOptions): Promise<Run> {
  const { profile, dataDir, locale = 'en-US', theme = 'light', viewport, env = {}, args = [] } = options;
  const host = await startHost(['--profile', profile, '--data', dataDir, ...args], {
    LATCHKEY_HOST_DISPLAY: 'headless',
    LATCHKEY_HOST_DEBUGGING: '1',
    LATCHKEY_HOST_LOCALE: locale,
    LATCHKEY_HOST_THEME: theme,
    ...(viewport === undefined ? {} : { LATCHKEY_HOST_VIEWPORT: `${viewport.width}x${viewport.height}` }),
    ...env,
  });
  const { endpoint } = host;
  if (endpoint === null) {
    await host.close();
    throw new Error('The host has no page to drive');
  }
  const browser = await chromium.connectOverCDP(endpoint);
  return {
    get page() {
      // Another one takes the place of a page that crashed.
      const page = browser.contexts()[0]?.pages().at(-1);
      if (page === undefined) throw new Error('The application has no page');
      return page;
    },
    traffic: host.recorded,
    output: host.output,
    ask: host.ask,
    close: () => closeRun(host, () => browser.close()),
  };
}

/** Leaves before the browser goes, so that no call of a test hangs on a connection that is gone. */
async function closeRun(host: HostProcess, disconnect: () => Promise<void>): Promise<number> {
  await disconnect();
  return host.close();
}
