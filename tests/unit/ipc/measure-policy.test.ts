import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { measureMessage } from '../../../electron/ipc/measure-policy.ts';

const WIDE = { bytes: 1_000_000, depth: 100 };
const bytesOf = (value: unknown) => new TextEncoder().encode(JSON.stringify(value)).byteLength;

describe('measureMessage', () => {
  it('lets JSON through that fits', () => {
    fc.assert(
      fc.property(fc.jsonValue({ maxDepth: 6 }), (value) => {
        fc.pre(!JSON.stringify(value).includes('__proto__'));
        const bytes = bytesOf(value);
        // Counted generously (null as 4, booleans as 5, a comma for each member), so up to three times its size.
        expect(measureMessage(value, { bytes: 3 * bytes + 8, depth: 10 })).toBe('fits');
      }),
    );
  });

  it('never lets a text through that is larger than the cap', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', minLength: 1 }), (text) => {
        const bytes = bytesOf(text);
        expect(measureMessage(text, { bytes: bytes - 1, depth: 1 })).toBe('tooLarge');
        expect(measureMessage(text, { bytes, depth: 1 })).toBe('fits');
      }),
    );
  });

  it('counts names as well as values', () => {
    expect(measureMessage({ ['n'.repeat(100)]: 1 }, { bytes: 100, depth: 1 })).toBe('tooLarge');
  });

  it('counts levels', () => {
    expect(measureMessage([[['x']]], { ...WIDE, depth: 3 })).toBe('fits');
    expect(measureMessage([[['x']]], { ...WIDE, depth: 2 })).toBe('tooDeep');
  });

  it('ends on a cycle that is wide as well as deep', () => {
    const cycle: unknown[] = [];
    for (let index = 0; index < 50; index += 1) cycle.push(cycle);
    expect(['tooDeep', 'tooLarge']).toContain(measureMessage(cycle, WIDE));
  });

  it.each([
    ['a big integer', 1n],
    ['a symbol', Symbol('x')],
    ['infinity', Number.POSITIVE_INFINITY],
    ['not a number', Number.NaN],
    ['a function', () => 1],
    ['a set', new Set()],
    ['an error', new Error('x')],
    ['an object of a class', new URL('https://acme.example')],
  ])('refuses %s, also inside', (_name, value) => {
    expect(measureMessage(value, WIDE)).toBe('notPlain');
    expect(measureMessage({ list: [value] }, WIDE)).toBe('notPlain');
  });

  it('takes an object without a prototype, as a message may bring one', () => {
    expect(measureMessage(Object.assign(Object.create(null) as object, { a: 1 }), WIDE)).toBe('fits');
  });
});
