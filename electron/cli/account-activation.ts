import type { Command as Program } from 'commander';
import { failure } from '../../shared/errors.ts';
import type { LicenseView } from '../../shared/license/schemas.ts';
import { LONGEST_PASSWORD } from '../../shared/license/username.ts';
import { err, ok, type Result } from '../../shared/result.ts';
import type { SeatRequest } from '../services.ts';
import { decodeText } from '../support/read-text.ts';
import { Secret } from '../support/secret.ts';
import type { Context } from './command.ts';
import type { CliPorts } from './ports.ts';

export interface AccountOptions {
  /** Sign in instead of showing an activation code. */
  readonly account?: true;
  /** With a password from standard input; in the browser without it. */
  readonly username?: string;
}

/** Bytes of a password in UTF-8, with its line end. */
const MAX_BYTES = LONGEST_PASSWORD * 4 + 2;

export function withAccountOptions(command: Program): Program {
  return command
    .option(
      '--account',
      'sign in with an account instead of a code: in the browser, whose address is printed',
    )
    .option('--username <name>', 'with --account: sign in by password, which is read from standard input');
}

/**
 * Activates by signing in.
 * @param seat which one
 * @returns Errors: `usageInvalid` where the options don't go together or there is no password, those of `Services`
 */
export async function activateByAccount(
  { services, ports }: Pick<Context, 'services' | 'ports'>,
  seat: SeatRequest,
  { username }: AccountOptions,
): Promise<Result<LicenseView>> {
  if (username === undefined) return services.license.signIn(seat);
  const password = await readPassword(ports);
  if (!password.ok) return password;
  return services.license.activateWithPassword({ ...seat, username, password: password.value.reveal() });
}

/**
 * The first line of standard input; spaces belong to a password. There is no option that takes it: arguments are seen by
 * other processes and stay in the history of the shell.
 */
async function readPassword(ports: Pick<CliPorts, 'readStdin'>): Promise<Result<Secret>> {
  const bytes = await ports.readStdin(MAX_BYTES + 1);
  const [line = ''] = decodeText(bytes).split(/\r?\n/, 1);
  if (bytes.length > MAX_BYTES || line === '' || line.length > LONGEST_PASSWORD) {
    return err(failure('usageInvalid', { field: '--account --username NAME < FILE' }));
  }
  return ok(new Secret('password', line));
}
