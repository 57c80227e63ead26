import { compactDecrypt, compactVerify, importJWK } from 'jose';
import type { Material } from './material.ts';
import { plainBody } from './plain-body.ts';

/** Decrypts, verifies and parses with `jose`; throws unless the token is good. License files are no JOSE. */
export async function run(material: Material): Promise<void> {
  const { recipientX: x, recipientD: d, signerX, tokenType } = material;
  const key = await importJWK({ kty: 'OKP', crv: 'X25519', x, d }, 'ECDH-ES');
  const outer = await compactDecrypt(plainBody(material.token), key);
  const signer = await importJWK({ kty: 'OKP', crv: 'Ed25519', x: signerX }, 'Ed25519');
  const inner = await compactVerify(outer.plaintext, signer);
  const claims: { readonly exp?: number } = JSON.parse(new TextDecoder().decode(inner.payload));
  if (inner.protectedHeader.typ !== tokenType || (claims.exp ?? 0) * 1000 <= material.now) {
    throw new Error('not valid');
  }
}
