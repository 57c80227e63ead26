import { readFileSync } from 'node:fs';
import { failure } from '../../shared/errors.ts';
import { parseProfile, type VendorProfile } from '../../shared/profile.ts';
import { err, type Result } from '../../shared/result.ts';

/**
 * Reads and validates the vendor profile. `profileInvalid` with the file's or the field's fault in `facts.field`.
 * Synchronous: events that come before the application is ready, such as macOS's `open-url`, must not be missed.
 */
export function readProfile(file: string): Result<VendorProfile> {
  let value: unknown;
  try {
    value = JSON.parse(readFileSync(file, 'utf8'));
  } catch (error) {
    const system = error instanceof Error && 'code' in error ? String(error.code) : null;
    // Not the parser's own message: it quotes the file.
    const field = system === null ? 'is not JSON' : 'can not be read';
    return err(failure('profileInvalid', system === null ? { field } : { field, system }));
  }
  return parseProfile(value);
}
