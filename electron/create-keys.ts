import * as v from 'valibot';
import type { LicenseView } from '../shared/license/schemas.ts';
import type { VendorProfile } from '../shared/profile.ts';
import { ok, type Result } from '../shared/result.ts';
import { nextKeyCheck } from './api/key-check-policy.ts';
import type { TrustedKeys } from './api/key-update-policy.ts';
import { createKeyUpdates, type KeyUpdates } from './api/key-updates.ts';
import type { Transport } from './api/transport.ts';
import type { ServiceOptions } from './services.ts';
import { openJsonFile } from './support/json-file.ts';

/** The pins and server keys of one installation, kept up to date. */
export interface Keys {
  readonly trusted: () => TrustedKeys;
  /** The profile with the server keys that count now, instead of those that it was shipped with. */
  readonly profile: VendorProfile;
  readonly refresh: KeyUpdates['refresh'];
  /** Does something, and once more where only a key was missing that the server has by now. */
  readonly retrying: <T>(work: () => Promise<Result<T>>) => Promise<Result<T>>;
  /**
   * Asks the server for newer ones where that is due; to be called about once a minute.
   * @returns whether something has changed
   */
  readonly tick: (licenses: readonly LicenseView[]) => Promise<boolean>;
}

/** Signed texts, and when the server was last asked. Nothing in it is believed unread. */
const fileSchema = v.strictObject({
  chain: v.pipe(v.array(v.pipe(v.string(), v.maxLength(16_384))), v.maxLength(32)),
  checkedAt: v.nullable(v.number()),
});

/** Milliseconds; whoever brings a file is often without any network. */
const PATIENCE = 5000;

/** @param transport to the vendor's own server */
export function createKeys(options: ServiceOptions, transport: Transport): Keys {
  const { profile, dataDir, clock, random, log } = options;
  const file = openJsonFile({ dir: dataDir, name: 'key-updates', log }, fileSchema, {
    chain: [],
    checkedAt: null,
  });
  const updates = createKeyUpdates({
    profile,
    transport,
    store: {
      read: () => file.read().chain,
      write: (chain) => {
        const written = file.write({ chain: [...chain], checkedAt: clock.now() });
        return written.ok ? ok(null) : written;
      },
    },
    clock,
    random,
    log,
  });
  const jitter = (random.bytes(1)[0] ?? 0) / 256;
  let triedAt: number | null = null;
  return {
    trusted: updates.trusted,
    profile: {
      ...profile,
      get serverKeys() {
        return [...updates.trusted().serverKeys];
      },
    },
    refresh: updates.refresh,
    retrying: async (work) => {
      const first = await work();
      if (first.ok || first.error.code !== 'tokenKeyUnknown') return first;
      const done = await updates.refresh({ timeoutMs: PATIENCE });
      return done.ok && done.value.updated ? work() : first;
    },
    tick: async (licenses) => {
      const now = clock.now();
      const reasons = licenses.flatMap((license) => license.reasons.map(({ code }) => code));
      const { checkedAt } = file.read();
      if (now < nextKeyCheck({ checkedAt, triedAt, now, reasons, jitter })) return false;
      triedAt = now;
      const done = await updates.refresh({ background: true });
      if (!done.ok) {
        log.info('Newer keys could not be fetched', { code: done.error.code });
        return false;
      }
      if (!done.value.updated) file.write({ ...file.read(), checkedAt: now });
      return done.value.updated;
    },
  };
}
