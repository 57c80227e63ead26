import { generateKeyPairSync } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { parsePublicKey } from '../../../shared/license-file/public-key.ts';
import { makeKeys } from './samples.ts';

const { raw, publicKey } = makeKeys();
const pem = publicKey.export({ type: 'spki', format: 'pem' }).toString();

describe('a public key', () => {
  it.each([
    ['hexadecimal', Buffer.from(raw).toString('hex')],
    ['capital hexadecimal with white space around', ` ${Buffer.from(raw).toString('hex').toUpperCase()}\n`],
    ['PEM', pem],
    ['PEM with Windows line ends', pem.replaceAll('\n', '\r\n')],
    ['base64url', Buffer.from(raw).toString('base64url')],
  ])('is read from %s', (_, text) => {
    expect(parsePublicKey(text)).toEqual(raw);
  });

  it.each<[string, string]>([
    ['nothing', ''],
    ['too few digits', Buffer.from(raw).toString('hex').slice(2)],
    ['too many', `${Buffer.from(raw).toString('hex')}00`],
    ['an X25519 key', spki('x25519')],
    ['an Ed448 key', spki('ed448')],
    ['a private key', pem.replaceAll('PUBLIC', 'PRIVATE')],
    ['PEM that was cut', pem.slice(0, -10)],
  ])('is not read from %s', (_, text) => {
    expect(parsePublicKey(text)).toBeNull();
  });

  function spki(type: 'x25519' | 'ed448'): string {
    const pair = type === 'x25519' ? generateKeyPairSync('x25519') : generateKeyPairSync('ed448');
    return pair.publicKey.export({ type: 'spki', format: 'pem' }).toString();
  }
});
