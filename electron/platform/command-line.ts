import { app } from 'electron';
import { processPorts } from '../cli/process-ports.ts';
import { runCli } from '../cli/run.ts';
import { systemKeyring } from './keyring.ts';
import { locateInstallation, systemLocale } from './installation.ts';
import { systemNetwork } from './system-proxy.ts';
import { refuseToStart } from './refuse-to-start.ts';

/**
 * Runs a command in the installed application instead of opening a window, with the keyring that the window uses, so
 * that both open the same vault. What is not packaged takes `--profile` and `--data` as the plain command does.
 */
export async function runCommandLine(args: readonly string[]): Promise<void> {
  const installed = app.isPackaged ? locateInstallation({ profile: null, data: null }) : null;
  if (installed !== null && !installed.ok) {
    refuseToStart(installed.error);
    return;
  }
  await app.whenReady();
  const status = await runCli(
    args,
    processPorts({
      keyring: systemKeyring,
      network: systemNetwork,
      version: app.getVersion(),
      systemLocale: systemLocale(),
      ...(installed === null ? {} : { installed: installed.value }),
    }),
  );
  // A pipe is written to in the background; leaving at once would cut the result off.
  await Promise.all([process.stdout, process.stderr].map(flushed));
  app.exit(status);
}

function flushed(stream: NodeJS.WriteStream): Promise<void> {
  return new Promise((resolve) => {
    stream.write('', () => resolve());
  });
}
