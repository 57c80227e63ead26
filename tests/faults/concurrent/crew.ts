import { spawn } from 'node:child_process';
import { once } from 'node:events';
import path from 'node:path';
import { createInterface } from 'node:readline';
import * as v from 'valibot';
import { reportSchema, type Command, type Deed, type Orders } from './words.ts';

/** A process at work in the data folder. */
export interface Hand {
  readonly name: string;
  /** Has a command carried out, in the order in which they are given. */
  readonly command: (command: Command) => Promise<readonly Deed[]>;
  /** Lets it end. @returns its exit status, and what it complained of */
  readonly end: () => Promise<{ readonly status: number | null; readonly complaint: string }>;
  readonly kill: () => void;
}

const PRELOAD = path.join(import.meta.dirname, '../../support/no-electron.ts');

/** Starts a process. @param program file in this folder */
export function hire(program: 'window-child.ts' | 'cli-child.ts', name: string, orders: Orders): Hand {
  const child = spawn(process.execPath, ['--import', PRELOAD, path.join(import.meta.dirname, program)], {
    stdio: ['pipe', 'pipe', 'pipe'],
    windowsHide: true,
  });
  let complaint = '';
  child.stderr.setEncoding('utf8').on('data', (text: string) => {
    complaint += text;
  });
  child.stdin.on('error', () => undefined);
  const waiting: { resolve: (deeds: readonly Deed[]) => void; reject: (error: Error) => void }[] = [];
  createInterface({ input: child.stdout }).on('line', (line) => {
    waiting.shift()?.resolve(v.parse(reportSchema, JSON.parse(line)));
  });
  const closed = once(child, 'close');
  child.once('close', () => {
    for (const { reject } of waiting.splice(0)) reject(new Error(`${name} is gone: ${complaint}`));
  });
  child.stdin.write(`${JSON.stringify(orders)}\n`);
  return {
    name,
    command: (command) =>
      new Promise((resolve, reject) => {
        waiting.push({ resolve, reject });
        child.stdin.write(`${JSON.stringify(command)}\n`);
      }),
    end: async () => {
      child.stdin.end();
      await closed;
      return { status: child.exitCode, complaint };
    },
    kill: () => void child.kill('SIGKILL'),
  };
}
