import '../support/no-electron.ts';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import path from 'node:path';

/** How a campaign ended and what it has printed. */
export interface CampaignOutcome {
  readonly exit: number | null;
  readonly out: string;
}

/** Runs the campaign of a folder beside this file in a process of its own, as its npm script does. */
export async function runCampaign(folder: string, args: readonly string[]): Promise<CampaignOutcome> {
  const preload = path.join(import.meta.dirname, '../support/no-electron.ts');
  const main = path.join(import.meta.dirname, folder, 'main.ts');
  const child = spawn(process.execPath, ['--import', preload, main, ...args], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  let out = '';
  child.stdout.setEncoding('utf8').on('data', (text: string) => {
    out += text;
  });
  await once(child, 'close');
  return { exit: child.exitCode, out };
}
