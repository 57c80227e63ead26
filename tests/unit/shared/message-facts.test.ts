import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { failure, type ErrorCode } from '../../../shared/errors.ts';
import type { Facts } from '../../../shared/facts.ts';
import { describeFailure, describeReason } from '../../../shared/messages/index.ts';
import { LANGUAGES } from '../../../shared/settings.ts';

const say = (code: ErrorCode, facts: Facts, language: (typeof LANGUAGES)[number] = 'en') =>
  describeFailure(failure(code, facts), language).sentence;

describe('facts inside sentences', () => {
  it('shows an issuer as it is', () => {
    expect(say('certificateUntrusted', { issuer: 'Ünï Ca {1}, <b> #' })).toContain('“Ünï Ca {1}, <b> #”');
  });

  it.each([
    ['an escape sequence', 'Evil\u001B[2JCA', 'Evil [2JCA'],
    ['line ends', 'Evil\r\nlatchkey: active', 'Evil latchkey: active'],
    ['a line separator', 'Evil\u2028CA', 'Evil CA'],
    ['a right-to-left override', 'Evil\u202Eactive', 'Evil active'],
    ['the end of an isolate', 'Evil\u2069CA', 'Evil CA'],
    ['invisible spaces', '\u200BEvil\u00A0\u2003CA\uFEFF', 'Evil CA'],
  ])('makes %s in a fact harmless', (_, issuer, harmless) => {
    expect(say('certificateUntrusted', { issuer })).toContain(`“${harmless}”`);
    expect(say('certificateUntrusted', { issuer }, 'ar')).toContain(`«\u2068${harmless}\u2069»`);
  });

  it('says nothing about a fact that is empty', () => {
    const without = say('certificateUntrusted', {});
    expect(say('certificateUntrusted', { issuer: '' })).toBe(without);
    expect(say('certificateUntrusted', { issuer: '\u200B ' })).toBe(without);
    expect(describeReason({ code: 'deviceDrifted', facts: { factors: [] } }, 'en')).toEqual(
      describeReason({ code: 'deviceDrifted' }, 'en'),
    );
  });

  it('is not led astray by names that every object has', () => {
    for (const issuer of ['constructor', '__proto__', 'toString', 'hasOwnProperty']) {
      expect(say('certificateUntrusted', { issuer })).toContain(`“${issuer}”`);
      const { sentence } = describeReason({ code: 'deviceDrifted', facts: { factors: [issuer] } }, 'en');
      expect(sentence).toContain(`(${issuer})`);
    }
  });

  it.each([9e15, -9e15, Infinity, NaN])('leaves out an instant that is no date: %d', (at) => {
    expect(say('certificateExpired', { at })).toBe(say('certificateExpired', {}));
  });

  it.each([0, -8.64e15, 8.64e15])('names the instant %d', (at) => {
    expect(say('certificateExpired', { at })).not.toBe(say('certificateExpired', {}));
  });

  it('tells a wait as long as it is when it is asked for, and when it ends afterwards', () => {
    const next = (retryAfterSeconds: number) =>
      describeFailure(failure('rateLimited', { retryAfterSeconds }), 'en').nextAction;
    expect([next(0), next(1), next(119), next(120), next(3600)]).toEqual([
      'Try again now.',
      'Try again in a second.',
      'Try again in 119 seconds.',
      'Try again in 2 minutes.',
      'Try again in 60 minutes.',
    ]);
    const at = new Date(2026, 1, 3, 17, 2, 30).getTime();
    for (const code of ['rateLimited', 'serverError'] as const) {
      const later = (facts: Facts) => describeReason({ code, facts }, 'en').nextAction;
      // Half a minute past two and 40 seconds more: the third minute is over then.
      expect(later({ at, retryAfterSeconds: 40 })).toContain('after February 3, 2026 at 5:04 PM');
      expect(later({ at })).toContain('in a while');
      expect(later({ retryAfterSeconds: 40 })).toContain('in a while');
    }
  });

  it.each(LANGUAGES)('calls a trial a trial, and nothing else (%s)', (language) => {
    for (const code of ['entitlementEndsSoon', 'gracePeriod', 'entitlementExpired'] as const) {
      const bought = describeReason({ code, facts: { at: Date.UTC(2026, 1, 1) } }, language);
      const tried = describeReason({ code, facts: { at: Date.UTC(2026, 1, 1), isTrial: true } }, language);
      expect(tried.sentence).toMatch(/trial|Testlizenz|التجريبية/);
      expect(bought.sentence).not.toMatch(/trial|Testlizenz|التجريبية/);
      expect(tried.nextAction).not.toBe(bought.nextAction);
      // What is not about the plan is the same.
      expect(describeReason({ code: 'leaseEndsSoon', facts: { isTrial: true } }, language)).toEqual(
        describeReason({ code: 'leaseEndsSoon' }, language),
      );
    }
  });

  it('never throws and never shows a control character', () => {
    const facts = fc.record(
      {
        at: fc.double(),
        retryAfterSeconds: fc.double(),
        host: fc.string({ unit: 'binary' }),
        issuer: fc.string({ unit: 'binary' }),
        field: fc.string({ unit: 'binary' }),
        system: fc.string({ unit: 'binary' }),
        factors: fc.array(fc.string({ unit: 'binary' })),
        status: fc.double(),
        count: fc.double(),
      },
      { requiredKeys: [] },
    );
    const codes = [
      'certificateUntrusted',
      'certificateExpired',
      'usageInvalid',
      'vaultReadOnly',
      'rateLimited',
      'requestRefused',
    ] as const;
    fc.assert(
      fc.property(
        facts,
        fc.constantFrom(...codes),
        fc.constantFrom(...LANGUAGES),
        (given, code, language) => {
          expect(say(code, given, language)).not.toMatch(/\p{Cc}/u);
        },
      ),
    );
  });
});
