import 'reflect-metadata';
import { X509Certificate as NodeCertificate } from 'node:crypto';
import {
  AuthorityKeyIdentifierExtension,
  BasicConstraintsExtension,
  ExtendedKeyUsage,
  ExtendedKeyUsageExtension,
  KeyUsageFlags,
  KeyUsagesExtension,
  Pkcs10CertificateRequest,
  SubjectKeyIdentifierExtension,
  X509Certificate,
  X509CertificateGenerator,
} from '@peculiar/x509';
import type { Instant } from '../../../shared/license/types.ts';
import { ECDSA, importPair, serialNumber, type Pem } from './certificates.ts';

/** Certificates of devices (RFC 5280), from requests that devices sign (PKCS #10, RFC 2986). */

/** For clocks that are a little apart. */
const LEEWAY_MS = 5 * 60_000;

export interface ClientCertificate {
  /** PEM: the certificate, then the CA. */
  readonly chain: string;
  /** SHA-256 of the DER, hexadecimal. */
  readonly fingerprint: string;
  readonly notAfter: Instant;
}

/** The public key of a request that is signed by that very key and is a P-256 key; null = the request is not good. */
async function keyOfRequest(pem: string): Promise<CryptoKey | null> {
  if (
    !/^\s*-----BEGIN (?:NEW )?CERTIFICATE REQUEST-----[A-Za-z0-9+/=\s]+-----END (?:NEW )?CERTIFICATE REQUEST-----\s*$/.test(
      pem,
    )
  ) {
    return null;
  }
  try {
    const request = new Pkcs10CertificateRequest(pem);
    // The export refuses a key of any other kind or curve, and a point that is not on it.
    const key = await request.publicKey.export(ECDSA, ['verify']);
    return (await request.verify()) ? key : null;
  } catch {
    return null;
  }
}

/**
 * Signs the key of a request. Nothing else is taken over from it: a device does not choose whose name it gets.
 * @param subject written into the certificate as organisation (tenant) and common name (activation)
 * @returns null if the request is not a good one
 */
export async function issueClientCertificate(
  authority: Pem,
  csr: string,
  subject: { readonly tenantId: string; readonly activationId: string },
  term: { readonly now: Instant; readonly lifeMs: number },
): Promise<ClientCertificate | null> {
  const publicKey = await keyOfRequest(csr);
  if (publicKey === null) return null;
  const issuer = new X509Certificate(authority.certificate);
  const signer = await importPair(authority.key);
  // X.509 knows whole seconds.
  const notAfter = Math.floor((term.now + term.lifeMs) / 1000) * 1000;
  const certificate = await X509CertificateGenerator.create({
    serialNumber: serialNumber(),
    subject: `O=${subject.tenantId}, CN=${subject.activationId}`,
    issuer: issuer.subject,
    notBefore: new Date(term.now - LEEWAY_MS),
    notAfter: new Date(notAfter),
    signingAlgorithm: ECDSA,
    publicKey,
    signingKey: signer.privateKey,
    extensions: [
      new BasicConstraintsExtension(false, undefined, true),
      new KeyUsagesExtension(KeyUsageFlags.digitalSignature, true),
      new ExtendedKeyUsageExtension([ExtendedKeyUsage.clientAuth], true),
      await SubjectKeyIdentifierExtension.create(publicKey),
      await AuthorityKeyIdentifierExtension.create(signer.publicKey),
    ],
  });
  const pem = certificate.toString('pem').trim();
  return {
    chain: `${pem}\n${authority.certificate.trim()}\n`,
    fingerprint: fingerprintOf(new NodeCertificate(pem)),
    notAfter,
  };
}

/** SHA-256 of the DER, hexadecimal, as the store has it. */
export function fingerprintOf(certificate: NodeCertificate): string {
  return certificate.fingerprint256.replaceAll(':', '').toLowerCase();
}

/** Whether a CA signed a certificate and it is in force. Time is the server's own: it alone judges these. */
export function isSignedAndInForce(
  certificate: NodeCertificate,
  authorityPem: string,
  now: Instant,
): boolean {
  const authority = new NodeCertificate(authorityPem);
  return (
    certificate.checkIssued(authority) &&
    certificate.verify(authority.publicKey) &&
    now >= certificate.validFromDate.getTime() &&
    now < certificate.validToDate.getTime()
  );
}
