import type { DeviceMatch } from '../../shared/license/types.ts';
import { FACTOR_NAMES, type FactorDigests, type FactorName } from './types.ts';

/**
 * The one table that decides what still counts as the same device. The vault's machine key is made from the same
 * table, so "the license is still ours" and "the vault still opens" can't disagree.
 *
 * `bound` says what a factor is bound to: `hardware` stays behind when a disk is copied to another machine,
 * `software` travels with the copy, `model` is shared by every machine of its kind.
 */
export const FACTORS = {
  /** Changes only with the mainboard, and has enough entropy to be unique: the device is where its board is. */
  board: { weight: 40, bound: 'hardware' },
  /** Serial number of the system disk. Swapped in upgrades, but never together with everything else. */
  disk: { weight: 20, bound: 'hardware' },
  /** The built-in network card. Changes with a new card, and its entropy is small. */
  mac: { weight: 20, bound: 'hardware' },
  /** Made at installation of the operating system; the same on every careless clone. */
  machineId: { weight: 20, bound: 'software' },
  /** The system's file system or installation date; clones share it too, so it is worth half. */
  os: { weight: 10, bound: 'software' },
  /** A model name; thousands of machines have the same. */
  cpu: { weight: 10, bound: 'model' },
  /** A random id in the data folder. It is copied with the vault, so it counts only where nothing else identifies. */
  install: { weight: 20, bound: 'software' },
} as const satisfies Record<FactorName, Factor>;

interface Factor {
  readonly weight: number;
  readonly bound: 'hardware' | 'software' | 'model';
}

/**
 * The share of the enrolled weight that must still match. With all factors (120) it takes 69.6: any one factor may
 * change, so may disk and network card together, and disk and system together (a new disk with a new system on the
 * same board); what a cloned disk brings along (machineId, os and cpu: 40) is far below, and so is a machine that has
 * lost board and network card (60). As a share it holds for machines
 * that show less as well: of disk, machineId and cpu any one may change, and where two hardware factors were
 * enrolled, a clone on other hardware never passes. Where a machine shows only one, a clone looks just like a repair; the repair
 * wins, `looksCloned` tells, and the server notices the clone by its nonce.
 */
export const THRESHOLD_PERCENT = 58;

const IDENTIFYING: ReadonlySet<FactorName> = new Set(['board', 'disk', 'mac', 'machineId']);

/** Whether a factor tells this device from others by more than its model or a file in the data folder. */
export function isIdentifying(name: FactorName): boolean {
  return IDENTIFYING.has(name);
}

/** The factors that count in an enrolled set: `install` only where nothing that identifies was read. */
export function counted(enrolled: readonly FactorName[]): readonly FactorName[] {
  return enrolled.some(isIdentifying) ? enrolled.filter((name) => name !== 'install') : enrolled;
}

/** The weight of some factors together. */
export function weightOf(names: readonly FactorName[]): number {
  return names.reduce((sum, name) => sum + FACTORS[name].weight, 0);
}

function suffices(enrolled: readonly FactorName[], matching: readonly FactorName[]): boolean {
  const base = counted(enrolled);
  const kept = matching.filter((name) => base.includes(name));
  return kept.length > 0 && weightOf(kept) * 100 >= THRESHOLD_PERCENT * weightOf(base);
}

/** How much of the weight of an enrolled set may change at once. */
export function toleratedWeight(enrolled: readonly FactorName[]): number {
  return (weightOf(counted(enrolled)) * (100 - THRESHOLD_PERCENT)) / 100;
}

const isSmaller = (one: readonly FactorName[], other: readonly FactorName[]): boolean =>
  one.length < other.length && one.every((name) => other.includes(name));

/**
 * The smallest sets of factors that are enough for the device to count as the same, given those that were
 * enrolled. None contains another. Each becomes one way to open the vault's key.
 * @returns each set in the order of `FACTOR_NAMES`
 */
export function minimalSets(enrolled: readonly FactorName[]): readonly (readonly FactorName[])[] {
  const base = FACTOR_NAMES.filter((name) => enrolled.includes(name));
  const sets: (readonly FactorName[])[] = [];
  for (let mask = 1; mask < 2 ** base.length; mask += 1) {
    const set = base.filter((_, index) => (mask & (1 << index)) !== 0);
    if (suffices(base, set)) sets.push(set);
  }
  return sets.filter((set) => !sets.some((other) => isSmaller(other, set)));
}

const isHardware = (name: FactorName): boolean => FACTORS[name].bound === 'hardware';

interface Comparison {
  readonly enrolled: readonly FactorName[];
  readonly matching: readonly FactorName[];
  readonly changed: readonly FactorName[];
  readonly unreadable: readonly FactorName[];
}

/** Which factors of the enrolled device are the same now, have changed, or can't be read. */
export function compareFactors(enrolled: FactorDigests, present: FactorDigests): Comparison {
  const names = FACTOR_NAMES.filter((name) => enrolled[name] !== undefined);
  const readable = names.filter((name) => present[name] !== undefined);
  return {
    enrolled: names,
    matching: readable.filter((name) => enrolled[name] === present[name]),
    changed: readable.filter((name) => enrolled[name] !== present[name]),
    unreadable: names.filter((name) => present[name] === undefined),
  };
}

/**
 * Compares the present device with the enrolled one. A factor that can't be read now hasn't changed, but it
 * doesn't speak for the device either: where it would decide, the verdict is `unknown`.
 * @param enrolled the digests that were stored when the seat was taken
 * @param present the digests of now; factors that are only here are ignored
 * @returns `same` (nothing changed), `drifted` (something did, and enough is the same), `different`, or `unknown`
 */
export function matchDevice(enrolled: FactorDigests, present: FactorDigests): DeviceMatch {
  const { enrolled: names, matching, changed, unreadable } = compareFactors(enrolled, present);
  if (suffices(names, matching)) return { verdict: changed.length === 0 ? 'same' : 'drifted', changed };
  const couldStill = names.length === 0 || suffices(names, [...matching, ...unreadable]);
  return { verdict: couldStill ? 'unknown' : 'different', changed };
}

/**
 * Whether the software of the enrolled device runs on other hardware: what travels with a copied disk is the same,
 * and every hardware factor that can be compared has changed.
 */
export function looksCloned(enrolled: FactorDigests, present: FactorDigests): boolean {
  const { matching, changed } = compareFactors(enrolled, present);
  return (
    matching.some((name) => name === 'machineId' || name === 'os') &&
    changed.some(isHardware) &&
    !matching.some(isHardware)
  );
}
