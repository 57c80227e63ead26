import type { Facts } from './facts.ts';
import type { Remedy } from './remedies.ts';

type Codes = Record<string, { readonly exit: number; readonly remedy: Remedy }>;

/** Those of what is carried in files: offline tokens, their QR codes, and license files. */
const OFFLINE_ERRORS = {
  tokenMalformed: { exit: 70, remedy: 'chooseFile' },
  tokenTooLarge: { exit: 71, remedy: 'chooseFile' },
  tokenWrongKind: { exit: 72, remedy: 'chooseFile' },
  tokenSignatureInvalid: { exit: 73, remedy: 'openPortal' },
  tokenKeyUnknown: { exit: 74, remedy: 'updateApplication' },
  tokenForOtherDevice: { exit: 75, remedy: 'makeRequest' },
  tokenForOtherProduct: { exit: 76, remedy: 'chooseFile' },
  tokenForOtherTenant: { exit: 77, remedy: 'chooseFile' },
  tokenExpired: { exit: 78, remedy: 'openPortal' },
  tokenReplayed: { exit: 79, remedy: 'none' },
  tokenStale: { exit: 80, remedy: 'openPortal' },
  qrUnreadable: { exit: 81, remedy: 'chooseFile' },
  qrIncomplete: { exit: 82, remedy: 'chooseFile' },
  fileUnreadable: { exit: 83, remedy: 'chooseFile' },
  fileNotSaved: { exit: 84, remedy: 'retry' },
  offlineUnavailable: { exit: 85, remedy: 'contactVendor' },
  licenseFileMissing: { exit: 86, remedy: 'refresh' },
  licenseFileInvalid: { exit: 87, remedy: 'refresh' },
  licenseFileUnsupported: { exit: 88, remedy: 'contactVendor' },
  licenseFileLocked: { exit: 89, remedy: 'none' },
  licenseFileExpired: { exit: 90, remedy: 'refresh' },
  licenseFileForOtherDevice: { exit: 91, remedy: 'activateAgain' },
  licenseFileForOtherProduct: { exit: 92, remedy: 'chooseFile' },
} as const satisfies Codes;

/** Those of client certificates: of the server's word about one, and of a file that one is to be taken from. */
const CERTIFICATE_ERRORS = {
  clientCertificateRefused: { exit: 100, remedy: 'refresh' },
  certificateFileUnreadable: { exit: 101, remedy: 'chooseFile' },
  certificatePassphraseWrong: { exit: 102, remedy: 'chooseFile' },
  certificateProtectionUnsupported: { exit: 103, remedy: 'chooseFile' },
  certificateKeyMissing: { exit: 104, remedy: 'chooseFile' },
  certificateKeyMismatch: { exit: 105, remedy: 'chooseFile' },
  certificateKeyUnsupported: { exit: 106, remedy: 'askAdministrator' },
  certificateIsAuthority: { exit: 107, remedy: 'chooseFile' },
  certificateNotForClients: { exit: 108, remedy: 'askAdministrator' },
  clientCertificateExpired: { exit: 109, remedy: 'askAdministrator' },
} as const satisfies Codes;

/** Those of a Local License Server. */
const LOCAL_SERVER_ERRORS = {
  localServerForbidden: { exit: 110, remedy: 'contactVendor' },
  localServerNotVendors: { exit: 111, remedy: 'askAdministrator' },
  serverAddressInvalid: { exit: 112, remedy: 'none' },
  serverCertificateUnreadable: { exit: 113, remedy: 'chooseFile' },
  confirmationNeeded: { exit: 114, remedy: 'none' },
} as const satisfies Codes;

/**
 * The closed union of error codes. A code is what code branches on, what the command line turns into an exit
 * status, and the key of the sentence and next action that a person reads (shared/messages).
 *
 * `exit` is the command line's exit status and is stable: scripts depend on it.
 * `remedy` is the one thing that helps most; the window turns it into a button, the command line into a hint.
 * The codes from `activationCodeInvalid` to `clientCertificateRequired` are the server's own `errorCode`s, but
 * `editionNotIncluded`.
 */
export const ERRORS = {
  internal: { exit: 1, remedy: 'contactSupport' },
  usageInvalid: { exit: 2, remedy: 'none' },
  profileInvalid: { exit: 3, remedy: 'contactSupport' },
  requestInvalid: { exit: 4, remedy: 'none' },
  senderRefused: { exit: 5, remedy: 'none' },
  busy: { exit: 6, remedy: 'retry' },
  notAllowedInState: { exit: 7, remedy: 'none' },
  productUnknown: { exit: 8, remedy: 'contactSupport' },
  cancelled: { exit: 9, remedy: 'none' },

  activationCodeMalformed: { exit: 10, remedy: 'checkCode' },
  activationCodeInvalid: { exit: 11, remedy: 'checkCode' },
  productMismatch: { exit: 12, remedy: 'checkCode' },
  seatLimitReached: { exit: 13, remedy: 'freeSeat' },
  entitlementExpired: { exit: 14, remedy: 'renew' },
  entitlementDisabled: { exit: 15, remedy: 'contactVendor' },
  entitlementNotStarted: { exit: 16, remedy: 'contactVendor' },
  credentialsInvalid: { exit: 17, remedy: 'signIn' },
  accountLocked: { exit: 18, remedy: 'retryLater' },
  accessTokenInvalid: { exit: 19, remedy: 'activateAgain' },
  seatReleased: { exit: 20, remedy: 'activateAgain' },
  seatHeldElsewhere: { exit: 21, remedy: 'freeSeat' },
  nonceMismatch: { exit: 22, remedy: 'activateAgain' },
  offlineNotAllowed: { exit: 23, remedy: 'contactVendor' },
  featureUnknown: { exit: 24, remedy: 'contactVendor' },
  featureExhausted: { exit: 25, remedy: 'freeSeat' },
  featureNotReturnable: { exit: 26, remedy: 'none' },
  editionNotIncluded: { exit: 115, remedy: 'none' },
  rateLimited: { exit: 27, remedy: 'retryLater' },
  clientCertificateRequired: { exit: 28, remedy: 'contactVendor' },
  requestRefused: { exit: 29, remedy: 'contactSupport' },

  networkUnavailable: { exit: 30, remedy: 'checkNetwork' },
  dnsFailed: { exit: 31, remedy: 'checkNetwork' },
  serverUnreachable: { exit: 32, remedy: 'checkNetwork' },
  timeout: { exit: 33, remedy: 'retry' },
  proxyUnreachable: { exit: 34, remedy: 'checkProxy' },
  proxyAuthRequired: { exit: 35, remedy: 'signInToProxy' },
  certificateUntrusted: { exit: 36, remedy: 'askAdministrator' },
  certificateExpired: { exit: 37, remedy: 'contactVendor' },
  certificateNotYetValid: { exit: 38, remedy: 'setClock' },
  certificateNameMismatch: { exit: 39, remedy: 'askAdministrator' },
  pinMismatch: { exit: 40, remedy: 'askAdministrator' },
  tlsFailed: { exit: 41, remedy: 'askAdministrator' },
  serverError: { exit: 42, remedy: 'retryLater' },
  answerMalformed: { exit: 43, remedy: 'contactVendor' },
  answerTooLarge: { exit: 44, remedy: 'contactVendor' },
  redirectRefused: { exit: 45, remedy: 'askAdministrator' },
  proxyRefused: { exit: 46, remedy: 'askAdministrator' },
  signInRefused: { exit: 47, remedy: 'signIn' },
  signInAbandoned: { exit: 48, remedy: 'signIn' },
  browserNotOpened: { exit: 49, remedy: 'askAdministrator' },

  vaultDamaged: { exit: 50, remedy: 'activateAgain' },
  vaultLockTimeout: { exit: 51, remedy: 'retry' },
  vaultKeyUnavailable: { exit: 52, remedy: 'activateAgain' },
  vaultReadOnly: { exit: 53, remedy: 'fixStorage' },
  vaultDiskFull: { exit: 54, remedy: 'fixStorage' },
  vaultNewer: { exit: 55, remedy: 'updateApplication' },
  vaultConflict: { exit: 56, remedy: 'retry' },
  vaultUnsafe: { exit: 57, remedy: 'fixStorage' },
  vaultStorageFailed: { exit: 58, remedy: 'fixStorage' },
  vaultOutdated: { exit: 59, remedy: 'activateAgain' },

  deviceChanged: { exit: 60, remedy: 'activateAgain' },
  clockRolledBack: { exit: 61, remedy: 'setClock' },
  virtualMachineForbidden: { exit: 62, remedy: 'contactVendor' },
  policyInvalid: { exit: 63, remedy: 'askAdministrator' },
  deniedByPolicy: { exit: 64, remedy: 'askAdministrator' },
  proxyLoginRefused: { exit: 65, remedy: 'signInToProxy' },
  programAltered: { exit: 66, remedy: 'contactVendor' },
  licenseFolderBarred: { exit: 67, remedy: 'fixStorage' },
  signInClockWrong: { exit: 68, remedy: 'setClock' },
  signInNeeded: { exit: 69, remedy: 'signIn' },
  ...OFFLINE_ERRORS,
  ...CERTIFICATE_ERRORS,
  ...LOCAL_SERVER_ERRORS,
} as const satisfies Codes;

export type OfflineErrorCode = keyof typeof OFFLINE_ERRORS;
export type CertificateErrorCode = keyof typeof CERTIFICATE_ERRORS;
export type LocalServerErrorCode = keyof typeof LOCAL_SERVER_ERRORS;
export type ErrorCode = keyof typeof ERRORS;

/** Every code, in the order of the table. */
export const ERROR_CODES = Object.keys(ERRORS) as readonly ErrorCode[];

/** A foreseen failure: a code of the closed union and facts that are safe to show. */
export interface Failure {
  readonly code: ErrorCode;
  readonly facts?: Facts;
}

/** Makes a failure. */
export function failure(code: ErrorCode, facts?: Facts): Failure {
  return facts === undefined ? { code } : { code, facts };
}

/** Whether a string is one of the codes; for narrowing what comes over a wire. */
export function isErrorCode(value: unknown): value is ErrorCode {
  return typeof value === 'string' && Object.hasOwn(ERRORS, value);
}
