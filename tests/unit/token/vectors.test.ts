import { gcm } from '@noble/ciphers/aes.js';
import { ed25519, x25519 } from '@noble/curves/ed25519.js';
import { describe, expect, it } from 'vitest';
import { verifyEd25519 } from '../../../shared/license-file/ed25519.ts';
import {
  fromBase64Url,
  fromHex,
  fromUtf8,
  toBase64Url,
  utf8,
} from '../../../shared/license-file/encoding.ts';
import { agreeKey, concatKdf } from '../../../shared/token/jwe.ts';
import { signJws, splitJws, verifyJws } from '../../../shared/token/jws.ts';
import { addToS } from '../../fuzz/malleable.ts';

/** The numbers of the RFCs, so that the codec is right by more than its own measure. */

const hex = (text: string): Uint8Array => {
  const bytes = fromHex(text);
  if (bytes === null) throw new Error('no hexadecimal digits');
  return bytes;
};
const base64Url = (text: string): Uint8Array => {
  const bytes = fromBase64Url(text);
  if (bytes === null) throw new Error('no base64url');
  return bytes;
};

describe('RFC 7515', () => {
  it('base64url of appendix C', () => {
    expect(toBase64Url(Uint8Array.of(3, 236, 255, 224, 193))).toBe('A-z_4ME');
    expect(base64Url('A-z_4ME')).toEqual(Uint8Array.of(3, 236, 255, 224, 193));
  });

  it('compact form of A.1, whose header has a line break in it', () => {
    const parts = splitJws(
      'eyJ0eXAiOiJKV1QiLA0KICJhbGciOiJIUzI1NiJ9.eyJpc3MiOiJqb2UiLA0KICJleHAiOjEzMDA4MTkzODAsDQogImh0dHA6Ly9leGFtcGxlLmNvbS9pc19yb290Ijp0cnVlfQ.dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk',
    );
    expect(fromUtf8(base64Url(parts?.header ?? ''))).toBe('{"typ":"JWT",\r\n "alg":"HS256"}');
    expect(JSON.parse(fromUtf8(parts?.payload ?? new Uint8Array()) ?? '')).toEqual({
      iss: 'joe',
      exp: 1_300_819_380,
      'http://example.com/is_root': true,
    });
    expect(parts?.signature).toHaveLength(32);
  });

  it.each(['', 'a', 'YQ.YQ', 'YQ.YQ.YQ.YQ', 'YQ.YQ=.YQ', 'YQ.YR.YQ'])('no JWS: %j', (text) => {
    expect(splitJws(text)).toBeNull();
  });
});

describe('RFC 8037', () => {
  const secretKey = base64Url('nWGxne_9WmC6hEr0kuwsxERJxWl7MmkZcDusAxyuf2A');
  const publicKey = base64Url('11qYAYKxCrfVS_7TyWQHOg7hcvPapiMlrwIaaPcHURo');
  const jws =
    'eyJhbGciOiJFZERTQSJ9.RXhhbXBsZSBvZiBFZDI1NTE5IHNpZ25pbmc.hgyY0il_MGCjP0JzlnLWG1PPOt7-09PGcvMg3AIbQR6dWbhijcNR4ki4iylGjg5BhVsPt9g7sVvpAr_MuM0KAg';

  it('signature of A.4', () => {
    expect(signJws({ alg: 'EdDSA' }, utf8('Example of Ed25519 signing'), secretKey)).toBe(jws);
  });

  it('verification of A.5, and of nothing else', () => {
    const parts = splitJws(jws);
    if (parts === null) throw new Error('no JWS');
    expect(verifyJws(parts, publicKey)).toBe(true);
    expect(verifyJws({ ...parts, signingInput: `${parts.signingInput}A` }, publicKey)).toBe(false);
    expect(verifyJws({ ...parts, signature: parts.signature.subarray(1) }, publicKey)).toBe(false);
    expect(verifyJws(parts, secretKey)).toBe(false);
  });

  it('key agreement of A.6', () => {
    const ephemeral = hex('77076d0a7318a57d3c16c17251b26645df4c2f87ebc0992ab177fba51db92c2a');
    const bob = base64Url('3p7bfXt9wbTTW2HC7OQ1Nz-DQ8hbeGdNrfx-FG-IK08');
    const shared = hex('4a5d9d5ba4ce2de1728e3bf480350f25e07e21c947d19e3376f09b3c1e161742');
    expect(toBase64Url(x25519.getPublicKey(ephemeral))).toBe('hSDwCYkwp1R0i33ctD73Wg2_Og0mOBr066SpjqqbTmo');
    expect(x25519.getSharedSecret(ephemeral, bob)).toEqual(shared);
    expect(agreeKey(ephemeral, bob)).toEqual(concatKdf(shared, 'A256GCM', 256));
    expect(agreeKey(ephemeral, bob)).not.toEqual(concatKdf(shared, 'A128GCM', 256));
  });
});

describe('RFC 7518', () => {
  it('Concat KDF of appendix C', () => {
    const shared = new Uint8Array([
      158, 86, 217, 29, 129, 113, 53, 211, 114, 131, 66, 131, 191, 132, 38, 156, 251, 49, 110, 163, 218, 128,
      106, 72, 246, 218, 167, 121, 140, 254, 144, 196,
    ]);
    expect(toBase64Url(concatKdf(shared, 'A128GCM', 128, utf8('Alice'), utf8('Bob')))).toBe(
      'VqqN6vgjbSBcIijNcacQGg',
    );
    expect(toBase64Url(concatKdf(shared, 'A128GCM', 128, utf8('Bob'), utf8('Alice')))).not.toBe(
      'VqqN6vgjbSBcIijNcacQGg',
    );
  });
});

describe('RFC 7516', () => {
  it('A256GCM of A.1', () => {
    const key = new Uint8Array([
      177, 161, 244, 128, 84, 143, 225, 115, 63, 180, 3, 255, 107, 154, 212, 246, 138, 7, 110, 91, 112, 46,
      34, 105, 47, 130, 203, 46, 122, 234, 64, 252,
    ]);
    const sealed = Uint8Array.of(
      ...base64Url('5eym8TW_c8SuK0ltJ3rpYIzOeDQz7TALvtu6UG9oMo4vpzs9tX_EFShS8iB7j6jiSdiwkIr3ajwQzaBtQD_A'),
      ...base64Url('XFBoMYUZodetZdvTiFvSkQ'),
    );
    const header = utf8('eyJhbGciOiJSU0EtT0FFUCIsImVuYyI6IkEyNTZHQ00ifQ');
    expect(fromUtf8(gcm(key, base64Url('48V1_ALb6US04U3b'), header).decrypt(sealed))).toBe(
      'The true sign of intelligence is not knowledge but imagination.',
    );
    expect(() => gcm(key, base64Url('48V1_ALb6US04U3b'), utf8('')).decrypt(sealed)).toThrow('tag');
  });
});

describe('RFC 7748', () => {
  it.each([
    [
      'a546e36bf0527c9d3b16154b82465edd62144c0ac1fc5a18506a2244ba449ac4',
      'e6db6867583030db3594c1a424b15f7c726624ec26b3353b10a903a6d0ab1c4c',
      'c3da55379de9c6908e94ea4df28d084f32eccf03491c71f754b4075577a28552',
    ],
    [
      '4b66e9d4d1b4673c5ad22691957d6af5c11b6421e0ea01d42ca4169e7918ba0d',
      'e5210f12786811d3f4b7959d0538ae2c31dbe7106fc03c3efc4cd549c715a493',
      '95cbde9476e8907d7aade45cb4b873f88b595a68799fa152e6f8f7647aac7957',
    ],
  ])('X25519 of section 5.2: %s', (scalar, u, output) => {
    expect(x25519.getSharedSecret(hex(scalar), hex(u))).toEqual(hex(output));
  });

  it('X25519 of section 5.2, once and a thousand times over', () => {
    let u: Uint8Array = hex('09'.padEnd(64, '0'));
    let k = u;
    const step = (): void => {
      [k, u] = [x25519.getSharedSecret(k, u), k];
    };
    step();
    expect(k).toEqual(hex('422c8e7a6227d7bca1350b3e2bb7279f7897b87bb6854b783c60e80311ae3079'));
    for (let round = 1; round < 1000; round += 1) step();
    expect(k).toEqual(hex('684cf59ba83309552800ef566f2f4d3c1c3887c49360e3875f2eb94d99532c51'));
  });

  it('key agreement of section 6.1, from both sides', () => {
    const alice = hex('77076d0a7318a57d3c16c17251b26645df4c2f87ebc0992ab177fba51db92c2a');
    const bob = hex('5dab087e624a8a4b79e17f8b83800ee66f3bb1292618b6fd1c2f8b27ff88e0eb');
    const bobPublic = hex('de9edb7d7b7dc1b4d35b61c2ece435373f8343c85b78674dadfc7e146f882b4f');
    expect(x25519.getPublicKey(bob)).toEqual(bobPublic);
    expect(agreeKey(alice, bobPublic)).toEqual(agreeKey(bob, x25519.getPublicKey(alice)));
  });

  // The five u-coordinates of low order, and those of them that have a second encoding.
  it.each([
    '00'.repeat(32),
    '01'.padEnd(64, '0'),
    'e0eb7a7c3b41b8ae1656e3faf19fc46ada098deb9c32b1fd866205165f49b800',
    '5f9c95bca3508c24b1d0b1559c83ef5b04445cc4581c8e86d8224eddd09f1157',
    `ec${'ff'.repeat(30)}7f`,
    `ed${'ff'.repeat(30)}7f`,
    `ee${'ff'.repeat(30)}7f`,
    `00${'00'.repeat(30)}80`,
    `e0eb7a7c3b41b8ae1656e3faf19fc46ada098deb9c32b1fd866205165f49b880`,
  ])('no agreement with the point of low order %s', (u) => {
    expect(agreeKey(new Uint8Array(32).fill(7), hex(u))).toBeNull();
  });

  it('no agreement with keys of another length', () => {
    const key = x25519.getPublicKey(new Uint8Array(32).fill(7));
    expect(agreeKey(new Uint8Array(32).fill(7), key)).toHaveLength(32);
    expect(agreeKey(new Uint8Array(31).fill(7), key)).toBeNull();
    expect(agreeKey(new Uint8Array(32).fill(7), key.subarray(1))).toBeNull();
  });
});

describe('RFC 8032', () => {
  const vectors = [
    [
      '9d61b19deffd5a60ba844af492ec2cc44449c5697b326919703bac031cae7f60',
      'd75a980182b10ab7d54bfed3c964073a0ee172f3daa62325af021a68f707511a',
      '',
      'e5564300c360ac729086e2cc806e828a84877f1eb8e5d974d873e065224901555fb8821590a33bacc61e39701cf9b46bd25bf5f0595bbe24655141438e7a100b',
    ],
    [
      '4ccd089b28ff96da9db6c346ec114e0f5b8a319f35aba624da8cf6ed4fb8a6fb',
      '3d4017c3e843895a92b70aa74d1b7ebc9c982ccf2ec4968cc0cd55f12af4660c',
      '72',
      '92a009a9f0d4cab8720e820b5f642540a2b27b5416503f8fb3762223ebdb69da085ac1e43e15996e458f3613d0f11d8c387b2eaeb4302aeeb00d291612bb0c00',
    ],
    [
      'c5aa8df43f9f837bedb7442f31dcb7b166d38535076f094b85ce3a2e0b4458f7',
      'fc51cd8e6218a1a38da47ed00230f0580816ed13ba3303ac5deb911548908025',
      'af82',
      '6291d657deec24024827e69c3abe01a30ce548a284743a445e3680d7db5ac3ac18ff9b538d16f290ae67f760984dc6594a7c15e9716ed28dc027beceea1ec40a',
    ],
  ] as const;

  it.each(vectors)('Ed25519 of section 7.1: %s', (secretKey, publicKey, message, signature) => {
    expect(ed25519.getPublicKey(hex(secretKey))).toEqual(hex(publicKey));
    expect(ed25519.sign(hex(message), hex(secretKey))).toEqual(hex(signature));
    expect(verifyEd25519(hex(signature), hex(message), hex(publicKey))).toBe(true);
    expect(verifyEd25519(hex(signature), hex(`${message}00`), hex(publicKey))).toBe(false);
  });

  const [[, publicKey, , signature]] = vectors;

  it('refuses S as another number of the same class (section 5.1.7)', () => {
    for (const times of [1n, 2n, 7n]) {
      const again = addToS(hex(signature), times);
      expect(again).toHaveLength(64);
      expect(verifyEd25519(again, new Uint8Array(), hex(publicKey))).toBe(false);
    }
    expect(verifyEd25519(addToS(hex(signature), 0n), new Uint8Array(), hex(publicKey))).toBe(true);
  });

  it.each([
    ['the neutral element', '01'.padEnd(64, '0')],
    ['order 2', `ec${'ff'.repeat(30)}7f`],
    ['order 4', '00'.repeat(32)],
    ['order 8', 'c7176a703d4dd84fba3c0b760d10670f2a2053fa2c39ccc64ec7fd7792ac037a'],
    ['the neutral element written another way', `01${'00'.repeat(30)}80`],
    ['the neutral element beyond the field', `ee${'ff'.repeat(30)}7f`],
  ])('refuses a key of small order, which fits every message: %s', (_, key) => {
    // With the neutral element as R, S = 0 and such a key the equation holds, at least for one message of eight.
    const zero = hex(`01${'00'.repeat(63)}`);
    for (let message = 0; message < 32; message += 1) {
      expect(verifyEd25519(zero, Uint8Array.of(message), hex(key))).toBe(false);
    }
  });
});
