import { Command, CommanderError, InvalidArgumentError, Option } from 'commander';
import type { LogLevel } from './request-log.ts';
import { startLicensingApi, type LicensingApi } from './server.ts';

/**
 * The command behind `npm run -s licensing-api -- --data DIR [--port N]`. One JSON line on stdout when the server is
 * ready, everything else on stderr; SIGINT and SIGTERM end it with 0, a wrong option or place with 2.
 */

interface Options {
  readonly data: string;
  readonly port?: number;
  readonly logLevel: LogLevel;
}

const REASONS: Readonly<Record<string, string>> = {
  EADDRINUSE: 'The port is in use by another program.',
  EACCES: 'The data folder or the port may not be used by this user.',
  EPERM: 'The data folder may not be used by this user.',
  EROFS: 'The data folder is on a read-only file system.',
  ENOTDIR: 'The data folder is not a folder.',
  EEXIST: 'The data folder is not a folder.',
  ENOSPC: 'The disk is full.',
  ERR_SQLITE_ERROR: 'The database in the data folder can not be opened.',
};

function sentenceOf(error: unknown): string {
  if (!(error instanceof Error)) return 'The server could not start.';
  const code = 'code' in error && typeof error.code === 'string' ? error.code : '';
  return REASONS[code] ?? error.message;
}

function readPort(value: string): number {
  const port = Number(value);
  if (!/^\d{1,5}$/.test(value) || port > 65_535) {
    throw new InvalidArgumentError('It is a number from 0 to 65535.');
  }
  return port;
}

function announce(api: LicensingApi): void {
  const { url, portalUrl, profilePath, tenantId, productId, activationCode, management } = api;
  const line = { url, portalUrl, profile: profilePath, tenantId, productId, activationCode, management };
  process.stdout.write(`${JSON.stringify(line)}\n`);
}

async function run(options: Options): Promise<void> {
  const api = await startLicensingApi({
    dataDir: options.data,
    ...(options.port === undefined ? {} : { port: options.port }),
    logLevel: options.logLevel,
  });
  let closing = false;
  const stop = () => {
    if (closing) return;
    closing = true;
    void api.close().then(
      () => process.exit(0),
      () => process.exit(1),
    );
  };
  process.on('SIGINT', stop);
  process.on('SIGTERM', stop);
  announce(api);
}

const command = new Command('licensing-api')
  .description('Runs the reference Licensing API with a demo entitlement on 127.0.0.1.')
  .requiredOption('--data <dir>', 'folder that keeps keys, database and vendor profile; made if missing')
  .option(
    '--port <number>',
    'port; without it the one used before with this folder, else a free one',
    readPort,
  )
  .addOption(
    new Option('--log-level <level>', 'what goes to stderr')
      .choices(['silent', 'error', 'info'])
      .default('info'),
  )
  .allowExcessArguments(false)
  .configureOutput({ writeOut: (text) => process.stderr.write(text) })
  .exitOverride();

try {
  command.parse();
  await run(command.opts<Options>());
} catch (error) {
  if (error instanceof CommanderError) {
    process.exitCode = error.exitCode === 0 ? 0 : 2;
  } else {
    process.stderr.write(`licensing-api: ${sentenceOf(error)}\n`);
    process.exitCode = 2;
  }
}
