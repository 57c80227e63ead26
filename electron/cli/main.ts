import { environmentNetwork } from '../platform/network.ts';
import { NO_KEYRING } from '../ports.ts';
import { processPorts } from './process-ports.ts';
import { runCli } from './run.ts';

/** The `latchkey` command in plain Node: no window, no keyring. */

declare const __APP_VERSION__: string;

process.exitCode = await runCli(
  process.argv.slice(2),
  processPorts({
    keyring: NO_KEYRING,
    network: () => environmentNetwork(process.env),
    version: __APP_VERSION__,
    systemLocale: new Intl.DateTimeFormat().resolvedOptions().locale,
  }),
);
