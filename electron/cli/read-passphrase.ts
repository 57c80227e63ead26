import { failure } from '../../shared/errors.ts';
import { err, ok, type Result } from '../../shared/result.ts';
import { decodeText } from '../support/read-text.ts';
import { Secret } from '../support/secret.ts';
import type { Context } from './command.ts';
import { LABELS } from './labels.ts';

/** Bytes of a passphrase with its line end. */
const MAX_PASSPHRASE = 1024;

/**
 * The passphrase of a key file: typed at the terminal, or all of standard input. The last line end is no part of it.
 * There is no option that takes it: arguments are seen by other processes and stay in the history of the shell.
 * @returns Errors: `cancelled` where the user has given up, `certificatePassphraseWrong` where it is too long for one
 */
export async function readPassphrase({
  ports,
  language,
}: Pick<Context, 'ports' | 'language'>): Promise<Result<Secret<'password'>>> {
  const typed = await ports.askSecret?.(`${LABELS[language].passphrase}: `);
  if (typed === null) return err(failure('cancelled'));
  const bytes =
    typed === undefined ? await ports.readStdin(MAX_PASSPHRASE + 1) : new TextEncoder().encode(typed);
  if (bytes.length > MAX_PASSPHRASE) return err(failure('certificatePassphraseWrong'));
  return ok(new Secret('password', decodeText(bytes).replace(/\r?\n$/, '')));
}
