import 'reflect-metadata';
import { createHash, createPrivateKey, createPublicKey, randomBytes } from 'node:crypto';
import {
  AuthorityKeyIdentifierExtension,
  BasicConstraintsExtension,
  ExtendedKeyUsage,
  ExtendedKeyUsageExtension,
  KeyUsageFlags,
  KeyUsagesExtension,
  SubjectAlternativeNameExtension,
  SubjectKeyIdentifierExtension,
  X509Certificate,
  X509CertificateGenerator,
  cryptoProvider,
} from '@peculiar/x509';

cryptoProvider.set(globalThis.crypto);
const { subtle } = globalThis.crypto;

/** ECDSA on P-256: Electron's network stack takes no Ed25519 certificates. */
export const ECDSA = { name: 'ECDSA', namedCurve: 'P-256', hash: 'SHA-256' };
const DAY = 24 * 60 * 60_000;
const AUTHORITY_DAYS = 3650;

export interface Pem {
  /** PKCS#8 PEM. */
  readonly key: string;
  readonly certificate: string;
}

export interface ServerCertificateOptions {
  readonly authority: Pem;
  /** PKCS#8 PEM of the server's key. */
  readonly key: string;
  readonly names: readonly { readonly type: 'dns' | 'ip'; readonly value: string }[];
  readonly notBefore: Date;
  readonly notAfter: Date;
}

/** A new P-256 key as PKCS#8 PEM. */
export async function makeKeyPem(): Promise<string> {
  const pair = await subtle.generateKey(ECDSA, true, ['sign', 'verify']);
  const der = Buffer.from(await subtle.exportKey('pkcs8', pair.privateKey));
  return createPrivateKey({ key: der, format: 'der', type: 'pkcs8' })
    .export({ format: 'pem', type: 'pkcs8' })
    .toString();
}

export async function importPair(pem: string): Promise<{ privateKey: CryptoKey; publicKey: CryptoKey }> {
  const der = createPrivateKey(pem).export({ format: 'der', type: 'pkcs8' });
  const spki = createPublicKey(pem).export({ format: 'der', type: 'spki' });
  const [privateKey, publicKey] = await Promise.all([
    subtle.importKey('pkcs8', der, ECDSA, true, ['sign']),
    subtle.importKey('spki', spki, ECDSA, true, ['verify']),
  ]);
  return { privateKey, publicKey };
}

/** A serial number: 20 random octets at most, positive and not zero (RFC 5280, section 4.1.2.2). */
export function serialNumber(): string {
  const bytes = randomBytes(16);
  bytes[0] = ((bytes[0] ?? 0) & 0x7f) | 0x40;
  return bytes.toString('hex');
}

/** A private CA that can sign certificates of servers or clients, and no other CA. */
export async function makeAuthority(name: string, now: Date): Promise<Pem> {
  const key = await makeKeyPem();
  const keys = await importPair(key);
  const certificate = await X509CertificateGenerator.createSelfSigned({
    serialNumber: serialNumber(),
    name: `CN=${name}`,
    notBefore: new Date(now.getTime() - DAY),
    notAfter: new Date(now.getTime() + AUTHORITY_DAYS * DAY),
    signingAlgorithm: ECDSA,
    keys,
    extensions: [
      new BasicConstraintsExtension(true, 0, true),
      new KeyUsagesExtension(KeyUsageFlags.keyCertSign | KeyUsageFlags.cRLSign, true),
      await SubjectKeyIdentifierExtension.create(keys.publicKey),
    ],
  });
  return { key, certificate: certificate.toString('pem') };
}

/** A server certificate, signed by a CA. */
export async function makeServerCertificate(options: ServerCertificateOptions): Promise<string> {
  const issuer = new X509Certificate(options.authority.certificate);
  const [authority, server] = await Promise.all([importPair(options.authority.key), importPair(options.key)]);
  const certificate = await X509CertificateGenerator.create({
    serialNumber: serialNumber(),
    subject: `CN=${options.names[0]?.value ?? 'server'}`,
    issuer: issuer.subject,
    notBefore: options.notBefore,
    notAfter: options.notAfter,
    signingAlgorithm: ECDSA,
    publicKey: server.publicKey,
    signingKey: authority.privateKey,
    extensions: [
      new BasicConstraintsExtension(false, undefined, true),
      new KeyUsagesExtension(KeyUsageFlags.digitalSignature, true),
      new ExtendedKeyUsageExtension([ExtendedKeyUsage.serverAuth]),
      new SubjectAlternativeNameExtension([...options.names]),
      await SubjectKeyIdentifierExtension.create(server.publicKey),
      await AuthorityKeyIdentifierExtension.create(authority.publicKey),
    ],
  });
  return certificate.toString('pem');
}

/** The SPKI pin of a key: SHA-256 of the DER SubjectPublicKeyInfo, base64 (RFC 7469, section 2.4). */
export function pinOf(privateKeyPem: string): string {
  const spki = createPublicKey(privateKeyPem).export({ format: 'der', type: 'spki' });
  return createHash('sha256').update(spki).digest('base64');
}
