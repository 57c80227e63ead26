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

const LAST_INSTANT = 8.64e15;

/**
 * A fact as it may stand inside a sentence, on a terminal or in a window. Whoever answers a call writes the names
 * in its certificate: control characters could drive the terminal, and bidirectional marks could turn the sentence
 * round, so both become spaces.
 */
function plain(text: string | undefined): string {
  const clean = (text ?? '').replace(/[\p{Cc}\p{Cf}\p{Z}]+/gu, ' ').trim();
  return clean === '' ? 'none' : clean;
}

/** A wait from here on is told in minutes, seconds. */
const LONG_WAIT = 120;
const MINUTE = 60_000;

/** When a wait that was asked for at a known instant is over; rounded up, so that it is true to the minute. */
function waitEnd(facts: Facts | undefined): { readonly until: number; readonly untilKnown: 'yes' | 'no' } {
  const end = (facts?.at ?? Number.NaN) + (facts?.retryAfterSeconds ?? Number.NaN) * 1000;
  const until = Math.ceil(end / MINUTE) * MINUTE;
  return Math.abs(until) <= LAST_INSTANT ? { until, untilKnown: 'yes' } : { until: 0, untilKnown: 'no' };
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
  const at = facts?.at;
  // A number that is no date would make the formatter throw, and the sentence about a failure must never fail.
  const atKnown = at !== undefined && Math.abs(at) <= LAST_INSTANT;
  return {
    at: atKnown ? at : 0,
    atKnown: atKnown ? 'yes' : 'no',
    host: plain(facts?.host),
    issuer: plain(facts?.issuer),
    proxy: plain(facts?.proxy),
    field: plain(facts?.field),
    system: plain(facts?.system),
    // The names of cases in ICU messages have no hyphen.
    tokenKind: facts?.tokenKind?.replace('-', '_') ?? 'none',
    terms: facts?.isTrial === true ? 'trial' : 'bought',
    status: facts?.status ?? -1,
    count: facts?.count ?? -1,
    countKnown: facts?.count === undefined ? 'no' : 'yes',
    seconds: facts?.retryAfterSeconds ?? -1,
    longWait: (facts?.retryAfterSeconds ?? 0) >= LONG_WAIT ? 'yes' : 'no',
    ...waitEnd(facts),
    minutes: facts?.retryAfterSeconds === undefined ? -1 : Math.ceil(facts.retryAfterSeconds / 60),
    factors: plain(list.format((facts?.factors ?? []).map(nameFactor))),
  };
}
