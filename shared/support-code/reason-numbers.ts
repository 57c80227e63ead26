import type { ReasonCode } from '../license/reasons.ts';

/**
 * The number of each reason in a support code, from 1 to 127. A code is read by an older or newer version than the one
 * that wrote it, so a number is never changed or given anew: a new reason takes the next free one.
 */
export const REASON_NUMBERS = {
  neverActivated: 1,
  deactivated: 2,
  seatReleased: 3,
  seatLostToClone: 4,
  seatHeldElsewhere: 5,
  vaultOutdated: 6,
  deviceChanged: 7,
  virtualMachineForbidden: 8,
  clockRolledBack: 9,
  entitlementExpired: 10,
  entitlementDisabled: 11,
  entitlementNotStarted: 12,
  leaseExpired: 13,
  vaultUnavailable: 14,
  vaultUnsafe: 15,
  deviceUnread: 16,
  vaultStorageFailed: 17,
  vaultDamaged: 18,
  vaultNewer: 19,
  vaultRolledBack: 20,
  gracePeriod: 21,
  clockAhead: 22,
  leaseEndsSoon: 23,
  entitlementEndsSoon: 24,
  activationInterrupted: 25,
  deactivationInterrupted: 26,
  vaultReadOnly: 27,
  vaultDiskFull: 28,
  networkUnavailable: 29,
  dnsFailed: 30,
  serverUnreachable: 31,
  proxyUnreachable: 32,
  proxyAuthRequired: 33,
  proxyRefused: 34,
  certificateUntrusted: 35,
  clockBehind: 36,
  certificateInvalid: 37,
  pinMismatch: 38,
  serverError: 39,
  serverRefused: 40,
  rateLimited: 41,
  clientCertificateRequired: 42,
  licenseFileMissing: 43,
  licenseFileExpired: 44,
  licenseFileInvalid: 45,
  clonedImageSuspected: 46,
  vaultRecovered: 47,
  keyringWeak: 48,
  keyringChanged: 49,
  deviceDrifted: 50,
  virtualMachineDetected: 51,
  offlineLease: 52,
  requestPending: 53,
  receiptPending: 54,
  maintenanceEndsSoon: 55,
  maintenanceExpired: 56,
  testEnvironment: 57,
  connectionInspected: 58,
  policyInvalid: 59,
  deniedByPolicy: 60,
  signInNeeded: 61,
  clientCertificateMissing: 62,
  clientCertificateExpired: 63,
  clientCertificateRefused: 64,
  localServerUnproven: 65,
  heldAtOtherServer: 66,
} as const satisfies Readonly<Record<ReasonCode, number>>;

const CODES: ReadonlyMap<number, ReasonCode> = new Map(
  Object.entries(REASON_NUMBERS).map(([code, number]) => [number, code as ReasonCode]),
);

/** The reason of a number; null for none, and for one that only a later version knows. */
export function reasonOfNumber(number: number): ReasonCode | null {
  return CODES.get(number) ?? null;
}
