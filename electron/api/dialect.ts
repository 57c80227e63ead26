import type { ErrorCode } from '../../shared/errors.ts';

/**
 * Everything about the wire that the public documents leave open and that a vendor's server may therefore do
 * otherwise. A vendor changes this table, not code. What the documents do state (headers, the activate call, the
 * models) is not here.
 */
export interface Dialect {
  readonly paths: {
    readonly activate: string;
    readonly activation: string;
    readonly entitlement: string;
    readonly licenseFile: string;
    readonly checkout: string;
    readonly giveBack: string;
    readonly usage: string;
    readonly certificate: string;
    readonly keys: string;
    readonly ready: string;
  };
  readonly methods: {
    readonly state: 'GET';
    readonly refresh: 'PATCH';
    readonly deactivate: 'DELETE';
    readonly checkout: 'PATCH';
    readonly giveBack: 'PATCH';
  };
  /** Date version of the API that the client was written against, sent as `N-ApiVersion`. */
  readonly apiVersion: string;
  /** The server's `errorCode`s, in the client's words. Codes that are not here fall back to `statuses`. */
  readonly errorCodes: Readonly<Record<string, ErrorCode>>;
  /** What a field that is refused (`validationErrors` of a 422) means; the others are faults of the program. */
  readonly refusedFields: Readonly<Record<string, ErrorCode>>;
  /** What a status means when no known `errorCode` came with it. */
  readonly statuses: Readonly<Record<number, ErrorCode>>;
}

/** The errorCodes of licensing-api.md that mean the same here under the same name. */
const SAME_NAME = [
  'activationCodeInvalid',
  'productMismatch',
  'seatLimitReached',
  'entitlementExpired',
  'entitlementDisabled',
  'entitlementNotStarted',
  'credentialsInvalid',
  'accountLocked',
  'accessTokenInvalid',
  'seatReleased',
  'nonceMismatch',
  'seatHeldElsewhere',
  'offlineNotAllowed',
  'featureUnknown',
  'featureExhausted',
  'featureNotReturnable',
  'rateLimited',
  'clientCertificateRequired',
] as const satisfies readonly ErrorCode[];

export const ZENTITLE2: Dialect = {
  paths: {
    activate: '/api/v1/activate',
    activation: '/api/v1/activation',
    entitlement: '/api/v1/activation/entitlement',
    licenseFile: '/api/v1/activation/license-file',
    checkout: '/api/v1/activation/features/checkout',
    giveBack: '/api/v1/activation/features/return',
    usage: '/api/v1/activation/features/usage',
    certificate: '/api/v1/activation/certificate',
    keys: '/api/v1/keys',
    ready: '/health/ready',
  },
  methods: { state: 'GET', refresh: 'PATCH', deactivate: 'DELETE', checkout: 'PATCH', giveBack: 'PATCH' },
  apiVersion: '2024-11-07',
  errorCodes: Object.fromEntries(SAME_NAME.map((code) => [code, code])),
  refusedFields: { editionId: 'editionNotIncluded' },
  statuses: { 401: 'accessTokenInvalid', 429: 'rateLimited' },
};
