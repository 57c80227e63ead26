import { loadDeviceKeys, type DeviceKeys, type StoredDeviceKeys } from '../../shared/token/keys.ts';
import type { Exchange, PendingRequest } from './records.ts';

/** Which of our keys a token was encrypted to. */
export type FoundKey = {
  readonly keys: DeviceKeys;
  /** null: the keys of the activation that is held. */
  readonly request: PendingRequest | null;
};

/** Finds the key that a token names; null where it is not, or no longer, one of ours. */
export function findKey({ requests, held }: Exchange, kid: string): FoundKey | null {
  for (const request of requests) {
    const keys = keysNamed(request.keys, kid);
    if (keys !== null) return { keys, request };
  }
  const keys = held === null ? null : keysNamed(held.keys, kid);
  return keys === null ? null : { keys, request: null };
}

function keysNamed(stored: StoredDeviceKeys, kid: string): DeviceKeys | null {
  const keys = loadDeviceKeys(stored);
  return keys?.encrypt.kid === kid ? keys : null;
}
