import { CompactEncrypt, compactDecrypt, compactVerify, CompactSign, importJWK } from 'jose';
import { describe, expect, it } from 'vitest';
import { toBase64Url } from '../../../shared/license-file/encoding.ts';
import { toJwk, type KeyPair } from '../../../shared/token/keys.ts';
import { TOKEN_KINDS, typOf, type TokenKind } from '../../../shared/token/kinds.ts';
import { openToken } from '../../../shared/token/open.ts';
import { claimsOf, keysFor, makeParties, readerOf, sealed } from './samples.ts';

const parties = makeParties();

const privateJwk = (crv: 'Ed25519' | 'X25519', { publicKey, secretKey }: KeyPair) => ({
  ...toJwk(crv, publicKey),
  d: toBase64Url(secretKey),
});

const publicKey = (crv: 'Ed25519' | 'X25519', key: KeyPair, alg: string) =>
  importJWK({ ...toJwk(crv, key.publicKey) }, alg);

async function joseSeals(kind: TokenKind, alg: 'Ed25519' | 'EdDSA', typ = typOf(kind)): Promise<string> {
  const { sign, encrypt } = keysFor(kind, parties);
  const claims = new TextEncoder().encode(JSON.stringify(claimsOf(kind, parties.device)));
  const jws = await new CompactSign(claims)
    .setProtectedHeader({ alg, typ, kid: sign.kid })
    .sign(await importJWK(privateJwk('Ed25519', sign), alg));
  return new CompactEncrypt(new TextEncoder().encode(jws))
    .setProtectedHeader({ alg: 'ECDH-ES', enc: 'A256GCM', cty: 'JWT', typ: typOf(kind), kid: encrypt.kid })
    .encrypt(await publicKey('X25519', encrypt, 'ECDH-ES'));
}

describe.each(TOKEN_KINDS)('jose and this codec, %s', (kind) => {
  it('jose reads what we seal', async () => {
    const { sign, encrypt } = keysFor(kind, parties);
    const outer = await compactDecrypt(
      sealed(kind, parties),
      await importJWK(privateJwk('X25519', encrypt), 'ECDH-ES'),
    );
    expect(outer.protectedHeader).toMatchObject({ typ: typOf(kind), cty: 'JWT', kid: encrypt.kid });
    const inner = await compactVerify(outer.plaintext, await publicKey('Ed25519', sign, 'Ed25519'));
    expect(inner.protectedHeader).toEqual({ alg: 'Ed25519', typ: typOf(kind), kid: sign.kid });
    expect(JSON.parse(new TextDecoder().decode(inner.payload))).toEqual(claimsOf(kind, parties.device));
  });

  it('jose refuses what was sealed for somebody else', async () => {
    const other = await importJWK(privateJwk('X25519', makeParties().device.encrypt), 'ECDH-ES');
    await expect(compactDecrypt(sealed(kind, parties), other)).rejects.toThrow('decryption operation failed');
  });

  it.each(['Ed25519', 'EdDSA'] as const)('we read what jose seals with %s', async (alg) => {
    const { sign, encrypt } = keysFor(kind, parties);
    expect(openToken(await joseSeals(kind, alg), readerOf(kind, parties))).toEqual({
      ok: true,
      value: {
        kind,
        encryptedTo: encrypt.kid,
        signedBy: sign.kid,
        claims: claimsOf(kind, parties.device),
      },
    });
  });

  it('we refuse what jose sealed with another kind inside', async () => {
    const other = typOf(kind === 'refresh' ? 'activation-response' : 'refresh');
    expect(openToken(await joseSeals(kind, 'Ed25519', other), readerOf(kind, parties))).toEqual({
      ok: false,
      error: { code: 'tokenMalformed' },
    });
  });
});
