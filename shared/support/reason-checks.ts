import type { ErrorCode } from '../errors.ts';
import type { ReasonCode } from '../license/reasons.ts';
import type { CheckId } from './checks.ts';

/** The check that each reason shows up in; each in one. */
export const REASON_CHECKS: Readonly<Record<ReasonCode, CheckId>> = {
  neverActivated: 'seat',
  deactivated: 'seat',
  seatReleased: 'seat',
  seatLostToClone: 'seat',
  seatHeldElsewhere: 'seat',
  signInNeeded: 'seat',
  vaultOutdated: 'vault',
  deviceChanged: 'fingerprint',
  virtualMachineForbidden: 'virtualMachine',
  policyInvalid: 'policy',
  deniedByPolicy: 'policy',
  clockRolledBack: 'clock',
  entitlementExpired: 'entitlement',
  entitlementDisabled: 'entitlement',
  entitlementNotStarted: 'entitlement',
  leaseExpired: 'lease',
  vaultUnavailable: 'key',
  vaultUnsafe: 'vault',
  deviceUnread: 'fingerprint',
  vaultStorageFailed: 'vault',
  vaultDamaged: 'vault',
  vaultNewer: 'vault',
  vaultRolledBack: 'vault',
  gracePeriod: 'entitlement',
  clockAhead: 'clock',
  leaseEndsSoon: 'lease',
  entitlementEndsSoon: 'entitlement',
  activationInterrupted: 'unfinished',
  deactivationInterrupted: 'unfinished',
  vaultReadOnly: 'vault',
  vaultDiskFull: 'disk',
  networkUnavailable: 'lastContact',
  dnsFailed: 'lastContact',
  serverUnreachable: 'lastContact',
  proxyUnreachable: 'lastContact',
  proxyAuthRequired: 'lastContact',
  proxyRefused: 'lastContact',
  certificateUntrusted: 'lastContact',
  clockBehind: 'lastContact',
  certificateInvalid: 'lastContact',
  pinMismatch: 'lastContact',
  serverError: 'lastContact',
  serverRefused: 'lastContact',
  rateLimited: 'lastContact',
  clientCertificateRequired: 'lastContact',
  clientCertificateMissing: 'lastContact',
  clientCertificateExpired: 'lastContact',
  clientCertificateRefused: 'lastContact',
  connectionInspected: 'lastContact',
  localServerUnproven: 'lease',
  heldAtOtherServer: 'seat',
  licenseFileMissing: 'licenseFile',
  licenseFileExpired: 'licenseFile',
  licenseFileInvalid: 'licenseFile',
  clonedImageSuspected: 'clonedImage',
  vaultRecovered: 'vault',
  keyringWeak: 'key',
  keyringChanged: 'key',
  deviceDrifted: 'fingerprint',
  virtualMachineDetected: 'virtualMachine',
  offlineLease: 'lease',
  requestPending: 'offlineExchange',
  receiptPending: 'offlineExchange',
  maintenanceEndsSoon: 'entitlement',
  maintenanceExpired: 'entitlement',
  testEnvironment: 'profile',
};

/** The step of the way to the server at which a failed attempt to reach it got stuck. */
export function stepOfFailure(code: ErrorCode): CheckId {
  switch (code) {
    case 'proxyUnreachable':
    case 'proxyAuthRequired':
    case 'proxyRefused':
    case 'networkUnavailable':
      return 'route';
    case 'dnsFailed':
      return 'dns';
    case 'tlsFailed':
      return 'encryption';
    case 'certificateUntrusted':
    case 'certificateExpired':
    case 'certificateNotYetValid':
    case 'certificateNameMismatch':
      return 'certificate';
    case 'pinMismatch':
      return 'pin';
    case 'clientCertificateRequired':
    case 'clientCertificateRefused':
      return 'clientCertificate';
    case 'serverUnreachable':
    case 'timeout':
      return 'connection';
    case 'rateLimited':
      return 'requestLimit';
    default:
      return 'server';
  }
}
