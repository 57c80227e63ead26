import type { ProxyChoice } from './proxy-choice.ts';

/** Languages in which every sentence exists. The first is the fallback. */
export const LANGUAGES = ['en', 'de', 'ar'] as const;
export type Language = (typeof LANGUAGES)[number];

export const THEMES = ['system', 'light', 'dark'] as const;
export type Theme = (typeof THEMES)[number];

/** What a user may choose; `system` follows the operating system. */
export interface Settings {
  readonly language: Language | 'system';
  readonly theme: Theme;
  /** The way out of the network, where no administrator has decided it. */
  readonly proxy: ProxyChoice;
}

export const DEFAULT_SETTINGS: Settings = {
  language: 'system',
  theme: 'system',
  proxy: { kind: 'system' },
};

/**
 * The language to speak.
 * @param choice the user's setting
 * @param systemLocale BCP 47 tag of the operating system, such as `de-AT`
 */
export function resolveLanguage(choice: Settings['language'], systemLocale: string): Language {
  if (choice !== 'system') return choice;
  const base = systemLocale.toLowerCase().split(/[-_]/)[0];
  return LANGUAGES.find((language) => language === base) ?? LANGUAGES[0];
}
