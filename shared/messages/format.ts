import { IntlMessageFormat } from 'intl-messageformat';
import type { Facts } from '../facts.ts';
import type { Language } from '../settings.ts';

export type Arguments = Readonly<Record<string, string | number>>;

const FORMATS = {
  date: {
    day: { year: 'numeric', month: 'long', day: 'numeric' },
    moment: { year: 'numeric', month: 'long', day: 'numeric', hour: 'numeric', minute: '2-digit' },
  },
} as const;

const compiled = new Map<string, IntlMessageFormat>();

/**
 * Fills an ICU message in. Compiled messages are kept, since windows show the same ones again and again.
 * @param language decides plurals, digits and dates
 */
export function formatMessage(message: string, language: Language, values: Arguments = {}): string {
  const key = `${language}\n${message}`;
  let format = compiled.get(key);
  if (format === undefined) {
    // Western digits in every language: codes, ports and dates are read out over the phone.
    format = new IntlMessageFormat(message, `${language}-u-nu-latn`, FORMATS, { ignoreTag: true });
    compiled.set(key, format);
  }
  return String(format.format(values));
}

/**
 * The arguments that messages about codes may use. A missing text is `none` and a missing number -1, so that a
 * message can `select` on it instead of breaking.
 */
export function factArguments(
  facts: Facts | undefined,
  nameFactor: (name: string) => string,
  list: Intl.ListFormat,
) {
  return {
    at: facts?.at ?? 0,
    atKnown: facts?.at === undefined ? 'no' : 'yes',
    host: facts?.host ?? 'none',
    issuer: facts?.issuer ?? 'none',
    field: facts?.field ?? 'none',
    system: facts?.system ?? 'none',
    status: facts?.status ?? -1,
    count: facts?.count ?? -1,
    seconds: facts?.retryAfterSeconds ?? -1,
    factors: facts?.factors === undefined ? 'none' : list.format(facts.factors.map(nameFactor)),
  };
}
