import { randomFillSync } from 'node:crypto';

/** What can become of the bytes of a file; `name` says what was done, to find the case again. */
export interface Damage {
  readonly name: string;
  readonly bytes: Buffer;
}

/** One bit of a byte flipped; another bit from byte to byte. */
export function flipped(good: Buffer, at: number): Damage {
  const bytes = Buffer.from(good);
  bytes[at] = (bytes[at] ?? 0) ^ (1 << (at % 8));
  return { name: `bit ${at % 8} of byte ${at} flipped`, bytes };
}

const cut = (good: Buffer, length: number): Damage => ({
  name: `cut to ${length} bytes`,
  bytes: good.subarray(0, length),
});

/** Every byte with one of its bits flipped, and every shorter beginning. */
export function* everyByte(good: Buffer): Generator<Damage> {
  for (let at = 0; at < good.length; at += 1) yield flipped(good, at);
  for (let length = 0; length < good.length; length += 1) yield cut(good, length);
}

/**
 * One byte of each kind of place: the first and last of the file, and of each string and number in it the first, the
 * middle and the last.
 */
export function placesIn(good: Buffer): readonly number[] {
  const places = new Set([0, good.length - 1]);
  for (const { 0: token, index } of good.toString('latin1').matchAll(/"[^"]*"|-?\d+|[A-Za-z0-9+/=-]{20,}/g)) {
    for (const offset of [0, Math.floor(token.length / 2), token.length - 1]) places.add(index + offset);
  }
  return [...places].toSorted((a, b) => a - b);
}

/** A selection of places, spread evenly. */
export function someOf<T>(all: readonly T[], count: number): readonly T[] {
  if (all.length <= count) return all;
  return Array.from({ length: count }, (_, n) => all[Math.floor((n * all.length) / count)] as T);
}

const noise = (size: number): Buffer => randomFillSync(Buffer.alloc(size));

/** A few of everything, for what costs too much to be done with every byte. */
export function typicalDamages(good: Buffer, flips: number): readonly Damage[] {
  return [
    ...someOf(placesIn(good), flips).map((at) => flipped(good, at)),
    cut(good, Math.floor(good.length / 2)),
    cut(good, good.length - 1),
    { name: 'emptied', bytes: Buffer.alloc(0) },
    { name: 'doubled', bytes: Buffer.concat([good, good]) },
    { name: 'zeroed', bytes: Buffer.alloc(good.length) },
    { name: 'replaced by 2 MiB of noise', bytes: noise(2 * 1024 * 1024) },
  ];
}
