import { createPublicKey, verify } from 'node:crypto';
import type { Material } from './material.ts';

interface Envelope {
  readonly enc: string;
  readonly sig: string;
}

/** Verifies and parses a license file with OpenSSL; throws unless it is good. */
export function run({ licenseFile, licenseX, now }: Material): void {
  const body = licenseFile.replaceAll(/-----[A-Z ]+-----|\s/g, '');
  const { enc, sig }: Envelope = JSON.parse(Buffer.from(body, 'base64').toString());
  const signed = Buffer.from(`license/${enc}`);
  const key = createPublicKey({ format: 'jwk', key: { kty: 'OKP', crv: 'Ed25519', x: licenseX } });
  const good = verify(null, signed, key, Buffer.from(sig, 'base64'));
  const dataset: { readonly meta: { readonly expiry: string } } = JSON.parse(
    Buffer.from(enc, 'base64').toString(),
  );
  if (!good || Date.parse(dataset.meta.expiry) <= now) throw new Error('not valid');
}
