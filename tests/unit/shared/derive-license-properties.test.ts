import fc from 'fast-check';
import * as v from 'valibot';
import { describe, expect, it } from 'vitest';
import { ERROR_CODES } from '../../../shared/errors.ts';
import { factsSchema } from '../../../shared/facts.ts';
import { allowedActions } from '../../../shared/license/actions.ts';
import { deriveLicense } from '../../../shared/license/derive.ts';
import { REASON_CODES } from '../../../shared/license/reasons.ts';
import { licenseViewSchema } from '../../../shared/license/schemas.ts';
import type { LicenseFacts, LicenseState, Surroundings, TrustedNow } from '../../../shared/license/types.ts';
import { describeReason } from '../../../shared/messages/index.ts';
import { activation, around, DAY, NOW, RIGHT_CLOCK } from './sample-license.ts';

const instant = fc.oneof(
  fc.integer({ min: -8.64e15, max: 8.64e15 }),
  fc.integer({ min: NOW - 40 * DAY, max: NOW + 40 * DAY }),
  fc.constant(NOW),
);
const orNull = <T>(inner: fc.Arbitrary<T>) => fc.option(inner, { nil: null });

const entitlement = fc.record({
  status: fc.constantFrom(
    'active' as const,
    'gracePeriod' as const,
    'expired' as const,
    'disabled' as const,
    'exported' as const,
    'created' as const,
    'customerDisabled' as const,
  ),
  expiry: orNull(instant),
  graceExpiry: orNull(instant),
  hasMaintenance: orNull(fc.boolean()),
  maintenanceExpiry: orNull(instant),
});

const seat = fc
  .record({
    mode: fc.constantFrom('online' as const, 'offline' as const),
    lastLeaseAt: instant,
    leaseExpiry: orNull(instant),
    entitlement,
  })
  .map((changes) => activation(changes));

const facts: fc.Arbitrary<LicenseFacts | null> = orNull(
  fc.record({
    activation: orNull(seat),
    ended: orNull(
      fc.record({
        cause: fc.constantFrom(
          'deactivated' as const,
          'seatReleased' as const,
          'seatLostToClone' as const,
          'seatHeldElsewhere' as const,
          'vaultOutdated' as const,
        ),
        at: instant,
      }),
    ),
  }),
);

const clock: fc.Arbitrary<TrustedNow> = fc.record({
  now: instant,
  behindBy: fc.oneof(fc.constant(0), fc.integer({ min: 0, max: 8.64e15 })),
});

const shown = fc.record(
  { host: fc.string({ maxLength: 300 }), issuer: fc.string({ maxLength: 200 }), status: fc.integer() },
  { requiredKeys: [] },
);

const surroundings: fc.Arbitrary<Surroundings> = fc.record({
  environment: fc.constantFrom('test', 'live'),
  device: fc.record({
    verdict: fc.constantFrom('same', 'drifted', 'different', 'unknown'),
    changed: fc.array(fc.string({ maxLength: 40 }), { maxLength: 7 }),
  }),
  virtualMachine: fc.constantFrom('none', 'detected', 'forbidden'),
  clonedImage: fc.boolean(),
  keyring: fc.constantFrom('strong', 'weak', 'changed'),
  vault: fc.constantFrom(
    'good',
    'recovered',
    'damaged',
    'unavailable',
    'locked',
    'unread',
    'readOnly',
    'newer',
    'unsafe',
    'rolledBack',
  ),
  unfinished: fc.constantFrom('activation', 'deactivation', null),
  lastContact: orNull(
    fc.record(
      { at: instant, code: orNull(fc.constantFrom(...ERROR_CODES)), facts: shown },
      { requiredKeys: ['at', 'code'] },
    ),
  ),
  accounts: fc.record({ available: fc.boolean(), signInNeeded: fc.boolean() }),
  heldAtOther: orNull(fc.string({ maxLength: 300 })),
  unproven: fc.boolean(),
  offline: fc.record({ available: fc.boolean(), requestPending: orNull(instant), receipts: fc.nat() }),
  licenseFile: fc.constantFrom('none', 'valid', 'missing', 'expired', 'invalid'),
});

const hasSeat = (input: LicenseFacts | null) => (input?.activation ?? null) !== null;

type Derived = ReturnType<typeof deriveLicense>;

function holds(
  rule: (derived: Derived, facts: LicenseFacts | null, clock: TrustedNow, place: Surroundings) => void,
): void {
  fc.assert(
    fc.property(facts, clock, surroundings, (input, time, place) => {
      rule(deriveLicense(input, time, place), input, time, place);
    }),
    { numRuns: 1000 },
  );
}

describe('deriveLicense, for every input', () => {
  it('lists each reason once, in the order of the table', () => {
    holds(({ reasons }) => {
      const positions = reasons.map(({ code }) => REASON_CODES.indexOf(code));
      expect(positions).toEqual([...new Set(positions)].toSorted((a, b) => a - b));
    });
  });

  it('allows exactly what the state allows, but where that would be no way out', () => {
    holds(({ state, actions }, input, _time, { vault, virtualMachine, device, offline, accounts }) => {
      const held = state === 'notActivated' && hasSeat(input) && device.verdict !== 'different';
      const account = accounts.available ? ['activateWithAccount'] : [];
      const anew = ['activateWithCode', ...account, ...(offline.available ? ['makeOfflineRequest'] : [])];
      if (vault === 'locked' || vault === 'unread') expect(actions).toEqual(anew);
      else if (held && virtualMachine === 'forbidden') expect(actions).toEqual(['deactivate']);
      else {
        const allowed = allowedActions(state, input?.activation?.mode ?? null);
        const isMended = accounts.signInNeeded && hasSeat(input) && state !== 'uninitialized';
        const unasked = [
          ...(offline.available ? [] : ['makeOfflineRequest', 'importResponse']),
          ...(accounts.available ? [] : ['activateWithAccount']),
        ];
        const all = new Set([...allowed, ...(isMended ? ['activateWithAccount'] : [])]);
        expect(new Set(actions)).toEqual(new Set([...all].filter((action) => !unasked.includes(action))));
        expect(actions).toHaveLength(new Set(actions).size);
      }
    });
  });

  it('lets a seat of this device that is known be given back, whatever keeps it from being used', () => {
    holds(({ state, actions }, input, _time, { device }) => {
      if (!hasSeat(input) || device.verdict === 'different' || state === 'uninitialized') return;
      expect(actions).toContain('deactivate');
    });
  });

  it('is active only with a seat and without a blocking reason, and blocked only with one', () => {
    holds(({ state, reasons }, input) => {
      const blocked = reasons.some(({ severity }) => severity === 'blocking');
      if (state === 'active') expect([hasSeat(input), blocked]).toEqual([true, false]);
      if (state === 'leaseExpired' || state === 'entitlementNotActive') expect(blocked).toBe(true);
      if (state === 'notActivated') expect(reasons).not.toEqual([]);
    });
  });

  it('is never active under a clock that was put back', () => {
    holds(({ state, reasons }, input, time) => {
      if (time.behindBy > 0) expect(state).not.toBe('active');
      const told = reasons.some(({ code }) => code === 'clockRolledBack');
      if (told) expect([time.behindBy > 0, hasSeat(input)]).toEqual([true, true]);
    });
    expect(deriveLicense({ activation: activation(), ended: null }, RIGHT_CLOCK, around()).state).toBe(
      'active',
    );
  });

  it('never allows a call that an offline seat can not make', () => {
    holds(({ actions, state }, input) => {
      if (input?.activation?.mode !== 'offline') return;
      for (const call of ['checkoutFeature', 'returnFeature', 'refresh', 'pullState'] as const) {
        expect(actions).not.toContain(call);
      }
      if (state === 'active') expect(actions).toContain('importRefresh');
    });
    const online = deriveLicense({ activation: activation(), ended: null }, RIGHT_CLOCK, around());
    expect(online.actions).toEqual(expect.arrayContaining(['checkoutFeature', 'refresh', 'pullState']));
  });

  it('depends on nothing but its input', () => {
    fc.assert(
      fc.property(facts, clock, surroundings, (input, time, place) => {
        const copy = structuredClone({ input, time, place });
        expect(deriveLicense(input, time, place)).toEqual(deriveLicense(copy.input, copy.time, copy.place));
        expect({ input, time, place }).toEqual(copy);
      }),
    );
  });

  it('never gets better by waiting', () => {
    const rank: Record<LicenseState, number> = {
      active: 0,
      leaseExpired: 1,
      entitlementNotActive: 2,
      notActivated: 3,
      uninitialized: 3,
    };
    fc.assert(
      fc.property(facts, clock, surroundings, fc.nat(), (input, time, place, wait) => {
        const later = deriveLicense(input, { ...time, now: time.now + wait }, place);
        expect(rank[later.state]).toBeGreaterThanOrEqual(rank[deriveLicense(input, time, place).state]);
      }),
      { numRuns: 1000 },
    );
  });

  it('gives reasons that cross the bridge and can be put into words in every language', () => {
    holds(({ reasons }) => {
      expect(v.is(licenseViewSchema.entries.reasons, reasons)).toBe(true);
      for (const entry of reasons) {
        if (entry.facts !== undefined) expect(v.is(factsSchema, entry.facts)).toBe(true);
        for (const language of ['en', 'de', 'ar'] as const) {
          expect(describeReason(entry, language).sentence).not.toBe('');
        }
      }
    });
  });
});
