import type { Catalogue } from '../types.ts';
import { errorsAndReasons } from './errors-and-reasons.ts';
import { Server, server, waitUntil } from './phrases.ts';

export const reasons: Catalogue['reasons'] = {
  ...errorsAndReasons,
  neverActivated: {
    sentence: 'This device has not been activated yet.',
    nextAction: 'Enter the activation code that came with your purchase.',
  },
  deactivated: {
    sentence:
      'This device was deactivated{atKnown, select, yes { on {at, date, day}} other {}}{countKnown, select, yes {. Its seat is free as soon as the portal has the deactivation file} other {, and its seat is free}}.',
    nextAction: 'Activate again whenever you want to use the software here.',
  },
  seatReleased: {
    sentence:
      'The license server no longer knows the seat of this device: it was released{atKnown, select, yes { (noticed on {at, date, day})} other {}}.',
    nextAction: 'Activate again. If the seat should still be yours, ask whoever manages your licenses.',
  },
  seatLostToClone: {
    sentence: 'Another copy of this installation has taken over the seat.',
    nextAction: 'Activate again here, and deactivate the other copy if you do not need it.',
  },
  seatHeldElsewhere: {
    sentence: 'The seat of this device is now used by other hardware.',
    nextAction: 'Free the seat on the other device, then activate again.',
  },
  vaultOutdated: {
    sentence:
      'This activation has ended{atKnown, select, yes { (noticed on {at, date, day})} other {}}: the stored license was older than what the license server knows, as after restoring a backup.',
    nextAction: 'Activate again with the same code: the same seat is used.',
  },
  deviceChanged: {
    sentence:
      'This is not the device that was activated{factors, select, none {} other {: {factors} changed}}.',
    nextAction: 'Activate again on this device.',
  },
  clockRolledBack: {
    sentence:
      'The clock of this device is behind: it was already {atKnown, select, yes {{at, date, moment}} other {later}} here.',
    nextAction: 'Set date and time to automatic, or connect to the internet and refresh.',
  },
  entitlementExpired: {
    sentence:
      'The {terms, select, trial {trial} other {subscription}} ended{atKnown, select, yes { on {at, date, day}} other {}}.',
    nextAction:
      '{terms, select, trial {Buy a license from the vendor, then check again or activate with its code.} other {Renew it with the vendor, then check again.}}',
  },
  entitlementDisabled: {
    sentence: 'The vendor has switched this license off.',
    nextAction: 'Ask the vendor why, or activate with another code.',
  },
  entitlementNotStarted: {
    sentence: 'This license has not started yet.',
    nextAction: 'Wait for its first day, or ask the vendor to start it.',
  },
  leaseExpired: {
    sentence: 'The lease ended{atKnown, select, yes { on {at, date, day}} other {}} and was not renewed.',
    nextAction: 'Refresh the license while you are connected.',
  },
  vaultUnavailable: {
    sentence: 'The stored license is locked: its key could not be obtained from this system.',
    nextAction:
      'Unlock the keyring of your system and start the application again. If the key is lost, activate again.',
  },
  vaultUnsafe: {
    sentence: 'The license folder belongs to somebody else or is open to everyone, so it is not used.',
    nextAction:
      'Ask your administrator to correct its owner and permissions, then start the application again.',
  },
  deviceUnread: {
    sentence: 'Too little of this device could be read to open the stored license.',
    nextAction:
      'Start the application again, and the device if that does not help. If it stays so, activate again; support may have to free the seat first.',
  },
  vaultStorageFailed: {
    sentence: 'The stored license can’t be read: the disk or network drive does not work properly.',
    nextAction: 'Check that the drive is connected and sound.',
  },
  vaultDamaged: {
    sentence: 'The stored license was damaged and has been set aside; nothing was deleted.',
    nextAction: 'Activate again with the same code: the same seat is used.',
  },
  vaultRolledBack: {
    sentence: 'The stored license is older than the one last used on this device.',
    nextAction:
      'Connect to the internet and refresh. If it was activated offline, deactivate it here and make a new request.',
  },
  gracePeriod: {
    sentence:
      'The {terms, select, trial {trial} other {subscription}} has ended; the grace period runs{atKnown, select, yes { until {at, date, day}} other {}}.',
    nextAction:
      '{terms, select, trial {Buy a license now to keep working without a break.} other {Renew now to keep working without a break.}}',
  },
  clockAhead: {
    sentence:
      'The clock of this device is {count, plural, =-1 {far} one {# day} other {# days}} ahead of what this application last knew.',
    nextAction: 'If date or time is wrong, correct it now; if both are right, there is nothing to do.',
  },
  leaseEndsSoon: {
    sentence: 'The lease ends{atKnown, select, yes { on {at, date, moment}} other { soon}}.',
    nextAction: 'Refresh the license while you are connected.',
  },
  entitlementEndsSoon: {
    sentence:
      'The {terms, select, trial {trial} other {subscription}} ends{atKnown, select, yes { on {at, date, day}} other { soon}}.',
    nextAction:
      '{terms, select, trial {Buy a license from the vendor before then.} other {Renew it with the vendor before then.}}',
  },
  activationInterrupted: {
    sentence: 'An activation was interrupted before its answer arrived.',
    nextAction: 'Activate again with the same code or account: no second seat is used.',
  },
  deactivationInterrupted: {
    sentence: 'A deactivation was interrupted before its answer arrived.',
    nextAction: 'Deactivate again to be sure that the seat is free.',
  },
  signInNeeded: {
    sentence: 'An answer of the license server was lost, so this license can’t be renewed without you.',
    nextAction: 'Sign in again with the same account: the same seat is used.',
  },
  vaultReadOnly: {
    sentence: 'The license folder can’t be written to.',
    nextAction: 'Give your user account write permission to it.',
  },
  vaultDiskFull: {
    sentence: 'The disk with the license folder is full.',
    nextAction: 'Free some space; nothing was lost.',
  },
  networkUnavailable: {
    sentence: 'This device has no network connection.',
    nextAction: 'Connect it, or exchange files offline.',
  },
  dnsFailed: {
    sentence: `The name of ${server} could not be looked up.`,
    nextAction: 'Check the connection and the DNS settings.',
  },
  serverUnreachable: {
    sentence: `${Server} could not be reached.`,
    nextAction: 'Check the connection, and that a firewall lets this address through.',
  },
  clockBehind: {
    sentence: `The clock of this device seems to be behind: by it, the certificate of ${server} is not valid yet.`,
    nextAction: 'Set date and time of this device, then try again; if both are right, tell the vendor.',
  },
  certificateInvalid: {
    sentence: `The connection was not made: the certificate of ${server} is not valid.`,
    nextAction: 'Check date and time of this device; if they are right, tell the vendor.',
  },
  serverError: {
    sentence: `${Server} is out of order.`,
    nextAction: `Try again ${waitUntil}; an active license keeps working until its lease ends.`,
  },
  serverRefused: {
    sentence: `${Server} refused the last request.`,
    nextAction: 'Try again; if it happens again, contact support.',
  },
  rateLimited: {
    sentence: `${Server} is busy and asks to wait.`,
    nextAction: `Try again ${waitUntil}.`,
  },
  clientCertificateMissing: {
    sentence:
      'This license server requires a certificate that an administrator brings, and this device has no valid one.',
    nextAction: 'Ask your administrator to import one with “latchkey certificate import”.',
  },
  clientCertificateExpired: {
    sentence:
      'The certificate with which this device identifies itself ended{atKnown, select, yes { on {at, date, day}} other {}}.',
    nextAction: 'Refresh: the device fetches a new one.',
  },
  clientCertificateRefused: {
    sentence: `${Server} does not accept the certificate of this device.`,
    nextAction:
      'Refresh, so that the device fetches a new one; if it came from your administrator, ask for another.',
  },
  connectionInspected: {
    sentence: `The connection to ${server} may be read on the way: its certificate{issuer, select, none {} other {, issued by “{issuer}”,}} shows no key of the vendor.`,
    nextAction:
      'Nothing to do if your company inspects connections; otherwise try another network and ask your administrator.',
  },
  licenseFileMissing: {
    sentence: 'The license file for the installed software is missing.',
    nextAction:
      'Refresh the license to get it again. If it stays missing, check whether its folder can be written to.',
  },
  licenseFileExpired: {
    sentence: 'The license file for the installed software has expired.',
    nextAction: 'Refresh the license to get a new one.',
  },
  licenseFileInvalid: {
    sentence: 'The license file for the installed software is damaged or not genuine.',
    nextAction: 'Refresh the license to get a new one.',
  },
  localServerUnproven: {
    sentence:
      'The Local License Server has not yet proved that it gives out licenses for this vendor, so its license does not count.',
    nextAction: 'Refresh the license. If that does not help, ask your administrator.',
  },
  clonedImageSuspected: {
    sentence: 'This system looks like a copy of a disk image that is used elsewhere too.',
    nextAction: 'Ask your administrator to give every copy its own machine id.',
  },
  vaultRecovered: {
    sentence: 'The stored license was damaged and was restored from its backup.',
    nextAction: 'Nothing to do. Check the disk if it happens again.',
  },
  keyringWeak: {
    sentence: 'No system keyring is in use, so the license is protected by this device’s identity alone.',
    nextAction: 'Nothing to do. With a system keyring the protection is stronger.',
  },
  keyringChanged: {
    sentence: 'The keyring of this system has changed since the license was stored.',
    nextAction: 'Nothing to do; the license was stored anew.',
  },
  deviceDrifted: {
    sentence:
      'Parts of this device have changed{factors, select, none {} other { ({factors})}}; the license stays valid.',
    nextAction: 'Nothing to do.',
  },
  virtualMachineDetected: {
    sentence: 'This is a virtual machine.',
    nextAction: 'Nothing to do. Deactivate before you copy or delete the machine.',
  },
  heldAtOtherServer: {
    sentence:
      'This license is held at {host, select, none {another license server} other {{host}}}, not at the license server chosen for new activations.',
    nextAction: 'It works as before. To move it, deactivate it here, then activate it again.',
  },
  offlineLease: {
    sentence:
      'This seat was activated offline{atKnown, select, yes {; its lease ends on {at, date, day}} other {}}.',
    nextAction: 'Fetch a refresh file from the portal before then.',
  },
  requestPending: {
    sentence:
      'An offline request{atKnown, select, yes { made on {at, date, day}} other {}} is waiting for its response.',
    nextAction: 'Take the request to the portal and import the response here.',
  },
  receiptPending: {
    sentence:
      '{count, plural, =-1 {A deactivation has} one {A deactivation has} other {# deactivations have}} not been handed to the portal yet.',
    nextAction: 'Take the deactivation file to the portal to free the seat.',
  },
  maintenanceEndsSoon: {
    sentence: 'Maintenance ends{atKnown, select, yes { on {at, date, day}} other { soon}}.',
    nextAction: 'Renew it to keep receiving updates.',
  },
  maintenanceExpired: {
    sentence:
      'Maintenance ended{atKnown, select, yes { on {at, date, day}} other {}}; the software keeps working.',
    nextAction: 'Renew it to receive updates again.',
  },
  deniedByPolicy: {
    sentence: 'Your organization does not allow some actions here.',
    nextAction: 'Ask your administrator if you need them.',
  },
  testEnvironment: {
    sentence: 'This is a test environment; its licenses are not for production.',
    nextAction: 'Nothing to do.',
  },
};
