import { Option, type Command as Program } from 'commander';
import { failure } from '../../shared/errors.ts';
import { err, ok, type Result } from '../../shared/result.ts';
import {
  isWanted,
  LOG_LEVELS,
  logLineText,
  parseSince,
  type LogEntry,
  type LogLevel,
} from '../support/log-entries-policy.ts';
import { logFileOf } from '../support/log.ts';
import { logReader } from '../support/read-log.ts';
import type { Choose, Folder, Output } from './command.ts';

interface LogsOptions {
  readonly follow?: boolean;
  readonly level: LogLevel;
  readonly since?: string;
}

/** How often it is looked for new lines, milliseconds. */
const LOOK_EVERY = 250;

/** `logs`: what the window and the command line have noted; it holds no secret (redact-policy.ts). */
export function addLogsCommand(program: Program, choose: Choose): void {
  program
    .command('logs')
    .description('print the log of this installation, which holds no secret; with --json one object per line')
    .option('--follow', 'go on with what is noted from now on, until it is interrupted')
    .addOption(
      new Option('--level <level>', 'only this level and graver ones').choices(LOG_LEVELS).default('info'),
    )
    .option('--since <time>', 'only from then on: ISO 8601, or how long ago, such as 15m, 2h or 7d')
    .action((options: LogsOptions) => {
      choose({ needs: 'folder', run: (folder) => logs(folder, options) });
    });
}

async function logs(folder: Folder, options: LogsOptions): Promise<Result<Output>> {
  const { ports, dataDir, json } = folder;
  const since = options.since === undefined ? null : parseSince(options.since, ports.clock.now());
  if (options.since !== undefined && since === null) {
    return err(failure('usageInvalid', { field: '--since' }));
  }
  const read = logReader(logFileOf(dataDir));
  const wanted = () => read().filter((entry) => isWanted(entry, { level: options.level, since }));
  const textOf = (entries: readonly LogEntry[]) =>
    entries.map((entry) => `${json ? JSON.stringify(entry) : logLineText(entry)}\n`).join('');
  const first = textOf(wanted());
  if (options.follow !== true) return ok({ lines: first });
  // Printed as they come, so that nothing is left to print at the end.
  ports.out(first);
  await ports.untilInterrupted(LOOK_EVERY, () => ports.out(textOf(wanted())));
  return ok({ lines: '' });
}
