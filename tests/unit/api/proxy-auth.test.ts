import { describe, expect, it } from 'vitest';
import { answerToProxy } from '../../../electron/api/proxy-auth.ts';
import type { Random } from '../../../electron/ports.ts';
import { typedLogin } from '../../support/typed-secrets.ts';

const LOGIN = { username: 'Mufasa', password: 'Circle of Life' };
const random: Random = { bytes: (length) => new Uint8Array(length), uuid: () => '' };
const answer = (header: string, login = LOGIN) =>
  answerToProxy(header, typedLogin(login), 'a.example:443', random);

describe('answerToProxy', () => {
  it.each([
    ['Basic realm="x"', 'Basic TXVmYXNhOkNpcmNsZSBvZiBMaWZl'],
    ['basic', 'Basic TXVmYXNhOkNpcmNsZSBvZiBMaWZl'],
    ['Negotiate, NTLM, Basic realm="a, Digest realm=b"', 'Basic TXVmYXNhOkNpcmNsZSBvZiBMaWZl'],
  ])('answers %s', (header, expected) => {
    expect(answer(header)).toBe(expected);
  });

  it('encodes a name and password in UTF-8 (RFC 7617)', () => {
    expect(answer('Basic realm="x"', { username: 'jürgen', password: 'ß' })).toBe(
      `Basic ${Buffer.from('jürgen:ß', 'utf8').toString('base64')}`,
    );
  });

  it('prefers not to tell the password, and the better hash', () => {
    const md5 = 'Digest realm="r", nonce="n", qop="auth"';
    expect(answer(`Basic realm="x", ${md5}`)).toMatch(/^Digest .*algorithm=MD5/);
    expect(answer(`${md5}, Digest realm="r", nonce="n", algorithm=SHA-256, qop="auth"`)).toMatch(
      /algorithm=SHA-256/,
    );
    expect(answer(`Basic realm="x", ${md5}`)).not.toContain('Circle');
  });

  it('quotes what could end a field', () => {
    const sent = answer('Digest realm="a\\"b", nonce="n\\\\", opaque="o"', {
      username: 'x"y',
      password: 'p',
    });
    expect(sent).toContain('username="x\\"y"');
    expect(sent).toContain('realm="a\\"b"');
    expect(sent).toContain('nonce="n\\\\"');
    expect(sent).toContain('opaque="o"');
    expect(sent).not.toContain('qop');
  });

  it.each([
    '',
    'Negotiate',
    'Digest',
    'Digest realm="x"',
    'Digest realm="r", nonce="n", qop="auth-int"',
    'Digest realm="r", nonce="n", algorithm=MD5-sess',
    'Bearer realm="x"',
  ])('has no answer to %j', (header) => {
    expect(answer(header)).toBeNull();
  });
});
