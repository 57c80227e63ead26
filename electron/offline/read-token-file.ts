import { failure } from '../../shared/errors.ts';
import { TOKEN_TEXT_LIMIT } from '../../shared/offline.ts';
import { ok, type Result } from '../../shared/result.ts';
import { decodeText, type ReadFile } from '../support/read-text.ts';
import { readWhole } from '../support/read-whole.ts';

/**
 * The text of a token file, not looked at yet.
 * @returns Errors: `fileUnreadable` with the system's code, `tokenTooLarge`
 */
export async function readTokenFile(path: string, readFile: ReadFile): Promise<Result<string>> {
  const bytes = await readWhole((max) => readFile(path, max), TOKEN_TEXT_LIMIT, failure('tokenTooLarge'));
  return bytes.ok ? ok(decodeText(bytes.value)) : bytes;
}
