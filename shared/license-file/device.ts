import { isJsonObject } from './json.ts';

/** Which device a file was issued for, as its signed dataset says. */
export interface EnrolledDevice {
  readonly seatId: string | null;
  /** Factor name to digest, in files that Latchkey's servers issue. */
  readonly factors: Readonly<Record<string, string>> | null;
  /** One text for the whole machine, in machine files of other servers. */
  readonly fingerprint: string | null;
}

/**
 * `notBound`: the file names no device. `unknown`: it names one, and whether this is it can't be said. `drifted`: it is
 * this one, although something about it has changed.
 */
export type DeviceAnswer = 'notBound' | 'same' | 'drifted' | 'different' | 'unknown';

/** Compares the device of a file with the present one. */
export type CompareDevice = (enrolled: EnrolledDevice) => Exclude<DeviceAnswer, 'notBound'>;

const textOf = (value: unknown): string | null => (typeof value === 'string' && value !== '' ? value : null);

function factorsOf(value: unknown): Readonly<Record<string, string>> | null {
  if (!isJsonObject(value)) return null;
  const factors = Object.entries(value).filter(
    (entry): entry is [string, string] => typeof entry[1] === 'string',
  );
  return factors.length === 0 ? null : Object.fromEntries(factors);
}

/** The device that the attributes of a dataset name; null if they name none. */
export function enrolledDevice(data: unknown): EnrolledDevice | null {
  const attributes = isJsonObject(data) ? data['attributes'] : null;
  if (!isJsonObject(attributes)) return null;
  const seatId = textOf(attributes['seatId']);
  const fingerprint = textOf(attributes['fingerprint']);
  const factors = factorsOf(attributes['fingerprint']);
  return seatId === null && fingerprint === null && factors === null
    ? null
    : { seatId, factors, fingerprint };
}

/** Compares by `compare`, or else by the fingerprint text if the file has one and it is known here. */
export function answerDevice(
  data: unknown,
  {
    compare,
    fingerprint,
  }: { readonly compare?: CompareDevice | undefined; readonly fingerprint?: string | undefined },
): DeviceAnswer {
  const enrolled = enrolledDevice(data);
  if (enrolled === null) return 'notBound';
  if (enrolled.fingerprint !== null && fingerprint !== undefined) {
    return enrolled.fingerprint === fingerprint ? 'same' : 'different';
  }
  return compare === undefined ? 'unknown' : compare(enrolled);
}
