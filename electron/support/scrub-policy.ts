/**
 * The last line before something leaves the device: it is searched for the very secrets and names that are known here,
 * in every form in which one could have got there, and each is replaced by its kind. Threat: a text that no pattern
 * knows, such as a password, a nonce or the name of a person, in a place where nobody expects one.
 */

export interface Known {
  /** Stands in its place, in brackets. */
  readonly kind: string;
  readonly value: string;
  /** A name: replaced as a whole word only, since it may be a part of harmless ones. */
  readonly isName?: boolean;
}

/** Shorter ones are in every text by chance. */
const SHORTEST_SECRET = 6;
const SHORTEST_NAME = 3;

/**
 * What may lie between two characters of a secret that was wrapped: line breaks and blanks, quoting of mail, a
 * backslash, and line breaks as JSON writes them, however often it was written into JSON again.
 */
const BREAK = String.raw`(?:\s*(?:\r?\n|\\+[rnt])[\s>|]*|\\+(?=["\\/]))*`;

const escape = (text: string): string => text.replaceAll(/[.*+?^${}()|[\]\\/]/g, String.raw`\$&`);

/** A pattern of these characters with any wrapping between them. */
const wrapped = (characters: readonly string[]): string => characters.join(BREAK);

/** A character as it is, percent-encoded (RFC 3986), as a numeric reference, or as JSON may write it. */
function character(plain: string): string {
  const bytes = [...new TextEncoder().encode(plain)].map((byte) => byte.toString(16).padStart(2, '0'));
  const percent = bytes.map((byte) => `%${byte}`).join('');
  const unit =
    plain.length === 1 ? String.raw`|\\+u${plain.charCodeAt(0).toString(16).padStart(4, '0')}` : '';
  return `(?:${escape(plain)}|${percent}|&#x?0*(?:${plain.codePointAt(0)}|${plain.codePointAt(0)?.toString(16)});${unit})`;
}

const base64 = (bytes: Uint8Array): string => {
  let text = '';
  for (const byte of bytes) text += String.fromCharCode(byte);
  return btoa(text);
};

/**
 * What base64 makes of the bytes in the middle of something longer: it depends on where they begin, so there are three
 * of it, each without the characters that neighbours have a part in.
 */
function base64Cores(bytes: Uint8Array): string[] {
  return [0, 1, 2].map((before) => {
    const padded = new Uint8Array(before + bytes.length);
    padded.set(bytes, before);
    const text = base64(padded).replaceAll('=', '');
    const hasNeighbour = (before + bytes.length) % 3 !== 0;
    return text.slice(Math.ceil((before * 8) / 6), hasNeighbour ? -1 : undefined);
  });
}

const either = (letter: string): string =>
  letter === '+' ? '(?:[+-]|%2b)' : letter === '/' ? String.raw`(?:\\*[/_]|%2f)` : letter;

function patternsOf({ value, isName = false }: Known): readonly RegExp[] {
  const shortest = isName ? SHORTEST_NAME : SHORTEST_SECRET;
  if (value.trim().length < shortest) return [];
  const plain = wrapped(Array.from(value).map(character));
  if (isName) return [new RegExp(`(?<![\\p{L}\\p{N}])${plain}(?![\\p{L}\\p{N}])`, 'giu')];
  const bytes = new TextEncoder().encode(value);
  const hex = [...bytes].map((byte) => byte.toString(16).padStart(2, '0'));
  const bare = value.replaceAll('-', '');
  return [
    new RegExp(plain, 'gi'),
    // An activation code as it is typed without its hyphens.
    ...(bare !== value && bare.length >= SHORTEST_SECRET
      ? [new RegExp(wrapped(Array.from(bare).map(character)), 'gi')]
      : []),
    new RegExp(hex.join(String.raw`[:\s]?`), 'gi'),
    // Letters of base64 mean something in their case; short ones would be found by chance.
    ...base64Cores(bytes)
      .filter((core) => core.length >= SHORTEST_SECRET)
      .map((core) => new RegExp(wrapped(Array.from(core).map(either)), 'g')),
  ];
}

/** A text without what is known. */
export type Scrub = (text: string) => string;

/** Makes the search for what is known; longest first, so that a part of one hides no rest of another. */
export function createScrub(known: readonly Known[]): Scrub {
  const wanted = [...new Map(known.map((one) => [one.value, one])).values()]
    .toSorted((a, b) => b.value.length - a.value.length)
    .map((one) => ({ by: `[${one.kind}]`, patterns: patternsOf(one) }));
  return (text) => {
    let clean = text;
    for (const { by, patterns } of wanted) {
      for (const pattern of patterns) clean = clean.replaceAll(pattern, () => by);
    }
    return clean;
  };
}

/** The same for every text within a value of plain JSON; names of members stay, so that it keeps its shape. */
export function scrubValue(value: unknown, scrub: Scrub): unknown {
  if (typeof value === 'string') return scrub(value);
  if (Array.isArray(value)) return value.map((item) => scrubValue(item, scrub));
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([name, child]) => [name, scrubValue(child, scrub)]));
}
