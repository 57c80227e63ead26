import { armorToken } from '../../shared/token/armor.ts';
import { toBase64Url } from '../../shared/license-file/encoding.ts';
import { makeFile, makeKeys, NOW } from '../unit/license-file/samples.ts';
import { claimsOf, keysFor, makeParties, sealed } from '../unit/token/samples.ts';

/** What every contender gets: plain text, so that it can be handed to a fresh process. Keys are base64url. */
export interface Material {
  /** A response in armor. */
  readonly token: string;
  readonly tokenType: string;
  readonly signerKid: string;
  readonly signerX: string;
  readonly recipientKid: string;
  readonly recipientX: string;
  readonly recipientD: string;
  /** A `.lic`. */
  readonly licenseFile: string;
  readonly licenseX: string;
  /** Epoch milliseconds at which both are good. */
  readonly now: number;
}

/** Makes keys, a response that carries a license file, and the license file. */
export function makeMaterial(): Material {
  const kind = 'activation-response';
  const parties = makeParties();
  const { sign, encrypt } = keysFor(kind, parties);
  const licenseKeys = makeKeys();
  const licenseFile = makeFile(licenseKeys);
  const jwe = sealed(kind, parties, { ...claimsOf(kind, parties.device), licenseFile });
  return {
    token: armorToken(kind, jwe, { Product: 'Signal Studio' }),
    tokenType: `latchkey-${kind}-v1+jwt`,
    signerKid: sign.kid,
    signerX: toBase64Url(sign.publicKey),
    recipientKid: encrypt.kid,
    recipientX: toBase64Url(encrypt.publicKey),
    recipientD: toBase64Url(encrypt.secretKey),
    licenseFile,
    licenseX: toBase64Url(licenseKeys.raw),
    now: NOW,
  };
}
