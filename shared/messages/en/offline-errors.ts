import type { OfflineErrorCode } from '../../errors.ts';
import type { Message } from '../types.ts';

export const offlineErrors: Readonly<Record<OfflineErrorCode, Message>> = {
  tokenMalformed: {
    sentence: 'This file can’t be read: it is damaged, incomplete or something else altogether.',
    nextAction: 'Copy the whole file again, or fetch it from the portal once more.',
  },
  tokenTooLarge: {
    sentence: 'This file is far too large to be one of an offline exchange.',
    nextAction: 'Choose the file that the portal or this application made.',
  },
  tokenWrongKind: {
    sentence:
      '{tokenKind, select, activation_request {This is a request file. It goes to the portal, not into this application.} activation_response {This is a response file. It is no use here.} refresh {This is a refresh file. It is no use here.} deactivation {This is a deactivation file. It goes to the portal, not into this application.} other {This is another kind of file than the one that is needed here.}}',
    nextAction:
      '{tokenKind, select, activation_request {Take it to the portal and bring back the response.} deactivation {Take it to the portal, so that the seat is free.} other {Choose another file.}}',
  },
  tokenSignatureInvalid: {
    sentence: 'The signature of this file does not fit: it was altered on the way.',
    nextAction: 'Fetch it from the portal once more.',
  },
  tokenKeyUnknown: {
    sentence: 'This file was made with a key that this application does not know.',
    nextAction: 'Update this application; if that does not help, contact the vendor.',
  },
  tokenForOtherDevice: {
    sentence: 'This file belongs to another device, or to a request that is no longer open here.',
    nextAction: 'Choose the response to the request that was made on this device, or make a new request.',
  },
  tokenForOtherProduct: {
    sentence: 'This file is for another product.',
    nextAction: 'Choose the file for this product.',
  },
  tokenForOtherTenant: {
    sentence: 'This file comes from another vendor.',
    nextAction: 'Choose the file that came from the portal of this vendor.',
  },
  tokenExpired: {
    sentence:
      'This file could be used{atKnown, select, yes { until {at, date, moment}} other { for a limited time}} and has expired.',
    nextAction: 'Fetch a new one from the portal, and check the date and time of this device.',
  },
  tokenReplayed: {
    sentence: 'This file was applied before. Nothing was changed.',
    nextAction: 'There is nothing to do.',
  },
  tokenStale: {
    sentence: 'A newer file than this one was applied already. Nothing was changed.',
    nextAction: 'Fetch the latest one from the portal.',
  },
  qrUnreadable: {
    sentence: 'No QR code of this application was found in the image.',
    nextAction: 'Take the picture again: straight from the front, sharp, with the whole code in it.',
  },
  qrIncomplete: {
    sentence:
      '{count, plural, =-1 {QR codes of the series are still missing.} one {One QR code of the series is still missing.} other {# QR codes of the series are still missing.}}',
    nextAction: 'Add the images of the codes that are missing.',
  },
  fileUnreadable: {
    sentence: 'The file can’t be read{system, select, none {} other { ({system})}}.',
    nextAction: 'Check that the drive is still connected, or choose another file.',
  },
  fileNotSaved: {
    sentence: 'The file could not be saved{system, select, none {} other { ({system})}}.',
    nextAction: 'Choose another folder or drive; nothing was lost.',
  },
  offlineUnavailable: {
    sentence: 'The vendor has not set this application up for use without a network.',
    nextAction: 'Activate online, or ask the vendor.',
  },
  licenseFileMissing: {
    sentence: 'There is no license file for this product on this device.',
    nextAction: 'Refresh the license, or activate it.',
  },
  licenseFileInvalid: {
    sentence: 'The license file is not genuine: its signature does not fit.',
    nextAction: 'Refresh the license to get a new file.',
  },
  licenseFileUnsupported: {
    sentence: 'The license file is signed in a way that is not supported here.',
    nextAction: 'Ask the vendor for a file that is signed with Ed25519.',
  },
  licenseFileLocked: {
    sentence: 'The license file is encrypted, and its key is not known here.',
    nextAction: 'Give the license key that belongs to the file.',
  },
  licenseFileExpired: {
    sentence:
      'The license file could be used{atKnown, select, yes { until {at, date, day}} other { for a limited time}} and has expired.',
    nextAction: 'Refresh the license to get a new file.',
  },
  licenseFileForOtherDevice: {
    sentence: 'The license file belongs to another device.',
    nextAction: 'Activate the license on this device.',
  },
  licenseFileForOtherProduct: {
    sentence: 'The license file is for another product.',
    nextAction: 'Choose the file for this product.',
  },
};
