import { closeSync, constants, fstatSync, openSync, renameSync, statSync } from 'node:fs';
import path from 'node:path';
import electronLog from 'electron-log/node.js';
import type { Log } from '../ports.ts';
import { ensureOwnFolder, isOurs } from '../vault/directory.ts';
import { rotatedFiles, type LogLevel } from './log-entries-policy.ts';
import { redact, redactText } from './redact-policy.ts';

export interface LogOptions {
  /** Absolute path; `<name>.1.log` and so on beside it keep what was rotated out, the newest first. */
  readonly file: string;
  readonly level?: LogLevel;
  /** Bytes at which the file is rotated. */
  readonly maxBytes?: number;
  /** Told apart in the file when window and command line write to the same one. */
  readonly process: string;
}

const MAX_BYTES = 512 * 1024;

/** Where the log of an installation lies. */
export function logFileOf(dataDir: string): string {
  return path.join(dataDir, 'logs', 'latchkey.log');
}

/** Creates it for this user alone, follows no link, and waits for no reader of a FIFO; Windows knows neither flag. */
const APPEND =
  constants.O_WRONLY |
  constants.O_APPEND |
  constants.O_CREAT |
  (process.platform === 'win32' ? 0 : constants.O_NOFOLLOW | constants.O_NONBLOCK);

/**
 * Whether the log can be written to now. Asked before each line, because electron-log gives a file up for good that it
 * could not open once, and would wait for ever where a FIFO lies in its place.
 */
function isWritable(file: string): boolean {
  try {
    if (!ensureOwnFolder(path.dirname(file)).ok) return false;
    const handle = openSync(file, APPEND, 0o600);
    try {
      const looks = fstatSync(handle);
      return looks.isFile() && isOurs(looks);
    } finally {
      closeSync(handle);
    }
  } catch {
    return false;
  }
}

/** Moves each file one place on, the oldest out; unless another process has done so a moment ago. */
function rotate(file: string, maxBytes: number): void {
  try {
    if (statSync(file).size <= maxBytes) return;
  } catch {
    return;
  }
  const places = rotatedFiles(file);
  for (const [index, place] of places.entries()) {
    const next = places[index - 1];
    if (next === undefined) continue;
    try {
      renameSync(place, next);
    } catch {
      // There is none in that place yet, or somebody reads it on Windows: then the oldest lines stay where they are.
    }
  }
}

/**
 * The log of one process: lines of JSON, rotating, redacted. What is given to it is never written as it is
 * (redact-policy.ts). Writing never fails: a full disk must not keep a license from working.
 */
export function createLog(options: LogOptions): Log {
  const logger = electronLog.create({ logId: `${options.process}:${options.file}` });
  const { file, console: terminal, ipc, remote } = logger.transports;
  // Standard output belongs to results, and nothing is sent anywhere.
  terminal.level = false;
  // Nor do the complaints of electron-log about a file that it can't write to: its first logger says them, at any level.
  electronLog.transports.console.writeFn = () => undefined;
  // Absent under Node, whatever its types say.
  if (ipc) ipc.level = false;
  if (remote !== null) remote.level = false;
  // It looks for one in a package.json above the working folder, and without one no line would ever be written.
  file.setAppName('latchkey');
  file.level = options.level ?? 'info';
  file.resolvePathFn = () => options.file;
  const maxBytes = options.maxBytes ?? MAX_BYTES;
  file.maxSize = maxBytes;
  file.archiveLogFn = () => rotate(options.file, maxBytes);
  file.writeOptions = { flag: 'a', mode: 0o600, encoding: 'utf8' };
  file.format = '{text}';

  const write =
    (level: LogLevel) =>
    (message: string, details: Readonly<Record<string, unknown>> = {}) => {
      const entry = {
        time: new Date().toISOString(),
        level,
        process: options.process,
        message: redactText(message),
        ...(redact(details) as Record<string, unknown>),
      };
      if (isWritable(options.file)) logger[level](JSON.stringify(entry));
    };
  return { debug: write('debug'), info: write('info'), warn: write('warn'), error: write('error') };
}

/** A log that keeps nothing, for when there is no folder to write to. */
export const SILENT: Log = {
  debug: () => undefined,
  info: () => undefined,
  warn: () => undefined,
  error: () => undefined,
};
