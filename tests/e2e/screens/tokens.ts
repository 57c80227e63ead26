import { createHash } from 'node:crypto';
import type { TokenView } from '../../../shared/offline.ts';
import { armorToken } from '../../../shared/token/armor.ts';
import type { TokenKind } from '../../../shared/token/kinds.ts';
import { splitForQr } from '../../../shared/token/qr-series.ts';
import { NOW, STUDIO } from './samples.ts';

const encode = (text: string | Uint8Array) => Buffer.from(text).toString('base64url');

/** Letters that look like ciphertext; the same ones each time. */
function noise(length: number): string {
  let text = '';
  for (let count = 0; text.length < length; count += 1) {
    text += createHash('sha256').update(String(count)).digest('base64url');
  }
  return text.slice(0, length);
}

/** Something that has the shape of a token, and that no key opens. */
export function shapeOf(kind: TokenKind, length = 1900): string {
  const header = {
    alg: 'ECDH-ES',
    enc: 'A256GCM',
    cty: 'JWT',
    typ: `latchkey-${kind}-v1+jwt`,
    kid: noise(43),
    epk: { kty: 'OKP', crv: 'X25519', x: encode(new Uint8Array(32).fill(7)) },
  };
  return [encode(JSON.stringify(header)), '', noise(16), noise(length), noise(22)].join('.');
}

/** A request or a deactivation as the main process gives it to the window. */
export function tokenView(kind: 'activation-request' | 'deactivation', id: string, madeAt = NOW): TokenView {
  const jwe = shapeOf(kind, kind === 'deactivation' ? 700 : 1900);
  const codes = splitForQr(jwe);
  const ending = kind === 'deactivation' ? 'lkdeactivation' : 'lkrequest';
  return {
    productId: STUDIO,
    id,
    kind,
    madeAt,
    armored: armorToken(kind, jwe, { Product: 'Signal Studio', Made: new Date(madeAt).toISOString() }),
    codes: codes.ok ? codes.value : [],
    fileName: `Signal-Studio-${new Date(madeAt).toISOString().slice(0, 16).replaceAll(/[T:]/g, '-')}.${ending}`,
  };
}
