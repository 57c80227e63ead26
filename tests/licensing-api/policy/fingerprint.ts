import type { Fingerprint } from '../../../shared/licensing-api/generated/types.gen.ts';

/**
 * How much each factor says about the device, and whether it stays behind when a disk is copied to another machine.
 * Swapping a disk or a network card (or both) leaves enough; a copied disk alone brings too little along. A factor
 * with another name weighs little and is not hardware.
 */
const FACTORS: Readonly<Record<string, { readonly weight: number; readonly hardware: boolean }>> = {
  board: { weight: 40, hardware: true },
  disk: { weight: 20, hardware: true },
  mac: { weight: 20, hardware: true },
  machineId: { weight: 20, hardware: false },
  os: { weight: 10, hardware: false },
  cpu: { weight: 10, hardware: false },
};
const OTHER = { weight: 5, hardware: false };

/** Share of the weight, in percent, that has to match for a device to count as the same. */
export const SAME_DEVICE_PERCENT = 58;

/**
 * Whether two fingerprints are of the same device. Every factor that the seat was taken with counts; one that is
 * missing now counts as changed, so that leaving factors out gains nothing; factors that are new don't count. Where
 * the seat was taken with hardware factors one of them has to match, or a clone of a virtual machine would pass.
 */
export function sameDevice(stored: Fingerprint, given: Fingerprint): boolean {
  let total = 0;
  let matching = 0;
  let hardware = 0;
  let matchingHardware = 0;
  for (const [name, digest] of Object.entries(stored)) {
    const factor = Object.hasOwn(FACTORS, name) ? (FACTORS[name] ?? OTHER) : OTHER;
    const matches = Object.hasOwn(given, name) && given[name] === digest;
    total += factor.weight;
    if (factor.hardware) hardware += 1;
    if (!matches) continue;
    matching += factor.weight;
    if (factor.hardware) matchingHardware += 1;
  }
  return matching * 100 >= total * SAME_DEVICE_PERCENT && (hardware === 0 || matchingHardware > 0);
}

/**
 * Whether the device that asks may have the seat. A seat that was taken without a fingerprint can't be compared and
 * goes to anyone with the credentials; one taken with a fingerprint is never given to a caller without one.
 */
export function mayHaveSeat(stored: Fingerprint | null, given: Fingerprint | undefined): boolean {
  if (stored === null) return true;
  return given !== undefined && sameDevice(stored, given);
}
