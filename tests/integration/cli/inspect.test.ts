import { generateKeyPairSync } from 'node:crypto';
import { writeFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import {
  armor,
  dated,
  dataset,
  encode,
  envelopeOf,
  EXPIRY,
  ISSUED,
  makeFile,
  makeKey,
  makeKeys,
} from '../../unit/license-file/samples.ts';
import { makeParties, sealed } from '../../unit/token/samples.ts';
import { armorToken } from '../../../shared/token/armor.ts';
import { TOKEN_KINDS } from '../../../shared/token/kinds.ts';
import { caller } from '../licensing-api/caller.ts';
import { jsonOf, latchkey, temporaryFolder, withServer, type RunOptions } from './command.ts';

const { server, profile, buy } = withServer();

const keys = makeKeys();
const other = makeKeys();
const HEX = Buffer.from(keys.raw).toString('hex');
const PEM = String(keys.publicKey.export({ type: 'spki', format: 'pem' }));
const LICENSE_KEY = 'ABCD-1234-é';
const FINGERPRINT = 'aa:bb:cc';

function fileWith(content: string | Uint8Array): string {
  const file = path.join(temporaryFolder(), 'given.txt');
  writeFileSync(file, content);
  return file;
}

async function inspect(content: string | Uint8Array, ...args: readonly string[]) {
  const outcome = await latchkey(['inspect', fileWith(content), '--json', ...args]);
  expect(outcome.err).toBe('');
  return { exit: outcome.exit, ...jsonOf(outcome) };
}

const withKey = (content: string | Uint8Array, ...args: readonly string[]) =>
  inspect(content, '--public-key', HEX, ...args);

describe('a license file of any server', () => {
  it('is verified and shown', async () => {
    expect(await withKey(makeFile(keys))).toEqual({
      exit: 0,
      kind: 'license-file',
      alg: 'base64+ed25519',
      signature: 'valid',
      decrypted: true,
      issued: new Date(ISSUED).toISOString(),
      expiry: new Date(EXPIRY).toISOString(),
      ttl: 14 * 86_400,
      expired: Date.now() >= EXPIRY,
      data: dataset.data,
      included: dataset.included,
    });
  });

  it('that has not ended, or never ends, is not expired', async () => {
    const expiry = new Date(Date.now() + 86_400_000).toISOString();
    expect(await withKey(makeFile(keys, { value: dated({ expiry }) }))).toMatchObject({
      exit: 0,
      expiry,
      expired: false,
    });
    const never = await withKey(makeFile(keys, { value: dated({ expiry: null, ttl: null }) }));
    expect(never).toMatchObject({ exit: 0, expiry: null, ttl: null, expired: false });
  });

  it('takes the key in hexadecimal, PEM, PEM with its line ends written out, and base64url', async () => {
    const file = makeFile(keys);
    const forms = [
      HEX,
      HEX.toUpperCase(),
      PEM,
      PEM.replaceAll('\n', String.raw`\n`),
      PEM.replaceAll('\n', '\r\n'),
      Buffer.from(keys.raw).toString('base64url'),
    ];
    for (const key of forms) expect((await inspect(file, '--public-key', key)).exit, key).toBe(0);
  });

  it('ends with 2 under another key, with 4 under none, and with a complaint where the key is none', async () => {
    const file = makeFile(keys);
    const wrong = Buffer.from(other.raw).toString('hex');
    expect(await inspect(file, '--public-key', wrong)).toMatchObject({
      exit: 2,
      signature: 'invalid',
      decrypted: false,
      data: null,
      issued: null,
      expired: null,
    });
    expect(await inspect(file)).toMatchObject({
      exit: 4,
      signature: 'unverified',
      decrypted: true,
      data: dataset.data,
    });
    const rsa = generateKeyPairSync('rsa', { modulusLength: 2048 }).publicKey;
    for (const key of ['nonsense', HEX.slice(2), String(rsa.export({ type: 'spki', format: 'pem' }))]) {
      const outcome = await latchkey(['inspect', fileWith(file), '--json', '--public-key', key]);
      expect(outcome.exit).toBe(2);
      expect(jsonOf(outcome)).toMatchObject({ error: { code: 'usageInvalid' } });
    }
  });

  it('ends with 2 where a character was changed', async () => {
    const envelope = envelopeOf(keys);
    const enc = `${envelope.enc.startsWith('e') ? 'f' : 'e'}${envelope.enc.slice(1)}`;
    expect(await withKey(armor('LICENSE', { ...envelope, enc }))).toMatchObject({
      exit: 2,
      decrypted: false,
    });
    const machine = armor('MACHINE', envelope);
    expect(await withKey(machine)).toMatchObject({ exit: 2, kind: 'machine-file' });
  });

  it('ends with 4 where it is signed in another way', async () => {
    const alg = 'base64+ecdsa-secp256r1';
    expect(await withKey(armor('LICENSE', { ...envelopeOf(keys), alg }))).toMatchObject({
      exit: 4,
      alg,
      signature: 'unsupported',
      decrypted: false,
    });
  });

  it.each<[string, (text: string) => string | Uint8Array]>([
    ['Windows line ends', (text) => text.replaceAll('\n', '\r\n')],
    ['blanks and lines at the end', (text) => `${text.replaceAll('\n', ' \n')}\n\n  \n`],
    ['a byte order mark', (text) => `\u{feff}${text}`],
    ['UTF-16', (text) => Buffer.from(`\u{feff}${text}`, 'utf16le')],
    ['lines of 64', (text) => rewrapped(text, 64)],
    ['one line', (text) => rewrapped(text, 100_000)],
  ])('is read with %s', async (_name, change) => {
    const file = makeFile(keys);
    expect(file.split('\n')[1]).toHaveLength(60);
    expect(await withKey(change(file))).toMatchObject({ exit: 0, signature: 'valid', decrypted: true });
  });

  function rewrapped(text: string, columns: number): string {
    const lines = text.trim().split('\n');
    const body =
      lines
        .slice(1, -1)
        .join('')
        .match(new RegExp(`.{1,${columns}}`, 'g')) ?? [];
    return [lines[0], ...body, lines.at(-1), ''].join('\n');
  }
});

describe('an encrypted file', () => {
  it('is decrypted with the license key, and verified without it', async () => {
    const file = makeFile(keys, { secret: LICENSE_KEY });
    expect(await withKey(file, '--license-key', LICENSE_KEY)).toMatchObject({
      exit: 0,
      alg: 'aes-256-gcm+ed25519',
      signature: 'valid',
      decrypted: true,
      data: dataset.data,
    });
    for (const args of [[], ['--license-key', 'another']]) {
      expect(await withKey(file, ...args)).toMatchObject({
        exit: 0,
        signature: 'valid',
        decrypted: false,
        data: null,
        expired: null,
      });
    }
    expect(await inspect(file)).toMatchObject({ exit: 4, decrypted: false });
    const wrong = Buffer.from(other.raw).toString('hex');
    expect(await inspect(file, '--public-key', wrong, '--license-key', LICENSE_KEY)).toMatchObject({
      exit: 2,
      decrypted: false,
    });
  });

  it('of a machine needs the fingerprint as well', async () => {
    const file = makeFile(keys, { kind: 'MACHINE', secret: LICENSE_KEY + FINGERPRINT });
    const license = ['--license-key', LICENSE_KEY];
    expect(await withKey(file, ...license, '--fingerprint', FINGERPRINT)).toMatchObject({
      exit: 0,
      kind: 'machine-file',
      decrypted: true,
    });
    expect(await withKey(file, ...license)).toMatchObject({ exit: 0, decrypted: false });
    expect(await withKey(file, ...license, '--fingerprint', 'xx')).toMatchObject({
      exit: 0,
      decrypted: false,
    });
    expect(await withKey(makeFile(keys, { kind: 'MACHINE' }))).toMatchObject({ exit: 0, decrypted: true });
  });
});

describe('a signed license key', () => {
  it('is verified and shown, be its payload JSON or not', async () => {
    const key = makeKey(keys, '{"id":"lic_1"}');
    expect(await withKey(`${key}\n`)).toMatchObject({
      exit: 0,
      kind: 'license-key',
      alg: 'ed25519',
      signature: 'valid',
      decrypted: true,
      data: { id: 'lic_1' },
      issued: null,
      expiry: null,
      ttl: null,
    });
    expect(await withKey(makeKey(keys, 'plain', { padded: true }))).toMatchObject({ exit: 0, data: 'plain' });
    expect(await withKey(makeKey(other, '{}'))).toMatchObject({ exit: 2, decrypted: false });
    expect(await inspect(key)).toMatchObject({ exit: 4, signature: 'unverified' });
  });
});

describe('a file of the reference server', () => {
  it('is verified with the keys of the vendor profile, plain and encrypted', async () => {
    const { code } = await buy();
    const calls = caller(server());
    const { seat } = await calls.takeSeat(code, 'seat-1');
    const checkOut = async (encrypt: boolean) =>
      (await calls.seatCall(seat, 'POST', '/api/v1/activation/license-file', { json: { encrypt } })).text;
    const plain = await checkOut(false);
    expect(await inspect(plain, '--profile', profile())).toMatchObject({
      exit: 0,
      kind: 'license-file',
      signature: 'valid',
      ttl: 14 * 86_400,
      expired: false,
      data: { id: seat.id, type: 'licenses' },
    });
    expect(await withKey(plain)).toMatchObject({ exit: 2 });
    const encrypted = await checkOut(true);
    const args = ['--profile', profile(), '--license-key', code];
    expect(await inspect(encrypted, ...args)).toMatchObject({
      exit: 0,
      decrypted: true,
      data: { id: seat.id },
    });
    expect(await inspect(encrypted, '--profile', profile())).toMatchObject({ exit: 0, decrypted: false });
  });
});

describe('a token', () => {
  it.each(TOKEN_KINDS)('(%s) is recognised, armored and bare, and nothing in it is told', async (kind) => {
    const parties = makeParties();
    const jwe = sealed(kind, parties);
    for (const text of [jwe, armorToken(kind, jwe, { Product: 'Orbit' }).replaceAll('\n', '\r\n> ')]) {
      expect(await withKey(text)).toEqual({
        exit: 4,
        kind,
        alg: 'ECDH-ES+A256GCM',
        signature: 'unverified',
        decrypted: false,
        encryptedTo: expect.stringMatching(/^[\w-]+$/) as unknown,
        bytes: jwe.length,
      });
    }
  });
});

describe('what is nothing of all this', () => {
  it.each<[string, string | Uint8Array]>([
    ['nothing', ''],
    ['text', 'hello'],
    ['bytes', new Uint8Array(1000).fill(255)],
    ['a certificate', '-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----\n'],
    ['an armor around nothing', '-----BEGIN LICENSE FILE-----\n-----END LICENSE FILE-----\n'],
    ['an envelope without a signature', armor('LICENSE', { enc: encode(dataset), alg: 'base64+ed25519' })],
    ['a key that is cut', 'key/abc'],
    ['far too much', 'A'.repeat(300 * 1024)],
  ])('(%s) ends with 3', async (_name, content) => {
    expect(await withKey(content)).toMatchObject({ exit: 3, kind: null, signature: null });
  });

  it('a file that is not there is told as such', async () => {
    const outcome = await latchkey(['inspect', '/no/such/file', '--json']);
    expect(outcome.exit).toBe(83);
    expect(jsonOf(outcome)).toMatchObject({ error: { code: 'fileUnreadable', facts: { system: 'ENOENT' } } });
  });

  it('a vendor profile that is not there is told as such, and an empty variable names none', async () => {
    const file = fileWith(makeFile(keys));
    const run = (LATCHKEY_PROFILE: string) => latchkey(['inspect', file], { env: { LATCHKEY_PROFILE } });
    expect((await run('/no/such/profile.json')).exit).toBe(3);
    expect((await run('')).exit).toBe(4);
  });
});

describe('standard input and text', () => {
  it('are read and written as files and JSON are', async () => {
    const run = (options: RunOptions, ...args: readonly string[]) =>
      latchkey(['inspect', '-', ...args], options);
    const stdin = makeFile(keys);
    expect(await run({ stdin }, '--public-key', HEX)).toMatchObject({ exit: 0, err: '' });
    expect((await run({ stdin: '' })).exit).toBe(3);
    expect((await run({ stdin: 'x'.repeat(300 * 1024) })).exit).toBe(3);
    const { out } = await run({ stdin }, '--public-key', HEX);
    expect(out).toMatch(/^kind +license-file\nalg +base64\+ed25519\nsignature +valid\n/);
    expect((await latchkey(['inspect'])).exit).toBe(2);
  });
});
