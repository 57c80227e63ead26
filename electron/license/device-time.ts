import type { KeptTime } from './clock-policy.ts';
import type { DeviceRecord } from './records.ts';

/** The time part of the device record; null where there is no record. */
export function keptTimeOf(device: DeviceRecord): KeptTime;
export function keptTimeOf(device: DeviceRecord | null): KeptTime | null;
export function keptTimeOf(device: DeviceRecord | null): KeptTime | null {
  if (device === null) return null;
  const { mark, signed = null, claim = null } = device;
  return { mark, signed, claim };
}

type TimeFields = 'mark' | 'signed' | 'claim';

/** The device record with another time part. What there is none of is left out. */
export function withTime(
  device: Omit<DeviceRecord, TimeFields> & Partial<Pick<DeviceRecord, TimeFields>>,
  { mark, signed, claim }: KeptTime,
): DeviceRecord {
  const { mark: _mark, signed: _signed, claim: _claim, ...rest } = device;
  return { ...rest, mark, ...(signed === null ? {} : { signed }), ...(claim === null ? {} : { claim }) };
}
