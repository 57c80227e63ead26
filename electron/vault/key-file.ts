import * as v from 'valibot';
import { err, ok, type Result } from '../../shared/result.ts';
import type { MachineKey } from '../fingerprint/types.ts';
import type { Keyring } from '../ports.ts';
import { fromBase64, toBase64 } from './base64.ts';
import type { SealingKey } from './envelope.ts';
import {
  formOf,
  machineWrapSchema,
  unwrapForMachine,
  type MachineWrap,
  type UnwrapProblem,
} from './key-wrap.ts';
import { KeyringSilent } from './patient-keyring.ts';
import type { JsonObject } from './types.ts';

/**
 * The key file. On every machine the data key is wrapped for the machine; where there is a keyring, that wrap is
 * encrypted by it besides, so that it takes both this machine and this user to open it.
 *
 * Version 2 is written; 1, which has no hints in its wrap, is read as well and becomes 2 as soon as the device can be
 * read in full. A file of each lies under tests/fixtures/vault.
 */
export const KEY_FILE_VERSION = 2;

const kid = v.pipe(v.string(), v.regex(/^[0-9a-f]{16}$/));
const version = v.pipe(v.number(), v.safeInteger(), v.minValue(1));
const backend = v.pipe(v.string(), v.maxLength(64));

const machineFileSchema = v.strictObject({
  v: version,
  kid,
  provider: v.literal('machine'),
  wrap: machineWrapSchema,
});
const keyringFileSchema = v.strictObject({
  v: version,
  kid,
  provider: v.literal('keyring'),
  backend,
  sealed: v.string(),
});
const keyFileSchema = v.variant('provider', [machineFileSchema, keyringFileSchema]);
/** What the keyring encrypts: the wrap, and once more what the file says in clear, since only this is protected. */
const sealedSchema = v.strictObject({ v: version, kid, backend, wrap: machineWrapSchema });
const newerSchema = v.looseObject({ v: v.pipe(version, v.minValue(KEY_FILE_VERSION + 1)) });

export type KeyFileProblem =
  UnwrapProblem | 'newer' | 'keyringUnavailable' | 'keyringRefused' | 'keyringSilent';

/** What a keyring is worth. `basic_text` is a fixed password that every program knows. */
export function isStrong(status: { readonly available: boolean; readonly backend: string }): boolean {
  return status.available && !['basic_text', 'none', 'unknown', ''].includes(status.backend);
}

export interface KeyRingInForce {
  readonly keyring: Keyring;
  readonly strong: boolean;
  readonly backend: string;
  /** It has not answered yet, so nobody knows. */
  readonly silent?: boolean;
}

export interface OpenedKey extends SealingKey {
  readonly provider: 'machine' | 'keyring';
  readonly wrap: MachineWrap;
  readonly drifted: boolean;
  /** The wrap should be made anew for the present factors. */
  readonly stale: boolean;
  /** Every factor that it was wrapped for is there and the same. */
  readonly same: boolean;
  /** The keyring asks for its encryption to be made anew, or another backend than before has opened it. */
  readonly renew: boolean;
  readonly backendChanged: boolean;
}

function opened(
  id: string,
  wrap: MachineWrap,
  machineKeys: readonly MachineKey[],
  more: Pick<OpenedKey, 'provider' | 'renew' | 'backendChanged'>,
): Result<OpenedKey, KeyFileProblem> {
  const unwrapped = unwrapForMachine(id, wrap, machineKeys);
  if (!unwrapped.ok) return unwrapped;
  const { dataKey, ...found } = unwrapped.value;
  return ok({ key: dataKey, kid: id, wrap, ...found, ...more });
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}

/** A version that the rest doesn't bear out is damage, not news: see the envelope. */
function checked(
  stated: number,
  wrap: MachineWrap,
  result: Result<OpenedKey, KeyFileProblem>,
): Result<OpenedKey, KeyFileProblem> {
  if (stated === formOf(wrap)) return result;
  if (!result.ok) return err(stated > KEY_FILE_VERSION ? 'newer' : 'damaged');
  result.value.key.fill(0);
  return err('damaged');
}

/**
 * Opens a key file.
 * @param input the parsed file, of any shape
 */
export async function openKeyFile(
  input: unknown,
  machineKeys: readonly MachineKey[],
  inForce: KeyRingInForce,
): Promise<Result<OpenedKey, KeyFileProblem>> {
  const parsed = v.safeParse(keyFileSchema, input);
  if (!parsed.success) return err(v.is(newerSchema, input) ? 'newer' : 'damaged');
  const file = parsed.output;
  if (file.provider === 'machine') {
    const more = { provider: 'machine', renew: false, backendChanged: false } as const;
    return checked(file.v, file.wrap, opened(file.kid, file.wrap, machineKeys, more));
  }
  const isNewer = file.v > KEY_FILE_VERSION;
  const sealed = fromBase64(file.sealed);
  if (sealed === null) return err('damaged');
  if (inForce.silent === true) return err(isNewer ? 'newer' : 'keyringSilent');
  if (!inForce.strong) return err(isNewer ? 'newer' : 'keyringUnavailable');
  let plain: { readonly plain: string; readonly renew: boolean };
  try {
    plain = await inForce.keyring.decrypt(sealed);
  } catch (error) {
    if (isNewer) return err('newer');
    return err(error instanceof KeyringSilent ? 'keyringSilent' : 'keyringRefused');
  }
  const inner = v.safeParse(sealedSchema, parse(plain.plain));
  if (!inner.success) return err('damaged');
  const { wrap, ...stated } = inner.output;
  if (stated.v !== file.v || stated.kid !== file.kid || stated.backend !== file.backend)
    return err('damaged');
  const backendChanged = inForce.backend !== file.backend;
  const more = { provider: 'keyring', renew: plain.renew || backendChanged, backendChanged } as const;
  return checked(file.v, wrap, opened(file.kid, wrap, machineKeys, more));
}

/** The key file of a machine without a keyring. */
export function machineFile(id: string, wrap: MachineWrap): JsonObject {
  return { v: formOf(wrap), kid: id, provider: 'machine', wrap };
}

/**
 * The key file under the keyring. Decrypts what it has encrypted before it answers: a keyring that can't give back
 * what it took must not get the only key.
 * @returns null if the keyring can't do both
 */
export async function keyringFile(
  id: string,
  wrap: MachineWrap,
  { keyring, backend: name }: KeyRingInForce,
): Promise<JsonObject | null> {
  const plain = JSON.stringify({ v: formOf(wrap), kid: id, backend: name, wrap });
  try {
    const sealed = await keyring.encrypt(plain);
    const again = await keyring.decrypt(sealed);
    if (again.plain !== plain) return null;
    return { v: formOf(wrap), kid: id, provider: 'keyring', backend: name, sealed: toBase64(sealed) };
  } catch {
    return null;
  }
}
