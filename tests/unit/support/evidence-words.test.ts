import { describe, expect, it } from 'vitest';
import { NAMES } from '../../../shared/messages/evidence-names.ts';
import { diagnosisWords } from '../../../shared/messages/index.ts';
import { LANGUAGES, type Language } from '../../../shared/settings.ts';
import { WORD_NAMES } from '../../../shared/support/evidence.ts';
import { evidenceText } from '../../../shared/support/evidence-text.ts';
import { EVIDENCE_WORDS, type WordName } from '../../../shared/support/evidence-words.ts';

/* What a check says in a word of the program's lists is read by a person, who knows none of those lists. */

const ALL = WORD_NAMES.flatMap((name) => EVIDENCE_WORDS[name].map((value) => ({ name, value })));

const shown = (name: WordName, value: string, language: Language) =>
  evidenceText({ kind: 'word', name, value }, language).value;

const isName = (name: WordName, value: string): boolean => {
  const names: Readonly<Partial<Record<WordName, Readonly<Record<string, string>>>>> = NAMES;
  return Object.hasOwn(names[name] ?? {}, value);
};

/** Words that are the same in German, as they came from there or went there. */
const LOANS: readonly string[] = ['online', 'offline'];

describe.each(LANGUAGES)('evidence in words (%s)', (language) => {
  it.each(ALL)('has one for $name $value', ({ name, value }) => {
    const words: Readonly<Record<string, string>> = diagnosisWords(language).evidenceWords[name];
    expect(words[value]).toBeTypeOf('string');
    const text = shown(name, value, language);
    expect(text.trim()).toBe(text);
    expect(text).not.toBe('');
    // An id of the program is no word of a person.
    if (/[A-Z_]/u.test(value)) expect(text).not.toBe(value);
  });

  it('has no word that no check says', () => {
    for (const name of WORD_NAMES) {
      const words = Object.keys(diagnosisWords(language).evidenceWords[name]);
      expect(words.toSorted()).toEqual([...EVIDENCE_WORDS[name]].toSorted());
    }
  });

  it('tells the words of one list apart', () => {
    for (const name of WORD_NAMES) {
      const texts = EVIDENCE_WORDS[name].map((value) => shown(name, value, language));
      expect(new Set(texts).size).toBe(texts.length);
    }
  });

  it('shows a word that it does not know as it is, and nothing of an object’s own', () => {
    expect(shown('keyringBackend', 'kwallet9', language)).toBe('kwallet9');
    expect(shown('vault', 'constructor', language)).toBe('constructor');
  });
});

describe.each(['de', 'ar'] as const)('evidence in %s', (language) => {
  it.each(ALL.filter(({ name, value }) => !isName(name, value)))('is no English: $name $value', (word) => {
    const { name, value } = word;
    const text = shown(name, value, language);
    const isLoan = language === 'de' && LOANS.includes(value);
    expect(text === value || text === shown(name, value, 'en')).toBe(isLoan);
    if (language === 'ar') expect(text).toMatch(/\p{Script=Arabic}/u);
  });

  it.each(ALL.filter(({ name, value }) => isName(name, value)))('keeps the name $name $value', (word) => {
    expect(shown(word.name, word.value, language)).toBe(shown(word.name, word.value, 'en'));
  });
});
