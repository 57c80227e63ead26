import type { ApplicationView } from '../../shared/contract.ts';
import { LANGUAGES, resolveLanguage, type Language } from '../../shared/settings.ts';
import { deriveAccent, HOUSE_ACCENT, SURFACES } from './accent.ts';

/** The language in force, of those that every sentence exists in. */
export function languageOf(application: Pick<ApplicationView, 'locale'> | null): Language {
  return resolveLanguage('system', application?.locale ?? globalThis.navigator?.language ?? LANGUAGES[0]);
}

export function directionOf(language: Language): 'ltr' | 'rtl' {
  return language === 'ar' ? 'rtl' : 'ltr';
}

/** Puts language, direction, theme, colours and title on the document. */
export function applyAppearance(application: ApplicationView | null): void {
  const root = document.documentElement;
  const language = languageOf(application);
  root.lang = language;
  root.dir = directionOf(language);
  root.dataset['theme'] = application?.settings.theme ?? 'system';
  if (application === null) return;
  document.title = application.name;
  const light = application.accent ?? HOUSE_ACCENT;
  const dark = application.accentDark ?? light;
  // Through the CSSOM: the content security policy allows no style in the document.
  const set = (mode: 'light' | 'dark', colour: string) => {
    const accent = deriveAccent(colour, SURFACES[mode]);
    root.style.setProperty(`--accent-fill-${mode}`, accent.fill);
    root.style.setProperty(`--accent-on-fill-${mode}`, accent.onFill);
    root.style.setProperty(`--accent-ink-${mode}`, accent.ink);
  };
  set('light', light);
  set('dark', dark);
}
