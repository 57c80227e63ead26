import { createPublicKey, diffieHellman, generateKeyPairSync } from 'node:crypto';
import { CompactEncrypt, CompactSign, compactDecrypt, compactVerify, importJWK } from 'jose';
import * as v from 'valibot';
import { TOKEN_KINDS, type TokenKind } from './kinds.ts';
import { refuse, type Answer } from '../answer.ts';
import { kidOf, type Keys } from '../keys.ts';
import { MAX_TOKEN_LENGTH, dearmor } from './armor.ts';
import { parseStrictJson } from './strict-json.ts';

/**
 * Offline tokens on `jose`. It shares no code with the client's codec: what both agree on is the written format alone.
 */
export const typOf = (kind: TokenKind) => `latchkey-${kind}-v1+jwt`;

export interface SigningKey {
  readonly kid: string;
  readonly x: string;
}

/** A token that was encrypted to this server. Nobody has verified it yet. */
export interface OpenedToken {
  readonly kind: TokenKind;
  /** Names the key that it says it is signed with. */
  readonly kid: string;
  readonly claims: unknown;
  /** Whether the signature is that of a key. */
  readonly isSignedBy: (key: SigningKey) => Promise<boolean>;
}

const malformed = refuse('tokenMalformed', 'The text holds no whole token.');
const kid = v.pipe(v.string(), v.minLength(1), v.maxLength(100));
const typ = v.picklist(TOKEN_KINDS.map(typOf));
/** `zip` could blow a small token up (RFC 8725, section 3.6); `crit` names rules that nobody here knows. */
const refused = { zip: v.optional(v.never()), crit: v.optional(v.never()) };
const outerHeader = v.object({
  alg: v.literal('ECDH-ES'),
  enc: v.literal('A256GCM'),
  cty: v.literal('JWT'),
  typ,
  kid,
  epk: v.object({ kty: v.literal('OKP'), crv: v.literal('X25519'), x: v.string() }),
  apu: v.optional(v.never()),
  apv: v.optional(v.never()),
  ...refused,
});
const innerHeader = v.object({ alg: v.picklist(['Ed25519', 'EdDSA']), typ, kid, ...refused });

const part = (compact: string, index: number): Uint8Array =>
  Buffer.from(compact.split('.')[index] ?? '', 'base64url');

const kindOfTyp = (name: string): TokenKind | undefined => TOKEN_KINDS.find((kind) => typOf(kind) === name);

async function decrypt(keys: Keys, jwe: string): Promise<string | null> {
  try {
    const { plaintext } = await compactDecrypt(jwe, await importJWK(keys.encryption, 'ECDH-ES'), {
      keyManagementAlgorithms: ['ECDH-ES'],
      contentEncryptionAlgorithms: ['A256GCM'],
    });
    return new TextDecoder('utf-8', { fatal: true }).decode(plaintext);
  } catch {
    return null;
  }
}

/** Finds, decrypts and takes apart a token. Whoever asks has still to verify it. */
export async function openToken(
  keys: Keys,
  text: string,
): Promise<{ readonly token: OpenedToken } | { readonly refusal: Answer }> {
  if (text.length > MAX_TOKEN_LENGTH) return { refusal: refuse('tokenTooLarge', 'The text is too large.') };
  const found = dearmor(text);
  if (found === null) return { refusal: malformed };
  const outer = v.safeParse(outerHeader, parseStrictJson(part(found.jwe, 0)));
  if (!outer.success) return { refusal: malformed };
  const kind = kindOfTyp(outer.output.typ);
  if (kind === undefined || (found.label !== null && found.label !== kind)) return { refusal: malformed };
  if (kind === 'activation-response' || kind === 'refresh') {
    return { refusal: refuse('tokenWrongKind', 'This token is for the application, not for the portal.') };
  }
  if (outer.output.kid !== kidOf(keys.encryption)) {
    return {
      refusal: refuse('tokenKeyUnknown', 'The token is encrypted to a key that is not of this server.'),
    };
  }
  const jws = await decrypt(keys, found.jwe);
  if (jws === null || !/^[\w-]+\.[\w-]+\.[\w-]+$/.test(jws)) return { refusal: malformed };
  const inner = v.safeParse(innerHeader, parseStrictJson(part(jws, 0)));
  // One kind must not pass for another (RFC 8725, section 3.11): only the inner `typ` is signed.
  if (!inner.success || inner.output.typ !== outer.output.typ) return { refusal: malformed };
  return {
    token: {
      kind,
      kid: inner.output.kid,
      claims: parseStrictJson(part(jws, 1)),
      isSignedBy: async (key) => {
        try {
          const jwk = { kty: 'OKP', crv: 'Ed25519', x: key.x };
          await compactVerify(jws, jwk, { algorithms: ['Ed25519', 'EdDSA'] });
          return key.kid === inner.output.kid;
        } catch {
          return false;
        }
      },
    },
  };
}

/** Whether a response can be encrypted to a key: a point of low order gives a secret that everybody knows. */
export function canEncryptTo(x: string): boolean {
  try {
    const { privateKey } = generateKeyPairSync('x25519');
    const publicKey = createPublicKey({ format: 'jwk', key: { kty: 'OKP', crv: 'X25519', x } });
    return diffieHellman({ privateKey, publicKey }).some((byte) => byte !== 0);
  } catch {
    return false;
  }
}

/** Signs with the server's key and encrypts to a device. @returns the bare JWE */
export async function sealToken(
  keys: Keys,
  kind: 'activation-response' | 'refresh',
  claims: Readonly<Record<string, unknown>>,
  device: { readonly encryptKid: string; readonly encryptX: string },
): Promise<string> {
  const encode = (text: string) => new TextEncoder().encode(text);
  const jws = await new CompactSign(encode(JSON.stringify(claims)))
    .setProtectedHeader({ alg: 'Ed25519', typ: typOf(kind), kid: kidOf(keys.signing) })
    .sign(await importJWK({ ...keys.signing, alg: 'Ed25519' }, 'Ed25519'));
  return await new CompactEncrypt(encode(jws))
    .setProtectedHeader({
      alg: 'ECDH-ES',
      enc: 'A256GCM',
      cty: 'JWT',
      typ: typOf(kind),
      kid: device.encryptKid,
    })
    .encrypt(await importJWK({ kty: 'OKP', crv: 'X25519', x: device.encryptX }, 'ECDH-ES'));
}
