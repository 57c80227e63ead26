import { failure } from '../../shared/errors.ts';
import { LONGEST_PASSWORD } from '../../shared/license/username.ts';
import { err, ok, type Result } from '../../shared/result.ts';
import { decodeText } from '../support/read-text.ts';
import { Secret } from '../support/secret.ts';
import type { Context } from './command.ts';
import { LABELS } from './labels.ts';

/** Bytes of a password in UTF-8, with its line end. */
const MAX_BYTES = LONGEST_PASSWORD * 4 + 2;

/**
 * A password: typed at the terminal, or the first line of standard input; spaces belong to it. There is no option that
 * takes it: arguments are seen by other processes and stay in the history of the shell.
 * @returns Errors: `cancelled` where the user has given up, `usageInvalid` where there is none or it is too long
 */
export async function readPassword({
  ports,
  language,
}: Pick<Context, 'ports' | 'language'>): Promise<Result<Secret<'password'>>> {
  const typed = await ports.askSecret?.(`${LABELS[language].password}: `);
  if (typed === null) return err(failure('cancelled'));
  // One more than allowed, so that what is too long is refused instead of cut.
  const bytes = typed === undefined ? await ports.readStdin(MAX_BYTES + 1) : new TextEncoder().encode(typed);
  const [line = ''] = decodeText(bytes).split(/\r?\n/, 1);
  if (bytes.length > MAX_BYTES || line === '' || line.length > LONGEST_PASSWORD) {
    return err(failure('usageInvalid', { field: 'password on standard input' }));
  }
  return ok(new Secret('password', line));
}
