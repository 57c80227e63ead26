import '../../support/no-electron.ts';
import { parseArgs } from 'node:util';
import { temporaryFolder } from '../temporary-folder.ts';
import { runLoad, type LoadOutcome } from './load.ts';

/**
 * `npm run -s load -- [--clients N] [--seats N] [--rounds N] [--at-once N]`: clients that take seats and refresh them at
 * the reference server. Prints a table, which is Markdown; the exit status is 1 if an answer was not right or a seat
 * was lost, however fast it was, and 2 if it was called wrongly.
 */

const USAGE = 'usage: npm run -s load -- [--clients N] [--seats N] [--rounds N] [--at-once N]\n';

function readArguments() {
  try {
    const { values } = parseArgs({
      options: {
        clients: { type: 'string', default: '2000' },
        seats: { type: 'string', default: '100' },
        rounds: { type: 'string', default: '3' },
        'at-once': { type: 'string', default: '32' },
      },
    });
    const wanted = {
      clients: Number(values.clients),
      seatsEach: Number(values.seats),
      rounds: Number(values.rounds),
      atOnce: Number(values['at-once']),
    };
    return Object.values(wanted).every((number) => Number.isSafeInteger(number) && number > 0)
      ? wanted
      : null;
  } catch {
    return null;
  }
}

function print({ measured, before, after, wrong }: LoadOutcome): void {
  const rows = measured.map(({ name, calls, perSecond, p50, p99, serverCpu }) =>
    [name, calls, perSecond.toFixed(0), p50.toFixed(1), p99.toFixed(1), serverCpu.toFixed(2)].join(' | '),
  );
  const megabytes = (bytes: number): string => (bytes / 2 ** 20).toFixed(0);
  const lines = [
    '| call | calls | per second | p50, ms | p99, ms | processor of the server, ms each |',
    '|---|---|---|---|---|---|',
    ...rows.map((row) => `| ${row} |`),
    '',
    `memory of the server: ${megabytes(before.rss)} MB before the first seat, ${megabytes(after.rss)} MB in the end (heap ${megabytes(after.heapUsed)} MB)`,
    ...wrong.slice(0, 20).map((what) => `wrong: ${what}`),
    `seats ${after.seats.length}, wrong ${wrong.length}`,
  ];
  process.stdout.write(`${lines.join('\n')}\n`);
}

const wanted = readArguments();
if (wanted === null) {
  process.stderr.write(USAGE);
  process.exitCode = 2;
} else {
  const outcome = await runLoad({ ...wanted, dataDir: temporaryFolder() });
  print(outcome);
  process.exitCode = outcome.wrong.length > 0 ? 1 : 0;
}
