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
  ])('hides %s under a harmless name', (_name, text) => {
    const shown = redactText(text);
    expect(shown).toContain('[redacted]');
    expect(shown).not.toMatch(/eyJ|YJLG|abcdef|MC4C/);
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
