import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  collectQr,
  joinQr,
  MAX_CODES,
  MAX_PART_LENGTH,
  splitForQr,
  type QrCollection,
} from '../../../shared/token/qr-series.ts';
import { claimsOf, makeParties, sealed } from './samples.ts';

const parties = makeParties();
const withFile = (length: number): string =>
  sealed('refresh', parties, { ...claimsOf('refresh', parties.device), licenseFile: 'x'.repeat(length) });

const codesOf = (jwe: string): readonly string[] => {
  const codes = splitForQr(jwe);
  return codes.ok ? codes.value : [];
};

const long = withFile(3000);
const codes = codesOf(long);
const otherCodes = codesOf(withFile(3000));
const unreadable = { ok: false, error: { code: 'qrUnreadable' } };

describe('splitting', () => {
  it('numbers the parts and keeps them short', () => {
    expect(codes.length).toBeGreaterThan(3);
    codes.forEach((code, index) => {
      expect(code).toMatch(new RegExp(`^LK1/[A-Za-z0-9_-]{8}/${index + 1}/${codes.length}/[A-Za-z0-9_.-]+$`));
      expect(code.split('/').slice(4).join('/').length).toBeLessThanOrEqual(MAX_PART_LENGTH);
    });
  });

  it('leaves a token bare that fits one code', () => {
    const short = long.slice(0, MAX_PART_LENGTH);
    expect(splitForQr(short)).toEqual({ ok: true, value: [short] });
    expect(codesOf(long.slice(0, MAX_PART_LENGTH + 1))).toHaveLength(2);
  });

  it('takes at most 20 codes', () => {
    expect(codesOf('a'.repeat(MAX_PART_LENGTH * MAX_CODES))).toHaveLength(MAX_CODES);
    expect(splitForQr('a'.repeat(MAX_PART_LENGTH * MAX_CODES + 1))).toEqual({
      ok: false,
      error: { code: 'tokenTooLarge' },
    });
  });
});

describe('collecting', () => {
  it('joins parts read in any order and more than once, and says what is missing', () => {
    const orders = fc.shuffledSubarray([...codes, ...codes], { minLength: codes.length * 2 });
    fc.assert(
      fc.property(orders, (order) => {
        let collection: QrCollection = [];
        const read = new Set<string>();
        for (const code of order) {
          const added = collectQr(collection, code);
          if (!added.ok) throw new Error(added.error.code);
          read.add(code);
          expect(added.value.missing).toHaveLength(codes.length - read.size);
          expect(added.value.total).toBe(codes.length);
          if (read.size === codes.length) return added.value.jwe === long;
          expect(added.value.jwe).toBeNull();
          ({ collection } = added.value);
        }
        return false;
      }),
    );
  });

  it('takes a bare token at once', () => {
    const short = sealed('deactivation', parties);
    expect(collectQr([], `${short}\n`)).toMatchObject({ ok: true, value: { jwe: short, missing: [] } });
  });

  it('never joins parts of two tokens', () => {
    const mixed = [...codes.slice(1), ...otherCodes.slice(0, 1)];
    expect(joinQr(mixed)).toEqual({ ok: false, error: { code: 'qrIncomplete', facts: { count: 1 } } });
    expect(joinQr([...mixed, ...otherCodes.slice(1)])).toMatchObject({ ok: true });
  });

  it.each([
    ['nothing', ''],
    ['a web address', 'https://example.com/..'],
    ['another version', codes[0]?.replace('LK1', 'LK2') ?? ''],
    ['number 0', codes[0]?.replace('/1/', '/0/') ?? ''],
    ['a number beyond the last', codes[0]?.replace(/\/1\/(\d+)/, '/9/$1') ?? ''],
    ['too many codes', codes[0]?.replace(/\/1\/\d+/, '/1/21') ?? ''],
    ['too long a part', `${codes[0]}${'A'.repeat(MAX_PART_LENGTH)}`],
  ])('refuses %s', (_, text) => {
    expect(collectQr([], text)).toEqual(unreadable);
    expect(joinQr([text])).toEqual(unreadable);
  });

  it('refuses a part that contradicts one of the same series', () => {
    const first = collectQr([], codes[0] ?? '');
    const collection = first.ok ? first.value.collection : [];
    expect(collectQr(collection, `${codes[0]}A`)).toEqual(unreadable);
    expect(collectQr(collection, codes[1]?.replace(/\/2\/\d+\//, '/2/19/') ?? '')).toEqual(unreadable);
    expect(collectQr(collection, codes[1] ?? '')).toMatchObject({ ok: true });
  });

  it('refuses a joined text whose digest is not the one of its id', () => {
    const last = codes.at(-1) ?? '';
    const changed = `${last.slice(0, -1)}${last.endsWith('A') ? 'Q' : 'A'}`;
    expect(joinQr([...codes.slice(0, -1), changed])).toMatchObject({ ok: false });
    expect(joinQr([...codes.slice(0, -1), last])).toEqual({ ok: true, value: long });
  });

  it('skips images without one of our codes', () => {
    expect(joinQr(['https://example.com', ...codes])).toEqual({ ok: true, value: long });
    expect(joinQr([])).toEqual(unreadable);
  });
});
