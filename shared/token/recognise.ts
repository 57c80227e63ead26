import { failure } from '../errors.ts';
import { utf8 } from '../license-file/encoding.ts';
import { err, ok, type Result } from '../result.ts';
import { flatten, MARKER } from './armor.ts';
import { readOuterHeader } from './headers.ts';
import { LABELS, TOKEN_KINDS, type TokenKind } from './kinds.ts';
import { MAX_JWE_LENGTH, MAX_TEXT_BYTES } from './limits.ts';

export interface RecognisedToken {
  readonly kind: TokenKind;
  /** The bare JWE, for `openToken`. */
  readonly jwe: string;
}

/** How every header begins: `{"` in base64url. */
const HEADER_START = 'eyJ';
const MAX_HEADER_STARTS = 16;
const MAX_HEADER_LENGTH = 2048;

const IV_LENGTH = 16;
const TAG_LENGTH = 22;

/** Text between two labels, with what they say. */
interface Section {
  readonly text: string;
  readonly labels: readonly TokenKind[];
}

const kindOfLabel = (label: string): readonly TokenKind[] =>
  TOKEN_KINDS.filter((kind) => LABELS[kind].replace(' ', '') === label);

function sectionsOf(flat: string): readonly Section[] {
  // Text, then by turns: BEGIN or END, label, text.
  const pieces = flat.split(new RegExp(MARKER, 'g'));
  return Array.from({ length: (pieces.length + 2) / 3 }, (_, index) => {
    const at = index * 3;
    const before = pieces[at - 2] === 'BEGIN' ? kindOfLabel(pieces[at - 1] ?? '') : [];
    const after = pieces[at + 1] === 'END' ? kindOfLabel(pieces[at + 2] ?? '') : [];
    return { text: pieces[at] ?? '', labels: [...before, ...after] };
  });
}

const isLetter = (text: string, at: number): boolean => /^[A-Za-z0-9_-]$/.test(text.charAt(at));

/** The index of the first character from `at` on that isn't of base64url. */
function endOfRun(text: string, at: number): number {
  let end = at;
  while (isLetter(text, end)) end += 1;
  return end;
}

/** The header part that ends at `end`; what lies before it may be readable lines that lost their line breaks. */
function headerBefore(text: string, end: number): { readonly part: string; readonly kind: TokenKind } | null {
  let begin = end;
  while (begin > 0 && end - begin < MAX_HEADER_LENGTH && isLetter(text, begin - 1)) begin -= 1;
  let start = text.indexOf(HEADER_START, begin);
  for (let tries = 0; tries < MAX_HEADER_STARTS && start !== -1 && start < end; tries += 1) {
    const part = text.slice(start, end);
    const header = readOuterHeader(part);
    if (header !== null) return { part, kind: header.kind };
    start = text.indexOf(HEADER_START, start + 1);
  }
  return null;
}

/** The tokens of a section, found by their shape: header, two dots, IV, ciphertext, tag. */
function* tokensIn({ text, labels }: Section): Generator<RecognisedToken> {
  for (let dots = text.indexOf('..'); dots !== -1; dots = text.indexOf('..', dots + 1)) {
    const ivEnd = dots + 2 + IV_LENGTH;
    if (text.charAt(ivEnd) !== '.') continue;
    const ciphertextEnd = endOfRun(text, ivEnd + 1);
    const end = ciphertextEnd + 1 + TAG_LENGTH;
    if (text.charAt(ciphertextEnd) !== '.' || text.length < end) continue;
    const header = headerBefore(text, dots);
    if (header === null || labels.some((label) => label !== header.kind)) continue;
    yield { kind: header.kind, jwe: header.part + text.slice(dots, end) };
  }
}

/**
 * Finds the token in a text: armored or bare, and whatever mail, chat and editors have made of it. Needs no key and
 * verifies nothing. Doesn't throw.
 * @param prefer of several tokens, such as a request quoted below its response, the first of these kinds is taken
 * @returns `tokenTooLarge` for more than 64 KiB, `tokenMalformed` if there is none
 */
export function recogniseToken(
  text: string,
  { prefer = [] }: { readonly prefer?: readonly TokenKind[] } = {},
): Result<RecognisedToken> {
  if (text.length > MAX_TEXT_BYTES || utf8(text).length > MAX_TEXT_BYTES)
    return err(failure('tokenTooLarge'));
  const tokens = sectionsOf(flatten(text)).flatMap((section) => [...tokensIn(section)]);
  const token = tokens.find(({ kind }) => prefer.includes(kind)) ?? tokens[0];
  if (token === undefined) return err(failure('tokenMalformed'));
  return token.jwe.length > MAX_JWE_LENGTH ? err(failure('tokenTooLarge')) : ok(token);
}
