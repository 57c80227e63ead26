import { failure, type Failure } from '../../shared/errors.ts';
import { err, ok, type Result } from '../../shared/result.ts';
import { systemCode } from './read-text.ts';

/**
 * All bytes of something that is small or refused; never the first part of something large.
 * @param read gives at most so many bytes, and rejects with the system's error
 * @returns Errors: `fileUnreadable` with the system's code, `tooLarge` where there are more bytes than allowed
 */
export async function readWhole(
  read: (maxBytes: number) => Promise<Uint8Array>,
  maxBytes: number,
  tooLarge: Failure,
): Promise<Result<Uint8Array>> {
  try {
    // One more than allowed tells what is too large.
    const bytes = await read(maxBytes + 1);
    return bytes.length > maxBytes ? err(tooLarge) : ok(bytes);
  } catch (error) {
    return err(failure('fileUnreadable', { system: systemCode(error) }));
  }
}
