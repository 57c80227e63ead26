import type { CertificateErrorCode, LocalServerErrorCode, OfflineErrorCode } from '../../errors.ts';
import type { Catalogue } from '../types.ts';
import { errorsAndReasons } from './errors-and-reasons.ts';
import { Proxy, Server, server, wait } from './phrases.ts';

export const errors: Omit<
  Catalogue['errors'],
  OfflineErrorCode | CertificateErrorCode | LocalServerErrorCode
> = {
  ...errorsAndReasons,
  internal: {
    sentence: 'Something went wrong inside the application.',
    nextAction: 'Try again; if it happens again, contact support.',
  },
  usageInvalid: {
    sentence: 'The command was not understood{field, select, none {} other {: {field}}}.',
    nextAction: 'See the list of commands with --help.',
  },
  profileInvalid: {
    sentence: 'The vendor profile is not valid{field, select, none {} other {: {field}}}.',
    nextAction: 'Install the application again, or ask the vendor for a correct profile.',
  },
  requestInvalid: {
    sentence: 'The request was not valid.',
    nextAction: 'Check what you entered and try again.',
  },
  senderRefused: {
    sentence: 'A request from an unknown source was refused.',
    nextAction: 'Close the window and open the application again.',
  },
  busy: {
    sentence: 'Another operation on this license is still running.',
    nextAction: 'Wait a moment and try again.',
  },
  notAllowedInState: {
    sentence: 'This can’t be done in the present state of the license.',
    nextAction: 'Look at the state of the license first.',
  },
  productUnknown: {
    sentence: 'This application does not know that product.',
    nextAction: 'Check the product, or ask the vendor.',
  },
  cancelled: {
    sentence: 'The operation was cancelled.',
    nextAction: 'Start it again whenever you like.',
  },
  activationCodeMalformed: {
    sentence: 'This does not look like an activation code.',
    nextAction: 'Copy the whole code from your order; it is made of letters and digits in groups.',
  },
  activationCodeInvalid: {
    sentence: 'The license server does not know this activation code.',
    nextAction: 'Check it against your order, letter by letter, or paste it.',
  },
  productMismatch: {
    sentence: 'This activation code or account is for another product.',
    nextAction: 'Check which product was bought with it.',
  },
  seatLimitReached: {
    sentence: 'All seats of this license are in use.',
    nextAction: 'Deactivate it on a device that no longer needs it, or buy another seat.',
  },
  entitlementExpired: {
    sentence: 'The subscription behind this code or account has ended.',
    nextAction: 'Renew it with the vendor, then try again.',
  },
  entitlementDisabled: {
    sentence: 'The vendor has switched this license off.',
    nextAction: 'Ask the vendor why, or use another code.',
  },
  entitlementNotStarted: {
    sentence: 'The license behind this code or account has not started yet.',
    nextAction: 'Wait for its first day, or ask the vendor to start it.',
  },
  credentialsInvalid: {
    sentence: 'The sign-in was not accepted.',
    nextAction: 'Check user name and password, or sign in with the account that the license belongs to.',
  },
  accountLocked: {
    sentence: 'Signing in with this user name is locked: too many attempts have failed.',
    nextAction:
      '{minutes, plural, =-1 {Try again later, or ask the vendor to unlock it.} one {Try again in a minute, or ask the vendor to unlock it.} other {Try again in # minutes, or ask the vendor to unlock it.}}',
  },
  accessTokenInvalid: {
    sentence: 'The license server no longer accepts this activation.',
    nextAction: 'Activate again with the same code: the same seat is used.',
  },
  seatReleased: {
    sentence: 'The license server no longer knows the seat of this device: it was released.',
    nextAction: 'Activate again. If the seat should still be yours, ask whoever manages your licenses.',
  },
  seatHeldElsewhere: {
    sentence: 'The seat of this device is used by other hardware.',
    nextAction: 'Free the seat on the other device, then activate again.',
  },
  nonceMismatch: {
    sentence: 'Another copy of this installation has taken over the seat.',
    nextAction: 'Activate again here, and deactivate the other copy if you do not need it.',
  },
  offlineNotAllowed: {
    sentence: 'This license does not allow offline activation.',
    nextAction: 'Activate online, or ask the vendor for an offline license.',
  },
  featureUnknown: {
    sentence: 'This license does not have that feature.',
    nextAction: 'Ask the vendor which edition has it.',
  },
  featureExhausted: {
    sentence: 'Not that much of the feature is left.',
    nextAction: 'Take less, wait until some of it is free again, or ask the vendor for more.',
  },
  editionNotIncluded: {
    sentence: 'The edition that was chosen is not part of this license.',
    nextAction: 'Choose another edition, or leave it at the one that was purchased.',
  },
  featureNotReturnable: {
    sentence: 'Only what this device holds of that feature can be returned.',
    nextAction: 'Check how much that is; what was used of a count stays used.',
  },
  rateLimited: {
    sentence: `${Server} is busy and asks to wait.`,
    nextAction: wait,
  },
  requestRefused: {
    sentence: `${Server} refused the request{status, plural, =-1 {} other { (status {status, number, ::group-off})}}.`,
    nextAction: 'Try again; if it happens again, contact support.',
  },
  networkUnavailable: {
    sentence: 'This device has no network connection.',
    nextAction: 'Connect it and try again.',
  },
  dnsFailed: {
    sentence: `The name of ${server} could not be looked up.`,
    nextAction: 'Check the connection and the DNS settings, then try again.',
  },
  serverUnreachable: {
    sentence: `${Server} could not be reached.`,
    nextAction: 'Check the connection, and that a firewall lets this address through, then try again.',
  },
  timeout: {
    sentence: `${Server} did not answer in time.`,
    nextAction: 'Try again; if it happens again, check the connection.',
  },
  signInRefused: {
    sentence: 'The sign-in page did not sign you in.',
    nextAction: 'Sign in again, with the account that the license belongs to.',
  },
  signInAbandoned: {
    sentence: 'The sign-in was not finished in the browser in time.',
    nextAction: 'Sign in again and finish it in the browser.',
  },
  browserNotOpened: {
    sentence: 'No browser could be opened to sign in.',
    nextAction: 'Ask your administrator to set a default browser, or activate with an activation code.',
  },
  certificateExpired: {
    sentence: `The connection was not made: the certificate of ${server} expired{atKnown, select, yes { on {at, date, day}} other {}}.`,
    nextAction: 'Check date and time of this device; if they are right, tell the vendor.',
  },
  certificateNotYetValid: {
    sentence: `The connection was not made: the certificate of ${server} is not valid yet.`,
    nextAction: 'Set date and time of this device, then try again.',
  },
  certificateNameMismatch: {
    sentence: `The connection was not made: the certificate shown does not belong to ${server}.`,
    nextAction: 'Try another network, or ask your administrator.',
  },
  tlsFailed: {
    sentence: `No secure connection to ${server} could be made.`,
    nextAction: 'Try another network, or ask your administrator.',
  },
  serverError: {
    sentence: `${Server} is out of order.`,
    nextAction: wait,
  },
  answerMalformed: {
    sentence: `The answer of ${server} could not be read.`,
    nextAction: 'Try again; if it happens again, tell the vendor.',
  },
  answerTooLarge: {
    sentence: `The answer of ${server} was far too large and was not read.`,
    nextAction: 'Try another network; if it happens again, tell the vendor.',
  },
  redirectRefused: {
    sentence: `Something on the way tried to send the request for ${server} elsewhere.`,
    nextAction: 'Sign in to the network if it asks you to, then try again.',
  },
  vaultDamaged: {
    sentence: 'The stored license is damaged and has been set aside; nothing was deleted.',
    nextAction: 'Activate again with the same code: the same seat is used.',
  },
  vaultLockTimeout: {
    sentence: 'Another window or program is at work on the license and did not finish in time.',
    nextAction: 'Wait until it is done, then try again.',
  },
  vaultKeyUnavailable: {
    sentence: 'The stored license is locked: its key could not be obtained from this system.',
    nextAction: 'Unlock the keyring of your system, and start the application itself rather than a copy.',
  },
  vaultReadOnly: {
    sentence: 'The license folder can’t be written to{system, select, none {} other { ({system})}}.',
    nextAction: 'Give your user account write permission to it and try again.',
  },
  vaultDiskFull: {
    sentence: 'The disk is full, so nothing could be stored.',
    nextAction: 'Free some space and try again; nothing was lost.',
  },
  vaultConflict: {
    sentence: 'The stored license was changed by another program at the same time.',
    nextAction: 'Try again.',
  },
  vaultUnsafe: {
    sentence: 'The license folder belongs to somebody else or is open to everyone, so it is not used.',
    nextAction: 'Ask your administrator to correct its owner and permissions.',
  },
  vaultStorageFailed: {
    sentence:
      'The disk or network drive with the license folder does not work properly{system, select, none {} other { ({system})}}.',
    nextAction: 'Check that the drive is connected and sound, then try again; nothing was lost.',
  },
  vaultOutdated: {
    sentence:
      'The stored license is older than the one last used on this device, as after restoring a backup.',
    nextAction: 'Activate again with the same code: the same seat is used.',
  },
  programAltered: {
    sentence: 'This program is not as it was packaged: protections of it are switched off.',
    nextAction: 'Install it again with the vendor’s own installer.',
  },
  licenseFolderBarred: {
    sentence:
      'The folder of the license files for the installed software can’t be written to{system, select, none {} other { ({system})}}.',
    nextAction:
      'Remove whatever lies in its place, or give your user account write permission; then refresh the license.',
  },
  deviceChanged: {
    sentence: 'This is not the device that was activated.',
    nextAction: 'Activate again on this device.',
  },
  clockRolledBack: {
    sentence:
      'The clock of this device is behind: it was already {atKnown, select, yes {{at, date, moment}} other {later}} here.',
    nextAction: 'Set date and time to automatic and try again.',
  },
  deniedByPolicy: {
    sentence: 'Your organization does not allow this here.',
    nextAction: 'Ask your administrator if you need it.',
  },
  proxyLoginRefused: {
    sentence: `${Proxy} did not accept this user name and password.`,
    nextAction: 'Check both and try again; too many attempts may lock your account.',
  },
  signInClockWrong: {
    sentence: 'The sign-in was not valid at the time that this device shows.',
    nextAction: 'Set date and time of this device to automatic, then sign in again.',
  },
  signInNeeded: {
    sentence: 'An earlier answer of the license server was lost, and only you can make up for it.',
    nextAction: 'Sign in again with the same account: the same seat is used.',
  },
};
