import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { DEFAULT_SETTINGS, LANGUAGES, resolveLanguage } from '../../../shared/settings.ts';

describe('resolveLanguage', () => {
  it.each([
    ['en', 'en'],
    ['en-GB', 'en'],
    ['de', 'de'],
    ['de-AT', 'de'],
    ['DE_de.UTF-8', 'de'],
    ['de-Latn-CH-1996', 'de'],
    ['ar', 'ar'],
    ['ar-EG', 'ar'],
    ['AR-EG-u-nu-arab', 'ar'],
  ] as const)('follows the system locale %s', (locale, language) => {
    expect(resolveLanguage('system', locale)).toBe(language);
  });

  it.each(['', 'fr-FR', 'den', 'arz', 'C', '-de', '*', 'zh-Hant-DE'])(
    'falls back to English for %j',
    (locale) => {
      expect(resolveLanguage('system', locale)).toBe('en');
    },
  );

  it.each(LANGUAGES)('lets the choice of %s win over the system', (language) => {
    expect(resolveLanguage(language, language === 'de' ? 'ar' : 'de')).toBe(language);
  });

  it('follows the system unless told otherwise', () => {
    expect(DEFAULT_SETTINGS).toEqual({
      language: 'system',
      theme: 'system',
      proxy: { kind: 'system' },
    });
    fc.assert(
      fc.property(fc.string(), (locale) =>
        LANGUAGES.includes(resolveLanguage(DEFAULT_SETTINGS.language, locale)),
      ),
    );
  });
});
