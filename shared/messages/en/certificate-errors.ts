import type { CertificateErrorCode } from '../../errors.ts';
import type { Message } from '../types.ts';
import { Server } from './phrases.ts';

export const certificateErrors: Readonly<Record<CertificateErrorCode, Message>> = {
  clientCertificateRefused: {
    sentence: `${Server} does not accept the certificate of this device.`,
    nextAction:
      'Refresh, so that the device fetches a new one; if it came from your administrator, ask for another.',
  },
  certificateFileUnreadable: {
    sentence: 'No certificate can be read from this file.',
    nextAction: 'Choose a PEM file with certificate and key, or a PKCS #12 file (p12 or pfx).',
  },
  certificatePassphraseWrong: {
    sentence: 'The passphrase does not open this file.',
    nextAction: 'Check it and try again; a file that is encrypted needs one.',
  },
  certificateProtectionUnsupported: {
    sentence: 'This file is encrypted in an old way that is not read here.',
    nextAction: 'Export it again with AES-256.',
  },
  certificateKeyMissing: {
    sentence: 'The private key of the certificate is not in this file.',
    nextAction: 'Choose a file that holds both, or export it again with its private key.',
  },
  certificateKeyMismatch: {
    sentence: 'The private key in this file belongs to another certificate.',
    nextAction: 'Choose the file with the key that the certificate was made for.',
  },
  certificateKeyUnsupported: {
    sentence: 'The key of this certificate is not on the curve P-256.',
    nextAction: 'Ask your administrator for a certificate with an ECDSA P-256 key.',
  },
  certificateIsAuthority: {
    sentence: 'This is the certificate of a certificate authority, not of a device.',
    nextAction: 'Choose the certificate that was issued for this device.',
  },
  certificateNotForClients: {
    sentence: 'This certificate was not issued for signing in to a server.',
    nextAction: 'Ask your administrator for one with the usage “client authentication”.',
  },
  clientCertificateExpired: {
    sentence:
      'This certificate is not valid at this time{atKnown, select, yes {: its time ends on {at, date, day}} other {}}.',
    nextAction: 'Ask your administrator for a new one, and check date and time of this device.',
  },
};
