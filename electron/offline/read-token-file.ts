import { failure } from '../../shared/errors.ts';
import { TOKEN_TEXT_LIMIT } from '../../shared/offline.ts';
import { err, ok, type Result } from '../../shared/result.ts';
import { decodeText, systemCode, type ReadFile } from '../support/read-text.ts';

/**
 * The text of a token file, not looked at yet.
 * @returns Errors: `fileUnreadable` with the system's code, `tokenTooLarge`
 */
export async function readTokenFile(path: string, readFile: ReadFile): Promise<Result<string>> {
  let bytes: Uint8Array;
  try {
    // One more than allowed, so that a file that is too large is refused instead of cut.
    bytes = await readFile(path, TOKEN_TEXT_LIMIT + 1);
  } catch (error) {
    return err(failure('fileUnreadable', { system: systemCode(error) }));
  }
  return bytes.length > TOKEN_TEXT_LIMIT ? err(failure('tokenTooLarge')) : ok(decodeText(bytes));
}
