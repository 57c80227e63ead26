import { loadDeviceKeys, type DeviceKeys, type StoredDeviceKeys } from '../../shared/token/keys.ts';
import type { Exchange, PendingRequest } from './records.ts';

/** Which of our keys a token was encrypted to. */
export type FoundKey = {
  readonly keys: DeviceKeys;
  /** null: keys of the activation that is held. */
  readonly request: PendingRequest | null;
};

/** Finds the key that a token names; null where it is not, or no longer, one of ours. */
export function findKey({ requests, held }: Exchange, kid: string): FoundKey | null {
  for (const request of requests) {
    const keys = keysNamed(request.keys, kid);
    if (keys !== null) return { keys, request };
  }
  for (const stored of held === null ? [] : [held.keys, ...held.others]) {
    const keys = keysNamed(stored, kid);
    if (keys !== null) return { keys, request: null };
  }
  return null;
}

function keysNamed(stored: StoredDeviceKeys, kid: string): DeviceKeys | null {
  const keys = loadDeviceKeys(stored);
  return keys?.encrypt.kid === kid ? keys : null;
}
