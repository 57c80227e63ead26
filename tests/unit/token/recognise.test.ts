import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { toBase64Url, utf8 } from '../../../shared/license-file/encoding.ts';
import { armorToken } from '../../../shared/token/armor.ts';
import { EXTENSIONS, LABELS, TOKEN_KINDS } from '../../../shared/token/kinds.ts';
import { MAX_JWE_LENGTH, MAX_TEXT_BYTES } from '../../../shared/token/limits.ts';
import { recogniseToken } from '../../../shared/token/recognise.ts';
import { makeParties, sealed } from './samples.ts';

const parties = makeParties();
const headers = { Product: 'Signal Studio', Made: '2026-03-02T09:30:00Z' };
const tokens = TOKEN_KINDS.map((kind) => ({ kind, jwe: sealed(kind, parties) }));
const [request, response] = tokens;
if (request === undefined || response === undefined) throw new Error('no tokens');

const found = (token: (typeof tokens)[number]) => ({ ok: true, value: token });
const malformed = { ok: false, error: { code: 'tokenMalformed' } };

describe('armor', () => {
  it('has a label, lines for people, an empty line and lines of 64 characters', () => {
    const lines = armorToken(request.kind, request.jwe, headers).split('\n');
    expect(lines.slice(0, 4)).toEqual([
      '-----BEGIN LATCHKEY ACTIVATION REQUEST-----',
      'Product: Signal Studio',
      'Made: 2026-03-02T09:30:00Z',
      '',
    ]);
    expect(lines.slice(-2)).toEqual(['-----END LATCHKEY ACTIVATION REQUEST-----', '']);
    expect(lines.slice(4, -2).join('')).toBe(request.jwe);
    expect(new Set(lines.slice(4, -3).map((line) => line.length))).toEqual(new Set([64]));
  });

  it('keeps header values on one line, and leaves out what would look like the armor itself', () => {
    const text = armorToken(request.kind, request.jwe, {
      Product: `Two\r\nlines\u202e ${'x'.repeat(200)}`,
      Trick: '-----END LATCHKEY REFRESH-----',
      'Bad name': 'x',
    });
    expect(text.split('\n').slice(1, 3)).toEqual([`Product: Two lines ${'x'.repeat(90)}`, '']);
    expect(recogniseToken(text)).toEqual(found(request));
  });

  it('has a label and a file name extension of its own for each kind', () => {
    expect(new Set(Object.values(LABELS)).size).toBe(TOKEN_KINDS.length);
    expect(new Set(Object.values(EXTENSIONS)).size).toBe(TOKEN_KINDS.length);
  });
});

/** What happens to a text between two people. */
const DAMAGE: Readonly<Record<string, (text: string) => string>> = {
  'nothing at all': (text) => text,
  'Windows line ends': (text) => text.replaceAll('\n', '\r\n'),
  'old Macintosh line ends': (text) => text.replaceAll('\n', '\r'),
  'a byte order mark': (text) => `\uFEFF${text}`,
  'quoting in a mail': (text) => text.replaceAll(/^/gm, '> '),
  'quoting of a quoted mail': (text) => text.replaceAll(/^/gm, '>> > '),
  'a line of a table around it': (text) => text.replaceAll(/^/gm, '| '),
  indentation: (text) => text.replaceAll(/^/gm, '\t  '),
  'line breaks turned into spaces': (text) => text.replaceAll('\n', ' '),
  'line breaks lost': (text) => text.replaceAll('\n', ''),
  'quoting, and then line breaks lost': (text) => text.replaceAll(/^/gm, '> ').replaceAll('\n', ' '),
  'lines wrapped at 40 columns': (text) => text.replaceAll(/(.{40})/g, '$1\n> '),
  'empty lines between the lines': (text) => text.replaceAll('\n', '\n\n'),
  'spaces at the ends of lines': (text) => text.replaceAll('\n', ' \u00A0\n'),
  'zero-width spaces': (text) => text.replaceAll(/(.{30})/g, '$1\u200B'),
  'soft hyphens': (text) => text.replaceAll(/(.{30})/g, '$1\u00AD'),
  'direction marks': (text) => `\u202B${text}\u202C`,
  'dashes of the label turned into long ones': (text) => text.replaceAll('-----', '——-'),
  'every hyphen turned into a non-breaking one': (text) => text.replaceAll('-', '\u2011'),
  'every hyphen turned into an en dash': (text) => text.replaceAll('-', '–'),
  'every hyphen turned into a minus': (text) => text.replaceAll('-', '−'),
  'two hyphens turned into a long dash': (text) => text.replaceAll('--', '—'),
  'text around it': (text) => `Dear Ms Smith, here it is... (see below)\n\n${text}\nRegards\n-- \nSupport`,
  'a label of its own around it': (text) => `-----BEGIN MAIL-----\n${text}\n-----END MAIL-----`,
  'its end lost': (text) => text.replace(/-----END.*/, ''),
};

describe.each(tokens)('recognising, $kind', (token) => {
  const armored = armorToken(token.kind, token.jwe, headers);

  it.each(Object.entries(DAMAGE))('armor after %s', (_, damage) => {
    expect(recogniseToken(damage(armored))).toEqual(found(token));
  });

  it.each(Object.entries(DAMAGE).filter(([name]) => name !== 'two hyphens turned into a long dash'))(
    'bare after %s',
    (_, damage) => {
      expect(recogniseToken(damage(token.jwe))).toEqual(found(token));
    },
  );

  it('is not recognised under the label of another kind', () => {
    const other = tokens.find(({ kind }) => kind !== token.kind);
    expect(recogniseToken(armorToken(other?.kind ?? token.kind, token.jwe, headers))).toEqual(malformed);
    expect(recogniseToken(armored.replace(/END LATCHKEY .*-----/, 'END LATCHKEY X-----'))).toEqual(
      found(token),
    );
    const ends = `END LATCHKEY ${other === undefined ? '' : LABELS[other.kind]}`;
    expect(recogniseToken(armored.replace(/END LATCHKEY [A-Z ]+/, ends))).toEqual(malformed);
  });

  it('is not recognised when its end is missing', () => {
    for (const length of [0, 10, token.jwe.length - 30, token.jwe.length - 1]) {
      expect(recogniseToken(token.jwe.slice(0, length))).toEqual(malformed);
    }
  });
});

describe('recognising', () => {
  it('takes the first of several tokens, or the first of the kind that is wanted', () => {
    const mail = `${armorToken(request.kind, request.jwe)}\n> ${armorToken(response.kind, response.jwe)}`;
    expect(recogniseToken(mail)).toEqual(found(request));
    expect(recogniseToken(mail, { prefer: ['activation-response', 'refresh'] })).toEqual(found(response));
    expect(recogniseToken(mail, { prefer: ['deactivation'] })).toEqual(found(request));
  });

  it('refuses a token of a kind or version that it does not know', () => {
    const header = { alg: 'ECDH-ES', enc: 'A256GCM', cty: 'JWT', typ: 'latchkey-refresh-v2+jwt', kid: 'k' };
    const other = [toBase64Url(utf8(JSON.stringify(header))), ...request.jwe.split('.').slice(1)].join('.');
    expect(recogniseToken(other)).toEqual(malformed);
  });

  it('measures the text in bytes before it reads it', () => {
    const text = armorToken(request.kind, request.jwe);
    expect(recogniseToken(text + ' '.repeat(MAX_TEXT_BYTES - text.length))).toEqual(found(request));
    const tooLarge = { ok: false, error: { code: 'tokenTooLarge' } };
    expect(recogniseToken(text + ' '.repeat(MAX_TEXT_BYTES - text.length + 1))).toEqual(tooLarge);
    expect(recogniseToken(text + 'é'.repeat(MAX_TEXT_BYTES / 2))).toEqual(tooLarge);
  });

  it('has room for the largest token in armor, with Windows line ends and quoted', () => {
    const [header, , iv, , tag] = request.jwe.split('.');
    const rest = [header, '', iv, '', tag].join('.').length;
    const jwe = [header, '', iv, 'A'.repeat(MAX_JWE_LENGTH - rest), tag].join('.');
    const armored = armorToken(request.kind, jwe, { Product: 'x'.repeat(80), Made: 'y'.repeat(24) });
    const quoted = armored.replaceAll('\n', '\r\n').replaceAll(/^/gm, '>');
    expect(recogniseToken(quoted)).toEqual(found({ ...request, jwe }));
  });

  it('answers for any text', () => {
    const bit = fc.constantFrom(
      '..',
      '.',
      'eyJ',
      request.jwe.slice(0, 300),
      '-----BEGIN LATCHKEY REFRESH-----',
      '> ',
    );
    fc.assert(
      fc.property(fc.array(fc.oneof(bit, fc.string({ unit: 'binary' })), { maxLength: 60 }), (bits) => {
        const result = recogniseToken(bits.join(''));
        expect(result.ok ? '' : result.error.code).toMatch(/^(tokenMalformed|tokenTooLarge)?$/);
      }),
    );
  });
});
