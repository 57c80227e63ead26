import type { Bridge, BridgeResult } from '../shared/contract.ts';
import { failure } from '../shared/errors.ts';
import { err } from '../shared/result.ts';

/** The bridge that the preload script put there; null when it is missing, as after a broken installation. */
export function findBridge(): Bridge | null {
  return (globalThis as { readonly latchkey?: Bridge }).latchkey ?? null;
}

/**
 * Makes a call whose every end is a value: a bridge that throws or rejects (a handler gone, an answer that failed
 * validation) becomes `internal` instead of a screen that waits for ever.
 */
export async function call<T>(run: () => Promise<BridgeResult<T>>): Promise<BridgeResult<T>> {
  try {
    return await run();
  } catch {
    return err(failure('internal'));
  }
}
