import { spawn } from 'node:child_process';
import { createRequire } from 'node:module';
import path from 'node:path';
import type { App } from './app.ts';

const ROOT = path.resolve(import.meta.dirname, '../..');

/**
 * Starts the application once more beside a running one, as the operating system does when a link is clicked.
 * @param args such as `--profile FILE --data DIR latchkey://activate?...`
 * @returns its exit status
 */
export function startAgain(app: App, args: readonly string[]): Promise<number> {
  const isElectron = app.host === 'electron';
  const command = isElectron ? (createRequire(import.meta.url)('electron') as string) : process.execPath;
  const first = isElectron
    ? [...(process.getuid?.() === 0 ? ['--no-sandbox'] : []), path.join(ROOT, 'dist/main/main.js')]
    : [path.join(ROOT, 'tests/host/main.ts')];
  const child = spawn(command, [...first, ...args], {
    cwd: ROOT,
    stdio: 'ignore',
    env: { ...process.env, LATCHKEY_HOST_DISPLAY: 'none' },
  });
  return new Promise((resolve, reject) => {
    child.once('error', reject);
    child.once('close', (status) => resolve(status ?? -1));
  });
}
