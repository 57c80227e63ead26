import 'reflect-metadata';
import { createPrivateKey } from 'node:crypto';
import { Pkcs10CertificateRequestGenerator, cryptoProvider } from '@peculiar/x509';
import type { HttpsCall } from '../../support/https-call.ts';

/** A device that makes its own key and asks for a certificate, on a library of its own. */

cryptoProvider.set(globalThis.crypto);
const { subtle } = globalThis.crypto;

const ALGORITHMS = {
  'P-256': { name: 'ECDSA', namedCurve: 'P-256', hash: 'SHA-256' },
  'P-384': { name: 'ECDSA', namedCurve: 'P-384', hash: 'SHA-384' },
  RSA: {
    name: 'RSASSA-PKCS1-v1_5',
    modulusLength: 2048,
    publicExponent: new Uint8Array([1, 0, 1]),
    hash: 'SHA-256',
  },
} as const;

export interface DeviceKey {
  /** PKCS #8 PEM. */
  readonly key: string;
  /** PKCS #10 PEM. */
  readonly csr: string;
}

/** @param name the subject that the device would like to have */
export async function deviceKey(
  kind: keyof typeof ALGORITHMS = 'P-256',
  name = 'CN=whoever',
): Promise<DeviceKey> {
  const algorithm = ALGORITHMS[kind];
  const keys = await subtle.generateKey(algorithm, true, ['sign', 'verify']);
  const request = await Pkcs10CertificateRequestGenerator.create({ name, keys, signingAlgorithm: algorithm });
  const der = Buffer.from(await subtle.exportKey('pkcs8', keys.privateKey));
  const key = createPrivateKey({ key: der, format: 'der', type: 'pkcs8' });
  return { key: key.export({ format: 'pem', type: 'pkcs8' }).toString(), csr: request.toString('pem') };
}

/** The same request with one bit of its last octets changed: its signature is wrong. */
export function spoiled(csr: string): string {
  const der = Buffer.from(csr.replaceAll(/-----[^-]+-----|\s/g, ''), 'base64');
  const at = der.length - 5;
  der[at] = (der[at] ?? 0) ^ 1;
  return `-----BEGIN CERTIFICATE REQUEST-----\n${der.toString('base64')}\n-----END CERTIFICATE REQUEST-----\n`;
}

/** What goes into a call to show a certificate. */
export const showing = (device: DeviceKey, chain: string): Pick<HttpsCall, 'tls'> => ({
  tls: { key: device.key, cert: chain },
});
