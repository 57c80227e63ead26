import { FACTORS, type Factor, type Hardware } from './history.ts';

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

/** The two key files of a vault: the machine that each was made for. */
export interface KeyFiles {
  main: Hardware;
  copy: Hardware;
  /** The first is damaged, and the copy takes its place with the next operation. */
  torn: boolean;
}

export const opens = (keys: KeyFiles, machine: Hardware): boolean =>
  isSameDevice(keys.main, machine) || isSameDevice(keys.copy, machine);

/**
 * The key follows a machine that changes bit by bit: each process takes one step, and the copy keeps the older form
 * until another process has opened the newer one.
 */
export function follow(keys: KeyFiles, machine: Hardware): void {
  if (keys.torn) {
    keys.torn = false;
    return;
  }
  if (!isSameDevice(keys.main, machine)) return;
  if (isUnchanged(keys.main, machine)) keys.copy = keys.main;
  else keys.main = machine;
}
