import type { Language } from '../../shared/settings.ts';
import { timeAgo } from './time-left.ts';

/** Western digits everywhere, as in shared/messages: numbers and dates are read out over the phone. */
function localeOf(language: Language): string {
  return `${language}-u-nu-latn`;
}

function remember<F>(make: (locale: string) => F): (language: Language) => F {
  const made = new Map<Language, F>();
  return (language) => {
    const known = made.get(language);
    if (known !== undefined) return known;
    const fresh = make(localeOf(language));
    made.set(language, fresh);
    return fresh;
  };
}

const days = remember((locale) => new Intl.DateTimeFormat(locale, { dateStyle: 'long' }));
const moments = remember(
  (locale) => new Intl.DateTimeFormat(locale, { dateStyle: 'long', timeStyle: 'short' }),
);
const times = remember((locale) => new Intl.DateTimeFormat(locale, { timeStyle: 'short' }));
const numbers = remember((locale) => new Intl.NumberFormat(locale, { maximumFractionDigits: 6 }));
const relatives = remember((locale) => new Intl.RelativeTimeFormat(locale, { numeric: 'auto' }));

export function formatDay(language: Language, instant: number): string {
  return days(language).format(instant);
}

export function formatMoment(language: Language, instant: number): string {
  return moments(language).format(instant);
}

export function formatNumber(language: Language, value: number): string {
  return numbers(language).format(value);
}

/** "5 minutes ago", "yesterday", "now". */
export function formatAgo(language: Language, instant: number, now: number): string {
  const { unit, count } = timeAgo(instant, now);
  return relatives(language).format(-count, unit);
}

/**
 * Day and time as one would say them: "yesterday" and "2:05 PM"; a date where it was before that.
 * @param now decides what today is, in the time zone of this device
 */
export function dayAndTime(
  language: Language,
  instant: number,
  now: number,
): { readonly near: boolean; readonly day: string; readonly time: string } {
  const daysAgo = Math.round((startOfDay(now) - startOfDay(instant)) / DAY);
  const near = daysAgo === 0 || daysAgo === 1;
  const day = near ? relatives(language).format(-daysAgo, 'day') : formatDay(language, instant);
  return { near, day, time: times(language).format(instant) };
}

const DAY = 86_400_000;

function startOfDay(instant: number): number {
  return new Date(instant).setHours(0, 0, 0, 0);
}

/** With a capital in front, as where the words stand alone. */
export function sentenceCase(language: Language, words: string): string {
  return words.charAt(0).toLocaleUpperCase(language) + words.slice(1);
}

/** A list of numbers: "2 and 3". */
export function formatNumbers(language: Language, values: readonly number[]): string {
  return new Intl.ListFormat(localeOf(language)).format(values.map((value) => formatNumber(language, value)));
}

const RIGHT_TO_LEFT = /[\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufefc]/;

/**
 * Keeps a value that is put into a sentence from reordering the words around it (Unicode UAX 9, FSI and PDI). Left
 * alone where nothing runs from right to left.
 */
export function isolate(language: Language, value: string): string {
  return language === 'ar' || RIGHT_TO_LEFT.test(value) ? `\u2068${value}\u2069` : value;
}
