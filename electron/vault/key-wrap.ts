import { xchacha20poly1305 } from '@noble/ciphers/chacha.js';
import { hkdf } from '@noble/hashes/hkdf.js';
import { hmac } from '@noble/hashes/hmac.js';
import { sha256 } from '@noble/hashes/sha2.js';
import { concatBytes, utf8ToBytes } from '@noble/hashes/utils.js';
import * as v from 'valibot';
import { err, ok, type Result } from '../../shared/result.ts';
import { counted, minimalSets } from '../fingerprint/match-policy.ts';
import { FACTOR_NAMES, type FactorName, type MachineKey } from '../fingerprint/types.ts';
import type { Random } from '../ports.ts';
import { fromBase64, toBase64 } from './base64.ts';
import type { SealingKey } from './envelope.ts';

const factors = v.pipe(v.array(v.picklist(FACTOR_NAMES)), v.minLength(1), v.maxLength(FACTOR_NAMES.length));

const hint = v.pipe(v.string(), v.regex(/^[0-9a-f]{2}$/));
const hintEntries = {
  board: hint,
  disk: hint,
  mac: hint,
  machineId: hint,
  os: hint,
  cpu: hint,
  install: hint,
} as const satisfies Record<FactorName, typeof hint>;

export const machineWrapSchema = v.strictObject({
  /** Factors that were readable when this was made. */
  enrolled: factors,
  /**
   * Since version 2, one byte for each factor, in hexadecimal. It tells whether a factor that can be read is probably the
   * one that was enrolled, and with that another machine from this one while some of its factors can't be read. A byte
   * takes eight bits off what guessing a factor costs, of more than a hundred for any way to the key.
   */
  hints: v.optional(v.partial(v.strictObject(hintEntries))),
  salt: v.string(),
  /** One way to the key for each smallest set of factors that is enough for the device to be the same. */
  ways: v.pipe(
    v.array(v.strictObject({ factors, nonce: v.string(), ciphertext: v.string() })),
    v.minLength(1),
    v.maxLength(64),
  ),
  /** HMAC-SHA-256 over all the rest under a key derived from the data key: the ways can't be exchanged singly. */
  tag: v.string(),
});

/** The data key, wrapped for this machine. */
export type MachineWrap = v.InferOutput<typeof machineWrapSchema>;

/** `deviceUnread`: none of the ways opens, but some need factors that can't be read now and might. */
export type UnwrapProblem = 'otherMachine' | 'deviceUnread' | 'damaged';

export interface Unwrapped {
  readonly dataKey: Uint8Array;
  /** Some factors have changed since it was wrapped. */
  readonly drifted: boolean;
  /** Whether it should be wrapped anew for the present factors. */
  readonly stale: boolean;
  /** Every factor that it was wrapped for is there and the same. */
  readonly same: boolean;
}

/** The version of a key file that a wrap has the form of. */
export function formOf({ hints }: MachineWrap): number {
  return hints === undefined ? 1 : 2;
}

const INFO = utf8ToBytes('latchkey vault machine key v1');
const TAG_INFO = utf8ToBytes('latchkey vault key file v1');
const HINT_INFO = utf8ToBytes('latchkey vault factor hint v2');

/** HKDF-SHA-256 (RFC 5869) over the key material of the set, in the order of the names' table; null if one is missing. */
function wrappingKey(
  set: readonly FactorName[],
  machineKeys: readonly MachineKey[],
  salt: Uint8Array,
): Uint8Array | null {
  const materials = set.flatMap((name) => machineKeys.find((key) => key.name === name)?.material ?? []);
  if (materials.length !== set.length) return null;
  const joined = concatBytes(...materials);
  const key = hkdf(sha256, joined, salt, INFO, 32);
  joined.fill(0);
  return key;
}

function hintOf({ material }: MachineKey, salt: Uint8Array): string {
  return Buffer.from(hkdf(sha256, material, salt, HINT_INFO, 1)).toString('hex');
}

const wayData = (kid: string, set: readonly FactorName[]): Uint8Array =>
  utf8ToBytes(JSON.stringify(['latchkey-vault-key', 1, kid, set]));

function tagOf(dataKey: Uint8Array, kid: string, wrap: Omit<MachineWrap, 'tag'>): string {
  const key = hkdf(sha256, dataKey, undefined, TAG_INFO, 32);
  const { enrolled, hints, salt, ways } = wrap;
  const names = FACTOR_NAMES.map((name) => hints?.[name] ?? null);
  const all = hints === undefined ? [kid, enrolled, salt, ways] : [2, kid, enrolled, names, salt, ways];
  const tag = hmac(sha256, key, utf8ToBytes(JSON.stringify(all)));
  key.fill(0);
  return toBase64(tag);
}

/**
 * Wraps the data key so that this machine opens it, also after a change that the matching policy forgives, and a
 * machine that only has the files doesn't.
 * @returns null if no factor of the device is known
 */
export function wrapForMachine(
  { key: dataKey, kid }: SealingKey,
  machineKeys: readonly MachineKey[],
  random: Random,
): MachineWrap | null {
  const enrolled = FACTOR_NAMES.filter((name) => machineKeys.some((key) => key.name === name));
  const salt = random.bytes(32);
  const ways = minimalSets(enrolled).flatMap((set) => {
    const key = wrappingKey(set, machineKeys, salt);
    if (key === null) return [];
    const nonce = random.bytes(24);
    const ciphertext = toBase64(xchacha20poly1305(key, nonce, wayData(kid, set)).encrypt(dataKey));
    key.fill(0);
    return [{ factors: [...set], nonce: toBase64(nonce), ciphertext }];
  });
  if (ways.length === 0) return null;
  const hints = Object.fromEntries(machineKeys.map((key) => [key.name, hintOf(key, salt)]));
  const wrap = { enrolled, hints, salt: toBase64(salt), ways };
  return { ...wrap, tag: tagOf(dataKey, kid, wrap) };
}

function openWay(kid: string, way: MachineWrap['ways'][number], key: Uint8Array): Uint8Array | null {
  const nonce = fromBase64(way.nonce);
  const ciphertext = fromBase64(way.ciphertext);
  if (nonce?.length !== 24 || ciphertext === null) return null;
  try {
    return xchacha20poly1305(key, nonce, wayData(kid, way.factors)).decrypt(ciphertext);
  } catch {
    return null;
  }
}

/**
 * Opens the data key with the present factors.
 * @returns `otherMachine` if none of the ways opens, nor could with the factors that can't be read now; `deviceUnread` if
 * one could; `damaged` if one opens and the rest was tampered with
 */
export function unwrapForMachine(
  kid: string,
  wrap: MachineWrap,
  machineKeys: readonly MachineKey[],
): Result<Unwrapped, UnwrapProblem> {
  const salt = fromBase64(wrap.salt);
  if (salt === null) return err('damaged');
  let dataKey: Uint8Array | null = null;
  let drifted = false;
  for (const way of wrap.ways) {
    const key = wrappingKey(way.factors, machineKeys, salt);
    if (key === null) continue;
    const opened = openWay(kid, way, key);
    key.fill(0);
    if (opened === null) drifted = true;
    else if (dataKey === null) dataKey = opened;
    else opened.fill(0);
  }
  if (dataKey === null) return err(couldOpen(wrap, machineKeys, salt) ? 'deviceUnread' : 'otherMachine');
  if (dataKey.length !== 32 || tagOf(dataKey, kid, wrap) !== wrap.tag) {
    dataKey.fill(0);
    return err('damaged');
  }
  const present = FACTOR_NAMES.filter((name) => machineKeys.some((key) => key.name === name));
  // A factor that is hidden today may be back tomorrow: wrapping without it would make the lock weaker for good.
  const allThere = counted(wrap.enrolled).every((name) => present.includes(name));
  const stale = allThere && (drifted || counted(present).some((name) => !wrap.enrolled.includes(name)));
  return ok({ dataKey, drifted, stale, same: allThere && !drifted });
}

/** Whether a way would open if the factors that can't be read now are what they were. */
function couldOpen(
  { ways, hints }: MachineWrap,
  machineKeys: readonly MachineKey[],
  salt: Uint8Array,
): boolean {
  const isUnread = (name: FactorName): boolean => !machineKeys.some((key) => key.name === name);
  // Version 1 doesn't tell which factor has changed: then any may be the same.
  const hasChanged = (name: FactorName): boolean =>
    hints !== undefined && machineKeys.some((key) => key.name === name && hintOf(key, salt) !== hints[name]);
  return ways.some(({ factors: set }) => set.some(isUnread) && !set.some(hasChanged));
}
