import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  fromBase64,
  fromBase64Url,
  fromHex,
  fromUtf8,
  toBase64,
  toBase64Url,
  utf8,
} from '../../../shared/license-file/encoding.ts';
import { parseJsonObject, parseStrictJson } from '../../../shared/license-file/json.ts';

const bytes = (text: string): Uint8Array => new Uint8Array(Buffer.from(text, 'latin1'));

describe('base64', () => {
  it('says the same as Node, in both alphabets', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 200 }), (value) => {
        const buffer = Buffer.from(value);
        expect(toBase64(value)).toBe(buffer.toString('base64'));
        expect(toBase64Url(value)).toBe(buffer.toString('base64url'));
        expect(fromBase64(toBase64(value))).toEqual(value);
        expect(fromBase64Url(toBase64Url(value))).toEqual(value);
      }),
    );
  });

  it('takes exactly the texts that it would write', () => {
    const text = fc.string({ unit: fc.constantFrom(...'AQgw+/-_=é '.split('')), maxLength: 9 });
    fc.assert(
      fc.property(text, (value) => {
        const standard = fromBase64(value);
        const urlSafe = fromBase64Url(value);
        expect(standard === null || toBase64(standard) === value).toBe(true);
        expect(urlSafe === null || toBase64Url(urlSafe) === value).toBe(true);
      }),
      { numRuns: 2000 },
    );
  });

  it.each(['Zg', 'Zg=', 'Zh==', 'Z===', '=', '====', 'Zm9v\n', 'Zm 9v', 'Zm9_', 'Zg==Zg=='])(
    'refuses %j',
    (text) => {
      expect(fromBase64(text)).toBeNull();
    },
  );

  it.each(['Zg==', 'Zh', 'Z', 'Zm9v=', 'Zm9/', 'Zm9+', 'Zm9v ', 'Zm9é'])(
    'refuses %j in base64url',
    (text) => {
      expect(fromBase64Url(text)).toBeNull();
    },
  );

  it('reads the examples of RFC 4648, section 10', () => {
    const examples = { '': '', f: 'Zg==', fo: 'Zm8=', foo: 'Zm9v', foob: 'Zm9vYg==', fooba: 'Zm9vYmE=' };
    for (const [plain, text] of Object.entries(examples)) expect(fromBase64(text)).toEqual(bytes(plain));
  });
});

describe('UTF-8 and hexadecimal', () => {
  it('keeps what is well formed, a byte order mark included', () => {
    for (const text of ['', 'Zürich', '😀', '\uFEFF{}']) expect(fromUtf8(utf8(text))).toBe(text);
  });

  it.each(['\xff', '\xc0\x80', '\xed\xa0\x80', 'a\xc3'])('refuses %j', (text) => {
    expect(fromUtf8(bytes(text))).toBeNull();
  });

  it('reads pairs of digits', () => {
    expect(fromHex('00fFa1')).toEqual(Uint8Array.of(0, 255, 0xa1));
    for (const text of ['0', '0g', ' 0', '0x00']) expect(fromHex(text)).toBeNull();
  });
});

describe('strict JSON', () => {
  it('says the same as JSON.parse where no name is repeated', () => {
    const key = fc.string({ unit: fc.constantFrom(...'ab"\\:,{}[]é\n'.split('')), maxLength: 3 });
    const options = { key, noNullPrototype: true, depthSize: 'small' } as const;
    fc.assert(
      fc.property(fc.object({ ...options, values: [key, fc.integer(), fc.constant(null)] }), (value) => {
        for (const space of [0, 2]) {
          const text = JSON.stringify(value, null, space);
          expect(parseStrictJson(text)).toEqual({ value: JSON.parse(text) });
        }
      }),
    );
  });

  it.each([
    '{"a":1,"a":1}',
    '{"a":1,"\\u0061":2}',
    '{"a":1,"b":{"c":1,"d":[],"c":1}}',
    '[{"a" : 1, "a"\n:\t2}]',
    '{"__proto__":1,"__proto__":2}',
    '{"":1,"":2}',
    '{"a\\\\":1,"a\\\\":2}',
  ])('refuses repeated names: %s', (text) => {
    expect(JSON.parse(text)).toBeDefined();
    expect(parseStrictJson(text)).toBeNull();
  });

  it.each(['{"a":{"a":1}}', '[{"a":1},{"a":1}]', '{"a":"a","b":"a:"}', '["a","a"]', '{"a":1,"A":1}'])(
    'takes %s',
    (text) => {
      expect(parseStrictJson(text)).toEqual({ value: JSON.parse(text) });
    },
  );

  it('refuses what nests absurdly deep, and what is no JSON', () => {
    const nested = (depth: number): string => '['.repeat(depth) + ']'.repeat(depth);
    expect(parseStrictJson(nested(32))).not.toBeNull();
    expect(parseStrictJson(nested(33))).toBeNull();
    for (const text of ['', '{', '[1,]', 'undefined', "{'a':1}", '\uFEFF{}', '['.repeat(100_000)]) {
      expect(parseStrictJson(text)).toBeNull();
    }
  });

  it('tells objects from other values', () => {
    expect(parseJsonObject('{"a":1}')).toEqual({ a: 1 });
    for (const text of ['[]', 'null', '1', '"{}"']) expect(parseJsonObject(text)).toBeNull();
  });
});
