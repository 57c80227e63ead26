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
  // Something else than a file or folder of ours lies in the way.
  ENOTDIR: 'vaultUnsafe',
  EISDIR: 'vaultUnsafe',
  ELOOP: 'vaultUnsafe',
  EEXIST: 'vaultUnsafe',
  ENXIO: 'vaultUnsafe',
};

/**
 * The failure for what a file operation threw; only the system's own name of the error goes along. What the system
 * reports and is not in the table (`EIO`, `ESTALE` of a network drive, ...) is a fault of the storage, not of ours.
 */
export function fileFailure(error: unknown): Failure {
  const system = systemCode(error);
  // Node's own errors, such as ERR_INVALID_ARG_TYPE, are mistakes in the program.
  if (system === null || system.startsWith('ERR_')) return failure('internal');
  return failure(CODES[system] ?? 'vaultStorageFailed', { system });
}

/** Errors of the process or of the moment, which say nothing about the file. */
const PASSING: ReadonlySet<string> = new Set(['EMFILE', 'ENFILE', 'ENOMEM', 'EAGAIN', 'EINTR']);
/** Errors that forbid the reading of what may be in order. */
const FORBIDDEN: ReadonlySet<string> = new Set(['EACCES', 'EPERM', 'ELOOP', 'ENOTDIR', 'ENXIO', 'EBUSY']);

/**
 * What an error in reading says of the file. `foreign`: it is not ours to read; `passing`: nothing;
 * `unreadable`: the medium does not give it back.
 */
export function readingProblem(system: string): 'foreign' | 'passing' | 'unreadable' {
  if (FORBIDDEN.has(system)) return 'foreign';
  return PASSING.has(system) ? 'passing' : 'unreadable';
}
