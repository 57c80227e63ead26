import type { Instant } from '../../shared/license/types.ts';
import type { LocalServer } from '../../shared/local-server.ts';
import type { KeptTime } from './clock-policy.ts';
import type { DeviceRecord } from './records.ts';
import type { RunClock } from './run-clock.ts';

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

/**
 * The time to keep after an answer. The vendor's own server says what time it is. A local server is recognised by what
 * a user has chosen, so its word may move time on and never back: nobody gets a lease again by making a server that
 * says that it is last year.
 */
export function timeAnswered(
  time: RunClock,
  device: DeviceRecord | null,
  serverTime: Instant | null,
  server: LocalServer | undefined,
): KeptTime {
  const kept = keptTimeOf(device);
  const isBelieved = server === undefined || serverTime === null;
  return isBelieved ? time.answered(kept, serverTime) : time.refresh(kept, serverTime);
}
