import * as v from 'valibot';
import { describe, expect, it } from 'vitest';
import {
  driftSchema,
  enrol,
  isSettled,
  knownFactors,
  learn,
  LEARNING_PERIOD,
  MOST_DRIFTS,
  recentlyChanged,
  TOLD_FOR,
  type Enrolment,
} from '../../../electron/fingerprint/drift-policy.ts';
import type { FactorDigests, FactorName } from '../../../electron/fingerprint/types.ts';
import { DESKTOP } from '../../support/vault.ts';

const NOW = Date.UTC(2026, 5, 1);

/** A desktop; the number counts how often a factor was exchanged, null = it is hidden. */
function desktop(changes: Partial<Record<FactorName, number | null>> = {}): FactorDigests {
  const names = [...new Set<FactorName>([...DESKTOP, ...(Object.keys(changes) as FactorName[])])];
  return Object.fromEntries(
    names.flatMap((name) => (changes[name] === null ? [] : [[name, `${name} ${changes[name] ?? 0}`]])),
  );
}

const NEW: Enrolment = { enrolled: desktop(), drift: [] };
const entry = (changed: FactorName[], more: object = {}) => ({
  at: NOW,
  changed,
  added: [],
  learned: true,
  confirmed: false,
  ...more,
});

/** Learns one look after another, and gives what is remembered then. */
function after(looks: readonly (readonly [FactorDigests, number])[]): Enrolment {
  return looks.reduce<Enrolment>(
    (enrolment, [present, at]) => learn(enrolment, present, at) ?? enrolment,
    NEW,
  );
}

describe('what a look at the device teaches', () => {
  it('is nothing where nothing has changed', () => {
    expect(learn(NEW, desktop(), NOW)).toBeNull();
    expect(isSettled(NEW.enrolled, desktop())).toBe(true);
  });

  it('is each change that is tolerated, with its date and without its value', () => {
    const next = learn(NEW, desktop({ disk: 1, mac: 1 }), NOW);
    expect(next).toEqual({ enrolled: desktop({ disk: 1, mac: 1 }), drift: [entry(['disk', 'mac'])] });
    expect(isSettled(NEW.enrolled, desktop({ disk: 1 }))).toBe(false);
    for (const drift of next?.drift ?? []) expect(v.is(driftSchema, drift)).toBe(true);
    expect(v.is(driftSchema, { ...entry(['disk']), value: 'raw' })).toBe(false);
  });

  it('is not another device', () => {
    expect(learn(NEW, desktop({ board: 1, mac: 1 }), NOW)).toBeNull();
    expect(learn(NEW, desktop({ board: 1, disk: 1, mac: 1 }), NOW)).toBeNull();
    expect(learn(NEW, desktop({ board: null, disk: null, mac: 1 }), NOW)).toBeNull();
  });

  it('waits for a factor that is hidden, and says so once', () => {
    const hidden = desktop({ mac: 1, os: null });
    const next = learn(NEW, hidden, NOW);
    expect(next).toEqual({ enrolled: NEW.enrolled, drift: [entry(['mac'], { learned: false })] });
    expect(learn(next ?? NEW, hidden, NOW + 1)).toBeNull();
    expect(learn(next ?? NEW, desktop({ mac: 1 }), NOW + 1)?.enrolled).toEqual(desktop({ mac: 1 }));
    expect(learn(NEW, desktop({ os: null }), NOW)).toBeNull();
  });

  it('is a factor that can be read for the first time, unless another one is hidden', () => {
    const before = { enrolled: desktop({ board: null }), drift: [] };
    const next = learn(before, desktop(), NOW);
    expect(next).toEqual({ enrolled: desktop(), drift: [entry([], { added: ['board'] })] });
    expect(learn(before, desktop({ os: null }), NOW)).toBeNull();
  });

  it('is not an install id that comes or goes beside what tells the device apart', () => {
    const withId = { enrolled: desktop({ install: 0 }), drift: [] };
    expect(learn(NEW, desktop({ install: 0 }), NOW)).toBeNull();
    expect(learn(withId, desktop({ install: 1 }), NOW)).toBeNull();
    expect(learn(withId, desktop({ mac: 1 }), NOW)?.drift).toEqual([entry(['mac'])]);
    expect(isSettled(withId.enrolled, desktop())).toBe(true);
    const alone = { enrolled: { cpu: 'cpu 0', install: 'install 0' }, drift: [] };
    expect(isSettled(alone.enrolled, { cpu: 'cpu 0', install: 'install 1' })).toBe(false);
    expect(learn(alone, desktop({ install: 0 }), NOW)?.enrolled).toEqual(desktop({ install: 0 }));
  });
});

describe('a walk from machine to machine', () => {
  const STEPS = [
    desktop({ disk: 1, mac: 1 }),
    desktop({ disk: 1, mac: 1, board: 1 }),
    desktop({ disk: 1, mac: 1, board: 1, machineId: 1, os: 1, cpu: 1 }),
  ] as const;

  it('ends within a period after the first step where no server was asked', () => {
    const walked = after(STEPS.map((step, day) => [step, NOW + day] as const));
    expect(walked.enrolled).toEqual(STEPS[0]);
    expect(walked.drift.map(({ learned }) => learned)).toEqual([true, false]);
  });

  it('goes on as slowly as an honest device does', () => {
    const walked = after(STEPS.map((step, index) => [step, NOW + index * LEARNING_PERIOD] as const));
    expect(walked.enrolled).toEqual(STEPS[2]);
  });

  it('goes on with a server that gives the seat in between, and knows of clones by the nonce', () => {
    const walked = STEPS.reduce<Enrolment>(
      (enrolment, step, day) => enrol(learn(enrolment, step, NOW + day) ?? enrolment, step, NOW + day),
      NEW,
    );
    expect(walked.enrolled).toEqual(STEPS[2]);
    expect(walked.drift.map(({ learned, confirmed }) => learned && confirmed)).toEqual([true, true, true]);
  });

  it('is not sped up by a clock that was put back', () => {
    const walked = after([
      [STEPS[0], NOW],
      [STEPS[1], NOW - 10 * LEARNING_PERIOD],
    ]);
    expect(walked.enrolled).toEqual(STEPS[0]);
  });
});

describe('the history', () => {
  it('keeps the newest changes and forgets the rest', () => {
    const looks = Array.from(
      { length: MOST_DRIFTS + 5 },
      (_, index) => [desktop({ cpu: index + 1 }), NOW + index * LEARNING_PERIOD] as const,
    );
    const { drift } = after(looks);
    expect(drift).toHaveLength(MOST_DRIFTS);
    expect(drift.at(-1)?.at).toBe(NOW + (MOST_DRIFTS + 4) * LEARNING_PERIOD);
  });

  it('tells what was learned for a while', () => {
    const { drift } = after([[desktop({ mac: 1 }), NOW]]);
    expect(recentlyChanged(drift, NOW + TOLD_FOR - 1)).toEqual(['mac']);
    expect(recentlyChanged(drift, NOW + TOLD_FOR)).toEqual([]);
    expect(recentlyChanged([entry(['mac'], { learned: false })], NOW)).toEqual([]);
  });

  it('is confirmed as a whole by the server, but for what was not learned', () => {
    const drift = [entry(['mac']), entry(['os'], { learned: false })];
    expect(enrol({ enrolled: desktop(), drift }, desktop(), NOW).drift).toEqual([
      entry(['mac'], { confirmed: true }),
      entry(['os'], { learned: false }),
    ]);
  });
});

describe('a seat that is given', () => {
  it('to a new device begins anew', () => {
    expect(enrol(null, desktop(), NOW)).toEqual(NEW);
    const before = { enrolled: desktop(), drift: [entry(['cpu'])] };
    const other = desktop({ board: 1, disk: 1, mac: 1 });
    expect(enrol(before, other, NOW)).toEqual({ enrolled: other, drift: [] });
  });

  it('again to the same one keeps what is hidden, and the history', () => {
    const next = enrol(NEW, desktop({ mac: 1, os: null }), NOW);
    expect(next.enrolled).toEqual(desktop({ mac: 1 }));
    expect(next.drift).toEqual([entry(['mac'], { confirmed: true })]);
    expect(enrol(NEW, desktop(), NOW)).toEqual(NEW);
  });
});

describe('what the server is told', () => {
  it('of a hidden factor is what was enrolled, but not by another device', () => {
    expect(knownFactors(desktop(), desktop({ board: null, mac: 1 }))).toEqual(desktop({ mac: 1 }));
    const other = desktop({ board: 1, disk: 1, mac: null });
    expect(knownFactors(desktop(), desktop({ board: 1, disk: 1, machineId: 1, mac: null }))).toEqual(
      desktop({ board: 1, disk: 1, machineId: 1, mac: null }),
    );
    expect(knownFactors(null, other)).toEqual(other);
  });
});
