import type { DeviceMatch } from '../../shared/license/types.ts';
import type { FactorDigests } from './types.ts';

/**
 * Compares the present device with the enrolled one.
 * @param enrolled the digests that were stored when the seat was taken
 * @param present the digests of now
 */
export function matchDevice(enrolled: FactorDigests, present: FactorDigests): DeviceMatch {
  void present;
  return { verdict: 'unknown', changed: Object.keys(enrolled) };
}

/**
 * Whether the software of the enrolled device runs on other hardware: what is copied with a disk is the same and
 * everything that is not copied with it has changed.
 */
export function looksCloned(enrolled: FactorDigests, present: FactorDigests): boolean {
  return enrolled.machineId !== undefined && enrolled.machineId === present.machineId;
}
