import { Command, CommanderError, Option } from 'commander';
import { ERRORS } from '../../shared/errors.ts';
import { LANGUAGES, type Language } from '../../shared/settings.ts';

/** The options that every command takes, before or after its name. */
export interface GlobalOptions {
  readonly profile?: string;
  readonly data?: string;
  readonly json?: boolean;
  readonly language?: Language;
}

export interface ActivateOptions {
  readonly code?: string;
  readonly codeFile?: string;
  readonly seatName?: string;
  readonly edition?: string;
}

/** What was asked for on the command line. */
export type Invocation = { readonly global: GlobalOptions; readonly product: string | undefined } & (
  | { readonly command: 'status' | 'refresh' | 'deactivate' }
  | { readonly command: 'activate'; readonly options: ActivateOptions }
);

/** Words that make an invocation of the application a command line (electron/ipc/launch-policy.ts). */
export const COMMANDS = [
  'status',
  'activate',
  'refresh',
  'deactivate',
  'help',
  '--help',
  '--version',
] as const;

const DESCRIPTIONS = {
  status: 'tell the state of the license, the reasons for it and what can be done; asks no server',
  refresh: 'renew the lease and bring features and terms up to date',
  deactivate: 'give the seat of this device back',
} as const;

const EXIT_HELP = `
Exit status: 0 done; 1 defect; 2 usage; 3 vendor profile; 6 busy; 7 not possible in this state; 10-29 refused by the
server (11 code unknown, 13 seats used up, 14 entitlement expired, 15 disabled); 30-45 connection (32 server not
reached, 33 no answer in time, 36 certificate untrusted, 37 certificate expired, 40 pin mismatch, 43 answer not
readable); 50-57 vault; 60-62 device and clock. The README has them all.

Results go to standard output, everything else to standard error.`;

export type Parsed =
  | { readonly kind: 'invocation'; readonly invocation: Invocation }
  | { readonly kind: 'done'; readonly exit: number };

/**
 * Reads the arguments.
 * @param args the arguments after the executable and script
 * @param ports where help and complaints go
 */
export function parseArguments(
  args: readonly string[],
  ports: {
    readonly version: string;
    readonly out: (text: string) => void;
    readonly err: (text: string) => void;
  },
): Parsed {
  let found: Invocation | null = null;
  const program = new Command('latchkey');
  const global = () => program.opts<GlobalOptions>();
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

  const command = (name: string, description: string) =>
    program
      .command(name)
      .description(description)
      .argument('[product]', 'product id or name; not needed where there is one product');

  for (const name of ['status', 'refresh', 'deactivate'] as const) {
    command(name, DESCRIPTIONS[name]).action((product?: string) => {
      found = { command: name, global: global(), product };
    });
  }
  command('activate', 'take a seat for this device')
    .option('--code-file <file>', 'read the activation code from a file, or from standard input with -')
    .option('--code <code>', 'the activation code itself; other processes of this machine can see it')
    .option('--seat-name <name>', 'name of this device, shown where seats are managed')
    .option('--edition <id>', 'edition to activate')
    .action((product: string | undefined, options: ActivateOptions) => {
      found = { command: 'activate', global: global(), product, options };
    });

  try {
    program.parse(args, { from: 'user' });
  } catch (error) {
    if (!(error instanceof CommanderError)) throw error;
    return { kind: 'done', exit: error.exitCode === 0 ? 0 : ERRORS.usageInvalid.exit };
  }
  return found === null
    ? { kind: 'done', exit: ERRORS.usageInvalid.exit }
    : { kind: 'invocation', invocation: found };
}
