import { describe, expect, it } from 'vitest';
import { findToken, looksLikeToken } from '../../../renderer/offline/find-token.ts';
import { failure } from '../../../shared/errors.ts';
import { armorToken } from '../../../shared/token/armor.ts';
import { splitForQr } from '../../../shared/token/qr-series.ts';
import { shapeOf } from '../../e2e/screens/tokens.ts';

const response = shapeOf('activation-response');
const armored = armorToken('activation-response', response, { Product: 'Signal Studio' });
const split = splitForQr(response);
const codes = split.ok ? split.value : [];

describe('findToken', () => {
  it.each([
    ['bare', [response]],
    ['armored', [armored]],
    ['quoted by a mail program', [armored.replaceAll(/^/gm, '> ').replaceAll('\n', '\r\n')]],
    [
      'above the request that it answers',
      [`${armored}\n${armorToken('activation-request', shapeOf('activation-request'))}`],
    ],
    [
      'below the request that it answers',
      [`${armorToken('activation-request', shapeOf('activation-request'))}\n${armored}`],
    ],
    ['in the second of two files', ['notes', armored]],
    ['in codes, one text each, in any order', codes.toReversed()],
    ['in codes that a phone noted below each other', [codes.join('\n')]],
    ['in codes that were wrapped', [codes.join(' ').replaceAll(/(.{70})/g, '$1\n')]],
  ])('finds a token %s', (_, texts) => {
    expect(findToken(texts)).toEqual({ found: 'token', kind: 'activation-response', jwe: response });
  });

  it('goes on from the codes that were read before', () => {
    expect(codes.length).toBeGreaterThan(2);
    const first = findToken(codes.slice(0, 1));
    expect(first).toMatchObject({ found: 'parts', total: codes.length });
    if (first.found !== 'parts') return;
    expect(first.missing).toEqual(codes.map((_, index) => index + 1).slice(1));
    const more = findToken(codes.slice(0, -1), first.collection);
    expect(more).toMatchObject({ found: 'parts', missing: [codes.length] });
    expect(findToken(codes.slice(1), first.collection)).toMatchObject({ found: 'token', jwe: response });
  });

  it('says what is wrong where there is none', () => {
    const nothing = (code: Parameters<typeof failure>[0]) => ({
      found: 'nothing',
      failure: failure(code),
      collection: [],
    });
    expect(findToken([])).toEqual(nothing('tokenMalformed'));
    expect(findToken([armored.slice(0, 200)])).toEqual(nothing('tokenMalformed'));
    expect(findToken(['x'.repeat(70_000)])).toEqual(nothing('tokenTooLarge'));
    expect(findToken([], [], failure('qrUnreadable'))).toEqual(nothing('qrUnreadable'));
  });

  it('keeps the codes that were read when a picture is no good, and begins anew when one was read wrong', () => {
    const first = findToken(codes.slice(0, 1));
    if (first.found !== 'parts') throw new Error(first.found);
    expect(findToken([], first.collection)).toMatchObject({ collection: first.collection });
    const wrong = (codes[1] ?? '').replace(/.$/, (last) => (last === 'A' ? 'B' : 'A'));
    expect(findToken([wrong, ...codes.slice(2)], first.collection)).toEqual({
      found: 'nothing',
      failure: failure('qrUnreadable'),
      collection: [],
    });
  });
});

describe('looksLikeToken', () => {
  it.each([armored, response, codes[0] ?? '', armored.slice(0, 200), '> -–BEGIN LATCHKEY REFRESH--'])(
    'takes what is meant to be one, be it damaged',
    (text) => expect(looksLikeToken(text)).toBe(true),
  );

  it.each([
    'SST-7KQ4-M2XD-9HTB-WE3R',
    'Measuring bench 4',
    '',
    'https://licensing.example.com/portal',
    'latchkey',
  ])('leaves %j where it was pasted', (text) => expect(looksLikeToken(text)).toBe(false));
});
