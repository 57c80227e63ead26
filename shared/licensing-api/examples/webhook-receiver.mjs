#!/usr/bin/env node
/**
 * Receives the webhooks of a Licensing API. What is sent and how it is signed: ../openapi.yaml, operation createWebhook.
 *
 *     webhook-receiver.mjs --secret-file FILE --keys FILE --data FILE [--port N]
 *
 * --secret-file  the endpoint's secret, `whsec_...`; while it is being changed both, one a line
 * --keys         the public keys, as GET /api/v1/webhooks/keys answers; fetched once over HTTPS and kept
 * --data         SQLite database of the events that were taken; made if it is missing
 * --port         on 127.0.0.1, where a web server that speaks HTTPS passes requests on to; a free one without it
 *
 * Prints {"port": N} when it is ready, then each event that is taken, once, as one line of JSON.
 * Answers: 204 taken, now or before; 401 not signed as it has to be; 413 too large; 404 and 405 anything else.
 *
 * Needs Node 22.13 or newer, and nothing else.
 */
import { createHmac, createPublicKey, timingSafeEqual, verify } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { createServer } from 'node:http';
import { DatabaseSync } from 'node:sqlite';
import { parseArgs } from 'node:util';

/** A delivery is signed anew for each attempt, so an old one is a copy that somebody kept. */
const MAX_AGE_SECONDS = 5 * 60;
const MAX_BODY = 256 * 1024;

/** The request is no delivery that may be acted on. */
class Refused extends Error {}

/**
 * What a receiver has to know.
 * @typedef {object} Trust
 * @property {readonly Buffer[]} secrets the keys of the HMAC: one, or two while one replaces the other
 * @property {ReadonlyMap<string, import('node:crypto').KeyObject>} keys Ed25519 keys of the tenant by their `kid`
 */

/** @param {string} secretText @param {string} keysText @returns {Trust} */
function readTrust(secretText, keysText) {
  const secrets = secretText
    .split('\n')
    .map((line) => line.trim())
    .filter((line) => line !== '')
    .map((line) => {
      if (!/^whsec_[A-Za-z0-9+/]{43}=$/.test(line)) throw new Error('a secret is not whsec_ and 32 bytes');
      return Buffer.from(line.slice('whsec_'.length), 'base64');
    });
  if (secrets.length === 0) throw new Error('there is no secret');
  /** @type {{ keys: { kty: string, crv: string, kid: string, x: string }[] }} */
  const set = JSON.parse(keysText);
  const keys = new Map(
    set.keys.map(({ kty, crv, kid, x }) => {
      if (kty !== 'OKP' || crv !== 'Ed25519') throw new Error('a key is not an Ed25519 key');
      return [kid, createPublicKey({ format: 'jwk', key: { kty, crv, x } })];
    }),
  );
  return { secrets, keys };
}

/** In constant time: how much of a guess is right must not be seen. @param {Buffer} a @param {Buffer} b */
const isEqual = (a, b) => a.length === b.length && timingSafeEqual(a, b);

/**
 * The event of a delivery, once everything about it was found right. Both signatures have to be there: the one with the
 * secret says that it is meant for this endpoint, the one with the tenant's key that nobody who knows the secret made it.
 *
 * @param {Trust} trust
 * @param {(name: string) => string} header a header by its name; empty where it is missing
 * @param {Buffer} body as it came: parsing and writing it again would change it
 * @param {number} now seconds since 1970
 * @returns {{ id: string, type: string, sequence: number }}
 */
function verifyWebhook(trust, header, body, now) {
  const id = header('webhook-id');
  const timestamp = header('webhook-timestamp');
  if (!/^evt_[A-Za-z0-9]{22}$/.test(id) || !/^[0-9]{1,12}$/.test(timestamp))
    throw new Refused('no id or time');
  if (Math.abs(now - Number(timestamp)) > MAX_AGE_SECONDS) throw new Refused('too old, or from the future');

  const content = Buffer.concat([Buffer.from(`${id}.${timestamp}.`), body]);
  const signatures = header('webhook-signature').split(' ');
  /** @param {string} version */
  const given = (version) =>
    signatures
      .filter((it) => it.startsWith(`${version},`))
      .slice(0, 5)
      .map((it) => Buffer.from(it.slice(version.length + 1), 'base64'));
  const macs = trust.secrets.map((secret) => createHmac('sha256', secret).update(content).digest());
  const hasMac = given('v1').filter((it) => macs.some((mac) => isEqual(mac, it))).length > 0;
  const key = trust.keys.get(header('webhook-key-id'));
  const hasSignature = key !== undefined && given('v1a').some((it) => verify(null, content, key, it));
  if (!hasMac || !hasSignature) throw new Refused('not signed with the secret and the key of the tenant');

  const event = JSON.parse(body.toString('utf8'));
  if (event.id !== id) throw new Refused('another event than the header says');
  return event;
}

/**
 * Keeps what was taken. An event can come twice: its answer was lost, or two attempts overlap. The row is both the
 * note that it was taken and what is done about it, so neither is ever without the other. Whoever does more does it in
 * the same transaction, or from this table.
 * @param {string} file
 */
function openInbox(file) {
  const database = new DatabaseSync(file, { timeout: 5000 });
  database.exec(`PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL;
    CREATE TABLE IF NOT EXISTS event (id TEXT PRIMARY KEY, sequence INTEGER, type TEXT, body TEXT) STRICT`);
  const insert = database.prepare(
    'INSERT OR IGNORE INTO event (id, sequence, type, body) VALUES (?, ?, ?, ?)',
  );
  return {
    /** @param {{ id: string, type: string, sequence: number }} event @param {string} text @returns {boolean} taken for the first time */
    take: (event, text) => insert.run(event.id, event.sequence, event.type, text).changes === 1,
    close: () => database.close(),
  };
}

/** @param {import('node:http').IncomingMessage} request @returns {Promise<Buffer | null>} null = too large */
async function readBody(request) {
  const chunks = [];
  let size = 0;
  for await (const chunk of request) {
    size += chunk.length;
    if (size > MAX_BODY) return null;
    chunks.push(chunk);
  }
  return Buffer.concat(chunks);
}

const { values } = parseArgs({
  options: {
    'secret-file': { type: 'string' },
    keys: { type: 'string' },
    data: { type: 'string' },
    port: { type: 'string', default: '0' },
  },
});
const { 'secret-file': secretFile, keys: keysFile, data } = values;
if (secretFile === undefined || keysFile === undefined || data === undefined) {
  process.stderr.write('Use: webhook-receiver.mjs --secret-file FILE --keys FILE --data FILE [--port N]\n');
  process.exit(2);
}
const trust = readTrust(readFileSync(secretFile, 'utf8'), readFileSync(keysFile, 'utf8'));
const inbox = openInbox(data);

/** @param {import('node:http').IncomingMessage} request @returns {Promise<number>} the status */
async function receive(request) {
  if (request.url !== '/webhooks') return 404;
  if (request.method !== 'POST') return 405;
  const body = await readBody(request);
  if (body === null) return 413;
  try {
    const header = (/** @type {string} */ name) => [request.headers[name] ?? ''].flat().join(' ');
    const event = verifyWebhook(trust, header, body, Math.floor(Date.now() / 1000));
    const text = body.toString('utf8');
    if (inbox.take(event, text)) process.stdout.write(`${JSON.stringify(JSON.parse(text))}\n`);
    return 204;
  } catch (error) {
    // Whoever sent it learns nothing about what was wrong.
    if (error instanceof Refused || error instanceof SyntaxError) return 401;
    throw error;
  }
}

/** @param {import('node:http').IncomingMessage} request @param {import('node:http').ServerResponse} response */
async function serve(request, response) {
  const status = await receive(request).catch((error) => {
    process.stderr.write(`${String(error)}\n`);
    return 500;
  });
  response.writeHead(status, { Connection: 'close' }).end();
}

const server = createServer((request, response) => void serve(request, response));
server.requestTimeout = 10_000;
server.listen(Number(values.port), '127.0.0.1', () => {
  const address = server.address();
  process.stdout.write(`${JSON.stringify({ port: typeof address === 'object' ? address?.port : null })}\n`);
});
process.on('SIGTERM', () => {
  server.closeAllConnections();
  server.close(() => inbox.close());
});
