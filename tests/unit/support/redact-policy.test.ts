import { describe, expect, it } from 'vitest';
import { redact, redactText } from '../../../electron/support/redact-policy.ts';

const JWT = `eyJhbGciOiJFZERTQSJ9.eyJzdWIiOiJhY3RfMSJ9.${'s'.repeat(40)}`;

describe('redact', () => {
  it.each([
    ['accessToken', 'anything'],
    ['nonce', 'n-1'],
    ['activationCode', 'x'],
    ['Authorization', 'Bearer x'],
    ['clientSecret', 'x'],
    ['password', 'x'],
    ['credentials', { type: 'activationCode', code: 'x' }],
    ['privateKey', new Uint8Array(3)],
    ['seatName', 'Reception'],
  ])('hides what is named %s', (name, value) => {
    expect(redact({ [name]: value })).toEqual({ [name]: '[redacted]' });
  });

  it.each([
    ['a token', `answer ${JWT} end`],
    ['an activation code', 'tried ORBIT-YJLG-4EXN-TXFK-KAM4 twice'],
    ['a bearer header', 'Bearer abcdef'],
    ['a private key', '-----BEGIN PRIVATE KEY-----\nMC4C\n-----END PRIVATE KEY-----'],
    ['a private key that was cut', '-----BEGIN EC PRIVATE KEY-----\nMC4C'],
    ['a token that was cut', `${'x'.repeat(480)} ${JWT}`],
    ['the beginning of a token', `answer ${JWT.slice(0, 30)} end`],
    ['an activation code in small letters', 'tried orbit-yjlg-4exn-txfk-kam4 twice'],
    ['a basic header', 'Authorization: Basic bWFyYTphYmNkZWY='],
    ['the password of an address', 'at https://mara:abcdef@proxy.example:3128/'],
    ['a member of a query', 'at https://id.example/cb?code=abcdef&state=abcdef'],
    ['a header', 'N-Nonce: abcdef'],
    ['a member of JSON in a text', '{\\"password\\":\\"abcdef\\"}'],
    ['a serial number', 'Serial Number: abcdef'],
    ['a machine id', `id 0123456789${'abcdef'.repeat(4)}`],
    ['a key in base64', `key is abcdef${'Z9+'.repeat(12)}Q=`],
    ['a key in base64url', `it is abcdef${'Z9_'.repeat(14)}`],
  ])('hides %s under a harmless name', (_name, text) => {
    const shown = redactText(text);
    expect(shown).toContain('[redacted]');
    expect(shown).not.toMatch(/eyJ|YJLG|abcdef|MC4C/);
  });

  it.each([
    ['a hardware address', 'on 00:1B:44:11:3a:b7', 'on [mac]'],
    ['one with hyphens', 'on 00-1b-44-11-3a-b7', 'on [mac]'],
    ['a home folder', '/home/mara/.config and /Users/mara', '/home/[user]/.config and /Users/[user]'],
    ['one of Windows', String.raw`C:\Users\mara\x`, String.raw`C:\Users\[user]\x`],
    ['one of Windows in JSON', String.raw`C:\\Users\\mara\\x`, String.raw`C:\\Users\\[user]\\x`],
  ])('replaces %s', (_name, text, shown) => {
    expect(redactText(text)).toBe(shown);
  });

  it('leaves alone what only looks a little like a secret', () => {
    const texts = [
      'GET /api/v1/activation/licenses/entitlements/attributes/everything',
      'nonce chain is repaired after a lost answer',
      'node-linux-x64 24.21.0, TLSv1.3, 2026-11-21T13:29:50.000Z',
      'https://licensing.example.com:8443/home/mara?page=2',
    ];
    expect(texts.map(redactText)).toEqual(texts);
  });

  it('keeps what support needs', () => {
    const details = {
      code: 'pinMismatch',
      status: 409,
      host: 'localhost:443',
      productId: 'prod_p1bHwsGl3gQiM0ArL3SmDY',
      correlationId: '7b3c0a52-59a5-4a55-9f6b-0d9a4f1b2c3d',
      milliseconds: 12,
    };
    expect(redact(details)).toEqual(details);
  });

  it('says of an error its kind and system code, never its message', () => {
    const error = Object.assign(new Error('open /home/somebody/vault'), { code: 'EACCES' });
    expect(redact({ error })).toEqual({ error: 'Error EACCES' });
    expect(redact({ error: new TypeError('at /home/somebody') })).toEqual({ error: 'TypeError' });
  });

  it('bounds depth, length and kind', () => {
    const deep = { a: { b: { c: { d: { e: 1 } } } } };
    expect(JSON.stringify(redact(deep))).not.toContain('1');
    expect(redactText('x'.repeat(10_000)).length).toBeLessThan(600);
    expect(redact({ buffer: new Uint8Array([1, 2]), call: () => 1 })).toEqual({
      buffer: '[object]',
      call: '[function]',
    });
  });
});
