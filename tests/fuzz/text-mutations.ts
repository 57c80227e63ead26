import fc from 'fast-check';

/** A way to change a text of one byte per character. What comes out may be the same text. */
export type TextMutation = (text: string) => string;

/** Evenly spread: `fc.double` would nearly always be close to 0, and the middle of a token would be left alone. */
const fraction = fc.noBias(fc.nat(2 ** 30 - 1)).map((value) => value / 2 ** 30);
const position = (text: string, at: number): number => Math.floor(at * text.length);

const replaceAt = (text: string, index: number, replacement: string): string =>
  text.slice(0, index) + replacement + text.slice(index + 1);

const bitFlip: fc.Arbitrary<TextMutation> = fc.tuple(fraction, fc.nat(7)).map(([at, bit]) => (text) => {
  const index = position(text, at);
  return replaceAt(text, index, String.fromCharCode(text.charCodeAt(index) ^ (1 << bit)));
});

const BASE64_URL = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_';

/** Survives every check of the alphabet. */
const otherCharacter: fc.Arbitrary<TextMutation> = fc.tuple(fraction, fc.nat(63)).map(
  ([at, value]) =>
    (text) =>
      replaceAt(text, position(text, at), BASE64_URL.charAt(value)),
);

const truncation: fc.Arbitrary<TextMutation> = fc.tuple(fraction, fc.boolean()).map(
  ([at, front]) =>
    (text) =>
      front ? text.slice(position(text, at)) : text.slice(0, position(text, at)),
);

const deletion: fc.Arbitrary<TextMutation> = fc.tuple(fraction, fc.integer({ min: 1, max: 40 })).map(
  ([at, length]) =>
    (text) =>
      text.slice(0, position(text, at)) + text.slice(position(text, at) + length),
);

const repetition: fc.Arbitrary<TextMutation> = fc
  .tuple(fraction, fc.integer({ min: 1, max: 40 }))
  .map(([at, length]) => (text) => {
    const end = position(text, at) + length;
    return text.slice(0, end) + text.slice(end - length);
  });

const insertion: fc.Arbitrary<TextMutation> = fc
  .tuple(
    fraction,
    fc.oneof(
      fc.string({ unit: 'binary', minLength: 1, maxLength: 12 }),
      fc.constantFrom('.', '..', '=', '==', '\0', 'A', 'AAAA', '\u2014', '"', '{'),
    ),
  )
  .map(
    ([at, inserted]) =>
      (text) =>
        text.slice(0, position(text, at)) + inserted + text.slice(position(text, at)),
  );

const exchange: fc.Arbitrary<TextMutation> = fc.tuple(fraction, fraction).map(([one, two]) => (text) => {
  const [first, second] = [position(text, one), position(text, two)];
  return replaceAt(replaceAt(text, first, text.charAt(second)), second, text.charAt(first));
});

/** Damage and tampering without any knowledge of what the text is. */
export const textMutation: fc.Arbitrary<TextMutation> = fc.oneof(
  { weight: 8, arbitrary: bitFlip },
  { weight: 2, arbitrary: otherCharacter },
  { weight: 5, arbitrary: truncation },
  { weight: 2, arbitrary: deletion },
  { weight: 2, arbitrary: repetition },
  { weight: 3, arbitrary: insertion },
  { weight: 2, arbitrary: exchange },
);

/** Flips one bit of bytes, for what must stay canonical base64. */
export const byteFlip: fc.Arbitrary<(bytes: Uint8Array) => Uint8Array> = fc
  .tuple(fraction, fc.nat(7))
  .map(([at, bit]) => (bytes) => {
    const index = Math.floor(at * bytes.length);
    return bytes.map((byte, each) => (each === index ? byte ^ (1 << bit) : byte));
  });

/** Far more than a text of this kind ever has, of something that keeps a reader busy. */
export const hugeText: fc.Arbitrary<string> = fc
  .tuple(
    fc.constantFrom(
      'A',
      '.',
      '..',
      'eyJ',
      'eyJ..',
      '-----BEGIN LATCHKEY REFRESH-----',
      '—',
      '> ',
      '"',
      '[',
      '{"a":',
      '=',
    ),
    fc.integer({ min: 30_000, max: 300_000 }),
  )
  .map(([unit, length]) => unit.repeat(Math.ceil(length / unit.length)));
