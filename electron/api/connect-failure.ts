import { failure, type ErrorCode, type Failure } from '../../shared/errors.ts';
import type { Facts } from '../../shared/facts.ts';
import { codeOfNetworkError } from './error-policy.ts';

/**
 * Why no connection came about, as an error because Node's agents and sockets know no other way. It never leaves the
 * transport, which turns it into a value.
 */
export class ConnectFailure extends Error {
  readonly failure: Failure;

  constructor(code: ErrorCode, facts: Facts = {}, cause?: unknown) {
    super(`no connection: ${code}`, { cause });
    this.failure = failure(code, facts);
  }
}

/** `error.code` of a thrown thing, such as `ECONNREFUSED`; undefined if it has none. */
export function systemCodeOf(error: unknown): string | undefined {
  return typeof error === 'object' && error !== null && 'code' in error && typeof error.code === 'string'
    ? error.code
    : undefined;
}

/** The system's code as a fact. */
export function systemFact(code: string | undefined): Facts {
  return code === undefined ? {} : { system: code.slice(0, 40) };
}

/**
 * What an error on the way means; a ConnectFailure says it itself.
 * @param secured whether the TLS handshake had been finished
 */
export function failureOfError(error: unknown, secured: boolean): Failure {
  if (error instanceof ConnectFailure) return error.failure;
  const system = systemCodeOf(error);
  return failure(codeOfNetworkError(system, secured), systemFact(system));
}
