import { spawn } from 'node:child_process';
import { constants } from 'node:os';
import { ROOT } from './root.mjs';

/** @param {number | null} code @param {NodeJS.Signals | null} signal @returns {number} as a shell reports it */
export const exitCode = (code, signal) => code ?? (signal === null ? 1 : 128 + constants.signals[signal]);

/**
 * Runs a command in the repository; its output goes to stderr, so that stdout stays a script's own.
 *
 * @param {string} command
 * @param {readonly string[]} args
 * @param {{ env?: Record<string, string>, shell?: boolean, timeout?: number }} [options] timeout in milliseconds
 * @returns {Promise<number>} the exit code; 127 if it can't be started
 */
export function run(command, args, options = {}) {
  return new Promise((resolve) => {
    const child = spawn(command, args, {
      cwd: ROOT,
      env: { ...process.env, ...options.env },
      stdio: ['ignore', 2, 2],
      shell: options.shell ?? false,
      timeout: options.timeout,
      windowsHide: true,
    });
    child.once('error', () => resolve(127));
    child.once('exit', (code, signal) => resolve(exitCode(code, signal)));
  });
}

/**
 * Runs a command in the repository and keeps what it says.
 *
 * @param {string} command
 * @param {readonly string[]} args
 * @param {{ env?: Record<string, string> }} [options]
 * @returns {Promise<{ code: number, output: string }>} both streams in one; code 127 if it can't be started
 */
export function capture(command, args, options = {}) {
  return new Promise((resolve) => {
    const child = spawn(command, args, {
      cwd: ROOT,
      env: { ...process.env, ...options.env },
      stdio: ['ignore', 'pipe', 'pipe'],
      windowsHide: true,
    });
    /** @type {Buffer[]} */
    const chunks = [];
    for (const stream of [child.stdout, child.stderr]) stream.on('data', (chunk) => chunks.push(chunk));
    child.once('error', (error) => resolve({ code: 127, output: `${error.message}\n` }));
    child.once('close', (code, signal) => {
      resolve({ code: exitCode(code, signal), output: Buffer.concat(chunks).toString('utf8') });
    });
  });
}

/**
 * Calls back when the npm that runs this script is gone. npm passes a signal on to a shell, and the shell dies
 * without telling the script: what it started would run for ever.
 *
 * @param {() => void} onGone
 */
export function whenNpmIsGone(onGone) {
  const parent = process.ppid;
  if (process.env['npm_lifecycle_event'] === undefined || process.platform === 'win32') return;
  const timer = setInterval(() => {
    if (process.ppid === parent) return;
    clearInterval(timer);
    onGone();
  }, 500);
  timer.unref();
}

/**
 * Runs a command in place of this process: same streams, same folder, same exit code, and the signals that this
 * process gets are passed on.
 *
 * @param {string} command
 * @param {readonly string[]} args
 * @returns {Promise<never>}
 */
export function become(command, args) {
  return new Promise((_resolve, reject) => {
    const child = spawn(command, args, { stdio: 'inherit', windowsHide: true });
    /** @type {readonly NodeJS.Signals[]} */
    const signals = ['SIGINT', 'SIGTERM', 'SIGHUP'];
    for (const signal of signals) process.on(signal, () => child.kill(signal));
    whenNpmIsGone(() => child.kill('SIGTERM'));
    child.once('error', reject);
    child.once('exit', (code, signal) => process.exit(exitCode(code, signal)));
  });
}

/**
 * Runs a script's main function; an error is one sentence on stderr and exit code 1.
 *
 * @param {() => void | Promise<void>} main
 */
export async function script(main) {
  try {
    await main();
  } catch (error) {
    process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
    process.exitCode = 1;
  }
}
