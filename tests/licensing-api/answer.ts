import type { ApiError, ErrorCode, ValidationError } from '../../shared/licensing-api/generated/types.gen.ts';

/** What a handler answers with. Without `body` the answer is empty. */
export interface Answer {
  readonly status: number;
  /** JSON; a string is sent as plain text, because no call answers with a bare JSON string. */
  readonly body?: unknown;
  readonly headers?: Readonly<Record<string, string>>;
}

/** The status of every error code; the same table as `x-status` of the contract, which a test compares. */
export const ERROR_STATUS: Readonly<Record<ErrorCode, number>> = {
  activationCodeInvalid: 404,
  productMismatch: 422,
  seatLimitReached: 402,
  entitlementExpired: 402,
  entitlementDisabled: 403,
  entitlementNotStarted: 403,
  credentialsInvalid: 401,
  accountLocked: 403,
  accessTokenInvalid: 401,
  seatReleased: 404,
  nonceMismatch: 409,
  seatHeldElsewhere: 409,
  offlineNotAllowed: 403,
  featureUnknown: 404,
  featureExhausted: 402,
  featureNotReturnable: 422,
  tokenReplayed: 409,
  tokenMalformed: 400,
  tokenTooLarge: 413,
  tokenWrongKind: 422,
  tokenSignatureInvalid: 422,
  tokenKeyUnknown: 422,
  tokenForOtherTenant: 422,
  tokenExpired: 422,
  rateLimited: 429,
  clientCertificateRequired: 403,
};

/** Refuses with a code of the catalogue. @param details a fixed sentence; never anything the caller sent */
export function refuse(errorCode: ErrorCode, details: string): Answer {
  const body: ApiError = { errorCode, details };
  return { status: ERROR_STATUS[errorCode], body };
}

/** Refuses without a code: the status says it all. */
export function refuseWith(status: number, details: string, headers?: Record<string, string>): Answer {
  const body: ApiError = { details };
  return headers === undefined ? { status, body } : { status, body, headers };
}

/** 422 with the fields that are wrong. */
export function invalid(validationErrors: ValidationError[]): Answer {
  const body: ApiError = { details: 'The request fails validation.', validationErrors };
  return { status: 422, body };
}

/** 422 about one field. */
export function invalidField(propertyName: string, message: string, code: string): Answer {
  return invalid([{ propertyName, message, code }]);
}
