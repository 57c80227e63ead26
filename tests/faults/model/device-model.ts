import { DAY, FACTORS, type Factor, type Hardware } from './history.ts';

/** Which machines are the same, as the documents say: written from them, and without the program's own tables. */

const WEIGHTS: Readonly<Record<Factor, number>> = {
  board: 40,
  disk: 20,
  mac: 20,
  machineId: 20,
  os: 10,
  cpu: 10,
};

const weightOf = (names: readonly Factor[]) => names.reduce((sum, name) => sum + WEIGHTS[name], 0);

/** 58 % of the weight have to match: one factor may change, a copied disk is not enough. */
export function isSameDevice(one: Hardware, other: Hardware): boolean {
  const matching = FACTORS.filter((name) => one[name] === other[name]);
  return weightOf(matching) * 100 >= weightOf(FACTORS) * 58;
}

export const isUnchanged = (one: Hardware, other: Hardware): boolean =>
  FACTORS.every((name) => one[name] === other[name]);

/** How a device is remembered: as it counts, and what was learned of it since the server knew it. */
export interface Enrolment {
  readonly enrolled: Hardware;
  readonly drift: readonly { readonly at: number; readonly weight: number; readonly confirmed: boolean }[];
}

/** Without the server no more is learned in this time than is tolerated at once. */
const LEARNING_PERIOD = 180 * DAY;
/** So long a change that was learned is told. */
const TOLD_FOR = 30 * DAY;

const changedWeight = (one: Hardware, other: Hardware): number =>
  weightOf(FACTORS.filter((name) => one[name] !== other[name]));

/** A device that has changed a little counts as it is now; not if it walks on and on without the server. */
export function learned(before: Enrolment, present: Hardware, now: number): Enrolment {
  const { enrolled, drift } = before;
  if (isUnchanged(enrolled, present) || !isSameDevice(enrolled, present)) return before;
  const weight = changedWeight(enrolled, present);
  const recent = drift.filter(({ at, confirmed }) => !confirmed && now - at < LEARNING_PERIOD);
  const spent = recent.reduce((sum, entry) => sum + entry.weight, weight);
  if (spent * 100 > weightOf(FACTORS) * 42) return before;
  return { enrolled: present, drift: [...drift, { at: now, weight, confirmed: false }] };
}

/** The server has given the seat to this device. */
export function enrolled(before: Enrolment | null, present: Hardware, now: number): Enrolment {
  if (before === null || !isSameDevice(before.enrolled, present)) return { enrolled: present, drift: [] };
  const drift = before.drift.map((entry) => ({ ...entry, confirmed: true }));
  const weight = changedWeight(before.enrolled, present);
  return {
    enrolled: present,
    drift: weight === 0 ? drift : [...drift, { at: now, weight, confirmed: true }],
  };
}

export const isToldOf = ({ drift }: Enrolment, now: number): boolean =>
  drift.some(({ at }) => now - at < TOLD_FOR);

/** The two key files of a vault: the machine that each was made for. */
export interface KeyFiles {
  main: Hardware;
  copy: Hardware;
  /** The first is damaged, and the copy takes its place with the next operation. */
  torn: boolean;
}

export const opens = (keys: KeyFiles, machine: Hardware): boolean =>
  isSameDevice(keys.main, machine) || isSameDevice(keys.copy, machine);

/** The first operation of a process: the copy keeps the older form of the key until a later process has opened the newer. */
export function keepCopy(keys: KeyFiles, machine: Hardware): void {
  if (keys.torn) keys.torn = false;
  else if (isSameDevice(keys.main, machine)) keys.copy = keys.main;
}

/** After an operation: the key is made for the machine as it is now, where that is the one that counts. */
export function adopt(keys: KeyFiles, machine: Hardware): void {
  if (!keys.torn && isSameDevice(keys.main, machine)) keys.main = machine;
}
