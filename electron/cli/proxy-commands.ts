import type { Command as Program } from 'commander';
import { failure } from '../../shared/errors.ts';
import { err, ok, type Result } from '../../shared/result.ts';
import { decodeText } from '../support/read-text.ts';
import type { Choose, Context, Output } from './command.ts';
import { LABELS } from './labels.ts';

interface SignInOptions {
  readonly username: string;
  readonly proxy?: string;
}

/** More than any password. */
const MAX_BYTES = 1024;

/** `proxy sign-in|sign-out`: the login that a proxy on the way to the server asks for. */
export function addProxyCommands(program: Program, choose: Choose): void {
  const proxy = program.command('proxy').description('sign in to the proxy of this network');
  proxy
    .command('sign-in')
    .description('try a login and keep it sealed on this device; the password is read from standard input')
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

async function signIn(
  { services, ports, language }: Context,
  { username, proxy }: SignInOptions,
): Promise<Result<Output>> {
  // One more than allowed, so that what is too long is refused instead of cut.
  const bytes = await ports.readStdin(MAX_BYTES + 1);
  const password = decodeText(bytes).replace(/\r?\n$/, '');
  if (bytes.length > MAX_BYTES || password === '') {
    return err(failure('usageInvalid', { field: 'password on standard input' }));
  }
  const signedIn = await services.proxy.signIn({ proxy, username, password, remember: true });
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
