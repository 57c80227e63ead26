#!/usr/bin/env node
/**
 * Opens an activation request that Latchkey wrote, as the vendor's server does. The format is in ../FORMAT.md.
 *
 *     node open-request.mjs SERVER_KEY REQUEST
 *
 * SERVER_KEY  file with the server's X25519 private key: a JWK, or PEM (PKCS #8) without a password
 * REQUEST     file with the request, armored or bare; - reads standard input
 *
 * Prints the claims as JSON. They hold the activation code: they are not for a log.
 * Exit status: 0 opened, 1 refused (why is on standard error), 2 wrong use.
 *
 * Needs Node 20 and nothing else. What a server has to decide after this (tenant, product, activation code, a free
 * seat) is in FORMAT.md, "What the server does".
 */
import {
  createDecipheriv,
  createHash,
  createPrivateKey,
  createPublicKey,
  diffieHellman,
  verify,
} from 'node:crypto';
import { readFileSync } from 'node:fs';

const TYP = 'latchkey-activation-request-v1+jwt';
const LABEL = 'LATCHKEY ACTIVATION REQUEST';
const MAX_TEXT = 64 * 1024;
const MAX_HEADER = 2048;
/** Claims that have to be there, and the most characters they may have. */
const TEXTS = { jti: 64, tenantId: 100, productId: 100, activationCode: 64, seatId: 100 };

/** The text is no request that may be answered. */
class Refused extends Error {}

/** @param {string} why @returns {never} */
function refuse(why) {
  throw new Refused(why);
}

/** Strict: without padding and spare bits, or a changed token could pass for an unchanged one. @param {unknown} text */
function base64url(text) {
  const data = Buffer.from(typeof text === 'string' ? text : '', 'base64url');
  return text !== '' && data.toString('base64url') === text ? data : refuse('not base64url');
}

/**
 * Refuses an object that says a name twice: two readers could take different ones of them. JSON.parse keeps one, so
 * there are fewer names in its value than in the text.
 *
 * @param {Buffer} data
 * @returns {Record<string, any>}
 */
function jsonObject(data) {
  let text;
  let kept = -1;
  let value;
  try {
    text = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(data);
    value = JSON.parse(text, function count(_name, member) {
      if (!Array.isArray(this)) kept += 1;
      return member;
    });
  } catch {
    return refuse('not JSON');
  }
  const strings = [...text.matchAll(/"(?:[^"\\]|\\.)*"\s*(:?)/g)];
  if (strings.filter(([, colon]) => colon === ':').length !== kept) refuse('a name stands twice');
  if (typeof value !== 'object' || value === null || Array.isArray(value)) refuse('not a JSON object');
  return value;
}

/** The bare token of an armored text, or the text itself. @param {string} text */
function findJwe(text) {
  const lines = text.split(/\r\n|\r|\n/).map((line) => line.replace(/^[>\s]+/, '').trimEnd());
  const begin = lines.findIndex((line) => line.startsWith('-----BEGIN LATCHKEY '));
  if (begin === -1) return lines.join('');
  if (lines[begin] !== `-----BEGIN ${LABEL}-----`) refuse('another kind of token');
  const end = lines.indexOf(`-----END ${LABEL}-----`, begin);
  // The lines up to the first empty one are for people; nobody has signed them.
  const start = lines.indexOf('', begin);
  return start === -1 || end < start ? refuse('the armor is not complete') : lines.slice(start, end).join('');
}

/**
 * A public JWK with what makes the key and nothing else. One that shows its private part is no secret any more.
 *
 * @param {any} jwk
 * @param {'Ed25519' | 'X25519'} crv
 */
function publicJwk(jwk, crv) {
  const isPublic = jwk?.kty === 'OKP' && jwk.crv === crv && jwk.d === undefined;
  if (!isPublic || base64url(jwk.x).length !== 32) refuse(`not a public ${crv} key`);
  return { crv, kty: 'OKP', x: String(jwk.x) };
}

/** @param {ReturnType<typeof publicJwk>} key */
const toKey = (key) => createPublicKey({ format: 'jwk', key });

/** RFC 7638: SHA-256 of the members in the order of their names. @param {ReturnType<typeof publicJwk>} jwk */
const thumbprint = ({ crv, kty, x }) =>
  createHash('sha256').update(JSON.stringify({ crv, kty, x })).digest('base64url');

/** @param {number} value */
function uint32(value) {
  const bytes = Buffer.alloc(4);
  bytes.writeUInt32BE(value);
  return bytes;
}

/** Concat KDF with SHA-256, RFC 7518, section 4.6.2: one round gives the 256 bits. @param {Buffer} secret */
function contentKey(secret) {
  const algorithm = Buffer.from('A256GCM');
  // PartyUInfo and PartyVInfo are empty: a length of 0 each.
  const otherInfo = [uint32(algorithm.length), algorithm, uint32(0), uint32(0), uint32(256)];
  return createHash('sha256')
    .update(Buffer.concat([uint32(1), secret, ...otherInfo]))
    .digest();
}

/** The JWS inside. @param {string} jwe @param {import('node:crypto').KeyObject} serverKey */
function decrypt(jwe, serverKey) {
  const [head = '', encryptedKey, ...rest] = jwe.split('.');
  if (rest.length !== 3 || encryptedKey !== '' || head.length > MAX_HEADER) refuse('not a token');
  const { alg, enc, cty, typ, epk, ...others } = jsonObject(base64url(head));
  // Nothing in a token chooses how it is checked: whatever else it asks for is refused.
  if (alg !== 'ECDH-ES' || enc !== 'A256GCM' || cty !== 'JWT' || typ !== TYP) refuse('another kind of token');
  if (['apu', 'apv', 'zip', 'crit'].some((name) => name in others)) refuse('a header that must not be there');
  const publicKey = toKey(publicJwk(epk, 'X25519'));
  const [iv, ciphertext, tag] = rest.map(base64url);
  if (ciphertext === undefined || iv?.length !== 12 || tag?.length !== 16) return refuse('not a token');
  try {
    // Throws for a point of low order, whose secret everybody knows.
    const key = contentKey(diffieHellman({ privateKey: serverKey, publicKey }));
    const decipher = createDecipheriv('aes-256-gcm', key, iv, { authTagLength: 16 });
    decipher.setAAD(Buffer.from(head, 'ascii'));
    decipher.setAuthTag(tag);
    return Buffer.concat([decipher.update(ciphertext), decipher.final()]).toString('latin1');
  } catch {
    return refuse('altered, or encrypted to another key');
  }
}

/** The claims, signed with the key that they carry: who wrote them holds its private half. @param {string} jws */
function verified(jws) {
  const [head = '', payload = '', signature, ...more] = jws.split('.');
  if (more.length > 0 || head.length > MAX_HEADER) refuse('no signed content');
  const { alg, typ, kid, crit } = jsonObject(base64url(head));
  if (!['Ed25519', 'EdDSA'].includes(alg) || typ !== TYP || crit !== undefined) {
    refuse('signed in another way, or another kind of token');
  }
  const claims = jsonObject(base64url(payload));
  const key = publicJwk(claims['deviceKeys']?.sign, 'Ed25519');
  publicJwk(claims['deviceKeys']?.encrypt, 'X25519');
  if (kid !== thumbprint(key)) refuse('signed with another key than the one inside');
  const holds = verify(null, Buffer.from(`${head}.${payload}`, 'ascii'), toKey(key), base64url(signature));
  return holds ? claims : refuse('the signature does not hold');
}

/** @param {Record<string, any>} claims @param {number} now in seconds */
function checked(claims, now) {
  for (const [name, most] of Object.entries(TEXTS)) {
    const value = claims[name];
    const fits = typeof value === 'string' && value !== '' && value.length <= most;
    if (!fits) refuse(`claim ${name} is missing or wrong`);
  }
  const { jti, iat, exp } = claims;
  if (!/^[A-Za-z0-9_-]{16,64}$/.test(jti) || !Number.isSafeInteger(iat)) refuse('claim jti or iat is wrong');
  if (exp !== undefined && (!Number.isSafeInteger(exp) || now >= exp)) refuse('expired');
  return claims;
}

/** @param {Buffer} data */
function loadServerKey(data) {
  const text = data.toString('utf8').trim();
  const key = text.startsWith('{')
    ? createPrivateKey({ format: 'jwk', key: JSON.parse(text) })
    : createPrivateKey(text);
  if (key.asymmetricKeyType !== 'x25519') throw new Error('not an X25519 key');
  return key;
}

/** @param {readonly string[]} args @returns {0 | 1 | 2} */
function main([keyFile, requestFile, ...more]) {
  if (keyFile === undefined || requestFile === undefined || more.length > 0) {
    process.stderr.write('usage: open-request.mjs SERVER_KEY REQUEST\n');
    return 2;
  }
  let serverKey;
  let data;
  try {
    serverKey = loadServerKey(readFileSync(keyFile));
    data = readFileSync(requestFile === '-' ? 0 : requestFile);
  } catch {
    process.stderr.write("the server's key or the request can't be read\n");
    return 2;
  }
  try {
    if (data.length > MAX_TEXT) refuse('too large');
    const claims = checked(verified(decrypt(findJwe(data.toString('utf8')), serverKey)), Date.now() / 1000);
    process.stdout.write(`${JSON.stringify(claims, null, 2)}\n`);
    return 0;
  } catch (error) {
    if (!(error instanceof Refused)) throw error;
    process.stderr.write(`refused: ${error.message}\n`);
    return 1;
  }
}

process.exitCode = main(process.argv.slice(2));
