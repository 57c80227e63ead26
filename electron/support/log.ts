import electronLog from 'electron-log/node.js';
import type { Log } from '../ports.ts';
import { redact, redactText } from './redact-policy.ts';

export type LogLevel = 'debug' | 'info' | 'warn' | 'error';

export interface LogOptions {
  /** Absolute path; `<name>.old.log` beside it keeps what was rotated out. */
  readonly file: string;
  readonly level?: LogLevel;
  /** Bytes at which the file is rotated. */
  readonly maxBytes?: number;
  /** Told apart in the file when window and command line write to the same one. */
  readonly process: string;
}

const MAX_BYTES = 512 * 1024;

/**
 * The log of one process: lines of JSON, rotating, redacted. What is given to it is never written as it is
 * (redact-policy.ts). Writing never fails: a full disk must not keep a license from working.
 */
export function createLog(options: LogOptions): Log {
  const logger = electronLog.create({ logId: `${options.process}:${options.file}` });
  const { file, console: terminal, ipc, remote } = logger.transports;
  // Standard output belongs to results, and nothing is sent anywhere.
  terminal.level = false;
  // Absent under Node, whatever its types say.
  if (ipc) ipc.level = false;
  if (remote !== null) remote.level = false;
  file.level = options.level ?? 'info';
  file.resolvePathFn = () => options.file;
  file.maxSize = options.maxBytes ?? MAX_BYTES;
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
      logger[level](JSON.stringify(entry));
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
