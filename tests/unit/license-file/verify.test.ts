import { describe, expect, it } from 'vitest';
import { MAX_LICENSE_LENGTH } from '../../../shared/license-file/parse.ts';
import { verdictOf, verifyLicenseFile, type VerifyOptions } from '../../../shared/license-file/verify.ts';
import {
  about,
  armor,
  attributes,
  dataset,
  dated,
  encode,
  envelopeOf,
  EXPIRY,
  ISSUED,
  makeFile,
  makeKey,
  makeKeys,
  NOW,
  type Kind,
} from './samples.ts';

const keys = makeKeys();
const other = makeKeys();
const options: VerifyOptions = { publicKeys: [keys.raw], now: NOW, compareDevice: () => 'same' };

const report = (text: string, changes: Partial<VerifyOptions> = {}) =>
  verifyLicenseFile(text, { ...options, ...changes });

const verdict = (text: string, changes: Partial<VerifyOptions> = {}): string | null => {
  const answer = report(text, changes);
  return answer === null ? null : verdictOf(answer);
};

const SECRETS = { licenseKey: 'ABCD-1234-é', fingerprint: 'aa:bb' };

describe.each<Kind>(['LICENSE', 'MACHINE'])('a %s FILE', (kind) => {
  const reportKind = kind === 'LICENSE' ? 'licenseFile' : 'machineFile';
  const plain = makeFile(keys, { kind });
  const secret = kind === 'LICENSE' ? SECRETS.licenseKey : SECRETS.licenseKey + SECRETS.fingerprint;
  const encrypted = makeFile(keys, { kind, secret });

  it('is read', () => {
    expect(report(plain)).toEqual({
      kind: reportKind,
      alg: 'base64+ed25519',
      signature: 'valid',
      decryption: 'notNeeded',
      dataset: {
        data: dataset.data,
        included: dataset.included,
        issued: ISSUED,
        expiry: EXPIRY,
        ttl: 14 * 86_400,
      },
      expired: false,
      clock: 'right',
      device: 'same',
    });
    expect(verdict(plain)).toBe('valid');
  });

  it('is decrypted and read', () => {
    expect(report(encrypted, SECRETS)).toMatchObject({
      alg: 'aes-256-gcm+ed25519',
      signature: 'valid',
      decryption: 'done',
      dataset: { data: dataset.data },
    });
    expect(verdict(encrypted, SECRETS)).toBe('valid');
  });

  it('stays locked without its key, or with another', () => {
    expect(report(encrypted)).toMatchObject({ signature: 'valid', decryption: 'keyMissing', dataset: null });
    expect(report(encrypted, { ...SECRETS, licenseKey: 'other' })).toMatchObject({ decryption: 'failed' });
    expect(verdict(encrypted)).toBe('locked');
    expect(verdict(encrypted, { ...SECRETS, licenseKey: 'other' })).toBe('locked');
  });

  it('is not taken for the other kind', () => {
    const swapped = armor(kind === 'LICENSE' ? 'MACHINE' : 'LICENSE', envelopeOf(keys, { kind }));
    expect(verdict(swapped)).toBe('invalid');
  });

  it('is refused when signed by somebody else, and not looked into', () => {
    expect(report(makeFile(other, { kind }))).toEqual({
      kind: reportKind,
      alg: 'base64+ed25519',
      signature: 'invalid',
      decryption: 'notTried',
      dataset: null,
      expired: null,
      clock: 'unknown',
      device: 'unknown',
    });
  });

  it('holds with any of several keys', () => {
    expect(verdict(plain, { publicKeys: [other.raw, keys.raw] })).toBe('valid');
    expect(verdict(plain, { publicKeys: [other.raw, new Uint8Array(31)] })).toBe('invalid');
  });
});

describe('an encrypted machine file', () => {
  it('needs the fingerprint as well', () => {
    const file = makeFile(keys, { kind: 'MACHINE', secret: SECRETS.licenseKey + SECRETS.fingerprint });
    expect(report(file, { licenseKey: SECRETS.licenseKey })).toMatchObject({ decryption: 'keyMissing' });
    expect(report(file, { ...SECRETS, fingerprint: 'other' })).toMatchObject({ decryption: 'failed' });
  });
});

describe('the text of a file', () => {
  const file = makeFile(keys);

  it.each<[string, (text: string) => string]>([
    ['Windows line ends', (text) => text.replaceAll('\n', '\r\n')],
    ['a byte order mark', (text) => `\uFEFF${text}`],
    ['no line breaks', (text) => text.replaceAll('\n', '')],
    ['indentation and empty lines', (text) => text.replaceAll('\n', '\n\n \t')],
    ['text around it', (text) => `Your file:\n${text}\nThank you`],
  ])('may have %s', (_, change) => {
    expect(verdict(change(file))).toBe('valid');
  });

  it.each<[string, string]>([
    ['nothing', ''],
    ['another armor', file.replaceAll('LICENSE FILE', 'CERTIFICATE')],
    ['no end', file.replace('-----END', '')],
    ['the end of the other kind', file.replace('END LICENSE', 'END MACHINE')],
    ['no base64', file.replace('\n', '\n!')],
    ['base64 without its padding', `-----BEGIN LICENSE FILE-----Zg-----END LICENSE FILE-----`],
    ['no JSON', `-----BEGIN LICENSE FILE-----Zg==-----END LICENSE FILE-----`],
    ['no object', armor('LICENSE', [])],
    ['no signature', armor('LICENSE', { ...envelopeOf(keys), sig: undefined })],
    ['a number for text', armor('LICENSE', { ...envelopeOf(keys), enc: 1 })],
    ['too many characters', file + ' '.repeat(MAX_LICENSE_LENGTH)],
    ['a name twice', repeated()],
  ])('is no license file with %s', (_, text) => {
    expect(report(text)).toBeNull();
  });

  function repeated(): string {
    const json = JSON.stringify(envelopeOf(keys)).replace('{', '{"alg":"none",');
    const body = Buffer.from(json).toString('base64');
    return `-----BEGIN LICENSE FILE-----${body}-----END LICENSE FILE-----`;
  }

  it('ignores members that it does not know', () => {
    expect(verdict(armor('LICENSE', { ...envelopeOf(keys), version: 2 }))).toBe('valid');
  });

  it('takes the first of several files', () => {
    expect(report(makeFile(keys, { kind: 'MACHINE' }) + file)).toMatchObject({ kind: 'machineFile' });
    expect(report(file + makeFile(keys, { kind: 'MACHINE' }))).toMatchObject({ kind: 'licenseFile' });
  });
});

describe('the signature', () => {
  const envelope = envelopeOf(keys);

  it.each(['base64+ecdsa-secp256r1', 'aes-256-gcm+rsa-sha256', 'none', 'ed25519', 'constructor', ''])(
    'made with %j is not supported, which is not the same as invalid',
    (alg) => {
      expect(report(armor('LICENSE', { ...envelope, alg }))).toMatchObject({
        signature: 'unsupported',
        decryption: 'notTried',
      });
    },
  );

  it.each([
    ['empty', ''],
    ['of a wrong length', envelope.sig.slice(4)],
    ['no base64', '!'.repeat(88)],
    ['not canonical', envelope.sig.replace(/.==$/, '/==')],
  ])('is invalid when it is %s', (_, sig) => {
    expect(verdict(armor('LICENSE', { ...envelope, sig }))).toBe('invalid');
  });

  it('is unverified without a key, and then the file is shown only on request', () => {
    const file = makeFile(keys);
    expect(report(file, { publicKeys: [] })).toMatchObject({ signature: 'unverified', dataset: null });
    expect(report(file, { publicKeys: [], showUnverified: true })).toMatchObject({
      signature: 'unverified',
      dataset: { data: dataset.data },
    });
    expect(verdict(file, { publicKeys: [], showUnverified: true })).toBe('unverified');
    expect(report(makeFile(other), { showUnverified: true })).toMatchObject({
      signature: 'invalid',
      dataset: null,
    });
  });
});

describe('the dates of a file', () => {
  const file = makeFile(keys);

  it('count to the millisecond', () => {
    expect(verdict(file, { now: EXPIRY - 1 })).toBe('valid');
    expect(report(file, { now: EXPIRY })).toMatchObject({
      signature: 'valid',
      expired: true,
      device: 'same',
    });
    expect(verdict(file, { now: EXPIRY })).toBe('expired');
  });

  it('show a clock that is wrong, with five minutes to spare', () => {
    expect(verdict(file, { now: ISSUED - 5 * 60_000 })).toBe('valid');
    expect(report(file, { now: ISSUED - 5 * 60_000 - 1 })).toMatchObject({ clock: 'behind', expired: false });
    expect(verdict(file, { now: ISSUED - 5 * 60_000 - 1 })).toBe('clockBehind');
  });

  it.each([
    ['no expiry', { expiry: null, ttl: null }, null],
    ['no expiry said', { expiry: undefined, ttl: undefined }, null],
    ['only a ttl', { expiry: null, ttl: 60 }, ISSUED + 60_000],
    ['an offset', { expiry: '2026-03-15T12:00:00.000+02:00' }, EXPIRY],
  ])('may have %s', (_, changes, expiry) => {
    const answer = report(makeFile(keys, { value: dated(changes) }));
    expect(answer?.dataset?.expiry).toBe(expiry);
    expect(answer?.expired).toBe(expiry !== null && expiry <= NOW);
  });

  it.each([
    { expiry: 'never' },
    { expiry: 1_800_000_000 },
    { expiry: '2026-03-15' },
    { expiry: '2026-99-15T10:00:00Z' },
    { issued: null },
    { ttl: 'long' },
    { ttl: -1 },
  ])('must be dates: %j', (changes) => {
    expect(verdict(makeFile(keys, { value: dated(changes) }))).toBe('malformed');
  });

  it.each([
    {},
    [],
    'text',
    { ...dataset, meta: undefined },
    { ...dataset, data: [] },
    { ...dataset, included: {} },
  ])('must be there, in a dataset of the right form: %j', (value) => {
    expect(report(makeFile(keys, { value }))).toMatchObject({
      signature: 'valid',
      dataset: null,
      expired: null,
    });
    expect(verdict(makeFile(keys, { value }))).toBe('malformed');
  });
});

describe('the device of a file', () => {
  it.each([
    ['same', 'valid'],
    ['drifted', 'valid'],
    ['different', 'otherDevice'],
    ['unknown', 'deviceUnknown'],
  ] as const)('that compares as %s makes it %s', (device, expected) => {
    const file = makeFile(keys);
    expect(report(file, { compareDevice: () => device })).toMatchObject({ device, expired: false });
    expect(verdict(file, { compareDevice: () => device })).toBe(expected);
  });

  it('is given to the comparison as it was signed', () => {
    const seen: unknown[] = [];
    const compareDevice: VerifyOptions['compareDevice'] = (enrolled) => {
      seen.push(enrolled);
      return 'same';
    };
    report(makeFile(keys), { compareDevice });
    report(makeFile(keys, { value: about({ seatId: 's', fingerprint: { board: 1 } }) }), { compareDevice });
    expect(seen).toEqual([
      { seatId: 'seat-1', factors: attributes.fingerprint, fingerprint: null },
      { seatId: 's', factors: null, fingerprint: null },
    ]);
  });

  it('is one text in files of other servers', () => {
    const file = makeFile(keys, { kind: 'MACHINE', value: about({ fingerprint: 'aa:bb' }) });
    expect(report(file, { fingerprint: 'aa:bb' })).toMatchObject({ device: 'same' });
    expect(report(file, { fingerprint: 'cc:dd' })).toMatchObject({ device: 'different' });
    expect(report(file, { compareDevice: undefined })).toMatchObject({ device: 'unknown' });
  });

  it.each([undefined, null, {}, { name: 'x' }, { seatId: '', fingerprint: {} }])(
    'may be missing: %j',
    (value) => {
      const file = makeFile(keys, { value: about(value) });
      expect(report(file, { compareDevice: () => 'different' })).toMatchObject({ device: 'notBound' });
      expect(verdict(file)).toBe('valid');
    },
  );

  it('is unknown where nobody compares', () => {
    expect(verdict(makeFile(keys), { compareDevice: undefined })).toBe('deviceUnknown');
  });
});

describe('a signed license key', () => {
  it.each([false, true])('is read, padded: %s', (padded) => {
    const key = makeKey(keys, '{"id":1}', { padded });
    expect(report(` ${key}\n`)).toMatchObject({
      kind: 'licenseKey',
      alg: 'ed25519',
      signature: 'valid',
      decryption: 'notNeeded',
      dataset: { data: { id: 1 }, issued: null, expiry: null, ttl: null },
      expired: false,
      device: 'notBound',
    });
    expect(verdict(key)).toBe('valid');
  });

  it('may hold any text', () => {
    expect(report(makeKey(keys, 'ABCD-1234'))).toMatchObject({ dataset: { data: 'ABCD-1234' } });
  });

  it('is refused when signed by somebody else', () => {
    expect(verdict(makeKey(other, 'x'))).toBe('invalid');
    expect(verdict(makeKey(keys, 'xxx').replace('key/e', 'key/f'))).toBe('invalid');
  });

  it.each(['key/', 'key/QQ', 'key/QQ.QQ.QQ', 'key/Q.QQ', 'key/QQ=.QQ', 'license/QQ.QQ', encode({})])(
    'is not %j',
    (text) => {
      const answer = report(text);
      expect(answer === null || answer.signature === 'invalid').toBe(true);
      expect(answer?.dataset ?? null).toBeNull();
    },
  );
});
