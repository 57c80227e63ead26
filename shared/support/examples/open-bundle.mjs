#!/usr/bin/env node
/**
 * Opens a support bundle that Latchkey encrypted to the vendor's key. The format is in ../BUNDLE.md.
 *
 *     node open-bundle.mjs KEY BUNDLE OUT
 *
 * KEY     file with the vendor's X25519 private key: a JWK, or PEM (PKCS #8) without a password
 * BUNDLE  the encrypted bundle (.jwe)
 * OUT     the zip to write; a file that is there already is not overwritten
 *
 * Exit status: 0 opened, 1 refused (why is on standard error), 2 wrong use. Needs Node 20 and nothing else.
 */
import { createDecipheriv, createHash, createPrivateKey, createPublicKey, diffieHellman } from 'node:crypto';
import { readFileSync, writeFileSync } from 'node:fs';

const MAX_BUNDLE = 2 * 1024 * 1024;

/** The file is no bundle that this key opens. */
class Refused extends Error {}

/** @param {number} value */
function uint32(value) {
  const bytes = Buffer.alloc(4);
  bytes.writeUInt32BE(value);
  return bytes;
}

/** Concat KDF with SHA-256, RFC 7518, section 4.6.2: one round gives the 256 bits. @param {Buffer} secret */
function contentKey(secret) {
  const algorithm = Buffer.from('A256GCM');
  const otherInfo = [uint32(algorithm.length), algorithm, uint32(0), uint32(0), uint32(256)];
  return createHash('sha256')
    .update(Buffer.concat([uint32(1), secret, ...otherInfo]))
    .digest();
}

/** @param {string} text @param {import('node:crypto').KeyObject} privateKey */
function open(text, privateKey) {
  const [head = '', encryptedKey, ...rest] = text.split('.');
  if (rest.length !== 3 || encryptedKey !== '' || head.length > 2048)
    throw new Refused('not an encrypted bundle');
  const [iv, ciphertext, tag] = rest.map((part) => Buffer.from(part, 'base64url'));
  if (iv?.length !== 12 || ciphertext === undefined || tag?.length !== 16) {
    throw new Refused('not an encrypted bundle');
  }
  try {
    const { alg, enc, typ, epk } = JSON.parse(Buffer.from(head, 'base64url').toString('utf8'));
    // Nothing in a bundle chooses how it is opened.
    if (alg !== 'ECDH-ES' || enc !== 'A256GCM' || typ !== 'latchkey-support-bundle') {
      throw new Refused('another kind of file');
    }
    const key = { crv: 'X25519', kty: 'OKP', x: String(epk.x) };
    const publicKey = createPublicKey({ format: 'jwk', key });
    const decipher = createDecipheriv(
      'aes-256-gcm',
      contentKey(diffieHellman({ privateKey, publicKey })),
      iv,
      {
        authTagLength: 16,
      },
    );
    decipher.setAAD(Buffer.from(head, 'ascii'));
    decipher.setAuthTag(tag);
    return Buffer.concat([decipher.update(ciphertext), decipher.final()]);
  } catch (error) {
    throw error instanceof Refused ? error : new Refused('altered, or encrypted to another key');
  }
}

/** @param {string} text */
function privateKeyOf(text) {
  const key = text.trimStart().startsWith('{')
    ? createPrivateKey({ format: 'jwk', key: JSON.parse(text) })
    : createPrivateKey(text);
  if (key.asymmetricKeyType !== 'x25519') throw new Error('not an X25519 key');
  return key;
}

/** @param {readonly string[]} args @returns {0 | 1 | 2} */
function main([keyFile, bundleFile, out, ...more]) {
  if (keyFile === undefined || bundleFile === undefined || out === undefined || more.length > 0) {
    process.stderr.write('usage: open-bundle.mjs KEY BUNDLE OUT\n');
    return 2;
  }
  let key;
  let data;
  try {
    key = privateKeyOf(readFileSync(keyFile, 'utf8'));
    data = readFileSync(bundleFile);
  } catch {
    process.stderr.write('the key or the bundle can not be read\n');
    return 2;
  }
  try {
    if (data.length > MAX_BUNDLE) throw new Refused('too large');
    writeFileSync(out, open(data.toString('latin1').trim(), key), { flag: 'wx', mode: 0o600 });
    return 0;
  } catch (error) {
    process.stderr.write(
      `refused: ${error instanceof Refused ? error.message : 'the zip can not be written'}\n`,
    );
    return 1;
  }
}

process.exitCode = main(process.argv.slice(2));
