import { failure, type ErrorCode, type Failure } from '../../shared/errors.ts';
import type { Facts } from '../../shared/facts.ts';
import type { Dialect } from './dialect.ts';

const NETWORK_CODES: Readonly<Record<string, ErrorCode>> = {
  ENOTFOUND: 'dnsFailed',
  EAI_AGAIN: 'dnsFailed',
  EAI_NODATA: 'dnsFailed',
  ENETUNREACH: 'networkUnavailable',
  ENETDOWN: 'networkUnavailable',
  ETIMEDOUT: 'serverUnreachable',
  ECONNREFUSED: 'serverUnreachable',
  ECONNRESET: 'serverUnreachable',
  ECONNABORTED: 'serverUnreachable',
  EHOSTUNREACH: 'serverUnreachable',
  EHOSTDOWN: 'serverUnreachable',
  EPIPE: 'serverUnreachable',
  CERT_HAS_EXPIRED: 'certificateExpired',
  CERT_NOT_YET_VALID: 'certificateNotYetValid',
  ERR_TLS_CERT_ALTNAME_INVALID: 'certificateNameMismatch',
  HOSTNAME_MISMATCH: 'certificateNameMismatch',
  DEPTH_ZERO_SELF_SIGNED_CERT: 'certificateUntrusted',
  SELF_SIGNED_CERT_IN_CHAIN: 'certificateUntrusted',
  UNABLE_TO_GET_ISSUER_CERT: 'certificateUntrusted',
  UNABLE_TO_GET_ISSUER_CERT_LOCALLY: 'certificateUntrusted',
  UNABLE_TO_VERIFY_LEAF_SIGNATURE: 'certificateUntrusted',
  CERT_SIGNATURE_FAILURE: 'certificateUntrusted',
  CERT_UNTRUSTED: 'certificateUntrusted',
  CERT_REJECTED: 'certificateUntrusted',
  CERT_REVOKED: 'certificateUntrusted',
  CERT_CHAIN_TOO_LONG: 'certificateUntrusted',
  INVALID_CA: 'certificateUntrusted',
  INVALID_PURPOSE: 'certificateUntrusted',
  PATH_LENGTH_EXCEEDED: 'certificateUntrusted',
  HPE_HEADER_OVERFLOW: 'answerTooLarge',
  EPROTO: 'tlsFailed',
};

/** Alerts (RFC 8446, section 6.2) by which a server says what it thinks of our certificate, in OpenSSL's and BoringSSL's words. */
const CERTIFICATE_WANTED = /^ERR_SSL_.*_CERTIFICATE_REQUIRED$/;
const CERTIFICATE_REFUSED =
  /^ERR_SSL_.*_ALERT_(?:BAD_CERTIFICATE|UNSUPPORTED_CERTIFICATE|CERTIFICATE_(?:EXPIRED|REVOKED|UNKNOWN)|UNKNOWN_CA|ACCESS_DENIED)$/;

/**
 * What an error of Node's network stack means. Text of the error is never used: it may quote an address, a header
 * or a certificate, and it changes between versions.
 * @param systemCode `error.code`, such as `ECONNREFUSED`
 * @param secured whether the TLS handshake had been finished
 */
export function codeOfNetworkError(systemCode: string | undefined, secured: boolean): ErrorCode {
  if (systemCode === undefined) return secured ? 'serverUnreachable' : 'tlsFailed';
  const known = NETWORK_CODES[systemCode];
  if (known !== undefined) return known;
  if (systemCode.startsWith('HPE_')) return 'answerMalformed';
  if (CERTIFICATE_WANTED.test(systemCode)) return 'clientCertificateRequired';
  if (CERTIFICATE_REFUSED.test(systemCode)) return 'clientCertificateRefused';
  if (systemCode.startsWith('ERR_SSL_') || systemCode.startsWith('ERR_TLS_')) return 'tlsFailed';
  return 'serverUnreachable';
}

/**
 * What a refusal of the server means: its `errorCode` if the dialect knows it, else its status.
 * @param body the parsed body of the answer, of any shape
 */
export function failureOfAnswer(status: number, body: unknown, facts: Facts, dialect: Dialect): Failure {
  const stated = errorCodeOf(body);
  const known =
    stated !== null && Object.hasOwn(dialect.errorCodes, stated) ? dialect.errorCodes[stated] : undefined;
  const field = status === 422 ? refusedFieldOf(body, dialect) : undefined;
  const code =
    known ?? field ?? dialect.statuses[status] ?? (status >= 500 ? 'serverError' : 'requestRefused');
  return failure(code, { ...facts, status });
}

/** What the first refused field that the dialect knows means. */
function refusedFieldOf(body: unknown, { refusedFields }: Dialect): ErrorCode | undefined {
  if (typeof body !== 'object' || body === null || !('validationErrors' in body)) return undefined;
  const { validationErrors } = body;
  if (!Array.isArray(validationErrors)) return undefined;
  for (const refused of validationErrors as readonly unknown[]) {
    if (typeof refused !== 'object' || refused === null || !('propertyName' in refused)) continue;
    const { propertyName } = refused;
    if (typeof propertyName === 'string' && Object.hasOwn(refusedFields, propertyName)) {
      return refusedFields[propertyName];
    }
  }
  return undefined;
}

/** What the status of an answer says about the server's health; null where it is well and has decided something. */
export function codeOfStatus(status: number): 'rateLimited' | 'serverError' | null {
  if (status === 429) return 'rateLimited';
  return status >= 500 ? 'serverError' : null;
}

function errorCodeOf(body: unknown): string | null {
  if (typeof body !== 'object' || body === null || !('errorCode' in body)) return null;
  return typeof body.errorCode === 'string' ? body.errorCode : null;
}

const LONGEST_WAIT_SECONDS = 24 * 60 * 60;

/**
 * Seconds of a `Retry-After` header, in either of its forms (RFC 9110, section 10.2.3), at most a day.
 * @param now epoch milliseconds
 */
export function retryAfterSeconds(header: string | undefined, now: number): number | undefined {
  if (header === undefined) return undefined;
  const seconds = /^\d{1,9}$/.test(header.trim())
    ? Number(header)
    : Math.ceil((Date.parse(header) - now) / 1000);
  if (!Number.isFinite(seconds)) return undefined;
  return Math.min(Math.max(seconds, 0), LONGEST_WAIT_SECONDS);
}
