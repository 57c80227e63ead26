/**
 * Bytes as text and back. Strict in both directions: a text that a lenient reader would take for the same bytes
 * (padding, spare bits, foreign characters) is refused, because a changed token must not pass for an unchanged one.
 */

const LETTERS = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789';
const STANDARD = `${LETTERS}+/`;
const URL_SAFE = `${LETTERS}-_`;

const FOREIGN = 255;

function valuesOf(alphabet: string): Uint8Array {
  const values = new Uint8Array(128).fill(FOREIGN);
  for (let index = 0; index < alphabet.length; index += 1) values[alphabet.charCodeAt(index)] = index;
  return values;
}

const STANDARD_VALUES = valuesOf(STANDARD);
const URL_SAFE_VALUES = valuesOf(URL_SAFE);

function encode(alphabet: string, bytes: Uint8Array): string {
  const characters = new Uint8Array(Math.ceil((bytes.length * 4) / 3));
  let bits = 0;
  let held = 0;
  let at = 0;
  for (const byte of bytes) {
    bits = ((bits << 8) | byte) & 0xffff;
    held += 8;
    while (held >= 6) {
      held -= 6;
      characters[at] = alphabet.charCodeAt((bits >> held) & 63);
      at += 1;
    }
  }
  if (held > 0) characters[at] = alphabet.charCodeAt((bits << (6 - held)) & 63);
  return new TextDecoder('utf-8').decode(characters);
}

/** Text without padding; null for a foreign character, a length that no bytes have, or spare bits that are not 0. */
function decode(values: Uint8Array, text: string): Uint8Array | null {
  if (text.length % 4 === 1) return null;
  const bytes = new Uint8Array(Math.floor((text.length * 3) / 4));
  let bits = 0;
  let held = 0;
  let at = 0;
  for (let index = 0; index < text.length; index += 1) {
    const value = values[text.charCodeAt(index)] ?? FOREIGN;
    if (value === FOREIGN) return null;
    bits = ((bits << 6) | value) & 0xffff;
    held += 6;
    if (held >= 8) {
      held -= 8;
      bytes[at] = (bits >> held) & 255;
      at += 1;
    }
  }
  return (bits & ((1 << held) - 1)) === 0 ? bytes : null;
}

/** Base64url without padding (RFC 7515, section 2). */
export function toBase64Url(bytes: Uint8Array): string {
  return encode(URL_SAFE, bytes);
}

/** The bytes of canonical base64url without padding; null for anything else. */
export function fromBase64Url(text: string): Uint8Array | null {
  return decode(URL_SAFE_VALUES, text);
}

/** Base64 with padding (RFC 4648, section 4). */
export function toBase64(bytes: Uint8Array): string {
  const text = encode(STANDARD, bytes);
  return text.padEnd(Math.ceil(text.length / 4) * 4, '=');
}

/** The bytes of canonical base64 with padding; null for anything else. */
export function fromBase64(text: string): Uint8Array | null {
  if (text.length % 4 !== 0) return null;
  const padding = text.endsWith('==') ? 2 : Number(text.endsWith('='));
  return decode(STANDARD_VALUES, text.slice(0, text.length - padding));
}

/** UTF-8. */
export function utf8(text: string): Uint8Array {
  return new TextEncoder().encode(text);
}

/** The text of well-formed UTF-8; null for anything else. A byte order mark stays in it. */
export function fromUtf8(bytes: Uint8Array): string | null {
  try {
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes);
  } catch {
    return null;
  }
}

/** The bytes of an even number of hexadecimal digits, upper or lower case; null for anything else. */
export function fromHex(text: string): Uint8Array | null {
  if (text.length % 2 !== 0 || !/^[0-9a-f]*$/i.test(text)) return null;
  const bytes = new Uint8Array(text.length / 2);
  for (let index = 0; index < bytes.length; index += 1) {
    bytes[index] = Number.parseInt(text.slice(2 * index, 2 * index + 2), 16);
  }
  return bytes;
}
