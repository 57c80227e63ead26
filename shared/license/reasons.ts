import type { ErrorCode } from '../errors.ts';
import type { Facts } from '../facts.ts';
import type { Remedy } from '../remedies.ts';

/**
 * The closed union of reasons: everything that explains why a license is in its state or needs attention.
 * The window, the command line and the support bundle all show these and nothing else.
 *
 * `blocking`: the license can't be used until this is solved. `warning`: it will be, or something is wrong that
 * the user should mend. `info`: good to know.
 */
export const REASONS = {
  neverActivated: { severity: 'info', remedy: 'activate' },
  deactivated: { severity: 'info', remedy: 'activate' },
  seatReleased: { severity: 'blocking', remedy: 'activateAgain' },
  seatLostToClone: { severity: 'blocking', remedy: 'activateAgain' },
  seatHeldElsewhere: { severity: 'blocking', remedy: 'freeSeat' },
  vaultOutdated: { severity: 'blocking', remedy: 'activateAgain' },
  deviceChanged: { severity: 'blocking', remedy: 'activateAgain' },
  virtualMachineForbidden: { severity: 'blocking', remedy: 'contactVendor' },
  clockRolledBack: { severity: 'blocking', remedy: 'setClock' },
  entitlementExpired: { severity: 'blocking', remedy: 'renew' },
  entitlementDisabled: { severity: 'blocking', remedy: 'contactVendor' },
  entitlementNotStarted: { severity: 'blocking', remedy: 'contactVendor' },
  leaseExpired: { severity: 'blocking', remedy: 'refresh' },
  vaultUnavailable: { severity: 'blocking', remedy: 'unlockKeyring' },
  vaultUnsafe: { severity: 'blocking', remedy: 'fixStorage' },
  deviceUnread: { severity: 'blocking', remedy: 'retry' },
  vaultStorageFailed: { severity: 'blocking', remedy: 'fixStorage' },
  vaultDamaged: { severity: 'blocking', remedy: 'activateAgain' },
  vaultNewer: { severity: 'blocking', remedy: 'updateApplication' },
  vaultRolledBack: { severity: 'blocking', remedy: 'refresh' },

  policyInvalid: { severity: 'warning', remedy: 'askAdministrator' },
  gracePeriod: { severity: 'warning', remedy: 'renew' },
  clockAhead: { severity: 'warning', remedy: 'setClock' },
  leaseEndsSoon: { severity: 'warning', remedy: 'refresh' },
  entitlementEndsSoon: { severity: 'warning', remedy: 'renew' },
  activationInterrupted: { severity: 'warning', remedy: 'activateAgain' },
  deactivationInterrupted: { severity: 'warning', remedy: 'retry' },
  signInNeeded: { severity: 'warning', remedy: 'signIn' },
  vaultReadOnly: { severity: 'warning', remedy: 'fixStorage' },
  vaultDiskFull: { severity: 'warning', remedy: 'fixStorage' },
  networkUnavailable: { severity: 'warning', remedy: 'checkNetwork' },
  dnsFailed: { severity: 'warning', remedy: 'checkNetwork' },
  serverUnreachable: { severity: 'warning', remedy: 'checkNetwork' },
  proxyUnreachable: { severity: 'warning', remedy: 'checkProxy' },
  proxyAuthRequired: { severity: 'warning', remedy: 'signInToProxy' },
  proxyRefused: { severity: 'warning', remedy: 'askAdministrator' },
  certificateUntrusted: { severity: 'warning', remedy: 'askAdministrator' },
  clockBehind: { severity: 'warning', remedy: 'setClock' },
  certificateInvalid: { severity: 'warning', remedy: 'contactVendor' },
  pinMismatch: { severity: 'warning', remedy: 'askAdministrator' },
  serverError: { severity: 'warning', remedy: 'retryLater' },
  serverRefused: { severity: 'warning', remedy: 'contactSupport' },
  rateLimited: { severity: 'warning', remedy: 'retryLater' },
  clientCertificateRequired: { severity: 'warning', remedy: 'contactVendor' },
  clientCertificateMissing: { severity: 'warning', remedy: 'askAdministrator' },
  clientCertificateExpired: { severity: 'warning', remedy: 'refresh' },
  clientCertificateRefused: { severity: 'warning', remedy: 'refresh' },
  connectionInspected: { severity: 'warning', remedy: 'askAdministrator' },
  licenseFileMissing: { severity: 'warning', remedy: 'refresh' },
  licenseFileExpired: { severity: 'warning', remedy: 'refresh' },
  licenseFileInvalid: { severity: 'warning', remedy: 'refresh' },
  localServerUnproven: { severity: 'warning', remedy: 'refresh' },
  clonedImageSuspected: { severity: 'warning', remedy: 'askAdministrator' },

  vaultRecovered: { severity: 'info', remedy: 'none' },
  keyringWeak: { severity: 'info', remedy: 'none' },
  keyringChanged: { severity: 'info', remedy: 'none' },
  deviceDrifted: { severity: 'info', remedy: 'none' },
  virtualMachineDetected: { severity: 'info', remedy: 'none' },
  heldAtOtherServer: { severity: 'info', remedy: 'none' },
  offlineLease: { severity: 'info', remedy: 'none' },
  requestPending: { severity: 'info', remedy: 'finishOffline' },
  receiptPending: { severity: 'info', remedy: 'finishOffline' },
  maintenanceEndsSoon: { severity: 'info', remedy: 'renew' },
  maintenanceExpired: { severity: 'info', remedy: 'renew' },
  deniedByPolicy: { severity: 'info', remedy: 'none' },
  testEnvironment: { severity: 'info', remedy: 'none' },
} as const satisfies Record<string, { readonly severity: Severity; readonly remedy: Remedy }>;

export type Severity = 'blocking' | 'warning' | 'info';
export type ReasonCode = keyof typeof REASONS;

/** Every code, in the order in which reasons are shown: what blocks first. */
export const REASON_CODES = Object.keys(REASONS) as readonly ReasonCode[];

export interface Reason {
  readonly code: ReasonCode;
  readonly severity: Severity;
  readonly remedy: Remedy;
  readonly facts?: Facts | undefined;
}

/** Makes a reason; severity and remedy come from the table. */
export function reason(code: ReasonCode, facts?: Facts): Reason {
  const { severity, remedy } = REASONS[code];
  return facts === undefined ? { code, severity, remedy } : { code, severity, remedy, facts };
}

/** Reasons in the order in which they are shown, of each code the last one. */
export function inOrder(found: readonly Reason[]): readonly Reason[] {
  const byCode = new Map(found.map((entry) => [entry.code, entry]));
  return REASON_CODES.flatMap((code) => byCode.get(code) ?? []);
}

/**
 * What a failed last contact says about the license as it lies here; null where the failure says nothing lasting
 * about it (a mistyped code, a cancelled wish) or where the record itself already tells (a lost seat).
 */
export function reasonOfContact(code: ErrorCode): ReasonCode | null {
  switch (code) {
    case 'networkUnavailable':
    case 'dnsFailed':
    case 'serverUnreachable':
    case 'proxyUnreachable':
    case 'proxyAuthRequired':
    case 'proxyRefused':
    case 'certificateUntrusted':
    case 'pinMismatch':
    case 'serverError':
    case 'rateLimited':
    case 'clientCertificateRequired':
    case 'clientCertificateRefused':
      return code;
    case 'timeout':
      return 'serverUnreachable';
    case 'certificateNotYetValid':
      return 'clockBehind';
    case 'certificateExpired':
    case 'certificateNameMismatch':
    case 'tlsFailed':
      return 'certificateInvalid';
    case 'answerMalformed':
    case 'answerTooLarge':
    case 'redirectRefused':
      return 'serverError';
    case 'requestRefused':
      return 'serverRefused';
    default:
      return null;
  }
}
