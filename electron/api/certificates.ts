import { createHash, X509Certificate } from 'node:crypto';
import type { PeerCertificate } from 'node:tls';

/**
 * SPKI digests of the chain, leaf first. Node links what the peer sent by names alone, and a peer may append any
 * certificate, a pinned one included; so a link counts only if the child's signature proves it.
 */
export function chainDigests(leaf: PeerCertificate): readonly string[] {
  const digests: string[] = [];
  let child: X509Certificate | null = null;
  let next: PeerCertificate | undefined = leaf;
  while (next?.raw !== undefined) {
    const certificate: X509Certificate = new X509Certificate(next.raw);
    if (
      child !== null &&
      (certificate.fingerprint256 === child.fingerprint256 || !child.verify(certificate.publicKey))
    )
      break;
    digests.push(spkiDigest(certificate));
    child = certificate;
    next = 'issuerCertificate' in next ? (next.issuerCertificate as PeerCertificate) : undefined;
  }
  return digests;
}

/** Base64 SHA-256 of the DER SubjectPublicKeyInfo of a certificate (RFC 7469, section 2.4). */
export function spkiDigest(certificate: X509Certificate): string {
  const spki = certificate.publicKey.export({ type: 'spki', format: 'der' });
  return createHash('sha256').update(spki).digest('base64');
}

/** What may be said about a certificate that was shown: it is the word of a stranger. */
export function describeCertificate({ raw }: Partial<PeerCertificate>): {
  readonly issuer?: string;
  /** Begin and end of its validity, epoch milliseconds. */
  readonly notBefore?: number;
  readonly notAfter?: number;
} {
  if (raw === undefined) return {};
  try {
    const certificate = new X509Certificate(raw);
    const issuer = issuerName(certificate);
    const [notBefore, notAfter] = [certificate.validFrom, certificate.validTo].map((at) => Date.parse(at));
    return {
      ...(issuer === undefined ? {} : { issuer }),
      ...(notBefore !== undefined && Number.isFinite(notBefore) ? { notBefore } : {}),
      ...(notAfter !== undefined && Number.isFinite(notAfter) ? { notAfter } : {}),
    };
  } catch {
    return {};
  }
}

/** Common name, else organisation, of the issuer; control characters out, since it is shown. */
function issuerName(certificate: X509Certificate): string | undefined {
  const lines = certificate.issuer.split('\n');
  const field = ['CN=', 'O='].flatMap((prefix) => lines.filter((line) => line.startsWith(prefix)))[0];
  const name = field
    ?.slice(field.indexOf('=') + 1)
    .replaceAll(/\p{C}/gu, '')
    .slice(0, 100);
  return name === '' ? undefined : name;
}
