import { describe, expect, it } from 'vitest';
import { allowedActions } from '../../../shared/license/actions.ts';
import { deriveLicense } from '../../../shared/license/derive.ts';
import { NO_LIMITS, withinLimits } from '../../../shared/license/limits.ts';
import { REASON_CODES, REASONS, type ReasonCode } from '../../../shared/license/reasons.ts';
import type { LicenseFacts } from '../../../shared/license/types.ts';
import { ended, lease, seat, terms } from './derive-case.ts';
import { clockAhead, device } from './derive-clock.ts';
import { entitlements, leases } from './derive-dates.ts';
import { others, vault, withoutSeat } from './derive-situations.ts';
import { around, DAY, HOUR, MINUTE, NOW, RIGHT_CLOCK } from './sample-license.ts';

const CONTACTS = [
  'networkUnavailable',
  'dnsFailed',
  'serverUnreachable',
  'proxyUnreachable',
  'proxyAuthRequired',
  'proxyRefused',
  'certificateUntrusted',
  'certificateExpired',
  'certificateNotYetValid',
  'pinMismatch',
  'serverError',
  'requestRefused',
  'rateLimited',
  'clientCertificateRequired',
  'clientCertificateRefused',
] as const;

describe.each([
  ['vault', vault],
  ['without a seat', withoutSeat],
  ['device and clock', device],
  ['a clock that is ahead', clockAhead],
  ['lease', leases],
  ['entitlement', entitlements],
  ['everything else', others],
])('deriveLicense: %s', (_, cases) => {
  it.each(cases)('$name', (example) => {
    const derived = deriveLicense(example.facts, example.clock ?? RIGHT_CLOCK, around(example.around));
    expect(derived.state).toBe(example.state);
    expect(derived.reasons.map(({ code }) => code)).toEqual(
      example.codes.toSorted((a, b) => REASON_CODES.indexOf(a) - REASON_CODES.indexOf(b)),
    );
    expect(derived.actions).toEqual(
      example.actions ?? allowedActions(example.state, example.facts?.activation?.mode ?? null),
    );
  });
});

describe('deriveLicense: facts beside the codes', () => {
  const factsOf = (code: ReasonCode, facts: LicenseFacts, clock = RIGHT_CLOCK, changes = {}) =>
    deriveLicense(facts, clock, around(changes)).reasons.find((entry) => entry.code === code)?.facts;

  it('names the instant of every end', () => {
    expect(factsOf('leaseExpired', lease({ leaseExpiry: NOW - 5 }))).toEqual({ at: NOW - 5 });
    expect(factsOf('gracePeriod', terms({ expiry: NOW - DAY, graceExpiry: NOW + 5 }))).toEqual({
      at: NOW + 5,
    });
    expect(factsOf('entitlementExpired', terms({ expiry: NOW - DAY, graceExpiry: NOW }))).toEqual({
      at: NOW - DAY,
    });
    expect(factsOf('deactivated', ended('deactivated'))).toEqual({ at: NOW - DAY });
  });

  it('names no instant that is not known', () => {
    expect(
      factsOf('gracePeriod', terms({ expiry: NOW - DAY, status: 'gracePeriod', graceExpiry: null })),
    ).toEqual({});
    expect(factsOf('entitlementExpired', terms({ status: 'expired', expiry: null }))).toEqual({});
  });

  it('names the changed factors and the minutes of the clock, rounded up', () => {
    const changed = { device: { verdict: 'drifted', changed: ['mac', 'disk'] } };
    expect(factsOf('deviceDrifted', seat(), RIGHT_CLOCK, changed)).toEqual({ factors: ['mac', 'disk'] });
    expect(factsOf('clockRolledBack', seat(), { now: NOW, behindBy: MINUTE + 1 })).toEqual({
      at: NOW,
      count: 2,
    });
  });

  it('keeps the facts of a failed contact, with the instant of the contact', () => {
    const lastContact = { at: NOW - HOUR, code: 'pinMismatch', facts: { host: 'api.example', at: 1 } };
    expect(factsOf('pinMismatch', seat(), RIGHT_CLOCK, { lastContact })).toEqual({
      host: 'api.example',
      at: NOW - HOUR,
    });
  });
});

describe('deriveLicense: reach', () => {
  it('reaches every reason code', () => {
    const reached = new Set(
      [...vault, ...withoutSeat, ...device, ...clockAhead, ...leases, ...entitlements, ...others].flatMap(
        ({ codes }) => codes,
      ),
    );
    for (const code of CONTACTS) {
      const derived = deriveLicense(seat(), RIGHT_CLOCK, around({ lastContact: { at: NOW, code } }));
      for (const entry of derived.reasons) reached.add(entry.code);
    }
    const active = deriveLicense(seat(), RIGHT_CLOCK, around());
    for (const limits of [{ denied: ['deactivate' as const] }, { invalid: 'is not JSON' }]) {
      for (const entry of withinLimits(active, { ...NO_LIMITS, ...limits }).reasons) reached.add(entry.code);
    }
    expect(REASON_CODES.filter((code) => !reached.has(code))).toEqual([]);
  });

  it('takes severity and remedy from the table', () => {
    const { reasons } = deriveLicense(
      terms({ status: 'disabled' }),
      RIGHT_CLOCK,
      around({ clonedImage: true }),
    );
    expect(reasons.map(({ severity, remedy }) => ({ severity, remedy }))).toEqual([
      REASONS.entitlementDisabled,
      REASONS.clonedImageSuspected,
    ]);
  });
});
