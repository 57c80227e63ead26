import type { Log, Random } from '../ports.ts';
import type { Fingerprint } from './types.ts';

export interface FingerprintOptions {
  /** `profile.fingerprint.salt`: 32 bytes in base64url. */
  readonly salt: string;
  /** Absolute path of the data folder; the install id lies there when nothing else can be read. */
  readonly dataDir: string;
  readonly random: Random;
  readonly log: Log;
}

/** Reads the device's factors, all at once, each with its time limit. Never fails: what can't be read is missing. */
export function readFingerprint(options: FingerprintOptions): Promise<Fingerprint> {
  options.log.error('The fingerprint is not built yet');
  return Promise.reject(new Error('not built yet'));
}
