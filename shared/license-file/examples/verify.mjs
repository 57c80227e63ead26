#!/usr/bin/env node
/**
 * Verifies a license file that Latchkey put in its place, as the installed software does. The format is in ../FORMAT.md.
 *
 *     node verify.mjs [--license-key-file FILE] [--device FILE] PUBLIC_KEY LICENSE_FILE
 *
 * PUBLIC_KEY          the vendor's Ed25519 key: 64 hexadecimal digits, 43 characters of base64url, or a PEM file
 * LICENSE_FILE        the .lic; - reads standard input
 * --license-key-file  file with the license key (activation code), for an encrypted file
 * --device            file with a JSON object: the digest of each device factor as it is now (../FORMAT.md, "Device")
 *
 * Prints what was found as JSON. Exit status: 0 only if the verdict is "valid", 1 otherwise, 2 wrong use.
 * Without --device a file that was copied from another machine passes: "device" is then "notCompared".
 *
 * Needs Node 20 and nothing else.
 */
import { createDecipheriv, createHash, createPublicKey, verify } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { parseArgs } from 'node:util';

const MAX_TEXT = 256 * 1024;
const CLOCK_TOLERANCE = 5 * 60_000;
const ARMOR = /-----BEGIN LICENSE FILE-----([A-Za-z0-9+/=\s]*)-----END LICENSE FILE-----/;
const ISO_DATE = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?(Z|[+-]\d\d:\d\d)$/;

/** How much each factor says about the device; the same one while 58 % of what was enrolled still matches. */
const WEIGHTS = new Map(
  Object.entries({ board: 40, disk: 20, mac: 20, machineId: 20, os: 10, cpu: 10, install: 20 }),
);
const IDENTIFYING = ['board', 'disk', 'mac', 'machineId'];
const SAME_DEVICE_PERCENT = 58;

/** The message is the verdict. */
class Refused extends Error {}

/** @param {string} verdict @returns {never} */
function refuse(verdict) {
  throw new Refused(verdict);
}

/** Strict: a text that means the same to a lenient reader is a changed one all the same. @param {string} text */
function base64(text) {
  const data = Buffer.from(text, 'base64');
  return data.toString('base64') === text ? data : refuse('malformed');
}

/** @param {unknown} value @returns {value is Record<string, any>} */
const isObject = (value) => typeof value === 'object' && value !== null && !Array.isArray(value);

/**
 * Refuses an object that says a name twice: two readers could take different ones of them. JSON.parse keeps one, so
 * there are fewer names in its value than in the text.
 *
 * @param {Buffer} data
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
    return refuse('malformed');
  }
  const strings = [...text.matchAll(/"(?:[^"\\]|\\.)*"\s*(:?)/g)];
  const written = strings.filter(([, colon]) => colon === ':').length;
  return isObject(value) && written === kept ? value : refuse('malformed');
}

/** @param {string} text */
function readEnvelope(text) {
  const body = ARMOR.exec(text)?.[1] ?? refuse('notALicenseFile');
  const { enc, sig, alg } = jsonObject(base64(body.replaceAll(/\s/g, '')));
  const isWhole = typeof enc === 'string' && typeof sig === 'string' && typeof alg === 'string';
  return isWhole ? { enc, sig, alg } : refuse('malformed');
}

/**
 * Over the text "license/" and enc as it stands. Nothing inside is looked at unless it holds.
 *
 * @param {{ enc: string, sig: string }} envelope
 * @param {import('node:crypto').KeyObject} publicKey
 */
function checkSignature({ enc, sig }, publicKey) {
  const signature = Buffer.from(sig, 'base64');
  const isCanonical = signature.length === 64 && signature.toString('base64') === sig;
  if (!isCanonical || !verify(null, Buffer.from(`license/${enc}`), publicKey, signature)) refuse('invalid');
}

/** The dataset in JSON. @param {{ enc: string, alg: string }} envelope @param {string | null} licenseKey */
function decode({ enc, alg }, licenseKey) {
  if (alg === 'base64+ed25519') return base64(enc);
  const [ciphertext, iv, tag, ...more] = enc.split('.').map(base64);
  const isWhole = more.length === 0 && iv?.length === 12 && tag?.length === 16;
  if (ciphertext === undefined || !isWhole) return refuse('malformed');
  if (licenseKey === null) return refuse('locked');
  const key = createHash('sha256').update(licenseKey).digest();
  const decipher = createDecipheriv('aes-256-gcm', key, iv, { authTagLength: 16 });
  decipher.setAuthTag(tag);
  try {
    return Buffer.concat([decipher.update(ciphertext), decipher.final()]);
  } catch {
    return refuse('locked');
  }
}

/** Epoch milliseconds of an ISO 8601 date with an offset. @param {unknown} text */
function instant(text) {
  const at = typeof text === 'string' && ISO_DATE.test(text) ? Date.parse(text) : Number.NaN;
  return Number.isNaN(at) ? refuse('malformed') : at;
}

/** Issued and expiry in epoch milliseconds; null = does not expire. @param {unknown} meta */
function readDates(meta) {
  if (!isObject(meta)) return refuse('malformed');
  const { expiry = null, ttl = null } = meta;
  const issued = instant(meta['issued']);
  if (ttl !== null && !(typeof ttl === 'number' && ttl >= 0)) refuse('malformed');
  if (expiry !== null) return { issued, expiry: instant(expiry) };
  return { issued, expiry: ttl === null ? null : issued + ttl * 1000 };
}

/**
 * The tolerance of Latchkey: a new network card or another disk is still the same device.
 *
 * @param {Record<string, unknown>} enrolled
 * @param {Record<string, unknown>} present
 */
function compareDevice(enrolled, present) {
  const names = [...WEIGHTS.keys()].filter((name) => name in enrolled);
  // A file in the data folder counts only where nothing tells the device from others.
  const skipped = names.some((name) => IDENTIFYING.includes(name)) ? 'install' : null;
  /** @param {readonly string[]} some */
  const weightOf = (some) =>
    some.reduce((sum, name) => sum + (name === skipped ? 0 : (WEIGHTS.get(name) ?? 0)), 0);
  /** @param {readonly string[]} some */
  const suffices = (some) =>
    weightOf(some) > 0 && weightOf(some) * 100 >= weightOf(names) * SAME_DEVICE_PERCENT;

  const matching = names.filter((name) => present[name] === enrolled[name]);
  const unreadable = names.filter((name) => !(name in present));
  if (suffices(matching)) {
    return matching.length + unreadable.length === names.length ? 'same' : 'drifted';
  }
  return names.length === 0 || suffices([...matching, ...unreadable]) ? 'unknown' : 'different';
}

/** @param {{ issued: number, expiry: number | null }} dates @param {string} device @param {number} now */
function verdictOf({ issued, expiry }, device, now) {
  // Issued in what is the future here: this clock is wrong.
  if (issued > now + CLOCK_TOLERANCE) return 'clockBehind';
  if (expiry !== null && now >= expiry) return 'expired';
  if (device === 'different') return 'otherDevice';
  return device === 'unknown' ? 'deviceUnknown' : 'valid';
}

/**
 * Everything that can be said; `verdict` is the first thing that is wrong, or `valid`.
 *
 * @param {string} text
 * @param {{ publicKey: import('node:crypto').KeyObject, licenseKey: string | null,
 *   present: Record<string, unknown> | null, now: number }} against
 */
function report(text, { publicKey, licenseKey, present, now }) {
  const envelope = readEnvelope(text);
  const { alg } = envelope;
  if (alg !== 'base64+ed25519' && alg !== 'aes-256-gcm+ed25519') refuse('unsupported');
  checkSignature(envelope, publicKey);
  const { data, included, meta } = jsonObject(decode(envelope, licenseKey));
  if (!isObject(data) || !Array.isArray(included ?? [])) return refuse('malformed');
  const dates = readDates(meta);
  const enrolled = data['attributes']?.fingerprint;
  const compared = present === null ? 'notCompared' : compareDevice(Object(enrolled), present);
  const device = isObject(enrolled) ? compared : 'notBound';
  return { verdict: verdictOf(dates, device, now), alg, meta, device, data, included: included ?? [] };
}

/** @param {string} name */
const read = (name) => readFileSync(name === '-' ? 0 : name, 'utf8');

/** @param {string} text */
function loadPublicKey(text) {
  const hex = /^[0-9A-Fa-f]{64}$/.test(text) ? Buffer.from(text, 'hex').toString('base64url') : text;
  const key = /^[A-Za-z0-9_-]{43}$/.test(hex)
    ? createPublicKey({ format: 'jwk', key: { kty: 'OKP', crv: 'Ed25519', x: hex } })
    : createPublicKey(read(text));
  if (key.asymmetricKeyType !== 'ed25519') throw new Error('not an Ed25519 key');
  return key;
}

/** What the command line names, read. @throws an Error for wrong use */
function readArguments() {
  const options = /** @type {const} */ ({
    'license-key-file': { type: 'string' },
    device: { type: 'string' },
  });
  // A key in base64url may begin with a hyphen and is no option all the same.
  const given = process.argv.slice(2);
  const args = [...given.slice(0, -2), '--', ...given.slice(-2)];
  const { values, positionals } = parseArgs({ args, options, allowPositionals: true });
  const [key, file, ...more] = positionals;
  if (key === undefined || file === undefined || more.length > 0) throw new Error('two arguments are needed');
  const { 'license-key-file': keyFile, device } = values;
  return {
    text: read(file),
    publicKey: loadPublicKey(key),
    licenseKey: keyFile === undefined ? null : read(keyFile).trim(),
    present: device === undefined ? null : jsonObject(Buffer.from(read(device))),
    now: Date.now(),
  };
}

/** @returns {0 | 1 | 2} */
function main() {
  let given;
  try {
    given = readArguments();
  } catch {
    process.stderr.write(
      'usage: verify.mjs [--license-key-file FILE] [--device FILE] PUBLIC_KEY LICENSE_FILE\n',
    );
    return 2;
  }
  /** @type {{ verdict: string }} */
  let found;
  try {
    found = given.text.length > MAX_TEXT ? refuse('notALicenseFile') : report(given.text, given);
  } catch (error) {
    if (!(error instanceof Refused)) throw error;
    found = { verdict: error.message };
  }
  process.stdout.write(`${JSON.stringify(found, null, 2)}\n`);
  return found.verdict === 'valid' ? 0 : 1;
}

process.exitCode = main();
