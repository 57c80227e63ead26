import { failure } from '../../shared/errors.ts';
import { err, ok, type Result } from '../../shared/result.ts';

/** Bytes of a file or of standard input that can be an activation code with some white space around it. */
const MAX_BYTES = 4096;

export interface CodeSource {
  /** `--code`: seen by every process of this machine that may list arguments. */
  readonly code?: string | undefined;
  /** `--code-file`: a path, or `-` for standard input. */
  readonly codeFile?: string | undefined;
}

export interface CodePorts {
  /** Bytes of standard input up to its end, at most so many. */
  readonly readStdin: (maxBytes: number) => Promise<Uint8Array>;
  readonly readFile: (path: string, maxBytes: number) => Promise<Uint8Array>;
}

/**
 * The activation code from wherever the caller has it.
 * @returns Errors: `usageInvalid` where none or two were named or the file can't be read, `activationCodeMalformed`
 * where there is more in it than a code
 */
export async function readCode(source: CodeSource, ports: CodePorts): Promise<Result<string>> {
  const { code, codeFile } = source;
  if ((code === undefined) === (codeFile === undefined)) {
    return err(failure('usageInvalid', { field: '--code-file FILE|-, or --code CODE' }));
  }
  if (code !== undefined) return ok(code);
  let bytes: Uint8Array;
  try {
    // One more than allowed, so that a file that is too large is refused instead of cut.
    bytes =
      codeFile === '-'
        ? await ports.readStdin(MAX_BYTES + 1)
        : await ports.readFile(codeFile ?? '', MAX_BYTES + 1);
  } catch (error) {
    const system = error instanceof Error && 'code' in error ? String(error.code) : 'unknown';
    return err(failure('usageInvalid', { field: '--code-file', system }));
  }
  if (bytes.length > MAX_BYTES) return err(failure('activationCodeMalformed'));
  // Windows editors save UTF-16 with a byte order mark.
  const encoding = bytes[0] === 0xff && bytes[1] === 0xfe ? 'utf-16le' : 'utf-8';
  return ok(new TextDecoder(encoding).decode(bytes));
}
