import type { MachineKind } from '../../shared/support/evidence-words.ts';

/** The factors of a device, strongest evidence of "the same hardware" first. */
export const FACTOR_NAMES = ['board', 'disk', 'mac', 'machineId', 'os', 'cpu', 'install'] as const;
export type FactorName = (typeof FACTOR_NAMES)[number];

/**
 * What may be stored and sent: per factor, base64url of HMAC-SHA-256 under the tenant's salt. Factors that could
 * not be read are missing.
 */
export type FactorDigests = { readonly [Name in FactorName]?: string | undefined };

/** The private side of a factor: key material for the vault (32 bytes). Never stored, logged or sent. */
export interface MachineKey {
  readonly name: FactorName;
  readonly material: Uint8Array;
}

/** A suspicion with what it rests on; evidence is a list of fixed words, never a raw value. */
export interface Hint {
  readonly detected: boolean;
  /** What was recognized, such as `vmware` or `docker`; null = nothing, or nothing known by name. */
  readonly kind: MachineKind | null;
  readonly evidence: readonly string[];
}

export interface Fingerprint {
  readonly factors: FactorDigests;
  readonly machineKeys: readonly MachineKey[];
  /** Factors that could not be read now. */
  readonly unreadable: readonly FactorName[];
  /**
   * Factors that are still being read: a fuller fingerprint follows. As long as there are any, nothing is enrolled,
   * and what would hang on them is not known yet.
   */
  readonly pending: readonly FactorName[];
  /** Seat id for a first activation, at most 50 characters. Later the stored one counts. */
  readonly seatId: string;
  readonly virtualMachine: Hint;
  readonly container: Hint;
  /** What this machine alone tells; `looksCloned` compares it with the enrolled one. */
  readonly clonedImage: Hint;
}

/** One way to read one factor. */
export interface FactorSource {
  readonly name: FactorName;
  /** The raw value; null = this machine doesn't tell. Doesn't throw. */
  readonly read: () => Promise<string | null>;
}

/** Reads the device while the program already runs. Every source is asked once per process. */
export interface DeviceReader {
  /** What is known now. The first call waits for files, never for a slow program. */
  readonly current: () => Promise<Fingerprint>;
  /** All that can be known: once every source has answered, or its time is up. */
  readonly complete: () => Promise<Fingerprint>;
  /** Whether that is so already. */
  readonly isComplete: () => boolean;
  /** Tells that `current` has become fuller; returns the function that ends it. */
  readonly onChange: (listener: () => void) => () => void;
  /** Ends the programs that still run. What they would have told counts as unreadable. */
  readonly stop: () => void;
}
