import type { LicenseView } from '../../../shared/license/schemas.ts';
import type { Reason } from '../../../shared/license/reasons.ts';
import type { TrustedNow } from '../../../shared/license/types.ts';
import type { Failure } from '../../../shared/errors.ts';
import type { Fingerprint } from '../../fingerprint/types.ts';
import { keptTimeOf } from '../../license/device-time.ts';
import type { DeviceRecord, Journal, LicenseRecord } from '../../license/records.ts';
import type { EngineOptions } from '../../license/turn.ts';
import { readStored } from '../../license/view.ts';
import type { VaultCondition } from '../../vault/types.ts';

/** What is stored for one product. */
export interface StoredProduct {
  readonly record: LicenseRecord | null;
  readonly journal: Journal | null;
}

/** One look at the device and into the vault, which the checks share. Holds secrets; no check hands any of them on. */
export interface Look {
  readonly licenses: readonly LicenseView[];
  /** Reasons of all licenses. */
  readonly reasons: readonly Reason[];
  readonly fingerprint: Fingerprint;
  readonly device: DeviceRecord | null;
  readonly stored: ReadonlyMap<string, StoredProduct>;
  /** null where the vault could not be opened at all; `problem` says why. */
  readonly condition: VaultCondition | null;
  readonly problem: Failure | null;
  readonly clock: TrustedNow;
}

/**
 * Looks as the window does, with nothing that the window does not do every few seconds: a keyring that would ask the
 * user is not asked, and nothing is written.
 * @param licenses as they are shown now
 */
export async function lookAround(
  engine: EngineOptions,
  licenses: () => Promise<readonly LicenseView[]>,
): Promise<Look> {
  const views = await licenses();
  const { vault, fingerprint } = await (
    engine.look ?? (async () => ({ vault: await engine.vault(), fingerprint: await engine.fingerprint() }))
  )();
  const reasons = views.flatMap((view) => view.reasons);
  if (!vault.ok) {
    const clock = engine.time.now(null);
    return {
      licenses: views,
      reasons,
      fingerprint,
      device: null,
      stored: new Map(),
      condition: null,
      problem: vault.error,
      clock,
    };
  }
  const stored = new Map<string, StoredProduct>();
  let device: DeviceRecord | null = null;
  for (const { productId } of engine.profile.products) {
    const read = await readStored(vault.value, productId);
    device = read.device;
    stored.set(productId, { record: read.record, journal: read.journal });
  }
  return {
    licenses: views,
    reasons,
    fingerprint,
    device,
    stored,
    condition: vault.value.condition(),
    problem: null,
    clock: engine.time.now(keptTimeOf(device)),
  };
}
