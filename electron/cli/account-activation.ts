import type { Command as Program } from 'commander';
import type { LicenseView } from '../../shared/license/schemas.ts';
import type { Result } from '../../shared/result.ts';
import type { SeatRequest } from '../services.ts';
import type { Context } from './command.ts';
import { readPassword } from './read-password.ts';

export interface AccountOptions {
  /** Sign in instead of showing an activation code. */
  readonly account?: true;
  /** By a password (read-password.ts); in the browser without it. */
  readonly username?: string;
}

export function withAccountOptions(command: Program): Program {
  return command
    .option(
      '--account',
      'sign in with an account instead of a code: in the browser, whose address is printed',
    )
    .option(
      '--username <name>',
      'with --account: sign in by password, which is asked for or read from standard input',
    );
}

/**
 * Activates by signing in.
 * @param seat which one
 * @returns Errors: those of `readPassword` and `Services`
 */
export async function activateByAccount(
  context: Context,
  seat: SeatRequest,
  { username }: AccountOptions,
): Promise<Result<LicenseView>> {
  const { services } = context;
  if (username === undefined) return services.license.signIn(seat);
  const password = await readPassword(context);
  if (!password.ok) return password;
  return services.license.activateWithPassword({ ...seat, username, password: password.value });
}
