import * as v from 'valibot';
import { lastKnownSchema, type LicenseView } from '../../shared/license/schemas.ts';
import type { JsonFile } from '../support/json-file.ts';

/**
 * What was shown of each license last, for the moments in which the vault can't be opened yet: while the system's
 * keyring asks for its password, or a slow machine is still reading itself. It is beside the vault, so anybody can write
 * it: it is shown as what was known, and nothing is ever decided by it.
 */
export interface LastKnown {
  readonly of: (productId: string) => LicenseView['lastKnown'];
  /** @param now epoch milliseconds */
  readonly note: (license: LicenseView, now: number) => void;
}

export const lastKnownFileSchema = v.record(v.string(), lastKnownSchema);

/** How old the remembered instant may become before it is written again, milliseconds. */
const OFTEN_ENOUGH = 60 * 60 * 1000;

export function createLastKnown(file: JsonFile<v.InferOutput<typeof lastKnownFileSchema>>): LastKnown {
  return {
    of: (productId) => {
      const all = file.read();
      return Object.hasOwn(all, productId) ? (all[productId] ?? null) : null;
    },
    note: ({ productId, state, activation }, now) => {
      if (state === 'uninitialized') return;
      const all = file.read();
      const old = Object.hasOwn(all, productId) ? all[productId] : undefined;
      const leaseExpiry = activation?.leaseExpiry ?? null;
      const isSame = old?.state === state && old.leaseExpiry === leaseExpiry;
      if (isSame && Math.abs(now - old.at) < OFTEN_ENOUGH) return;
      file.write({ ...all, [productId]: { state, leaseExpiry, at: now } });
    },
  };
}
