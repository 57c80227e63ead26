import { describe, expect, it } from 'vitest';
import { ERROR_CODES, ERRORS, failure, isErrorCode } from '../../../shared/errors.ts';
import { REASONS } from '../../../shared/license/reasons.ts';
import { REMEDIES } from '../../../shared/remedies.ts';
import { err, ok } from '../../../shared/result.ts';

describe('ERRORS', () => {
  it('gives every code an exit status of its own that a shell leaves alone', () => {
    const exits = ERROR_CODES.map((code) => ERRORS[code].exit);
    expect(new Set(exits).size).toBe(ERROR_CODES.length);
    // 0 is success; from 126 on shells speak of their own trouble and of signals.
    expect(exits.filter((exit) => !Number.isInteger(exit) || exit < 1 || exit > 125)).toEqual([]);
  });

  it('keeps the exit statuses that scripts know', () => {
    expect(ERRORS).toMatchObject({
      internal: { exit: 1 },
      usageInvalid: { exit: 2 },
      activationCodeInvalid: { exit: 11 },
      seatLimitReached: { exit: 13 },
      entitlementExpired: { exit: 14 },
      entitlementDisabled: { exit: 15 },
      serverUnreachable: { exit: 32 },
      certificateExpired: { exit: 37 },
      pinMismatch: { exit: 40 },
      answerMalformed: { exit: 43 },
    });
  });

  it('names only remedies that exist, and every remedy serves something', () => {
    const used = new Set<string>([...Object.values(ERRORS), ...Object.values(REASONS)].map((x) => x.remedy));
    expect([...used].toSorted()).toEqual([...REMEDIES].toSorted());
  });
});

describe('isErrorCode', () => {
  it.each(ERROR_CODES)('takes %s', (code) => {
    expect(isErrorCode(code)).toBe(true);
  });

  it.each(['', 'Internal', 'toString', '__proto__', 'constructor', 1, null, undefined, ['busy'], {}])(
    'refuses %j',
    (value) => {
      expect(isErrorCode(value)).toBe(false);
    },
  );
});

describe('failure and result', () => {
  it('carries facts only where there are some', () => {
    expect(failure('busy')).toStrictEqual({ code: 'busy' });
    expect(failure('busy', { count: 1 })).toStrictEqual({ code: 'busy', facts: { count: 1 } });
  });

  it('tells success from failure', () => {
    expect(ok(1)).toStrictEqual({ ok: true, value: 1 });
    expect(err('x')).toStrictEqual({ ok: false, error: 'x' });
  });
});
