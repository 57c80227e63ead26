import type { GenericSchema } from 'valibot';
import type { Surroundings } from '../../shared/license/types.ts';
import type { Result } from '../../shared/result.ts';
import type { MachineKey } from '../fingerprint/types.ts';
import type { Clock, Keyring, Log, Random } from '../ports.ts';
import type { Secret } from '../support/secret.ts';

/** What a record may be: a JSON object. The caller's schema says which. */
export type JsonValue =
  null | boolean | number | string | readonly JsonValue[] | { readonly [key: string]: JsonValue | undefined };
export type JsonObject = { readonly [key: string]: JsonValue | undefined };

/** What may be sealed: the same, with secrets in it that are written out nowhere else. */
export type Sealable = JsonValue | Secret | readonly Sealable[] | SealableObject;
export type SealableObject = { readonly [key: string]: Sealable | undefined };

/** A record as it lies in the vault. */
export interface StoredRecord<T> {
  readonly value: T;
  /** Grows by one with every write; 0 is the revision of a record that doesn't exist. */
  readonly revision: number;
  /** `recovered`: the record's file was damaged or gone and this came from its good copy. */
  readonly condition: 'good' | 'recovered';
}

/**
 * Why the key of the vault can't be had. `keyringUnavailable`: it is in a keyring that this process hasn't got.
 * `keyringRefused`: the keyring is there and can't open it. `keyringSilent`: it has not answered yet, such as while it
 * asks the user. `otherMachine`: the files were made on other hardware.
 * `deviceUnread`: too little of this device can be read now to tell. `lost`: there are records and no readable key file.
 */
export type KeyProblem =
  | 'keyringUnavailable'
  | 'keyringRefused'
  | 'keyringSilent'
  | 'otherMachine'
  | 'deviceUnread'
  | 'lost'
  | 'newer';

/** What support and the state derivation need to know of the vault; holds no secret. */
export interface VaultCondition {
  /** Feeds `Surroundings.keyring`. */
  readonly keyring: Surroundings['keyring'];
  /** Feeds `Surroundings.vault`: the worst of what was met so far in this process. */
  readonly vault: Exclude<Surroundings['vault'], 'locked' | 'unread'>;
  /** Who guards the data key; null = no key yet, or it could not be opened. */
  readonly provider: 'keyring' | 'machine' | null;
  /** The keyring's backend in this process, such as `kwallet6` or `none`. */
  readonly backend: string;
  readonly keyProblem: KeyProblem | null;
  /** The key was opened although some factors of the device had changed. */
  readonly drifted: boolean;
  /**
   * The file in another folder that tells whether the vault was put back to an earlier state. `missing`: there is none,
   * as after the first start or when folders were cleaned; `damaged`: it was not written under this key; `unusable`: it
   * can't be written or must not be trusted; `none`: not needed yet. Only for support: none of these accuses anybody.
   */
  readonly witness: 'none' | 'good' | 'missing' | 'damaged' | 'unusable';
  /** Names (no paths) of the damaged files that were set aside, oldest first. */
  readonly setAside: readonly string[];
}

/** Reads and writes under the lock. Not to be kept after the function that it was given to has returned. */
export interface Transaction {
  /**
   * Reads a record, and mends its file from the good copy where it was damaged.
   * @returns null where nothing is stored. Errors: `vaultDamaged` (also where the schema refuses what was read),
   * `vaultNewer`, `vaultKeyUnavailable`, `vaultUnsafe`
   */
  readonly read: <T>(
    name: string,
    schema: GenericSchema<unknown, T>,
  ) => Promise<Result<StoredRecord<T> | null>>;
  /**
   * Replaces a record durably: when this is done, a power cut loses nothing.
   * @param expectedRevision what `read` said; 0 for a record that doesn't exist, and for one that `read` of this
   * same transaction found to be `vaultDamaged`: what is unreadable is then set aside, not overwritten
   * @param options.confirmed the value is known to be the present state whatever was here before: the server has said
   *   so, or nothing is in it that an earlier state could bring back
   * @returns the new revision. Errors: `vaultConflict`, `vaultDamaged` (a damaged record that was not read first),
   * `vaultDiskFull`, `vaultReadOnly`, `vaultNewer`, `vaultKeyUnavailable`, `vaultUnsafe`; the record is then as before
   */
  readonly write: (
    name: string,
    value: SealableObject,
    expectedRevision: number,
    options?: { readonly confirmed?: boolean | undefined },
  ) => Promise<Result<number>>;
  /**
   * Whether a record, as it was last read or written, is older than one that was here already: somebody has put files
   * back. It stays so through every write until one is `confirmed`.
   */
  readonly isOutdated: (name: string) => boolean;
  /** Removes a record and its copy. No error where there is none; the rest as for `write`. */
  readonly remove: (name: string, expectedRevision: number) => Promise<Result<void>>;
}

export interface Vault {
  /**
   * Reads a record without the lock and without touching any file.
   * @param name `device`, `identity`, or a product id, also after `journal-` or `identity-`
   * @returns null where nothing is stored. Errors as for `Transaction.read`
   */
  readonly read: <T>(
    name: string,
    schema: GenericSchema<unknown, T>,
  ) => Promise<Result<StoredRecord<T> | null>>;
  /** As `Transaction.isOutdated`, as of the last reading or writing. */
  readonly isOutdated: (name: string) => boolean;
  /**
   * Runs a function while no other process and nothing else in this one is in the vault. What it fails with is
   * passed on; what it throws is thrown on, after the lock was released. Not re-entrant.
   * @param options.timeoutMs how long to wait for the lock, milliseconds (default 10 000)
   * @returns Errors of its own: `vaultLockTimeout`, `vaultReadOnly`, `vaultDiskFull`, `vaultUnsafe`, `busy` when
   * called from inside itself
   */
  readonly withLock: <T>(
    work: (transaction: Transaction) => Promise<Result<T>>,
    options?: { readonly timeoutMs?: number | undefined },
  ) => Promise<Result<T>>;
  /**
   * Only within the work of `withLock`: lets the device as it is now open the vault from here on, where its key was
   * made for the device as it was. When that may be is for the caller to know; nothing else ever does it.
   */
  readonly adoptDevice: () => Promise<void>;
  /**
   * `withLock` for beginning anew: the key and every record are set aside first. Only for when the user has asked for it
   * after `vaultKeyUnavailable`: nothing in here ever makes a new key while the old one may come back. Where the work
   * leaves no record, since it was refused, the old files come back; after a kill the next lock decides the same way.
   * Where the key can be opened by now nothing is set aside.
   * @returns Errors of its own: `vaultNewer`, and `vaultKeyUnavailable` while the keyring has still to answer
   */
  readonly startAnew: Vault['withLock'];
  /**
   * What was met so far. Memory only, so it says nothing of records that were not read yet.
   * @param name only what concerns this record, and the key
   */
  readonly condition: (name?: string) => VaultCondition;
  /** Wipes the key from memory. The vault can't be used afterwards. */
  readonly close: () => void;
}

export interface VaultOptions {
  /** Absolute path of the folder of the vault; made at the first write. */
  readonly dir: string;
  /**
   * Absolute path of the folder of the witness (witness.ts). It is meant to be where nobody looks who puts the vault's
   * folder back; without one it is `witness` beside the vault's folder.
   */
  readonly witnessDir?: string | undefined;
  readonly keyring: Keyring;
  /** The private side of the fingerprint (`Fingerprint.machineKeys`). */
  readonly machineKeys: readonly MachineKey[];
  readonly clock: Clock;
  readonly random: Random;
  readonly log: Log;
}
