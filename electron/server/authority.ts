import { X509Certificate } from 'node:crypto';
import { failure } from '../../shared/errors.ts';
import { err, ok, type Result } from '../../shared/result.ts';
import type { ServerCertificate } from '../../shared/server-view.ts';
import { spkiDigest } from '../api/certificates.ts';
import type { Pin } from '../api/pin-policy.ts';

/** The certificates that an administrator has handed over with the address of a local server. */

const BLOCK = /-----BEGIN CERTIFICATE-----.*?-----END CERTIFICATE-----/gs;
/** More than a server could need; each is trusted. */
const MOST = 10;

/**
 * What a certificate file says, for a person to compare before it is trusted.
 * @param pem PEM of one or several certificates, and anything around them
 * @returns Errors: `serverCertificateUnreadable`
 */
export function describeAuthority(pem: string): Result<readonly ServerCertificate[]> {
  const found = certificatesIn(pem);
  return found === null
    ? err(failure('serverCertificateUnreadable'))
    : ok(
        found.map((certificate) => ({
          subject: subjectOf(certificate),
          sha256: certificate.fingerprint256,
          notBefore: certificate.validFromDate.getTime(),
          notAfter: certificate.validToDate.getTime(),
        })),
      );
}

/**
 * The certificates alone, as PEM. Whatever else is in the file (a private key by mistake) is not kept.
 * @returns Errors: `serverCertificateUnreadable`
 */
export function authorityPem(pem: string): Result<string> {
  const found = certificatesIn(pem);
  return found === null
    ? err(failure('serverCertificateUnreadable'))
    : ok(found.map((certificate) => certificate.toString()).join(''));
}

/**
 * Pins of the keys of these certificates. Who gives a certificate and no pin wants this server and no other: without
 * them any server of the public authorities would do that has got the name.
 */
export function pinsOf(pem: string): readonly Pin[] {
  return (certificatesIn(pem) ?? []).map((certificate) => ({ sha256: spkiDigest(certificate) }));
}

function certificatesIn(pem: string): readonly X509Certificate[] | null {
  const blocks = pem.match(BLOCK) ?? [];
  if (blocks.length === 0 || blocks.length > MOST) return null;
  try {
    return blocks.map((block) => new X509Certificate(block));
  } catch {
    return null;
  }
}

/** Its name as one line; it is a stranger's word, so control characters are left out. */
function subjectOf({ subject }: X509Certificate): string {
  return subject.split('\n').join(', ').replaceAll(/\p{C}/gu, '').slice(0, 300);
}
