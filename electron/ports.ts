import type { Instant } from '../shared/license/types.ts';
import type { Secret } from './support/secret.ts';

/**
 * What everything under electron/ gets from outside instead of reaching for a global. Tests give their own, so
 * that a test decides what time it is and what is random.
 */

export interface Clock {
  /** The operating system's clock, epoch milliseconds. Anyone may have set it. */
  readonly now: () => Instant;
  /** Milliseconds since some fixed point, never set back while the process runs. */
  readonly monotonic: () => number;
}

export interface Random {
  /** Bytes from a cryptographic source. */
  readonly bytes: (length: number) => Uint8Array;
  /** UUID version 4 from a cryptographic source (RFC 9562). */
  readonly uuid: () => string;
}

/** The same without any secret in it, however deep: what has one comes out as something that nothing fits. */
type Told<T> = T extends Secret ? never : T extends object ? { readonly [K in keyof T]: Told<T[K]> } : T;

type Tell = <D extends Readonly<Record<string, unknown>>>(message: string, details?: D & Told<D>) => void;

/**
 * A log that may be given anything but a secret: it redacts. Messages are fixed sentences, details are named values.
 */
export interface Log {
  readonly debug: Tell;
  readonly info: Tell;
  readonly warn: Tell;
  readonly error: Tell;
}

/**
 * The operating system's keyring, as Electron's asynchronous safeStorage offers it. A host without one answers
 * `available: false` and is never asked for more.
 */
export interface Keyring {
  /**
   * Backend name such as `keychain`, `dpapi`, `gnome_libsecret`, `kwallet6`, `basic_text`. `unavailable`: the system's
   * keyring can't be used; `none`: this process has none, though another of the same user may.
   */
  readonly status: () => Promise<{ readonly available: boolean; readonly backend: string }>;
  readonly encrypt: (plain: string) => Promise<Uint8Array>;
  /** `renew`: the keyring wants the value encrypted anew, because its own key has changed. Throws if it can't. */
  readonly decrypt: (sealed: Uint8Array) => Promise<{ readonly plain: string; readonly renew: boolean }>;
}

/** The keyring of a process that has none, such as the command line without Electron. */
export const NO_KEYRING: Keyring = {
  status: () => Promise.resolve({ available: false, backend: 'none' }),
  encrypt: () => Promise.reject(new Error('no keyring')),
  decrypt: () => Promise.reject(new Error('no keyring')),
};
