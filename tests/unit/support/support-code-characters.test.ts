import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { readCharacters, writeCharacters } from '../../../shared/support-code/characters.ts';

const bits = fc.bigInt({ min: 0n, max: 2n ** 50n - 1n });
const ALPHABET = '0123456789ABCDEFGHJKMNPQRSTVWXYZ';
const plain = (code: string) => code.replaceAll('-', '');

describe('the characters of a support code', () => {
  it('come back as they were written', () => {
    fc.assert(
      fc.property(bits, (value) => {
        const code = writeCharacters(value);
        expect(code).toMatch(/^[0-9A-HJKMNP-TV-Z]{4}-[0-9A-HJKMNP-TV-Z]{4}-[0-9A-HJKMNP-TV-Z]{4}$/);
        expect(readCharacters(code)).toEqual({ bits: value, code, corrected: null });
      }),
    );
  });

  it.each([
    ['in small letters', (code: string) => code.toLowerCase()],
    ['without dashes', plain],
    ['with blanks', (code: string) => ` ${code.replaceAll('-', ' ')}\n`],
    ['with dashes of a word processor', (code: string) => code.replaceAll('-', '–')],
    ['with letters for digits', (code: string) => code.replaceAll('0', 'O').replaceAll('1', 'l')],
  ])('are read %s', (_, change) => {
    fc.assert(
      fc.property(bits, (value) => {
        expect(readCharacters(change(writeCharacters(value)))?.bits).toBe(value);
      }),
    );
  });

  it('tell which one was misheard, and what it was', () => {
    fc.assert(
      fc.property(bits, fc.nat(11), fc.integer({ min: 1, max: 31 }), (value, index, by) => {
        const code = writeCharacters(value);
        const symbols = Array.from(plain(code));
        symbols[index] = ALPHABET.charAt(ALPHABET.indexOf(symbols[index] ?? '') ^ by);
        expect(readCharacters(symbols.join(''))).toEqual({ bits: value, code, corrected: index });
      }),
    );
  });

  it('are never read as sent where two were swapped', () => {
    fc.assert(
      fc.property(bits, fc.nat(11), fc.nat(11), (value, one, other) => {
        const symbols = Array.from(plain(writeCharacters(value)));
        const [a, b] = [symbols[one] ?? '', symbols[other] ?? ''];
        fc.pre(a !== b);
        symbols[one] = b;
        symbols[other] = a;
        expect(readCharacters(symbols.join(''))?.corrected ?? 'refused').not.toBeNull();
        expect(readCharacters(symbols.join(''))?.bits).not.toBe(value);
      }),
    );
  });

  it.each(['', '7K4M', '7K4M-Q2XN-B9TRA', 'U7K4-Q2XN-B9TR', '*'.repeat(12), 'ü'.repeat(12)])(
    'are not read from %j',
    (text) => {
      expect(readCharacters(text)).toBeNull();
    },
  );
});
