import * as v from 'valibot';
import { failure, type ErrorCode, type Failure } from '../../shared/errors.ts';

const systemError = v.looseObject({ code: v.pipe(v.string(), v.regex(/^[A-Z][A-Z0-9_]{1,38}$/)) });

/** The operating system's name of an error, such as `ENOSPC`; null for anything else that was thrown. */
export function systemCode(error: unknown): string | null {
  return v.is(systemError, error) ? error.code : null;
}

const CODES: Readonly<Record<string, ErrorCode>> = {
  ENOSPC: 'vaultDiskFull',
  EDQUOT: 'vaultDiskFull',
  EFBIG: 'vaultDiskFull',
  EROFS: 'vaultReadOnly',
  EACCES: 'vaultReadOnly',
  EPERM: 'vaultReadOnly',
  EBUSY: 'vaultReadOnly',
  ENOTDIR: 'vaultUnsafe',
  ELOOP: 'vaultUnsafe',
};

/** The failure for what a file operation threw; only the system's own name of the error goes along. */
export function fileFailure(error: unknown): Failure {
  const system = systemCode(error);
  return system === null ? failure('internal') : failure(CODES[system] ?? 'internal', { system });
}
