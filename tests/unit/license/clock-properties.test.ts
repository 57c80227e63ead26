import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  BELIEVED,
  CLOCK_TOLERANCE,
  CONFIRMED_AFTER,
  type KeptTime,
} from '../../../electron/license/clock-policy.ts';
import { run } from './clock-run.ts';

const BEGIN = Date.UTC(2026, 2, 1, 12);
const MINUTE = 60_000;
const DAY = 24 * 60 * MINUTE;
const YEAR = 365 * DAY;

const first: KeptTime = { mark: BEGIN, signed: BEGIN, claim: null };

/** Where people and cheats set a clock: about right, hours off, and in any year. */
const offset = fc.oneof(
  fc.integer({ min: -MINUTE, max: MINUTE }),
  fc.integer({ min: -2 * DAY, max: 2 * DAY }),
  fc.integer({ min: -60 * YEAR, max: 80 * YEAR }),
);
const wait = fc.oneof(fc.integer({ min: 0, max: MINUTE }), fc.integer({ min: 0, max: 3 * DAY }));

/** What can happen without anything signed. `sleep`: time that the monotonic clock does not count. */
const local = fc.oneof(
  { weight: 4, arbitrary: fc.record({ kind: fc.constant('look' as const), offset }) },
  { weight: 3, arbitrary: fc.record({ kind: fc.constant('pass' as const), wait }) },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant('sleep' as const), wait }) },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant('restart' as const), wait }) },
);
const signed = fc.oneof(
  fc.record({ kind: fc.constant('answered' as const), offset }),
  fc.record({ kind: fc.constant('response' as const), offset, late: wait }),
  fc.record({ kind: fc.constant('refresh' as const), offset, late: wait }),
);

type Event = typeof local extends fc.Arbitrary<infer E> ? E : never;
type Signed = typeof signed extends fc.Arbitrary<infer E> ? E : never;

/** A world with a right time, in which a device lives through a history. */
function world() {
  const device = run(first);
  let now = BEGIN;
  return {
    device,
    now: () => now,
    live: (event: Event | Signed): void => {
      switch (event.kind) {
        case 'look':
          return device.look(now + event.offset);
        case 'pass':
          now += event.wait;
          return device.pass(event.wait);
        case 'sleep':
          now += event.wait;
          return undefined;
        case 'restart':
          now += event.wait;
          return device.restart();
        case 'answered':
          return device.answered(now + event.offset, now);
        case 'response':
          return device.response(now + event.offset, now - event.late);
        case 'refresh':
          return device.refresh(now + event.offset, now - event.late);
      }
    },
  };
}

describe('in every history of looks', () => {
  it('the mark never falls, and what is trusted is never behind the mark, the clock or the run', () => {
    fc.assert(
      fc.property(fc.array(local, { maxLength: 40 }), offset, (history, last) => {
        const { device, live, now } = world();
        for (const event of history) {
          const { mark } = device.kept();
          live(event);
          expect(device.kept().mark).toBeGreaterThanOrEqual(mark);
          const clock = now() + last;
          const trusted = device.now(clock);
          expect(trusted.now).toBeGreaterThanOrEqual(Math.max(device.kept().mark, clock));
          expect(trusted.behindBy === 0 || trusted.behindBy > CLOCK_TOLERANCE).toBe(true);
          expect(trusted.behindBy > 0 && trusted.ahead !== null).toBe(false);
        }
      }),
    );
  });

  it('the mark is no time that the clock did not show or that has not passed', () => {
    fc.assert(
      fc.property(fc.array(local, { maxLength: 40 }), (history) => {
        const { device, live, now } = world();
        let shown = BEGIN;
        for (const event of history) {
          const elapsed = event.kind === 'pass' ? event.wait : 0;
          shown = Math.max(shown + elapsed, event.kind === 'look' ? now() + event.offset : shown);
          live(event);
          expect(device.kept().mark).toBeLessThanOrEqual(shown);
        }
      }),
    );
  });

  it('an honest clock is never suspected, however long it was switched off', () => {
    const quiet = fc.oneof(
      fc.record({ kind: fc.constant('look' as const), offset: fc.constant(0) }),
      fc.record({ kind: fc.constantFrom('pass' as const, 'sleep' as const, 'restart' as const), wait }),
    );
    fc.assert(
      fc.property(fc.array(quiet, { maxLength: 40 }), (history) => {
        const { device, live, now } = world();
        for (const event of history) {
          live(event);
          expect(device.now(now())).toMatchObject({ now: now(), behindBy: 0 });
        }
      }),
    );
  });

  it('an honest clock is believed again within the time of a confirmation', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 5 * YEAR }), (away) => {
        const { device, live, now } = world();
        live({ kind: 'restart', wait: away });
        live({ kind: 'look', offset: 0 });
        live({ kind: 'pass', wait: CONFIRMED_AFTER });
        live({ kind: 'look', offset: 0 });
        expect(device.kept()).toEqual({ ...first, mark: now() });
      }),
    );
  });
});

describe('a lease', () => {
  const length = 30 * DAY;
  const isGood = (device: ReturnType<typeof run>, clock: number) => {
    const { now, behindBy } = device.now(clock);
    return behindBy === 0 && now < BEGIN + length;
  };

  it('is over within one run when its time has passed, whatever the clock is set to', () => {
    fc.assert(
      fc.property(fc.array(fc.tuple(offset, wait), { maxLength: 40 }), (settings) => {
        const { device, live, now } = world();
        let elapsed = 0;
        live({ kind: 'look', offset: 0 });
        for (const [clock, time] of settings) {
          live({ kind: 'pass', wait: time });
          elapsed += time;
          live({ kind: 'look', offset: clock });
          if (isGood(device, now() + clock)) expect(elapsed).toBeLessThan(length);
        }
      }),
    );
  });

  it('is not over for anybody whose clock was only wrong for a moment', () => {
    fc.assert(
      fc.property(fc.integer({ min: BELIEVED + 1, max: 80 * YEAR }), fc.boolean(), (wrong, again) => {
        const { device, live, now } = world();
        live({ kind: 'look', offset: wrong });
        expect(isGood(device, now() + wrong)).toBe(wrong < length);
        if (again) live({ kind: 'restart', wait: CONFIRMED_AFTER - 1 });
        else live({ kind: 'pass', wait: CONFIRMED_AFTER - 1 });
        live({ kind: 'look', offset: wrong });
        live({ kind: 'look', offset: 0 });
        expect(isGood(device, now())).toBe(true);
        expect(device.kept().claim).toBeNull();
      }),
    );
  });

  /**
   * What a claim gives a cheat: nothing. A look that was not believed in the end is as if the clock had been put back
   * before the program saw it, which nobody can prevent.
   */
  it('is the same after looks that were not believed as if they had never been', () => {
    const near = fc.integer({ min: -DAY, max: BELIEVED / 2 });
    const step = fc.record({
      wait: fc.integer({ min: 0, max: BELIEVED / 4 }),
      seen: near,
      unbelieved: fc.option(fc.integer({ min: 2 * DAY, max: 80 * YEAR })),
      restart: fc.boolean(),
    });
    fc.assert(
      fc.property(fc.array(step, { maxLength: 20 }), (steps) => {
        const cheat = run(first);
        const plain = run(first);
        let clock = BEGIN;
        for (const { wait: time, seen, unbelieved, restart } of steps) {
          clock += time;
          for (const device of [cheat, plain]) {
            device.pass(time);
            if (restart) device.restart();
          }
          // Shown a time far ahead, the program refuses at least as much as it would have without.
          if (unbelieved !== null) {
            const ahead = Math.max(clock, cheat.kept().mark) + unbelieved;
            cheat.look(ahead);
            expect(isGood(cheat, ahead)).toBe(ahead < BEGIN + length);
          }
          // No further ahead than is believed at once: else this look is a claim itself, which the next may confirm.
          const shown = Math.min(clock + seen, plain.kept().mark + BELIEVED);
          for (const device of [cheat, plain]) device.look(shown);
          expect(cheat.kept()).toEqual(plain.kept());
          expect(cheat.now(shown)).toEqual(plain.now(shown));
        }
      }),
    );
  });
});

describe('signed time', () => {
  const anything = fc.oneof<[typeof local, typeof signed]>(local, signed);

  it('alone lowers the mark, and a refresh token never does', () => {
    fc.assert(
      fc.property(fc.array(anything, { maxLength: 40 }), (history) => {
        const { device, live } = world();
        for (const event of history) {
          const { mark } = device.kept();
          live(event);
          const mayLower = event.kind === 'answered' || event.kind === 'response';
          if (!mayLower) expect(device.kept().mark).toBeGreaterThanOrEqual(mark);
        }
      }),
    );
  });

  it('of a response lowers it never below a signed time', () => {
    fc.assert(
      fc.property(fc.array(anything, { maxLength: 40 }), signed, (history, last) => {
        const { device, live } = world();
        for (const event of history) live(event);
        const before = device.kept().signed ?? 0;
        if (last.kind === 'answered') return;
        live(last);
        expect(device.kept().signed).toBeGreaterThanOrEqual(before);
        expect(device.kept().mark).toBeGreaterThanOrEqual(before);
      }),
    );
  });

  it('of an answer frees everybody whose clock is right, whatever was before', () => {
    fc.assert(
      fc.property(fc.array(anything, { maxLength: 40 }), (history) => {
        const { device, live, now } = world();
        for (const event of history) live(event);
        live({ kind: 'answered', offset: 0 });
        expect(device.now(now())).toEqual({ now: now(), behindBy: 0, ahead: null });
      }),
    );
  });

  it('of a fresh response does so where no later time was ever signed', () => {
    fc.assert(
      fc.property(fc.array(local, { maxLength: 40 }), (history) => {
        const { device, live, now } = world();
        for (const event of history) live(event);
        live({ kind: 'response', offset: 0, late: 0 });
        expect(device.now(now())).toEqual({ now: now(), behindBy: 0, ahead: null });
      }),
    );
  });

  it('of refresh tokens comes to the same in any order', () => {
    fc.assert(
      fc.property(fc.array(wait, { minLength: 1, maxLength: 6 }), fc.nat(), (ages, turn) => {
        const there = world();
        const back = world();
        const turned = [...ages.slice(turn % ages.length), ...ages.slice(0, turn % ages.length)];
        for (const late of ages) there.live({ kind: 'refresh', offset: 0, late });
        for (const late of turned) back.live({ kind: 'refresh', offset: 0, late });
        expect(there.device.kept()).toEqual(back.device.kept());
      }),
    );
  });

  it('of looks within a day comes to the same in any order, too', () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: -YEAR, max: BELIEVED }), { minLength: 1 }), (offsets) => {
        const marks = [offsets, offsets.toReversed(), offsets.toSorted((a, b) => a - b)].map((order) => {
          const { device, live } = world();
          for (const seen of order) live({ kind: 'look', offset: seen });
          return device.kept();
        });
        expect(marks[1]).toEqual(marks[0]);
        expect(marks[2]).toEqual(marks[0]);
      }),
    );
  });
});
