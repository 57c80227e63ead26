import { writeFile } from 'node:fs/promises';
import path from 'node:path';
import { Command, CommanderError, InvalidArgumentError, Option } from 'commander';
import type { EnvironmentAccess } from './environment.ts';
import type { CallLimits } from './limits.ts';
import type { LogLevel } from './request-log.ts';
import { vendorIdentityIn } from './vendor-identity.ts';
import { startLicensingApi, type LicensingApi, type LicensingApiOptions } from './server.ts';

/**
 * The command behind `npm run -s licensing-api -- --data DIR [--port N]`. One JSON line on stdout when the server is
 * ready, everything else on stderr; SIGINT and SIGTERM end it with 0, a wrong option or place with 2.
 */

interface Options {
  readonly data: string;
  readonly port?: number;
  readonly logLevel: LogLevel;
  readonly live?: true;
  readonly requireClientCertificate?: true;
  readonly clientCertificateHours?: number;
  readonly callsPerSecond?: number;
  readonly callsAtOnce?: number;
  readonly keyFile?: string;
  readonly localOf?: string;
  readonly openidIssuer?: string;
  readonly openidAudience?: string;
}

/** In the environment, because command lines can be read by every user of a machine. */
const PASSPHRASE_VARIABLE = 'LATCHKEY_API_PASSPHRASE';
const KEY_FILE_VARIABLE = 'LATCHKEY_API_KEY_FILE';
const HOUR = 60 * 60_000;

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

function readPositive(value: string): number {
  const number = Number(value);
  if (!/^\d{1,6}$/.test(value) || number < 1)
    throw new InvalidArgumentError('It is a number from 1 to 999999.');
  return number;
}

const accessLine = ({ profilePath, ...it }: EnvironmentAccess) => ({
  portalUrl: it.portalUrl,
  profile: profilePath,
  tenantId: it.tenantId,
  productId: it.productId,
  activationCode: it.activationCode,
  management: it.management,
});

/** What an administrator hands to the users of a local server, beside its address. */
async function handOver({ localOf, data }: Options, api: LicensingApi) {
  if (localOf === undefined) return {};
  const ca = path.join(path.resolve(data), 'server-ca.pem');
  await writeFile(ca, api.caPem, { mode: 0o600 });
  return { local: { ca, pin: api.pin } };
}

function announce(api: LicensingApi, more: object): void {
  const live = api.live === null ? {} : { live: accessLine(api.live) };
  process.stdout.write(`${JSON.stringify({ url: api.url, ...accessLine(api), ...live, ...more })}\n`);
}

/** @throws an Error with one clear sentence if two secrets are given */
function keyProtection(keyFile: string | undefined): Pick<LicensingApiOptions, 'keyProtection'> {
  const passphrase = process.env[PASSPHRASE_VARIABLE];
  const file = keyFile ?? process.env[KEY_FILE_VARIABLE];
  if (passphrase !== undefined && file !== undefined) {
    throw new Error('Either a passphrase or a key file protects the keys, not both.');
  }
  if (passphrase !== undefined) return { keyProtection: { passphrase } };
  return file === undefined ? {} : { keyProtection: { keyFile: file } };
}

/** @throws an Error with one clear sentence if half of what belongs together is missing */
async function serverOptions(options: Options): Promise<LicensingApiOptions> {
  const { openidIssuer: issuer, openidAudience: audience, clientCertificateHours: hours } = options;
  if ((issuer === undefined) !== (audience === undefined)) {
    throw new Error('--openid-issuer and --openid-audience belong together.');
  }
  const protection = keyProtection(options.keyFile);
  const calls: CallLimits = {
    ...(options.callsPerSecond === undefined ? {} : { perSecond: options.callsPerSecond }),
    ...(options.callsAtOnce === undefined ? {} : { concurrent: options.callsAtOnce }),
  };
  return {
    dataDir: options.data,
    ...(options.port === undefined ? {} : { port: options.port }),
    logLevel: options.logLevel,
    live: options.live ?? false,
    requireClientCertificate: options.requireClientCertificate ?? false,
    ...(hours === undefined ? {} : { clientCertificateLifeMs: hours * HOUR }),
    limits: { caller: calls, activation: calls },
    ...protection,
    ...(options.localOf === undefined
      ? {}
      : { localOf: await vendorIdentityIn(options.localOf, protection.keyProtection ?? null) }),
    ...(issuer === undefined || audience === undefined ? {} : { openId: { issuer, audience } }),
  };
}

async function run(options: Options): Promise<void> {
  const api = await startLicensingApi(await serverOptions(options));
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
  announce(api, await handOver(options, api));
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
  .option('--live', 'serves a live environment beside the test one, with a tenant, keys and codes of its own')
  .option('--require-client-certificate', 'calls of an activation need its client certificate (mutual TLS)')
  .option(
    '--client-certificate-hours <number>',
    'how long client certificates are good; a week without it',
    readPositive,
  )
  .option(
    '--calls-per-second <number>',
    'of each caller and of each activation; unlimited without it',
    readPositive,
  )
  .option(
    '--calls-at-once <number>',
    'of each caller and of each activation; unlimited without it',
    readPositive,
  )
  .option(
    '--key-file <file>',
    `what keys are encrypted with; also ${KEY_FILE_VARIABLE}, or a passphrase in ${PASSPHRASE_VARIABLE}`,
  )
  .option(
    '--local-of <dir>',
    'runs as a Local License Server of the vendor whose server has this data folder',
  )
  .option('--openid-issuer <url>', 'the OpenID provider whose tokens activate')
  .option('--openid-audience <id>', 'the client id of the application at that provider')
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
