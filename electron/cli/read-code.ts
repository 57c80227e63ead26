import { failure } from '../../shared/errors.ts';
import { err, ok, type Result } from '../../shared/result.ts';
import { decodeText, systemCode } from '../support/read-text.ts';
import { Secret } from '../support/secret.ts';
import type { CliPorts } from './ports.ts';

/** Bytes of a file or of standard input that can be an activation code with some white space around it. */
const MAX_BYTES = 4096;

/**
 * There is no option that takes the code itself: arguments are seen by other processes and stay in the history of the
 * shell.
 */
export interface CodeSource {
  /** `--code-file`: a path, or `-` for standard input. */
  readonly codeFile?: string | undefined;
}

/**
 * The activation code from wherever the caller has it.
 * @returns Errors: `usageInvalid` where none was named or the file can't be read, `activationCodeMalformed` where there
 * is more in it than a code
 */
export async function readCode(
  { codeFile }: CodeSource,
  ports: Pick<CliPorts, 'readFile' | 'readStdin'>,
): Promise<Result<Secret>> {
  if (codeFile === undefined) return err(failure('usageInvalid', { field: '--code-file FILE|-' }));
  let bytes: Uint8Array;
  try {
    // One more than allowed, so that a file that is too large is refused instead of cut.
    bytes =
      codeFile === '-' ? await ports.readStdin(MAX_BYTES + 1) : await ports.readFile(codeFile, MAX_BYTES + 1);
  } catch (error) {
    return err(failure('usageInvalid', { field: '--code-file', system: systemCode(error) }));
  }
  return bytes.length > MAX_BYTES
    ? err(failure('activationCodeMalformed'))
    : ok(new Secret('activationCode', decodeText(bytes)));
}
