import { readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { codeDocuments } from '../../build/codes/documents.ts';
import { ERROR_CODES } from '../../shared/errors.ts';
import { REASON_CODES } from '../../shared/license/reasons.ts';
import { LANGUAGES } from '../../shared/settings.ts';

const ROOT = path.resolve(import.meta.dirname, '../..');
const read = (file: string) => readFileSync(path.join(ROOT, file), 'utf8');

/** The codes that stand in the first column of the table under a heading, the first or the second. */
function codesIn(text: string, heading: 1 | 2): readonly string[] {
  const section = text.split(/^## /mu)[heading] ?? '';
  return [...section.matchAll(/^\| `([A-Za-z]+)` \| [^|]+ \| [^|]+ \| [^|]+ \|/gmu)].map(
    ([, code = '']) => code,
  );
}

describe('the documentation of codes', () => {
  it('is there in every language', () => {
    expect(codeDocuments().map(({ file }) => file)).toEqual(
      LANGUAGES.map((language) => `shared/messages/${language}/CODES.md`),
    );
  });

  it.each(codeDocuments())('is as the sentences are now: $file', ({ file, text }) => {
    expect(read(file)).toBe(text);
  });

  it.each(codeDocuments())('says of every code what it means and what to do: $file', ({ file }) => {
    const text = read(file);
    expect(codesIn(text, 1)).toEqual(REASON_CODES);
    expect(codesIn(text, 2)).toEqual(ERROR_CODES);
    const cut = text.replace(/^\| `pinMismatch`.*\n/gmu, '');
    expect(codesIn(cut, 1)).not.toEqual(REASON_CODES);
  });
});
