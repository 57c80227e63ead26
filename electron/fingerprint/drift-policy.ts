import * as v from 'valibot';
import type { Instant } from '../../shared/license/types.ts';
import { counted, matchDevice, toleratedWeight, weightOf } from './match-policy.ts';
import { FACTOR_NAMES, type FactorDigests, type FactorName } from './types.ts';

/*
 * How an enrolment follows a device that changes over the years. One policy for both places that remember the device:
 * the device record, whose digests are compared, and the vault's key, which is wrapped for the factors. The vault
 * follows the record (learn-device.ts), so that the two never come to different verdicts.
 */

const factors = v.pipe(v.array(v.picklist(FACTOR_NAMES)), v.maxLength(FACTOR_NAMES.length));

/** A change of the device that was met. Names of factors and nothing else. */
export const driftSchema = v.strictObject({
  at: v.number(),
  changed: factors,
  /** Factors that could be read for the first time. */
  added: factors,
  /** Whether the device counts as it is now since then; not = it counts as it was, and this is tolerated. */
  learned: v.boolean(),
  /** Whether the server has given the seat to the device as it is since then. */
  confirmed: v.boolean(),
});

export type Drift = v.InferOutput<typeof driftSchema>;

/** So many changes are remembered, the newest last. */
export const MOST_DRIFTS = 20;

const DAY = 24 * 60 * 60_000;

/** So long a change that was learned is told, for whoever asks why something is different. */
export const TOLD_FOR = 30 * DAY;

/**
 * Within this time, no more is learned without the server than is tolerated at once. Threat: an installation could
 * walk from one machine to another in steps of which each is tolerated, and the machines it came by would all keep a
 * copy that works. Online the nonce chain shows two users of one seat; offline only time stands in the way.
 */
export const LEARNING_PERIOD = 180 * DAY;

/** What is remembered of the device that a seat was taken with. */
export interface Enrolment {
  readonly enrolled: FactorDigests;
  readonly drift: readonly Drift[];
}

interface Difference {
  readonly changed: readonly FactorName[];
  readonly added: readonly FactorName[];
  readonly hidden: readonly FactorName[];
}

/** Of factors that count: an install id that comes or goes beside real ones is no change. */
function differenceOf(enrolled: FactorDigests, present: FactorDigests): Difference {
  const before = counted(FACTOR_NAMES.filter((name) => enrolled[name] !== undefined));
  const now = counted(FACTOR_NAMES.filter((name) => present[name] !== undefined));
  return {
    changed: before.filter((name) => present[name] !== undefined && enrolled[name] !== present[name]),
    added: now.filter((name) => enrolled[name] === undefined),
    hidden: before.filter((name) => present[name] === undefined),
  };
}

/** Whether the enrolment is the present device, nothing changed, hidden or new. */
export function isSettled(enrolled: FactorDigests, present: FactorDigests): boolean {
  const { changed, added, hidden } = differenceOf(enrolled, present);
  return changed.length + added.length + hidden.length === 0;
}

/**
 * What a look at the whole device makes of the enrolment. Changed factors are learned, and new ones added, where the
 * device is the same beyond doubt and every enrolled factor can be read: a factor that is hidden may be back
 * tomorrow, and enrolling without it would make the lock weaker for good.
 * @param present every factor that can be read; not those of a device that is still being read
 * @param now trusted time
 * @returns null = nothing to be written
 */
export function learn(before: Enrolment, present: FactorDigests, now: Instant): Enrolment | null {
  const { verdict } = matchDevice(before.enrolled, present);
  if (verdict !== 'same' && verdict !== 'drifted') return null;
  const { changed, added, hidden } = differenceOf(before.enrolled, present);
  if (changed.length + added.length === 0) return null;
  const learned = hidden.length === 0 && isAffordable(before, changed, now);
  if (!learned) {
    // Told once, not at every look.
    const last = before.drift.at(-1);
    const isKnown = last?.learned === false && last.changed.join() === changed.join();
    if (changed.length === 0 || isKnown) return null;
    return noted(before.enrolled, before.drift, { at: now, changed, added: [], learned, confirmed: false });
  }
  return noted({ ...before.enrolled, ...present }, before.drift, {
    at: now,
    changed,
    added,
    learned,
    confirmed: false,
  });
}

function isAffordable({ enrolled, drift }: Enrolment, changed: readonly FactorName[], now: Instant): boolean {
  const names = FACTOR_NAMES.filter((name) => enrolled[name] !== undefined);
  const spent = drift.filter(
    ({ at, learned, confirmed }) => learned && !confirmed && now - at < LEARNING_PERIOD,
  );
  const weight = spent.reduce((sum, entry) => sum + weightOf(entry.changed), weightOf(changed));
  return weight <= toleratedWeight(names);
}

interface NewDrift {
  readonly at: Instant;
  readonly changed: readonly FactorName[];
  readonly added: readonly FactorName[];
  readonly learned: boolean;
  readonly confirmed: boolean;
}

function noted(enrolled: FactorDigests, drift: readonly Drift[], entry: NewDrift): Enrolment {
  const next: Drift = { ...entry, changed: [...entry.changed], added: [...entry.added] };
  return { enrolled, drift: [...drift, next].slice(-MOST_DRIFTS) };
}

/**
 * The enrolment when the server, or its response, has given the seat to this device.
 * @param before null = nothing was enrolled
 */
export function enrol(before: Enrolment | null, present: FactorDigests, now: Instant): Enrolment {
  if (before === null || matchDevice(before.enrolled, present).verdict === 'different') {
    return { enrolled: present, drift: [] };
  }
  const { changed, added } = differenceOf(before.enrolled, present);
  const enrolled = { ...before.enrolled, ...present };
  const drift = confirm(before.drift);
  if (changed.length + added.length === 0) return { enrolled, drift };
  return noted(enrolled, drift, { at: now, changed, added, learned: true, confirmed: true });
}

/** The server knows the device as it is now, and by the nonce that nobody else uses the seat. */
function confirm(drift: readonly Drift[]): readonly Drift[] {
  return drift.some(({ learned, confirmed }) => learned && !confirmed)
    ? drift.map((entry) => (entry.learned ? { ...entry, confirmed: true } : entry))
    : drift;
}

/** The factors that changed of late, though the device counts as it is by now. */
export function recentlyChanged(drift: readonly Drift[], now: Instant): readonly FactorName[] {
  const recent = drift.filter(({ at, learned }) => learned && now - at < TOLD_FOR);
  return FACTOR_NAMES.filter((name) => recent.some(({ changed }) => changed.includes(name)));
}

/**
 * The digests that this device answers for: those that can be read, and of the hidden ones those that it was enrolled
 * with. The server takes a factor that is missing for one that has changed, and an honest device with a slow program
 * would lose its seat. What is hidden is known only to who can open the vault.
 */
export function knownFactors(enrolled: FactorDigests | null, present: FactorDigests): FactorDigests {
  return enrolled === null || matchDevice(enrolled, present).verdict === 'different'
    ? present
    : { ...enrolled, ...present };
}
