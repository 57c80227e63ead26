import { failure, type Failure } from '../../shared/errors.ts';
import type { ClientIdentity } from '../api/client-identity.ts';
import { identityOf } from '../certificate/records.ts';
import type { VendorProfile } from '../../shared/profile.ts';
import type { Ledger } from './ledger.ts';

/** What a turn has to know of client certificates. */
export interface CertificateOptions {
  readonly mode: VendorProfile['api']['clientCertificates'];
  /** The one that an administrator has brought. */
  readonly imported: ClientIdentity | null;
  /** Nobody has asked for what is done now. */
  readonly unasked: boolean;
}

/**
 * The certificate that a call of an activation shows: the administrator's where there is one, else its own, never that
 * of another activation.
 */
export function shownFor(
  { imported }: CertificateOptions,
  { certificates }: Pick<Ledger, 'certificates'>,
  activationId: string,
): ClientIdentity | undefined {
  return imported ?? identityOf(certificates.stored, activationId);
}

/**
 * A refusal in the client's own words: the server says `required` also of a certificate that it was shown and does not
 * take, and to a device that fetches its own there is no other reason.
 */
export function ownWords(options: CertificateOptions, reason: Failure): Failure {
  const isOurs = enrols(options) || options.imported !== null;
  return isOurs && reason.code === 'clientCertificateRequired'
    ? failure('clientCertificateRefused', reason.facts)
    : reason;
}

/** Whether this device fetches certificates itself. */
export function enrols({ mode, imported }: CertificateOptions): boolean {
  return mode === 'enrol' && imported === null;
}
