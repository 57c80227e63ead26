import { type Keys } from '../keys.ts';
import { makeAuthority, makeKeyPem, makeServerCertificate, type Pem } from './certificates.ts';

/**
 * What the server shows in the TLS handshake. `valid` is the normal one, `backupKey` is valid too (its pin is in the
 * profile). Each of the others is wrong in one way only, so that a client's message can be told from another's:
 * `expired`, `notYetValid` and `wrongHost` have the pinned key and the right CA; `otherCa` has the pinned key and a
 * CA that nobody knows; `newKey` is perfect but for a key that is not pinned.
 */
export type CertificateVariant =
  'valid' | 'backupKey' | 'expired' | 'notYetValid' | 'wrongHost' | 'otherCa' | 'newKey';

const DAY = 24 * 60 * 60_000;
const LOCAL = [
  { type: 'dns', value: 'localhost' },
  { type: 'ip', value: '127.0.0.1' },
  { type: 'ip', value: '::1' },
] as const;

/**
 * Makes key and certificate (with the CA behind it) of a variant.
 * @param now real time: TLS clients judge a certificate by their own clock, not by the server's
 */
export async function makeVariant(keys: Keys, variant: CertificateVariant, now: Date): Promise<Pem> {
  const day = (offset: number) => new Date(now.getTime() + offset * DAY);
  const pinned: Pem = { key: keys.tls.authorityKey, certificate: keys.tls.authorityCertificate };
  const authority = variant === 'otherCa' ? await makeAuthority('Some other CA', now) : pinned;
  const unpinned = variant === 'newKey' ? await makeKeyPem() : keys.tls.serverKey;
  const key = variant === 'backupKey' ? keys.tls.backupKey : unpinned;
  const from: Partial<Record<CertificateVariant, number>> = { expired: -20, notYetValid: 10 };
  const until: Partial<Record<CertificateVariant, number>> = { expired: -10 };
  const certificate = await makeServerCertificate({
    authority,
    key,
    names: variant === 'wrongHost' ? [{ type: 'dns', value: 'elsewhere.example' }] : LOCAL,
    notBefore: day(from[variant] ?? -1),
    notAfter: day(until[variant] ?? 397),
  });
  return { key, certificate: `${certificate.trim()}\n${authority.certificate.trim()}\n` };
}
