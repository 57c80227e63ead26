import { describe, expect, it } from 'vitest';
import { ar } from '../../../renderer/strings/ar.ts';
import { de } from '../../../renderer/strings/de.ts';
import { en, type StringKey } from '../../../renderer/strings/en.ts';
import { formatMessage } from '../../../shared/messages/format.ts';

const LANGUAGES = { en, de, ar };
const KEYS = Object.keys(en) as StringKey[];

/** Names of the arguments of an ICU message. */
function argumentsOf(message: string): string[] {
  return [...new Set([...message.matchAll(/\{(\w+)[,}]/g)].map(([, name]) => name ?? ''))].toSorted();
}

describe.each(Object.entries(LANGUAGES))('the strings of the screens in %s', (language, strings) => {
  it.each(KEYS)('%s can be said, with the arguments that English has', (key) => {
    const names = argumentsOf(en[key]);
    expect(argumentsOf(strings[key])).toEqual(names);
    for (const count of [0, 1, 2, 3, 11, 100]) {
      const values = Object.fromEntries(names.map((name) => [name, name === 'count' ? count : `<${name}>`]));
      const said = formatMessage(strings[key], language as keyof typeof LANGUAGES, values);
      expect(said).not.toMatch(/[{}]|^\s*$/);
    }
  });

  it('are not left in English', () => {
    const same = KEYS.filter((key) => language !== 'en' && strings[key] === en[key]);
    // Words that German has taken over.
    const shared = [
      'environment.test',
      'activate.edition',
      'activate.optional',
      'seat.mode.online',
      'seat.mode.offline',
      'settings.theme.system',
      'settings.version',
      'help.website',
      'carrier.text',
    ];
    expect(same.filter((key) => language === 'ar' || !shared.includes(key))).toEqual([]);
  });
});
