import { failure } from '../../shared/errors.ts';
import { err, ok, type Result } from '../../shared/result.ts';
import { decodeText } from '../support/read-text.ts';
import { readWhole } from '../support/read-whole.ts';
import { Secret } from '../support/secret.ts';
import type { Context } from './command.ts';
import { LABELS } from './labels.ts';

/** Bytes of a file or of standard input that can be an activation code with some white space around it. */
const MAX_BYTES = 4096;

/**
 * There is no option that takes the code itself: arguments are seen by other processes and stay in the history of the
 * shell.
 */
export interface CodeSource {
  /** `--code-file`: a path, or `-` for standard input. */
  readonly codeFile?: string | undefined;
  /** `--yes`: nobody is there to be asked. */
  readonly yes?: true;
}

/**
 * The activation code from wherever the caller has it.
 * @returns Errors: `usageInvalid` where none was named and nobody can be asked, `cancelled` where the user has given up,
 * `fileUnreadable`, `activationCodeMalformed` where there is more in it than a code
 */
export async function readCode(
  { codeFile, yes }: CodeSource,
  { ports, language }: Pick<Context, 'ports' | 'language'>,
): Promise<Result<Secret<'activationCode'>>> {
  if (codeFile === undefined) {
    if (yes === true || ports.askSecret === undefined) {
      return err(failure('usageInvalid', { field: '--code-file FILE|-' }));
    }
    const typed = await ports.askSecret(`${LABELS[language].code}: `);
    return typed === null ? err(failure('cancelled')) : ok(new Secret('activationCode', typed));
  }
  const read = (max: number) => (codeFile === '-' ? ports.readStdin(max) : ports.readFile(codeFile, max));
  const bytes = await readWhole(read, MAX_BYTES, failure('activationCodeMalformed'));
  return bytes.ok ? ok(new Secret('activationCode', decodeText(bytes.value))) : bytes;
}
