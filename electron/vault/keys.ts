import { err, ok, type Result } from '../../shared/result.ts';
import { failure, type Failure } from '../../shared/errors.ts';
import type { MachineKey } from '../fingerprint/types.ts';
import type { Clock, Keyring, Log, Random } from '../ports.ts';
import type { SealingKey } from './envelope.ts';
import type { Loaded, VaultFiles } from './files.ts';
import {
  isStrong,
  KEY_FILE_VERSION,
  keyringFile,
  machineFile,
  openKeyFile,
  type KeyFileProblem,
  type KeyRingInForce,
  type OpenedKey,
} from './key-file.ts';
import { formOf, wrapForMachine, type MachineWrap } from './key-wrap.ts';
import { copyOf, KEYS } from './names.ts';
import { KeyringSilent } from './patient-keyring.ts';
import type { JsonObject, KeyProblem } from './types.ts';

/** `absent`: no key file was ever made here. */
export type KeyState =
  | { readonly kind: 'absent' }
  | { readonly kind: 'open'; readonly key: OpenedKey; readonly from: 'main' | 'copy' }
  | { readonly kind: 'problem'; readonly problem: KeyProblem }
  | { readonly kind: 'failed'; readonly error: Failure };

export interface KeysOptions {
  readonly files: VaultFiles;
  readonly keyring: Keyring;
  readonly machineKeys: readonly MachineKey[];
  readonly clock: Clock;
  readonly random: Random;
  readonly log: Log;
  /** Sets a damaged file aside and remembers it for `condition()`. */
  readonly setAside: (name: string) => Promise<Result<void>>;
}

/** The data key of the vault and the files that it is kept in. */
export interface Keys {
  /**
   * Reads the key files and opens the key. Asks the keyring only if they have changed since, or if it was away or silent.
   * Writes nothing.
   */
  readonly load: () => Promise<KeyState>;
  /** Under the lock, for writing: the key, made if there has never been one or the old one is lost for good. */
  readonly obtain: () => Promise<Result<SealingKey>>;
  /** Under the lock, once: moves, renews, rewraps and mends the key files. Its failures are logged and no more. */
  readonly upkeep: () => Promise<void>;
  /** Under the lock: wraps the key anew for the device as it is now, where that has changed. Failures are logged. */
  readonly adoptDevice: () => Promise<void>;
  readonly ring: () => Promise<KeyRingInForce>;
  readonly wipe: () => void;
}

/** The error of an operation for each problem. What is lost for good is damage; what may come back is not. */
export function keyFailure(problem: KeyProblem): Failure {
  if (problem === 'lost') return failure('vaultDamaged');
  return failure(problem === 'newer' ? 'vaultNewer' : 'vaultKeyUnavailable');
}

/** Of the problems of both files, the one that leaves most hope counts. */
const HOPE: readonly KeyFileProblem[] = [
  'newer',
  'keyringSilent',
  'keyringUnavailable',
  'keyringRefused',
  'deviceUnread',
  'otherMachine',
  'damaged',
];

/** Milliseconds after which a keyring that was away is looked for again. */
const LOOK_AGAIN = 10_000;

export function createKeys(options: KeysOptions): Keys {
  const { files, keyring, machineKeys, clock, random, log, setAside } = options;
  let cached: { readonly text: string; readonly state: KeyState } | null = null;
  let inForce: KeyRingInForce | null = null;
  let askedAt = 0;
  /**
   * Upkeep does one thing and then rests until the next process. So what it writes is opened by another process
   * before the old copy goes: only that proves it.
   */
  let kept = false;

  const ring = async (): Promise<KeyRingInForce> => {
    if (inForce !== null) return inForce;
    let status = { available: false, backend: 'none' };
    try {
      status = await keyring.status();
    } catch (error) {
      if (error instanceof KeyringSilent) return { keyring, strong: false, backend: 'silent', silent: true };
      log.warn('The keyring does not answer');
    }
    inForce = { keyring, strong: isStrong(status), backend: status.backend };
    askedAt = clock.monotonic();
    return inForce;
  };

  /** Forgets what a keyring said that may say something else by now: a user has unlocked it, or answered it. */
  const reconsider = (): void => {
    if (cached?.state.kind !== 'problem') return;
    const { problem } = cached.state;
    if (problem === 'keyringSilent') cached = null;
    // Asked for a value again it might ask the user again: only its presence is looked at without being told to.
    if (problem !== 'keyringUnavailable' || clock.monotonic() - askedAt < LOOK_AGAIN) return;
    cached = null;
    inForce = null;
  };

  /** All keys that were handed out: one may be in use while another takes its place, so all go at the end. */
  const handedOut: Uint8Array[] = [];
  const wipe = (): void => {
    for (const key of handedOut.splice(0)) key.fill(0);
    cached = null;
  };

  const load = async (): Promise<KeyState> => {
    const found = [await files.load(KEYS), await files.load(copyOf(KEYS))] as const;
    const text = JSON.stringify(found);
    reconsider();
    if (cached?.text === text) return cached.state;
    const state = await open(found);
    if (state.kind === 'open') handedOut.push(state.key.key);
    cached = { text, state };
    return state;
  };

  const open = async (found: readonly [Loaded, Loaded]): Promise<KeyState> => {
    const problems: KeyFileProblem[] = [];
    for (const [index, file] of found.entries()) {
      if (file.kind === 'failed') return file;
      if (file.kind === 'damaged') problems.push('damaged');
      if (file.kind !== 'value') continue;
      const result = await openKeyFile(file.value, machineKeys, await ring());
      if (result.ok) return { kind: 'open', key: result.value, from: index === 0 ? 'main' : 'copy' };
      problems.push(result.error);
      // A later version has put its key here; an old copy of ours would only lead to a second truth.
      if (result.error === 'newer') break;
    }
    // What the medium keeps back may come again: it is not lost, and no new key may take its place.
    for (const file of found) if (file.kind === 'unreadable') return { kind: 'failed', error: file.error };
    const best = HOPE.find((problem) => problems.includes(problem));
    if (best === undefined) return { kind: 'absent' };
    return { kind: 'problem', problem: best === 'damaged' ? 'lost' : best };
  };

  const create = async (): Promise<Result<SealingKey>> => {
    const kid = Buffer.from(random.bytes(8)).toString('hex');
    const key = random.bytes(32);
    const wrap = wrapForMachine({ key, kid }, machineKeys, random);
    key.fill(0);
    if (wrap === null) return err(failure('vaultKeyUnavailable'));
    const file = machineFile(kid, wrap);
    const saved = await files.save(KEYS, file);
    if (!saved.ok) return saved;
    const copied = await files.save(copyOf(KEYS), file);
    if (!copied.ok) log.warn('The copy of the key file could not be written', { code: copied.error.code });
    log.info('A new vault key was made');
    const state = await load();
    if (state.kind !== 'open') return err(failure('internal'));
    kept = false;
    await upkeep();
    return current();
  };

  const current = async (): Promise<Result<SealingKey>> => {
    const state = await load();
    return state.kind === 'open' ? ok(state.key) : err(failure('vaultKeyUnavailable'));
  };

  const obtain = async (): Promise<Result<SealingKey>> => {
    const state = await load();
    if (state.kind === 'open') return ok(state.key);
    if (state.kind === 'failed') return err(state.error);
    if (state.kind === 'problem') {
      if (state.problem !== 'lost') return err(keyFailure(state.problem));
      for (const name of [KEYS, copyOf(KEYS)]) {
        const aside = await setAside(name);
        if (!aside.ok) return aside;
      }
    }
    return create();
  };

  /**
   * The wrap in the form of now, for the factors that it was made for: an older one is made anew if all of them are
   * there and the same, so that it neither learns nor loses anything by it.
   */
  const inPresentForm = (key: OpenedKey): MachineWrap => {
    if (formOf(key.wrap) === KEY_FILE_VERSION || !key.same) return key.wrap;
    const enrolled = machineKeys.filter(({ name }) => key.wrap.enrolled.includes(name));
    return wrapForMachine(key, enrolled, random) ?? key.wrap;
  };

  /** The key file as it should be now; null if the present one is as it should be, or no better one can be made. */
  const improved = async (key: OpenedKey, wrap = inPresentForm(key)): Promise<JsonObject | null> => {
    const now = await ring();
    const moves = key.provider === 'machine' && now.strong;
    const isNew = wrap !== key.wrap;
    if (!moves && !key.renew && !isNew) return null;
    const sealed = now.strong ? await keyringFile(key.kid, wrap, now) : null;
    if (sealed !== null) return sealed;
    if (now.strong) log.warn('The keyring does not give back what it takes', { backend: now.backend });
    return key.provider === 'machine' && isNew ? machineFile(key.kid, wrap) : null;
  };

  const adoptDevice = async (): Promise<void> => {
    const state = await load();
    // A copy that stands in for the main file is mended first.
    if (state.kind !== 'open' || state.from === 'copy' || !state.key.stale) return;
    const wrap = wrapForMachine(state.key, machineKeys, random);
    const better = wrap === null ? null : await improved(state.key, wrap);
    if (better === null) return;
    const saved = await files.save(KEYS, better);
    log.info('The vault key was wrapped for the device as it is now', { saved: saved.ok });
  };

  const upkeep = async (): Promise<void> => {
    if (kept) return;
    // The user wants something: also a keyring that has refused is asked once more.
    if (cached?.state.kind === 'problem' && cached.state.problem.startsWith('keyring')) {
      cached = null;
      inForce = null;
    }
    const state = await load();
    if (state.kind !== 'open') return;
    kept = true;
    const [main, copy] = [await files.load(KEYS), await files.load(copyOf(KEYS))];
    if (state.from === 'copy') {
      // The keyring may be away only now, so a main file that merely can't be opened is left alone.
      if (main.kind === 'unreadable') return;
      if (main.kind === 'value' && (await isUnopenable(main.value))) return;
      if (copy.kind !== 'value' || !(await setAside(KEYS)).ok) return;
      const mended = await files.save(KEYS, copy.value);
      log.warn('The key file was restored from its copy', { restored: mended.ok });
      return;
    }
    const better = await improved(state.key);
    if (better !== null) {
      const saved = await files.save(KEYS, better);
      log.info('The vault key was wrapped anew', { saved: saved.ok });
      return;
    }
    if (main.kind !== 'value' || JSON.stringify(main) === JSON.stringify(copy)) return;
    if (copy.kind === 'unreadable' || (copy.kind === 'value' && (await problemOf(copy.value)) === 'newer'))
      return;
    if ((await isForeign(copy, state.key.kid)) && !(await setAside(copyOf(KEYS))).ok) return;
    const copied = await files.save(copyOf(KEYS), main.value);
    log.info('The copy of the key file was brought up to date', { saved: copied.ok });
  };

  const problemOf = async (file: JsonObject): Promise<KeyFileProblem | null> => {
    const result = await openKeyFile(file, machineKeys, await ring());
    if (!result.ok) return result.error;
    result.value.key.fill(0);
    return null;
  };

  const isUnopenable = async (file: JsonObject): Promise<boolean> => {
    const problem = await problemOf(file);
    return problem !== null && problem !== 'damaged';
  };

  /** Not an older form of the key file but something else, which must not be overwritten. */
  const isForeign = async (file: Loaded, kid: string): Promise<boolean> => {
    if (file.kind !== 'value') return file.kind === 'damaged';
    const problem = await problemOf(file.value);
    // The same key, wrapped for the device as it once was.
    if (problem === 'otherMachine' || problem === 'deviceUnread') return file.value['kid'] !== kid;
    return problem === 'damaged';
  };

  return { load, obtain, upkeep, adoptDevice, ring, wipe };
}
