import { describe, expect, it } from 'vitest';
import { ERROR_CODES, type ErrorCode } from '../../../shared/errors.ts';
import { ACTIONS, allowedActions } from '../../../shared/license/actions.ts';
import { reasonOfContact, type ReasonCode } from '../../../shared/license/reasons.ts';

const ACTIVATE = ['activateWithCode', 'activateWithAccount', 'makeOfflineRequest', 'importResponse'];

describe('allowedActions', () => {
  it.each([
    ['uninitialized', null, []],
    ['uninitialized', 'online', []],
    ['uninitialized', 'offline', []],
    ['notActivated', null, ACTIVATE],
    ['notActivated', 'online', ACTIVATE],
    ['notActivated', 'offline', ACTIVATE],
    [
      'active',
      'online',
      ['refresh', 'pullState', 'checkoutFeature', 'returnFeature', 'deactivate', 'exportLicenseFile'],
    ],
    ['active', 'offline', ['importRefresh', 'deactivate', 'exportLicenseFile']],
    ['leaseExpired', 'online', ['refresh', 'deactivate']],
    ['leaseExpired', 'offline', ['importRefresh', 'deactivate']],
    [
      'entitlementNotActive',
      'online',
      ['pullState', 'deactivate', 'activateWithCode', 'activateWithAccount'],
    ],
    ['entitlementNotActive', 'offline', ['importRefresh', 'deactivate', 'activateWithCode']],
  ] as const)('%s, %s', (state, mode, actions) => {
    expect(allowedActions(state, mode)).toEqual(actions);
  });

  it('offers every action somewhere and never the same twice', () => {
    const states = [
      'uninitialized',
      'notActivated',
      'active',
      'leaseExpired',
      'entitlementNotActive',
    ] as const;
    const lists = states.flatMap((state) =>
      ([null, 'online', 'offline'] as const).map((mode) => allowedActions(state, mode)),
    );
    for (const list of lists) expect(new Set(list).size).toBe(list.length);
    expect(ACTIONS.filter((action) => !lists.some((list) => list.includes(action)))).toEqual([]);
  });
});

const OF_CONTACT = {
  internal: null,
  usageInvalid: null,
  profileInvalid: null,
  requestInvalid: null,
  senderRefused: null,
  busy: null,
  notAllowedInState: null,
  productUnknown: null,
  cancelled: null,
  activationCodeMalformed: null,
  activationCodeInvalid: null,
  productMismatch: null,
  seatLimitReached: null,
  entitlementExpired: null,
  entitlementDisabled: null,
  entitlementNotStarted: null,
  credentialsInvalid: null,
  accountLocked: null,
  accessTokenInvalid: null,
  seatReleased: null,
  seatHeldElsewhere: null,
  nonceMismatch: null,
  offlineNotAllowed: null,
  featureUnknown: null,
  featureExhausted: null,
  featureNotReturnable: null,
  editionNotIncluded: null,
  rateLimited: 'rateLimited',
  clientCertificateRequired: 'clientCertificateRequired',
  requestRefused: 'serverRefused',
  networkUnavailable: 'networkUnavailable',
  dnsFailed: 'dnsFailed',
  serverUnreachable: 'serverUnreachable',
  timeout: 'serverUnreachable',
  proxyUnreachable: 'proxyUnreachable',
  proxyAuthRequired: 'proxyAuthRequired',
  proxyRefused: 'proxyRefused',
  certificateUntrusted: 'certificateUntrusted',
  certificateExpired: 'certificateInvalid',
  certificateNotYetValid: 'clockBehind',
  certificateNameMismatch: 'certificateInvalid',
  pinMismatch: 'pinMismatch',
  tlsFailed: 'certificateInvalid',
  serverError: 'serverError',
  answerMalformed: 'serverError',
  answerTooLarge: 'serverError',
  redirectRefused: 'serverError',
  signInRefused: null,
  signInAbandoned: null,
  browserNotOpened: null,
  vaultDamaged: null,
  vaultLockTimeout: null,
  vaultKeyUnavailable: null,
  vaultReadOnly: null,
  vaultDiskFull: null,
  vaultNewer: null,
  vaultConflict: null,
  vaultUnsafe: null,
  vaultStorageFailed: null,
  vaultOutdated: null,
  deviceChanged: null,
  clockRolledBack: null,
  virtualMachineForbidden: null,
  policyInvalid: null,
  deniedByPolicy: null,
  programAltered: null,
  licenseFolderBarred: null,
  proxyLoginRefused: null,
  signInClockWrong: null,
  signInNeeded: null,
  tokenMalformed: null,
  tokenTooLarge: null,
  tokenWrongKind: null,
  tokenSignatureInvalid: null,
  tokenKeyUnknown: null,
  tokenForOtherDevice: null,
  tokenForOtherProduct: null,
  tokenForOtherTenant: null,
  tokenExpired: null,
  tokenReplayed: null,
  tokenStale: null,
  qrUnreadable: null,
  qrIncomplete: null,
  fileUnreadable: null,
  fileNotSaved: null,
  offlineUnavailable: null,
  licenseFileMissing: null,
  licenseFileInvalid: null,
  licenseFileUnsupported: null,
  licenseFileLocked: null,
  licenseFileExpired: null,
  licenseFileForOtherDevice: null,
  licenseFileForOtherProduct: null,
  clientCertificateRefused: 'clientCertificateRefused',
  certificateFileUnreadable: null,
  certificatePassphraseWrong: null,
  certificateProtectionUnsupported: null,
  certificateKeyMissing: null,
  certificateKeyMismatch: null,
  certificateKeyUnsupported: null,
  certificateIsAuthority: null,
  certificateNotForClients: null,
  clientCertificateExpired: null,
  localServerForbidden: null,
  localServerNotVendors: null,
  serverAddressInvalid: null,
  serverCertificateUnreadable: null,
  confirmationNeeded: null,
} as const satisfies Record<ErrorCode, ReasonCode | null>;

describe('reasonOfContact', () => {
  it.each(ERROR_CODES)('%s', (code) => {
    expect(reasonOfContact(code)).toBe(OF_CONTACT[code]);
  });
});
