import { useCallback } from 'react';
import { formatMessage } from '../../shared/messages/format.ts';
import type { Language } from '../../shared/settings.ts';
import { useApp } from '../store/use-app.ts';
import { languageOf } from '../theme/apply.ts';
import { ar } from './ar.ts';
import { de } from './de.ts';
import { en, type StringKey, type Strings } from './en.ts';

const STRINGS: Readonly<Record<Language, Strings>> = { en, de, ar };

export type Say = (key: StringKey, values?: Readonly<Record<string, string | number>>) => string;

/** One string of the screens in one language. */
export function say(language: Language, key: StringKey, values?: Parameters<Say>[1]): string {
  return formatMessage(STRINGS[language][key], language, values);
}

export function useLanguage(): Language {
  return useApp((app) => languageOf(app.snapshot?.application ?? null));
}

/** The strings of the screens, in the language in force. */
export function useText(): Say {
  const language = useLanguage();
  return useCallback((key, values) => say(language, key, values), [language]);
}
