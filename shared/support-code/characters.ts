import { logarithm, multiply, power } from './gf32.ts';

/**
 * Twelve characters that survive a telephone: Crockford's base32 alphabet (no I, L, O, U), ten of them content and two
 * of them check characters of a Reed-Solomon code (distance 3): every wrong character is noticed, every two that are
 * swapped too, and where one alone is wrong it is known which and what it should be.
 */
const ALPHABET = '0123456789ABCDEFGHJKMNPQRSTVWXYZ';
const CONTENT = 10;
const LENGTH = 12;

/** Added to the content, so that a license with nothing to tell is not read out as a row of zeros. */
const SPREAD = [7, 22, 13, 28, 3, 18, 9, 24, 15, 30] as const;

/** The two check values of all characters; both 0 = nothing is wrong. */
function syndromes(symbols: readonly number[]): readonly [number, number] {
  let plain = 0;
  let weighted = 0;
  for (const [index, symbol] of symbols.entries()) {
    plain ^= symbol;
    weighted ^= multiply(symbol, power(index));
  }
  return [plain, weighted];
}

/** The check characters that make both check values 0. */
function checkSymbols(content: readonly number[]): readonly [number, number] {
  const [plain, weighted] = syndromes(content);
  // Two equations in the two unknowns a (index 10) and b (index 11): a + b = plain, a·g^10 + b·g^11 = weighted.
  const difference = power(CONTENT) ^ power(CONTENT + 1);
  const inverse = power(31 - (logarithm(difference) ?? 0));
  const last = multiply(weighted ^ multiply(plain, power(CONTENT)), inverse);
  return [plain ^ last, last];
}

/**
 * Writes 50 bits as twelve characters in three groups, such as `7K4M-Q2XN-B9TR`.
 * @param bits a number of at most 50 bits
 */
export function writeCharacters(bits: bigint): string {
  const content = Array.from(
    { length: CONTENT },
    (_, index) => Number((bits >> BigInt(5 * (CONTENT - 1 - index))) & 31n) ^ (SPREAD[index] ?? 0),
  );
  const text = [...content, ...checkSymbols(content)].map((symbol) => ALPHABET.charAt(symbol)).join('');
  return (text.match(/.{4}/g) ?? []).join('-');
}

/** What was heard, and the code that it is. `corrected`: position (from 0) of the one character that was wrong. */
export interface ReadCharacters {
  readonly bits: bigint;
  readonly code: string;
  readonly corrected: number | null;
}

/**
 * Reads what somebody has heard and typed: any capitals, blanks and dashes; O is 0, and I and L are 1.
 * @returns null for what is no such code, or has more than one wrong character
 */
export function readCharacters(text: string): ReadCharacters | null {
  const cleaned = text
    .toUpperCase()
    .replaceAll(/[\s\-–—_.]/g, '')
    .replaceAll('O', '0')
    .replaceAll(/[IL]/g, '1');
  const symbols = Array.from(cleaned, (character) => ALPHABET.indexOf(character));
  if (symbols.length !== LENGTH || symbols.includes(-1)) return null;
  const wrong = findWrong(symbols);
  if (wrong === null) return null;
  const right = symbols.map((symbol, index) => (index === wrong.index ? symbol ^ wrong.by : symbol));
  let bits = 0n;
  for (const [index, symbol] of right.slice(0, CONTENT).entries()) {
    bits = (bits << 5n) | BigInt(symbol ^ (SPREAD[index] ?? 0));
  }
  return { bits, code: writeCharacters(bits), corrected: wrong.by === 0 ? null : wrong.index };
}

/** Where one character is wrong and by what (0 = none is); null where more than one must be. */
function findWrong(symbols: readonly number[]): { readonly index: number; readonly by: number } | null {
  const [plain, weighted] = syndromes(symbols);
  if (plain === 0 && weighted === 0) return { index: 0, by: 0 };
  const [by, at] = [logarithm(plain), logarithm(weighted)];
  if (by === null || at === null) return null;
  const index = (at - by + 31) % 31;
  return index < LENGTH ? { index, by: plain } : null;
}
