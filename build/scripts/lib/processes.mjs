import { execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import { readdirSync, readFileSync } from 'node:fs';
import { setTimeout as delay } from 'node:timers/promises';
import { ROOT } from './root.mjs';
import { exitCode } from './run.mjs';

/**
 * Programs that run beside this script and end with it: each in a process group of its own, so that Ctrl-C reaches
 * this script alone and it can end them in order, with everything that they started.
 */

/** Milliseconds that a program has to end by itself. */
const GRACE = 8000;

/**
 * @typedef {{
 *   readonly child: import('node:child_process').ChildProcess,
 *   readonly ended: Promise<number>,
 * }} Program `ended`: the exit code
 */

/**
 * @param {string} command
 * @param {readonly string[]} args
 * @param {{ stdio: import('node:child_process').StdioOptions, env?: Record<string, string | undefined> }} options
 * @returns {Program}
 */
export function startProgram(command, args, { stdio, env }) {
  const child = spawn(command, args, {
    cwd: ROOT,
    stdio,
    env: { ...process.env, ...env },
    detached: process.platform !== 'win32',
    windowsHide: true,
  });
  const ended = new Promise((resolve) => {
    child.once('error', () => resolve(127));
    child.once('exit', (code, signal) => resolve(exitCode(code, signal)));
  });
  return { child, ended };
}

/** @returns {readonly (readonly [pid: number, parent: number])[]} every process; on Linux `ps` is not everywhere */
function allProcesses() {
  if (process.platform !== 'linux') {
    const table = execFileSync('ps', ['-A', '-o', 'pid=,ppid='], { encoding: 'utf8' });
    return table.split('\n').map((line) => {
      const [pid, parent] = line.trim().split(/\s+/);
      return [Number(pid), Number(parent)];
    });
  }
  return readdirSync('/proc').flatMap((name) => {
    if (!/^\d+$/.test(name)) return [];
    try {
      // The name in parentheses may have spaces and parentheses itself; the parent is the second field after it.
      const stat = readFileSync(`/proc/${name}/stat`, 'utf8');
      return [[Number(name), Number(stat.slice(stat.lastIndexOf(')') + 2).split(' ')[1])]];
    } catch {
      // It has ended since.
      return [];
    }
  });
}

/**
 * A browser puts itself into a group of its own, so its starter's group is not all.
 *
 * @param {number} pid @returns {number[]} everything below it
 */
function descendants(pid) {
  const processes = allProcesses();
  const found = [pid];
  // The list grows while it is read: each one found adds its own.
  for (const one of found) {
    found.push(...processes.filter(([, parent]) => parent === one).map(([child]) => child));
  }
  return found.slice(1);
}

/** @param {number} pid negative for a whole group @param {NodeJS.Signals} signal */
function send(pid, signal) {
  try {
    process.kill(pid, signal);
  } catch {
    // It has ended already.
  }
}

/**
 * Asks the program to end, and after a while ends it and all that it started.
 *
 * @param {Program} program
 */
export async function endProgram({ child, ended }) {
  const { pid } = child;
  if (pid === undefined) return;
  const below = process.platform === 'win32' ? [] : descendants(pid);
  if (child.exitCode === null && child.signalCode === null) {
    if (process.platform === 'win32') {
      await once(spawn('taskkill', ['/pid', String(pid), '/T', '/F'], { stdio: 'ignore' }), 'exit');
    } else {
      send(pid, 'SIGTERM');
    }
    await Promise.race([ended, delay(GRACE, undefined, { ref: false })]);
  }
  if (process.platform === 'win32') return;
  send(-pid, 'SIGKILL');
  for (const one of below) send(one, 'SIGKILL');
}

/**
 * @param {Program} program whose stdout is a pipe
 * @returns {(timeout: number) => Promise<string | null>} gives the next line on it; null if the program ends before, or
 *   after so many milliseconds
 */
export function lineReader({ child, ended }) {
  let text = '';
  let isOver = false;
  let look = () => {};
  child.stdout?.setEncoding('utf8').on('data', (/** @type {string} */ chunk) => {
    text += chunk;
    look();
  });
  const finishAll = async () => {
    await ended;
    isOver = true;
    look();
  };
  void finishAll();
  return (timeout) =>
    new Promise((resolve) => {
      const finish = (/** @type {string | null} */ line) => {
        clearTimeout(timer);
        look = () => {};
        resolve(line);
      };
      const timer = setTimeout(() => finish(null), timeout);
      look = () => {
        const end = text.indexOf('\n');
        if (end >= 0) {
          const line = text.slice(0, end);
          text = text.slice(end + 1);
          finish(line);
        } else if (isOver) finish(null);
      };
      look();
    });
}
