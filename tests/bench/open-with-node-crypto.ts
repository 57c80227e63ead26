import {
  createDecipheriv,
  createHash,
  createPrivateKey,
  createPublicKey,
  diffieHellman,
  verify,
} from 'node:crypto';
import type { Material } from './material.ts';
import { plainBody } from './plain-body.ts';

const base64Url = (text = ''): Buffer => Buffer.from(text, 'base64url');

const publicKey = (crv: 'Ed25519' | 'X25519', x: string) =>
  createPublicKey({ format: 'jwk', key: { kty: 'OKP', crv, x } });

interface Header {
  readonly typ: string;
  readonly epk: { readonly x: string };
}

const jsonOf = (part = ''): string => base64Url(part).toString();

function contentKey(shared: Buffer): Buffer {
  const uint32 = (value: number): Buffer => {
    const bytes = Buffer.alloc(4);
    bytes.writeUInt32BE(value);
    return bytes;
  };
  const info = [uint32(7), Buffer.from('A256GCM'), uint32(0), uint32(0), uint32(256)];
  return createHash('sha256')
    .update(Buffer.concat([uint32(1), shared, ...info]))
    .digest();
}

/** Decrypts, verifies and parses with OpenSSL; throws unless the token is good. */
export function run(material: Material): void {
  const [header = '', , iv, ciphertext, tag] = plainBody(material.token).split('.');
  const { recipientX: x, recipientD: d } = material;
  const { epk }: Header = JSON.parse(jsonOf(header));
  const shared = diffieHellman({
    privateKey: createPrivateKey({ format: 'jwk', key: { kty: 'OKP', crv: 'X25519', x, d } }),
    publicKey: publicKey('X25519', epk.x),
  });
  const decipher = createDecipheriv('aes-256-gcm', contentKey(shared), base64Url(iv));
  decipher.setAAD(Buffer.from(header)).setAuthTag(base64Url(tag));
  const jws = Buffer.concat([decipher.update(base64Url(ciphertext)), decipher.final()]).toString();
  const [inner = '', claims = '', signature] = jws.split('.');
  const signed = Buffer.from(`${inner}.${claims}`);
  const { typ }: Header = JSON.parse(jsonOf(inner));
  const { exp }: { readonly exp: number } = JSON.parse(jsonOf(claims));
  const good =
    verify(null, signed, publicKey('Ed25519', material.signerX), base64Url(signature)) &&
    typ === material.tokenType &&
    exp * 1000 > material.now;
  if (!good) throw new Error('not valid');
}
