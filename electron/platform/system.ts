import { randomBytes, randomUUID } from 'node:crypto';
import type { Platform } from '../../shared/support-code/support-code.ts';
import type { Clock, Random } from '../ports.ts';

/** The operating system, as far as a support code tells them apart. */
export const systemPlatform: Platform =
  ({ win32: 'windows', darwin: 'macos', linux: 'linux' } as const)[process.platform as string] ?? 'other';

/** The operating system's clock. */
export const systemClock: Clock = { now: () => Date.now(), monotonic: () => performance.now() };

/** The operating system's cryptographic source. */
export const systemRandom: Random = {
  bytes: (length) => new Uint8Array(randomBytes(length)),
  uuid: () => randomUUID(),
};

/** Calls back once after so many milliseconds; the returned function takes that back. */
export function after(milliseconds: number, callback: () => void): () => void {
  const timer = setTimeout(callback, milliseconds);
  // A request that nobody waits for any more must not keep the process alive.
  timer.unref();
  return () => clearTimeout(timer);
}
