import type { Enrolment } from '../fingerprint/drift-policy.ts';
import type { FactorDigests } from '../fingerprint/types.ts';
import type { DeviceRecord } from './records.ts';

/** What the device record remembers of the device; null where there is no record. */
export function enrolmentOf(device: DeviceRecord): Enrolment;
export function enrolmentOf(device: DeviceRecord | null): Enrolment | null;
export function enrolmentOf(device: DeviceRecord | null): Enrolment | null {
  return device === null ? null : { enrolled: device.enrolled, drift: device.drift ?? [] };
}

/** The fields of the device record that remember the device. A history of nothing is left out. */
export function enrolmentFields({ enrolled, drift }: Enrolment): Pick<DeviceRecord, 'enrolled' | 'drift'> {
  return { enrolled: presentOnly(enrolled), ...(drift.length === 0 ? {} : { drift: [...drift] }) };
}

/** The digests of the factors that could be read. */
export function presentOnly(factors: FactorDigests): Record<string, string> {
  return Object.fromEntries(
    Object.entries(factors).filter((entry): entry is [string, string] => entry[1] !== undefined),
  );
}
