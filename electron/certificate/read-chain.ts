import { createPrivateKey, X509Certificate } from 'node:crypto';
import type { CertificateFacts } from './certificate-policy.ts';

/** A certificate with those that lead to its CA. */
export interface ReadChain {
  readonly leaf: X509Certificate;
  readonly facts: CertificateFacts;
}

const BLOCK = /-----BEGIN CERTIFICATE-----[A-Za-z0-9+/=\s]+-----END CERTIFICATE-----/g;
/** Longer chains are none. */
const MOST = 6;
/** id-kp-clientAuth and anyExtendedKeyUsage (RFC 5280, section 4.2.1.12). */
const FOR_CLIENTS: readonly string[] = ['1.3.6.1.5.5.7.3.2', '2.5.29.37.0'];

/**
 * Reads a chain of certificates: each is signed by the next.
 * @param pem nothing but PEM certificates, the device's first
 * @returns null for anything else
 */
export function readChain(pem: string): ReadChain | null {
  const blocks = pem.match(BLOCK) ?? [];
  if (blocks.length === 0 || blocks.length > MOST || pem.replaceAll(BLOCK, '').trim() !== '') return null;
  try {
    const certificates = blocks.map((block) => new X509Certificate(block));
    const [leaf] = certificates;
    if (leaf === undefined || !certificates.every((one, at) => isSignedBy(one, certificates[at + 1]))) {
      return null;
    }
    return { leaf, facts: factsOf(leaf) };
  } catch {
    return null;
  }
}

/** @param issuer undefined: the last one, whose own issuer is not shown */
function isSignedBy(certificate: X509Certificate, issuer: X509Certificate | undefined): boolean {
  return (
    issuer === undefined ||
    (issuer.ca && certificate.checkIssued(issuer) && certificate.verify(issuer.publicKey))
  );
}

/** Takes out of a certificate what counts. */
export function factsOf(certificate: X509Certificate): CertificateFacts {
  const { publicKey } = certificate;
  // Node's name for it; these are purposes, whatever it is called. Node 24 types it as always there, and it is not.
  const usages: readonly string[] | undefined = certificate.keyUsage;
  return {
    notBefore: Date.parse(certificate.validFrom),
    notAfter: Date.parse(certificate.validTo),
    isAuthority: certificate.ca,
    forClients: usages === undefined ? null : usages.some((usage) => FOR_CLIENTS.includes(usage)),
    isP256:
      publicKey.asymmetricKeyType === 'ec' && publicKey.asymmetricKeyDetails?.namedCurve === 'prime256v1',
  };
}

/** Whether a certificate is for a private key. @param key PKCS #8 PEM */
export function isForKey({ leaf }: ReadChain, key: string): boolean {
  try {
    return leaf.checkPrivateKey(createPrivateKey(key));
  } catch {
    return false;
  }
}
