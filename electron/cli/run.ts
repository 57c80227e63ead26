import path from 'node:path';
import { ERRORS, failure, type Failure } from '../../shared/errors.ts';
import type { VendorProfile } from '../../shared/profile.ts';
import { err, ok, type Result } from '../../shared/result.ts';
import { resolveLanguage, type Language } from '../../shared/settings.ts';
import { createServices } from '../create-services.ts';
import { openCrashStore } from '../support/crash-store.ts';
import type { Command, Output } from './command.ts';
import { LABELS } from './labels.ts';
import { failureJson, failureText, printable } from './output.ts';
import type { CliPorts } from './ports.ts';
import { parseArguments, type GlobalOptions } from './program.ts';

/**
 * Runs one command. Never throws and never ends the process; what nobody has foreseen leaves a report of the crash and is
 * `internal`.
 * @param args the arguments after the executable and script
 * @returns the exit status: 0, what the command itself says, or the `exit` of the error's code (shared/errors.ts)
 */
export async function runCli(args: readonly string[], ports: CliPorts): Promise<number> {
  const parsed = parseArguments(args, ports);
  if (parsed.kind === 'done') {
    // What is wrong has been said on standard error; whoever asked for JSON reads standard output.
    if (parsed.exit !== 0 && args.includes('--json')) {
      ports.out(jsonLine(failure('usageInvalid'), resolveLanguage('system', ports.systemLocale)));
    }
    return parsed.exit;
  }
  const { global, command } = parsed;
  const language = global.language ?? resolveLanguage('system', ports.systemLocale);
  const result = await perform(command, global, ports, language).catch((error: unknown) => {
    noteCrash(error, global, ports);
    return err(failure('internal'));
  });
  if (!result.ok) return report(result.error, global, ports, language);
  if ('lines' in result.value) {
    ports.out(result.value.lines);
    return 0;
  }
  const { json, text, exit = 0 } = result.value;
  ports.out(global.json === true ? `${JSON.stringify(json, null, 2)}\n` : printable(text));
  return exit;
}

/** Keeps a report of what nobody has foreseen, beside the log; it is never sent anywhere. */
function noteCrash(error: unknown, global: GlobalOptions, ports: CliPorts): void {
  const dataDir = dataFolder(global, ports);
  if (!dataDir.ok) return;
  const { version, platform, clock } = ports;
  openCrashStore({
    dataDir: dataDir.value,
    program: { version, platform },
    clock,
    log: ports.openLog(dataDir.value),
  }).note('command', { error });
}

function report(problem: Failure, global: GlobalOptions, ports: CliPorts, language: Language): number {
  if (global.json === true) ports.out(jsonLine(problem, language));
  ports.err(failureText(problem, language));
  return ERRORS[problem.code].exit;
}

function jsonLine(problem: Failure, language: Language): string {
  return `${JSON.stringify(failureJson(problem, language))}\n`;
}

async function perform(
  command: Command,
  global: GlobalOptions,
  ports: CliPorts,
  language: Language,
): Promise<Result<Output>> {
  if (command.needs === 'nothing')
    return command.run({ ports, language, profile: profileFile(global, ports) });
  if (command.needs === 'folder') {
    const dataDir = dataFolder(global, ports);
    return dataDir.ok
      ? command.run({ dataDir: dataDir.value, ports, language, json: global.json === true })
      : dataDir;
  }
  const place = placeOf(global, ports);
  if (!place.ok) return place;
  const log = ports.openLog(place.value.dataDir);
  const services = await createServices({
    ...place.value,
    witnessDir: ports.witnessFolder?.(place.value.dataDir),
    keyring: ports.keyring,
    network: ports.network(log),
    policy: ports.policy?.(place.value.profile.application.id),
    clock: ports.clock,
    random: ports.random,
    log,
    openBrowser: (address) => showSignInPage(address, ports, language),
    appVersion: ports.version,
    platform: ports.platform,
    program: ports.program,
    machine: ports.machine,
    systemLocale: ports.systemLocale,
  });
  try {
    await services.ready();
    return await command.run({ profile: place.value.profile, services, ports, language });
  } finally {
    await services.close();
  }
}

/** Prints where to sign in, for a session without a browser, and opens it where there is one. */
async function showSignInPage(address: string, ports: CliPorts, language: Language): Promise<Result<null>> {
  ports.err(`${LABELS[language].signInPage}\n${address}\n`);
  await ports.openBrowser?.(address);
  return ok(null);
}

/** An empty variable of the environment is none, as scripts clear one. */
function profileFile(global: GlobalOptions, ports: CliPorts): string | undefined {
  const file = global.profile ?? ports.env['LATCHKEY_PROFILE'];
  return file === '' ? undefined : file;
}

/** The profile and data folder that the command is about. */
function placeOf(
  global: GlobalOptions,
  ports: CliPorts,
): Result<{ readonly profile: VendorProfile; readonly dataDir: string }> {
  if (ports.installed !== undefined) return ok(ports.installed);
  const file = profileFile(global, ports);
  if (file === undefined) return err(failure('usageInvalid', { field: '--profile FILE' }));
  const dataDir = dataFolder(global, ports);
  if (!dataDir.ok) return dataDir;
  const profile = ports.readProfile(file);
  return profile.ok ? ok({ profile: profile.value, dataDir: dataDir.value }) : profile;
}

function dataFolder(global: GlobalOptions, ports: CliPorts): Result<string> {
  if (ports.installed !== undefined) return ok(ports.installed.dataDir);
  const data = global.data ?? ports.env['LATCHKEY_DATA'];
  if (data === undefined || data === '') return err(failure('usageInvalid', { field: '--data DIR' }));
  return ok(path.resolve(data));
}
