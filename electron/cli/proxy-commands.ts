import type { Command as Program } from 'commander';
import { ok, type Result } from '../../shared/result.ts';
import type { Choose, Context, Output } from './command.ts';
import { LABELS } from './labels.ts';
import { readPassword } from './read-password.ts';

interface SignInOptions {
  readonly username: string;
  readonly proxy?: string;
}

/** `proxy sign-in|sign-out`: the login that a proxy on the way to the server asks for. */
export function addProxyCommands(program: Program, choose: Choose): void {
  const proxy = program.command('proxy').description('sign in to the proxy of this network');
  proxy
    .command('sign-in')
    .description(
      'try a login and keep it sealed on this device; the password is asked for, or read from standard input',
    )
    .requiredOption('--username <name>', 'user name at the proxy')
    .option('--proxy <host:port>', 'which proxy, where there are several')
    .action((options: SignInOptions) => {
      choose({ needs: 'installation', run: (context) => signIn(context, options) });
    });
  proxy
    .command('sign-out')
    .description('forget every login at a proxy')
    .action(() => {
      choose({ needs: 'installation', run: (context) => signOut(context) });
    });
}

async function signIn(context: Context, { username, proxy }: SignInOptions): Promise<Result<Output>> {
  const { services, language } = context;
  const password = await readPassword(context);
  if (!password.ok) return password;
  const login = { username, password: password.value, remember: true };
  const signedIn = await services.proxy.signIn({ proxy, ...login });
  if (!signedIn.ok) return signedIn;
  return ok({
    json: { proxy: signedIn.value.proxy },
    text: `${LABELS[language].signedIn} ${signedIn.value.proxy}\n`,
  });
}

async function signOut({ services, language }: Context): Promise<Result<Output>> {
  const forgotten = await services.proxy.forget();
  return forgotten.ok ? ok({ json: {}, text: `${LABELS[language].signedOut}\n` }) : forgotten;
}
