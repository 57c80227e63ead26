import { describe, expect, it } from 'vitest';
import { MAX_JWE_LENGTH } from '../../../shared/token/limits.ts';
import { TOKEN_KINDS, type TokenKind } from '../../../shared/token/kinds.ts';
import { openToken } from '../../../shared/token/open.ts';
import { sealToken } from '../../../shared/token/seal.ts';
import { claimsOf, goesToServer, keysFor, makeParties, NOW, random, readerOf, sealed } from './samples.ts';

const parties = makeParties();
const others = makeParties();

describe.each(TOKEN_KINDS)('opening, %s', (kind: TokenKind) => {
  const token = sealed(kind, parties);
  const reader = readerOf(kind, parties);
  const claims = claimsOf(kind, parties.device);

  it('gives the claims', () => {
    expect(openToken(token, reader)).toMatchObject({ ok: true, value: { kind, claims } });
  });

  it('drops claims that it does not know', () => {
    const more = sealed(kind, parties, Object.assign({ roles: ['admin'] }, claims));
    expect(openToken(more, reader)).toMatchObject({ ok: true, value: { claims } });
    expect(openToken(more, reader)).not.toHaveProperty('value.claims.roles');
  });

  it('says which kind it is where another was expected', () => {
    const welcome = TOKEN_KINDS.filter((other) => other !== kind);
    expect(openToken(token, { ...reader, expect: welcome })).toEqual({
      ok: false,
      error: { code: 'tokenWrongKind', facts: { tokenKind: kind } },
    });
  });

  it('refuses a token to another device', () => {
    expect(openToken(sealed(kind, others), { ...reader, decryptWith: () => null })).toEqual({
      ok: false,
      error: { code: 'tokenForOtherDevice' },
    });
  });

  it('refuses what another key than the named one encrypted', () => {
    const key = others.device.encrypt.secretKey;
    expect(openToken(token, { ...reader, decryptWith: () => key })).toEqual({
      ok: false,
      error: { code: 'tokenMalformed' },
    });
  });

  it('refuses a token signed with another key under the same name', () => {
    const { sign, encrypt } = keysFor(kind, parties);
    const forged = sealToken({
      kind,
      claims,
      signWith: { kid: sign.kid, secretKey: others.server.sign.secretKey },
      encryptTo: encrypt,
      random,
    });
    expect(openToken(forged.ok ? forged.value : '', reader)).toEqual({
      ok: false,
      error: { code: 'tokenSignatureInvalid' },
    });
  });

  it('refuses a token signed by somebody unknown', () => {
    const { encrypt } = keysFor(kind, parties);
    const signWith = { kid: 'unknown', secretKey: others.server.sign.secretKey };
    const forged = sealToken({ kind, claims, signWith, encryptTo: encrypt, random });
    expect(openToken(forged.ok ? forged.value : '', reader)).toEqual({
      ok: false,
      error: { code: 'tokenKeyUnknown' },
    });
  });

  it('takes it until it expires, and not from then on', () => {
    const at = (claims.exp ?? 0) * 1000;
    expect(openToken(token, { ...reader, now: at - 1 }).ok).toBe(true);
    expect(openToken(token, { ...reader, now: at })).toEqual({
      ok: false,
      error: { code: 'tokenExpired', facts: { at } },
    });
  });

  it('takes one that never expires', () => {
    const { exp: _, ...lasting } = claims;
    const forever = sealed(kind, parties, lasting as typeof claims);
    expect(openToken(forever, { ...reader, now: NOW + 1e12 }).ok).toBe(true);
  });

  it.each(
    Object.keys(claims).filter((name) => !['exp', 'seatName', 'fingerprint', 'licenseFile'].includes(name)),
  )('refuses one without %s', (name) => {
    const rest = Object.fromEntries(Object.entries(claims).filter(([key]) => key !== name));
    expect(openToken(sealed(kind, parties, rest as typeof claims), reader)).toMatchObject({
      error: { code: name === 'deviceKeys' ? 'tokenKeyUnknown' : 'tokenMalformed' },
    });
  });

  it.each([
    ['iat', 'yesterday'],
    ['iat', 1.5],
    ['exp', -1],
    ['jti', ''],
    ['tenantId', 'x'.repeat(101)],
    ['productId', null],
  ])('refuses %s: %j', (name, value) => {
    const odd = { ...claims, [name]: value };
    expect(openToken(sealed(kind, parties, odd), reader)).toMatchObject({
      error: { code: 'tokenMalformed' },
    });
  });
});

describe('opening', () => {
  it.each(['activation', 'entitlement'])('refuses a response whose %s is not an object', (name) => {
    for (const value of [null, [], 'text', 1]) {
      const claims = { ...claimsOf('activation-response', parties.device), [name]: value };
      const token = sealed('activation-response', parties, claims as never);
      expect(openToken(token, readerOf('activation-response', parties))).toMatchObject({
        error: { code: 'tokenMalformed' },
      });
    }
  });

  it('refuses a request whose signer is not the key that it carries', () => {
    const claims = claimsOf('activation-request', others.device);
    expect(
      openToken(sealed('activation-request', parties, claims), readerOf('activation-request', parties)),
    ).toEqual({ ok: false, error: { code: 'tokenKeyUnknown' } });
  });

  it('tells a text that is too large from one that is damaged', () => {
    const reader = readerOf('refresh', parties);
    expect(openToken('a'.repeat(MAX_JWE_LENGTH + 1), reader)).toEqual({
      ok: false,
      error: { code: 'tokenTooLarge' },
    });
    for (const text of ['', '....', 'a'.repeat(MAX_JWE_LENGTH), '.'.repeat(MAX_JWE_LENGTH)]) {
      expect(openToken(text, reader)).toEqual({ ok: false, error: { code: 'tokenMalformed' } });
    }
  });

  it('takes any of several kinds where several are expected', () => {
    for (const kind of ['activation-response', 'refresh'] as const) {
      const reader = { ...readerOf(kind, parties), expect: ['activation-response', 'refresh'] as const };
      expect(openToken(sealed(kind, parties), reader)).toMatchObject({ ok: true, value: { kind } });
    }
  });
});

describe('sealing', () => {
  const kind = 'refresh';
  const { sign, encrypt } = keysFor(kind, parties);
  const base = { kind, signWith: sign, encryptTo: encrypt, random } as const;

  it('refuses what no reader would take', () => {
    const claims = { ...claimsOf(kind, parties.device), licenseFile: 'x'.repeat(MAX_JWE_LENGTH) };
    expect(sealToken({ ...base, claims })).toEqual({ ok: false, error: { code: 'tokenTooLarge' } });
  });

  it('refuses a recipient whose key gives no secret', () => {
    const claims = claimsOf(kind, parties.device);
    const encryptTo = { kid: encrypt.kid, publicKey: new Uint8Array(32) };
    expect(sealToken({ ...base, claims, encryptTo })).toEqual({
      ok: false,
      error: { code: 'tokenKeyUnknown' },
    });
  });

  it('makes another text every time', () => {
    expect(sealed(kind, parties)).not.toBe(sealed(kind, parties));
  });

  it('knows which way a kind goes', () => {
    expect(TOKEN_KINDS.filter(goesToServer)).toEqual(['activation-request', 'deactivation']);
  });
});
