import { fromBase64Url } from '../../shared/license-file/encoding.ts';
import { openToken } from '../../shared/token/open.ts';
import { recogniseToken } from '../../shared/token/recognise.ts';
import type { Material } from './material.ts';

/** Recognises, decrypts, verifies and parses; throws unless the token is good. */
export function run(material: Material): void {
  const found = recogniseToken(material.token);
  const opened = openToken(found.ok ? found.value.jwe : '', {
    expect: ['activation-response'],
    decryptWith: (kid) => (kid === material.recipientKid ? fromBase64Url(material.recipientD) : null),
    verifyWith: (kid) => (kid === material.signerKid ? fromBase64Url(material.signerX) : null),
    now: material.now,
  });
  if (!opened.ok) throw new Error(opened.error.code);
}
