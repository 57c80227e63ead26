/** Looks for secrets where none may be, in every form in which one could have got there. */

export interface Secret {
  /** What it is, for the finding; the secret itself is in no message. */
  readonly kind: string;
  readonly value: string | Uint8Array;
}

/** Something that was written, sent or shown. */
export interface Place {
  readonly name: string;
  readonly bytes: Uint8Array;
}

interface Form {
  readonly encoding: string;
  /** Bytes as Latin-1; in lower case where `anyCase`. */
  readonly needle: string;
  readonly anyCase: boolean;
}

/** A shorter one would be found by chance. */
const SHORTEST = 8;

/** Whether something can be looked for. */
export const isLongEnough = (value: Secret['value']): boolean => Buffer.from(value).length >= SHORTEST;

const latin1 = (bytes: Uint8Array) => Buffer.from(bytes).toString('latin1');

/**
 * What base64 makes of the bytes in the middle of something longer: it depends on where they begin, so there are
 * three of it, each without the characters that neighbours have a part in.
 */
function base64Cores(bytes: Uint8Array): string[] {
  return [0, 1, 2].map((before) => {
    const text = Buffer.concat([Buffer.alloc(before), bytes])
      .toString('base64')
      .replaceAll('=', '');
    const hasNeighbour = (before + bytes.length) % 3 !== 0;
    return text.slice(Math.ceil((before * 8) / 6), hasNeighbour ? -1 : undefined);
  });
}

/** Every form that is looked for. */
export function formsOf({ value }: Secret): readonly Form[] {
  const bytes = typeof value === 'string' ? Buffer.from(value, 'utf8') : value;
  if (!isLongEnough(value)) throw new Error('A secret that short can not be looked for');
  const cores = base64Cores(bytes);
  const forms: Form[] = [
    { encoding: 'plain', needle: latin1(bytes).toLowerCase(), anyCase: true },
    { encoding: 'hex', needle: Buffer.from(bytes).toString('hex'), anyCase: true },
    { encoding: 'decimal', needle: bytes.join(','), anyCase: false },
    ...cores.map((needle, offset) => ({ encoding: `base64 at ${offset}`, needle, anyCase: false })),
    ...cores.map((core, offset) => ({
      encoding: `base64url at ${offset}`,
      needle: core.replaceAll('+', '-').replaceAll('/', '_'),
      anyCase: false,
    })),
  ];
  if (typeof value === 'string') {
    const wide = latin1(Buffer.from(value, 'utf16le')).toLowerCase();
    forms.push({ encoding: 'UTF-16', needle: wide, anyCase: true });
    const bare = value.replaceAll('-', '').toLowerCase();
    if (bare.length >= SHORTEST) forms.push({ encoding: 'without hyphens', needle: bare, anyCase: true });
  }
  return forms;
}

/** What was found: `kind as encoding in place`, each once. */
export function leaksIn(secrets: readonly Secret[], places: readonly Place[]): readonly string[] {
  const wanted = secrets.map((secret) => ({ kind: secret.kind, forms: formsOf(secret) }));
  const found = new Set<string>();
  for (const { name, bytes } of places) {
    const text = latin1(bytes);
    const lower = text.toLowerCase();
    for (const { kind, forms } of wanted) {
      for (const { encoding, needle, anyCase } of forms) {
        if ((anyCase ? lower : text).includes(needle)) found.add(`${kind} as ${encoding} in ${name}`);
      }
    }
  }
  return [...found];
}
