import { IntlMessageFormat } from 'intl-messageformat';
import { describe, expect, it } from 'vitest';
import { NAMES } from '../../../shared/messages/evidence-names.ts';
import { ERROR_CODES } from '../../../shared/errors.ts';
import type { Facts } from '../../../shared/facts.ts';
import { REASON_CODES, type ReasonCode } from '../../../shared/license/reasons.ts';
import {
  catalogueOf,
  describeFailure,
  describeReason,
  describeLicense,
  describeState,
  menuLabel,
  remedyLabel,
} from '../../../shared/messages/index.ts';
import type { Catalogue, MenuEntry, Message } from '../../../shared/messages/types.ts';
import { REMEDIES } from '../../../shared/remedies.ts';
import { LANGUAGES, type Language } from '../../../shared/settings.ts';

const FACTS: Facts = {
  at: Date.UTC(2026, 2, 14, 15, 5),
  retryAfterSeconds: 12,
  host: 'api.example:8443',
  issuer: 'Corporate Inspection CA',
  field: 'api.pins.0: is missing',
  status: 1402,
  correlationId: 'c-1',
  system: 'EACCES',
  factors: ['mac', 'disk'],
  count: 3,
};

/** Texts that are rightly the same as in English. */
const SAME_AS_ENGLISH: Readonly<Partial<Record<Language, readonly string[]>>> = {
  de: ['menu.supportPage', 'diagnosis.evidenceWords.mode.online', 'diagnosis.evidenceWords.mode.offline'],
};

/** Names of systems and products. */
const SAME_EVERYWHERE = Object.entries(NAMES).flatMap(([list, names]) =>
  Object.keys(names).map((name) => `diagnosis.evidenceWords.${list}.${name}`),
);

/** Every text of a catalogue under its path, such as `errors.timeout.sentence`. */
function textsOf(catalogue: Catalogue): ReadonlyMap<string, string> {
  const walk = (path: string, value: object): [string, string][] =>
    Object.entries(value).flatMap(([name, child]: [string, unknown]) => {
      if (typeof child === 'string') return [[`${path}${name}`, child] satisfies [string, string]];
      return typeof child === 'object' && child !== null ? walk(`${path}${name}.`, child) : [];
    });
  return new Map(walk('', catalogue));
}

type Element = ReturnType<IntlMessageFormat['getAst']>[number];

/** The mark of plain text among the elements of a parsed message. */
const LITERAL = new IntlMessageFormat('text').getAst()[0]?.type;

/** Everything inside a message, its branches included. */
function elementsOf(elements: readonly Element[]): readonly Element[] {
  return elements.flatMap((element) =>
    'options' in element
      ? [element, ...Object.values(element.options).flatMap(({ value }) => elementsOf(value))]
      : [element],
  );
}

const parse = (text: string, language: Language) =>
  elementsOf(new IntlMessageFormat(text, language, undefined, { ignoreTag: true }).getAst());

const argumentsOf = (text: string, language: Language) =>
  new Set(
    parse(text, language).flatMap((element) =>
      'value' in element && element.type !== LITERAL ? [element.value] : [],
    ),
  );

const descriptions = (
  language: Language,
  facts: Facts | undefined,
): readonly (readonly [string, Message])[] => [
  ...REASON_CODES.map((code) => [`reasons.${code}`, describeReason({ code, facts }, language)] as const),
  ...ERROR_CODES.map(
    (code) =>
      [
        `errors.${code}`,
        describeFailure(facts === undefined ? { code } : { code, facts }, language),
      ] as const,
  ),
];

/** What is wrong with the form of a text, to a proof-reader without the language; null if nothing. */
function flaw(text: string): string | null {
  if (text.trim() === '') return 'empty';
  if (text !== text.trim()) return 'space at an end';
  if (/\s{2}/.test(text)) return 'double space';
  if (/\s[.,;:!?،؛؟)»”“]/u.test(text.replaceAll(' “', ' '))) return 'space before punctuation';
  if (/[.,;:!?،؛؟]{2}/u.test(text)) return 'double punctuation';
  if (/[{}]|undefined|NaN|Invalid/.test(text)) return 'raw syntax';
  if (/(?:^|[^\p{L}])none(?:$|[^\p{L}])/u.test(text)) return 'a missing fact';
  if (/(?:^|\s)-1\b|1970/.test(text)) return 'a missing number';
  return null;
}

describe.each(LANGUAGES)('messages in %s', (language) => {
  const texts = textsOf(catalogueOf(language));
  const english = textsOf(catalogueOf('en'));

  it('says the same things as English with the same arguments', () => {
    expect([...texts.keys()]).toEqual([...english.keys()]);
    for (const [path, text] of texts) {
      expect([path, argumentsOf(text, language)]).toEqual([path, argumentsOf(english.get(path) ?? '', 'en')]);
    }
  });

  it.each([
    ['no facts', undefined],
    ['empty facts', {}],
    ['all facts', FACTS],
  ] as const)('makes a whole sentence and next action of every code with %s', (_, facts) => {
    for (const [path, { sentence, nextAction }] of descriptions(language, facts)) {
      expect([path, flaw(sentence), flaw(nextAction)]).toEqual([path, null, null]);
      expect([path, sentence.at(-1), nextAction.at(-1)]).toEqual([path, '.', '.']);
    }
  });

  it('shows each fact that its message speaks of', () => {
    const shown: Readonly<Record<string, string>> = {
      at: '2026',
      host: 'api.example:8443',
      issuer: 'Corporate Inspection CA',
      field: 'api.pins.0: is missing',
      system: 'EACCES',
      status: '1402',
      count: '3',
      seconds: '12',
      factors: catalogueOf(language).factors.disk,
    };
    for (const [path, message] of descriptions(language, FACTS)) {
      for (const part of ['sentence', 'nextAction'] as const) {
        for (const name of argumentsOf(texts.get(`${path}.${part}`) ?? '', language)) {
          expect([path, message[part]]).toEqual([path, expect.stringContaining(shown[name] ?? '')]);
        }
      }
    }
  });

  it('gives every plural of a count all the categories of the language', () => {
    const needed = new Intl.PluralRules(language).resolvedOptions().pluralCategories;
    for (const [path, text] of texts) {
      for (const element of parse(text, language)) {
        // A status is a name made of digits: nothing agrees with it.
        if (!('pluralType' in element) || element.value === 'status') continue;
        expect([path, Object.keys(element.options)]).toEqual([path, expect.arrayContaining(needed)]);
        expect([path, Object.keys(element.options)]).toEqual([path, expect.arrayContaining(['=-1'])]);
      }
    }
  });

  it.each([0, 1, 2, 3, 10, 11, 99, 100, 101, 102, 103, 1000, 0.5])('counts %d of something', (count) => {
    const facts = { ...FACTS, count, retryAfterSeconds: count };
    for (const [path, { sentence, nextAction }] of descriptions(language, facts)) {
      expect([path, flaw(sentence), flaw(nextAction)]).toEqual([path, null, null]);
    }
  });

  it('writes Western digits, since they are read out over the phone', () => {
    for (const [path, { sentence, nextAction }] of descriptions(language, FACTS)) {
      expect([path, /[٠-٩۰-۹]/u.test(`${sentence}${nextAction}`)]).toEqual([path, false]);
    }
  });

  it('captions everything but the remedy that is none', () => {
    for (const remedy of REMEDIES) {
      const label = remedyLabel(remedy, language);
      expect([remedy, flaw(label)]).toEqual([remedy, remedy === 'none' ? 'empty' : null]);
    }
    const { menu, states, factors } = catalogueOf(language);
    for (const entry of Object.keys(menu) as MenuEntry[]) {
      const named = menuLabel(entry, language, 'Acme');
      expect([entry, flaw(named)]).toEqual([entry, null]);
      expect([entry, named.includes('Acme')]).toEqual([entry, ['about', 'hide', 'quit'].includes(entry)]);
    }
    for (const state of Object.keys(states) as (keyof typeof states)[]) {
      expect([state, flaw(describeState(state, language))]).toEqual([state, null]);
    }
    for (const [name, factor] of Object.entries(factors)) expect([name, flaw(factor)]).toEqual([name, null]);
  });

  it('tells zoom, minimize and the other entries of one menu apart', () => {
    const { menu } = catalogueOf(language);
    expect(new Set(Object.values(menu)).size).toBe(Object.keys(menu).length);
  });
});

describe.each(['de', 'ar'] as const)('translation to %s', (language) => {
  it('leaves nothing in English but what is allowed', () => {
    const english = textsOf(catalogueOf('en'));
    const same = [...textsOf(catalogueOf(language))].filter(([path, text]) => text === english.get(path));
    expect(new Set(same.map(([path]) => path).filter((path) => path !== 'remedies.none'))).toEqual(
      new Set([...SAME_EVERYWHERE, ...(SAME_AS_ENGLISH[language] ?? [])]),
    );
  });
});

describe('messages in Arabic', () => {
  it('isolates what is read from left to right', () => {
    for (const [path, text] of textsOf(catalogueOf('ar'))) {
      for (const name of ['host', 'field', 'system']) {
        const bare = text.replaceAll(`\u2066{${name}}\u2069`, '').includes(`{${name}}`);
        expect([path, bare]).toEqual([path, false]);
      }
      expect([path, text.split(/[\u2066\u2068]/u).length]).toEqual([path, text.split('\u2069').length]);
    }
  });

  it('has no Latin letters outside of arguments and isolates', () => {
    for (const [path, { sentence, nextAction }] of descriptions('ar', FACTS)) {
      const rest = `${sentence} ${nextAction}`.replaceAll(/[\u2066\u2068][^\u2069]*\u2069/gu, '');
      expect([path, /[a-z]/i.exec(rest)?.[0]]).toEqual([path, undefined]);
    }
  });
});

describe('the check of a form itself', () => {
  it.each([
    ['', 'empty'],
    [' a.', 'space at an end'],
    ['a  b.', 'double space'],
    ['a .', 'space before punctuation'],
    ['ا ، ب.', 'space before punctuation'],
    ['a..', 'double punctuation'],
    ['a {b}.', 'raw syntax'],
    ['none is busy.', 'a missing fact'],
    ['in -1 seconds.', 'a missing number'],
    ['issued by “CA”, who.', null],
    ['a nonexistent thing: b (c); d.', null],
  ])('%j: %s', (text, expected) => {
    expect(flaw(text)).toBe(expected);
  });
});

describe('a lease that runs but does not count', () => {
  it.each(LANGUAGES)('is on hold, and not called expired, in %s', (language) => {
    const told = (code: ReasonCode) =>
      describeLicense({ state: 'leaseExpired', reasons: [{ code }] }, language);
    const expired = describeState('leaseExpired', language);
    for (const code of ['clockRolledBack', 'vaultRolledBack'] as const) expect(told(code)).not.toBe(expired);
    expect(told('leaseExpired')).toBe(expired);
    expect(describeLicense({ state: 'active', reasons: [] }, language)).toBe(
      describeState('active', language),
    );
  });
});
