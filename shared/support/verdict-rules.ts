import type { ErrorCode } from '../errors.ts';
import type { ReasonCode } from '../license/reasons.ts';

/** What the verdict goes by (verdict-policy.ts). */

type Code = ReasonCode | ErrorCode;

/** Where the vault lies, or whoever has it, is in the way. */
const STORAGE: readonly Code[] = [
  'vaultUnsafe',
  'vaultStorageFailed',
  'vaultNewer',
  'vaultDiskFull',
  'vaultReadOnly',
  'vaultLockTimeout',
];

/** What the vault holds can't be had, or not all of it. */
const STORED: readonly Code[] = ['deviceUnread', 'vaultUnavailable', 'vaultDamaged', 'vaultRolledBack'];

const DEVICE: readonly Code[] = ['virtualMachineForbidden', 'deviceChanged'];

const CLOCK: readonly Code[] = ['clockRolledBack', 'clockAhead', 'certificateNotYetValid', 'clockBehind'];

/** The seat is gone. */
const ENDED: readonly Code[] = ['vaultOutdated', 'seatLostToClone', 'seatHeldElsewhere', 'seatReleased'];

const ENTITLEMENT: readonly Code[] = ['entitlementDisabled', 'entitlementNotStarted', 'entitlementExpired'];

/** The way to the server up to its identity; the nearer to this device, the earlier. */
const WAY: readonly Code[] = [
  'networkUnavailable',
  'proxyUnreachable',
  'proxyAuthRequired',
  'proxyRefused',
  'dnsFailed',
  'serverUnreachable',
  'timeout',
  'tlsFailed',
  'certificateUntrusted',
  'certificateExpired',
  'certificateNameMismatch',
  'certificateInvalid',
  'pinMismatch',
];

/** The server is there, and something is wrong with it or with how it is spoken to. */
const SERVER: readonly Code[] = [
  'clientCertificateMissing',
  'clientCertificateExpired',
  'clientCertificateRefused',
  'clientCertificateRequired',
  'redirectRefused',
  'answerMalformed',
  'answerTooLarge',
  'serverError',
  'rateLimited',
  'serverRefused',
];

/** What the server, or this program, has answered to a wish. */
const REFUSED: readonly Code[] = [
  'activationCodeMalformed',
  'activationCodeInvalid',
  'productMismatch',
  'credentialsInvalid',
  'accountLocked',
  'accessTokenInvalid',
  'seatLimitReached',
  'offlineNotAllowed',
  'featureUnknown',
  'featureExhausted',
  'featureNotReturnable',
  'editionNotIncluded',
  'requestRefused',
];

/** What is over, or will be, and what was not brought to its end. */
const OVER: readonly Code[] = [
  'signInNeeded',
  'localServerUnproven',
  'leaseExpired',
  'gracePeriod',
  'leaseEndsSoon',
  'entitlementEndsSoon',
  'licenseFileMissing',
  'licenseFolderBarred',
  'licenseFileExpired',
  'licenseFileInvalid',
  'activationInterrupted',
  'deactivationInterrupted',
];

const NOT_ACTIVE: readonly Code[] = ['neverActivated', 'deactivated'];

/** Good to know as a rule, and the answer where it is asked why no license is active. */
export const ANSWERS: readonly Code[] = ['requestPending', 'receiptPending', ...NOT_ACTIVE];

/** All that a wrong date makes look over, or not begun. */
const DATES: readonly Code[] = [
  'certificateExpired',
  'certificateInvalid',
  'certificateNotYetValid',
  'clockBehind',
  'entitlementExpired',
  'entitlementNotStarted',
  'entitlementEndsSoon',
  'gracePeriod',
  'leaseExpired',
  'leaseEndsSoon',
  'licenseFileExpired',
  'maintenanceExpired',
  'maintenanceEndsSoon',
];

/** Reasons of the way to the server as it was when it was last gone; a fresh look says how it is now. */
export const OF_THE_WAY: readonly Code[] = [...WAY, 'clockBehind'];

/** Of two causes of the same gravity, the first here is to be worked on first: what is on this device, then outward. */
export const LAYERS: readonly Code[] = [
  'profileInvalid',
  'policyInvalid',
  'programAltered',
  ...STORAGE,
  ...DEVICE,
  'clonedImageSuspected',
  ...STORED,
  ...CLOCK,
  ...ENDED,
  ...ENTITLEMENT,
  ...WAY,
  ...SERVER,
  ...REFUSED,
  ...OVER,
  'connectionInspected',
  'requestPending',
  'receiptPending',
  ...NOT_ACTIVE,
  'vaultRecovered',
  'keyringChanged',
  'deviceDrifted',
  'maintenanceExpired',
  'maintenanceEndsSoon',
  'deniedByPolicy',
  'heldAtOtherServer',
  'virtualMachineDetected',
  'offlineLease',
  'keyringWeak',
  'testEnvironment',
];

interface Explanation {
  readonly by: readonly Code[];
  readonly explains: readonly Code[];
}

/** What comes from what. Applied in this order; what is explained already is not explained again. */
export const EXPLANATIONS: readonly Explanation[] = [
  {
    by: ['vaultUnsafe', 'vaultStorageFailed'],
    explains: ['vaultReadOnly', 'vaultDiskFull', 'vaultUnavailable', 'vaultRecovered'],
  },
  { by: ['vaultDiskFull'], explains: ['vaultReadOnly'] },
  {
    by: STORAGE,
    explains: [
      'leaseExpired',
      'leaseEndsSoon',
      'licenseFileMissing',
      'licenseFileExpired',
      'activationInterrupted',
      'deactivationInterrupted',
      'licenseFolderBarred',
      'keyringWeak',
      'neverActivated',
    ],
  },
  {
    by: ['licenseFolderBarred'],
    explains: ['licenseFileMissing', 'licenseFileExpired', 'licenseFileInvalid'],
  },
  {
    by: ['deviceChanged'],
    explains: [
      'vaultUnavailable',
      'deviceUnread',
      'clonedImageSuspected',
      'licenseFileInvalid',
      'neverActivated',
    ],
  },
  { by: ['virtualMachineForbidden'], explains: ['virtualMachineDetected', 'neverActivated'] },
  { by: ['vaultDamaged', 'vaultRecovered', 'vaultOutdated'], explains: ['neverActivated', 'keyringWeak'] },
  { by: ['vaultUnavailable'], explains: ['keyringChanged', 'keyringWeak'] },
  { by: CLOCK, explains: DATES },
  { by: ENDED, explains: ['leaseExpired', 'licenseFileMissing', ...REFUSED, 'serverRefused'] },
  {
    by: ENTITLEMENT,
    explains: [
      'leaseExpired',
      'leaseEndsSoon',
      'licenseFileExpired',
      'gracePeriod',
      'entitlementEndsSoon',
      'serverRefused',
      ...NOT_ACTIVE,
    ],
  },
  {
    by: [...WAY, ...SERVER],
    explains: [
      'leaseExpired',
      'leaseEndsSoon',
      'licenseFileExpired',
      'licenseFileMissing',
      'activationInterrupted',
      'deactivationInterrupted',
    ],
  },
  { by: ['localServerUnproven'], explains: ['leaseExpired'] },
  { by: [...REFUSED, 'activationInterrupted', 'requestPending', 'receiptPending'], explains: NOT_ACTIVE },
];
