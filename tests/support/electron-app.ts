import { createRequire } from 'node:module';
import path from 'node:path';
import { _electron, type ElectronApplication } from 'playwright';
import type { Recorded } from '../host/recorder.ts';
import type { LaunchOptions, Run } from './launch-options.ts';

const ROOT = path.resolve(import.meta.dirname, '../..');

/** Starts the built application on Electron itself. Fetches Electron's binary if it isn't there and can be had. */
export async function startElectron(options: LaunchOptions): Promise<Run> {
  const { profile, dataDir, locale = 'en-US', theme = 'light', viewport, env = {}, args = [] } = options;
  const executablePath = createRequire(import.meta.url)('electron') as string;
  const language = `${locale.replace('-', '_')}.UTF-8`;
  const app = await _electron.launch({
    executablePath,
    cwd: ROOT,
    args: [
      // Chromium's sandbox refuses to run as root, as in a container.
      ...(process.getuid?.() === 0 ? ['--no-sandbox'] : []),
      `--lang=${locale}`,
      path.join(ROOT, 'dist/main/main.js'),
      '--profile',
      profile,
      '--data',
      dataDir,
      ...args,
    ],
    env: { ...definedOnly({ ...process.env, ...env }), LANG: language, LC_ALL: language, LANGUAGE: language },
    colorScheme: theme,
  });
  const output: Buffer[] = [];
  for (const stream of [app.process().stdout, app.process().stderr]) {
    stream?.on('data', (chunk: Buffer) => output.push(chunk));
  }
  const traffic: Recorded[] = [];
  app.on('console', (message) => {
    if (message.type() === 'error') traffic.push({ kind: 'consoleError', text: message.text() });
  });
  const page = await app.firstWindow();
  page.on('console', (message) => {
    if (message.type() === 'error') traffic.push({ kind: 'consoleError', text: message.text() });
  });
  await page.waitForLoadState('load');
  if (viewport !== undefined) await resize(app, viewport);
  return {
    page,
    traffic,
    output: () => Buffer.concat(output).toString('utf8'),
    close: async () => {
      const child = app.process();
      await app.close();
      return child.exitCode ?? -1;
    },
    ask: () => Promise.reject(new Error('Only the Chromium host answers questions')),
  };
}

async function resize(
  app: ElectronApplication,
  size: { readonly width: number; readonly height: number },
): Promise<void> {
  await app.evaluate(({ BrowserWindow }, { width, height }) => {
    BrowserWindow.getAllWindows()[0]?.setContentSize(width, height);
  }, size);
}

function definedOnly(env: NodeJS.ProcessEnv): Record<string, string> {
  return Object.fromEntries(
    Object.entries(env).filter((entry): entry is [string, string] => entry[1] !== undefined),
  );
}
