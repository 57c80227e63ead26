/**
 * The last line before something leaves the device: it is searched for the very secrets and names that are known here,
 * in every form in which one could have got there. Threat: a text that no pattern knows, such as a password, a nonce or
 * the name of a person, in a place where nobody expects one.
 */

export interface Known {
  /** Stands in its place, in brackets. */
  readonly kind: string;
  readonly value: string;
  /** A name: replaced as a whole word only, since it may be a part of harmless ones. */
  readonly isName?: boolean;
}

/** A text without what is known. */
export type Scrub = (text: string) => string;

/** Shorter ones are in every text by chance. */
const SHORTEST_SECRET = 6;
const SHORTEST_NAME = 3;
/** Of a secret in base64, which short texts could have in them by chance. */
const SHORTEST_CORE = 8;

/** Writes out what is percent-encoded (RFC 3986), a numeric reference of HTML, or an escape of JSON. */
function decode(text: string): string {
  const point = (digits: string, radix: number) => {
    const code = Number.parseInt(digits, radix);
    return code <= 0x10_ff_ff ? String.fromCodePoint(code) : '';
  };
  return text
    .replaceAll(/(?:%[0-9a-f]{2})+/gi, (escaped) => {
      const bytes = Uint8Array.from(escaped.slice(1).split('%'), (hex) => Number.parseInt(hex, 16));
      return new TextDecoder().decode(bytes);
    })
    .replaceAll(/&#x([0-9a-f]{1,6});/gi, (_all, hex: string) => point(hex, 16))
    .replaceAll(/&#(\d{1,7});/g, (_all, decimal: string) => point(decimal, 10))
    .replaceAll(/\\+u([0-9a-f]{4})/gi, (_all, hex: string) => point(hex, 16));
}

/** Leaves out what wrapping and quoting put between characters: white space, line breaks as JSON has them, `> `. */
const join = (text: string): string => text.replaceAll(/\\+[nrt]|[\s\\>|]/g, '');

const urlLetters = (text: string): string => text.replaceAll('+', '-').replaceAll('/', '_');

/** A text in the ways in which it is searched. */
interface Views {
  readonly plain: string;
  readonly bare: string;
  readonly base64: string;
  readonly hex: string;
}

function viewsOf(text: string): Views {
  const joined = join(decode(text));
  const plain = joined.toLowerCase();
  return {
    plain,
    bare: plain.replaceAll('-', ''),
    base64: urlLetters(joined),
    hex: plain.replaceAll(/[:-]/g, ''),
  };
}

/**
 * What base64 makes of the bytes in the middle of something longer: it depends on where they begin, so there are three
 * of it, each without the characters that neighbours have a part in.
 */
function base64Cores(bytes: Uint8Array): string[] {
  return [0, 1, 2].map((before) => {
    const padded = new Uint8Array(before + bytes.length);
    padded.set(bytes, before);
    const text = btoa(Array.from(padded, (byte) => String.fromCharCode(byte)).join('')).replaceAll('=', '');
    const hasNeighbour = (before + bytes.length) % 3 !== 0;
    return urlLetters(text.slice(Math.ceil((before * 8) / 6), hasNeighbour ? -1 : undefined));
  });
}

/** Whether a secret is in a text, however it was written there. */
function finderOf(value: string): (views: Views) => boolean {
  const bytes = new TextEncoder().encode(value);
  const long = (shortest: number) => (needle: string) => needle.length >= shortest;
  const plain = [join(value), join(decode(value))].map((text) => text.toLowerCase());
  const needles = {
    // Also as a list of bytes, which is how JSON has them.
    plain: [...plain, bytes.join(',')].filter(long(SHORTEST_SECRET)),
    bare: plain.map((text) => text.replaceAll('-', '')).filter(long(SHORTEST_SECRET)),
    base64: base64Cores(bytes).filter(long(SHORTEST_CORE)),
    hex: [Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('')].filter(
      long(2 * SHORTEST_SECRET),
    ),
  };
  return (views) =>
    (['plain', 'bare', 'base64', 'hex'] as const).some((view) =>
      needles[view].some((needle) => views[view].includes(needle)),
    );
}

function nameScrub({ kind, value }: Known): Scrub {
  const escaped = value
    .replaceAll(/[.*+?^${}()|[\]\\/]/g, String.raw`\$&`)
    .replaceAll('\\\\', String.raw`\\+`);
  const pattern = new RegExp(`(?<![\\p{L}\\p{N}])${escaped}(?![\\p{L}\\p{N}])`, 'giu');
  return (text) => text.replaceAll(pattern, () => `[${kind}]`);
}

/**
 * Makes the search for what is known. A secret that stands in a text as it is gives way to its kind; one that is there
 * in any other form takes the whole text with it, since nobody can say where it ends.
 */
export function createScrub(known: readonly Known[]): Scrub {
  const distinct = [...new Map(known.map((one) => [one.value, one])).values()]
    // Longest first, so that a part of one hides no rest of another.
    .toSorted((a, b) => b.value.length - a.value.length);
  const secrets = distinct
    .filter(({ value, isName }) => isName !== true && value.trim().length >= SHORTEST_SECRET)
    .map((one) => ({ ...one, isIn: finderOf(one.value) }));
  const names = distinct
    .filter(({ value, isName }) => isName === true && value.trim().length >= SHORTEST_NAME)
    .map(nameScrub);
  return (text) => {
    if (text.length < SHORTEST_NAME) return text;
    const replaced = secrets.reduce(
      (clean, { kind, value }) => clean.replaceAll(value, () => `[${kind}]`),
      text,
    );
    const views = viewsOf(replaced);
    const found = secrets.find(({ isIn }) => isIn(views));
    if (found !== undefined) return `[${found.kind}]`;
    return names.reduce((clean, scrub) => scrub(clean), replaced);
  };
}

/** The same for every text within a value of plain JSON; names of members stay, so that it keeps its shape. */
export function scrubValue(value: unknown, scrub: Scrub): unknown {
  if (typeof value === 'string') return scrub(value);
  if (Array.isArray(value)) return value.map((item) => scrubValue(item, scrub));
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([name, child]) => [name, scrubValue(child, scrub)]));
}
