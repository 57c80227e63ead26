import * as v from 'valibot';

/** The lines of the log and which of them somebody wants to see. */

export const LOG_LEVELS = ['debug', 'info', 'warn', 'error'] as const;
export type LogLevel = (typeof LOG_LEVELS)[number];

/** How many files there are: the present one and those that were rotated out. */
const KEPT = 4;

/** The files of a log, the oldest first and the present one last. */
export function rotatedFiles(file: string): readonly string[] {
  const stem = file.replace(/\.log$/, '');
  const older = Array.from({ length: KEPT - 1 }, (_none, index) => `${stem}.${KEPT - 1 - index}.log`);
  return [...older, file];
}

const entrySchema = v.looseObject({
  time: v.pipe(v.string(), v.isoTimestamp()),
  level: v.picklist(LOG_LEVELS),
  process: v.string(),
  message: v.string(),
});

/** One line: when, how grave, which process, what, and details by name. */
export type LogEntry = v.InferOutput<typeof entrySchema>;

/** Reads a line; null for one that is none, such as the rest of a line that was cut when the power failed. */
export function parseLogLine(line: string): LogEntry | null {
  try {
    const parsed = v.safeParse(entrySchema, JSON.parse(line));
    return parsed.success ? parsed.output : null;
  } catch {
    return null;
  }
}

export interface LogWish {
  /** This level and graver ones. */
  readonly level: LogLevel;
  /** Only from this instant on, epoch milliseconds; null = from the beginning. */
  readonly since: number | null;
}

/** Whether an entry is one that is wanted. */
export function isWanted(entry: LogEntry, { level, since }: LogWish): boolean {
  return (
    LOG_LEVELS.indexOf(entry.level) >= LOG_LEVELS.indexOf(level) &&
    (since === null || Date.parse(entry.time) >= since)
  );
}

const UNITS = { s: 1000, m: 60_000, h: 3_600_000, d: 86_400_000 } as const;

/**
 * An instant as people write it: ISO 8601, a day, or how long ago (`90s`, `15m`, `2h`, `7d`).
 * @returns epoch milliseconds; null for anything else
 */
export function parseSince(text: string, now: number): number | null {
  const ago = /^(\d{1,6})([smhd])$/.exec(text.trim());
  const unit = UNITS[(ago?.[2] ?? '') as keyof typeof UNITS] as number | undefined;
  if (ago !== null && unit !== undefined) return now - Number(ago[1]) * unit;
  if (!/^\d{4}-\d{2}-\d{2}/.test(text.trim())) return null;
  const at = Date.parse(text.trim());
  return Number.isFinite(at) ? at : null;
}

/** A line for a person: the instant, the level, the process, the message, then the details. */
export function logLineText({ time, level, process, message, ...details }: LogEntry): string {
  const shown = Object.entries(details).map(
    ([name, value]) => `${name}=${typeof value === 'string' ? value : JSON.stringify(value)}`,
  );
  return [`${time} ${level.padEnd(5)} ${process.padEnd(6)} ${message}`, ...shown].join('  ');
}
