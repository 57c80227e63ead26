import { Command as Program, CommanderError, Option } from 'commander';
import { ERRORS } from '../../shared/errors.ts';
import { LANGUAGES, type Language } from '../../shared/settings.ts';
import { addCertificateCommand } from './certificate-command.ts';
import type { Choose, Command } from './command.ts';
import { addCompletionCommand } from './completion-command.ts';
import { addCheckCommand } from './check-command.ts';
import { addDiagnoseCommand } from './diagnose-command.ts';
import { addExplainCommand } from './explain-command.ts';
import { addFeatureCommands } from './feature-commands.ts';
import { addInspectCommand } from './inspect-command.ts';
import { addLicenseCommands } from './license-commands.ts';
import { addLogsCommand } from './logs-command.ts';
import { addOfflineCommands } from './offline-commands.ts';
import { addProxyCommands } from './proxy-commands.ts';
import { addSettingsCommands } from './settings-commands.ts';
import { addServerCommands } from './server-commands.ts';

/** The options that every command takes, before or after its name. */
export interface GlobalOptions {
  readonly profile?: string;
  readonly data?: string;
  readonly json?: boolean;
  readonly language?: Language;
}

/** Words that make an invocation of the application a command line (electron/ipc/launch-policy.ts). */
export const COMMANDS = [
  'status',
  'activate',
  'refresh',
  'deactivate',
  'feature',
  'offline',
  'certificate',
  'server',
  'check',
  'diagnose',
  'inspect',
  'logs',
  'explain',
  'settings',
  'proxy',
  'completion',
  'help',
  '--help',
  '--version',
] as const;

const EXIT_HELP = `
Exit status: 0 done; 1 defect; 2 usage; 3 vendor profile; 6 busy; 7 not possible in this state; 10-29 refused by the
server (11 code unknown, 13 seats used up, 14 entitlement expired, 15 disabled, 17 sign-in not accepted, 18 user name
locked); 30-46 connection (32 server not reached, 33 no answer in time, 36 certificate untrusted, 37 certificate
expired, 40 pin mismatch, 43 answer not readable); 47-49 and 68-69 sign-in; 50-59 vault; 60-62 device and clock; 63-64
policy of the administrator; 65 login at the proxy; 70-92 tokens and license files; 100-109 client certificates;
110-114 choice of the server; 115 edition. The README has them all.

Results go to standard output, everything else to standard error.`;

export type Parsed =
  | { readonly kind: 'command'; readonly global: GlobalOptions; readonly command: Command }
  | { readonly kind: 'done'; readonly exit: number };

export interface ParsePorts {
  readonly version: string;
  /** Where help goes. */
  readonly out: (text: string) => void;
  /** Where complaints go. */
  readonly err: (text: string) => void;
}

/**
 * Reads the arguments.
 * @param args the arguments after the executable and script
 * @param ports where help and complaints go
 */
export function parseArguments(args: readonly string[], ports: ParsePorts): Parsed {
  let chosen: Command | null = null;
  const program = createProgram(ports, (command) => {
    chosen = command;
  });
  try {
    program.parse(args, { from: 'user' });
  } catch (error) {
    if (!(error instanceof CommanderError)) throw error;
    return { kind: 'done', exit: error.exitCode === 0 ? 0 : ERRORS.usageInvalid.exit };
  }
  return chosen === null
    ? { kind: 'done', exit: ERRORS.usageInvalid.exit }
    : { kind: 'command', global: program.opts<GlobalOptions>(), command: chosen };
}

/** The whole program; also what completion and the manual page are made from. */
export function createProgram(ports: ParsePorts, choose: Choose): Program {
  const program = new Program('latchkey');
  program
    .description('Activates licenses on this device and tells why one is not active')
    .version(ports.version)
    .option('--profile <file>', 'vendor profile (environment: LATCHKEY_PROFILE)')
    .option('--data <dir>', 'data folder of this installation (environment: LATCHKEY_DATA)')
    .option('--json', 'print the result as JSON')
    .addOption(new Option('--language <tag>', 'language of the sentences').choices(LANGUAGES))
    .addHelpText('after', EXIT_HELP)
    .configureOutput({ writeOut: ports.out, writeErr: ports.err })
    .exitOverride();
  addLicenseCommands(program, choose);
  addFeatureCommands(program, choose);
  addOfflineCommands(program, choose);
  addCertificateCommand(program, choose);
  addServerCommands(program, choose);
  addCheckCommand(program, choose);
  addDiagnoseCommand(program, choose);
  addInspectCommand(program, choose);
  addLogsCommand(program, choose);
  addExplainCommand(program, choose);
  addSettingsCommands(program, choose);
  addProxyCommands(program, choose);
  addCompletionCommand(program, choose);
  return program;
}
