import { failure } from '../../shared/errors.ts';
import { isJsonObject } from '../../shared/license-file/json.ts';
import type { LicenseFileReport } from '../../shared/license-file/verify.ts';
import { err, ok, type Result } from '../../shared/result.ts';
import { keptTimeOf } from '../license/device-time.ts';
import { DEVICE, deviceRecordSchema, licenseRecordSchema } from '../license/records.ts';
import { LOCK_TIMEOUT, type EngineOptions } from '../license/turn.ts';
import type { Vault } from '../vault/types.ts';
import { inspectLicenseFile, problemOfLicenseFile } from './check-policy.ts';
import type { LicenseFiles } from './store.ts';

/** What installed software learns from a license file that is good. */
export interface CheckedLicense {
  readonly productId: string;
  readonly device: LicenseFileReport['device'];
  /** Epoch milliseconds; null = none stated. */
  readonly issued: number | null;
  readonly expiry: number | null;
  /** As they stand in the file, in the words of the Licensing API. */
  readonly activation: unknown;
  readonly entitlement: unknown;
  readonly features: readonly unknown[];
}

/** License files for installed software: kept in their place, and checked as the software would. */
export interface LicenseFileService {
  /** Brings the file in its place into step with the vault. A place that can't be written to is logged, no more. */
  readonly sync: (productId: string) => Promise<void>;
  /**
   * Checks a license file for a product and this device.
   * @param text the file; null = the one in its place
   * @returns Errors: `licenseFileMissing`, `licenseFileInvalid`, `licenseFileUnsupported`, `licenseFileLocked`,
   *   `licenseFileExpired`, `licenseFileForOtherDevice`, `licenseFileForOtherProduct`, `clockRolledBack`
   */
  readonly check: (productId: string, text: string | null) => Promise<Result<CheckedLicense>>;
}

export function createLicenseFileService(engine: EngineOptions, files: LicenseFiles): LicenseFileService {
  const { profile, log } = engine;

  const read = async () => {
    const vault = await engine.vault();
    return vault.ok ? vault.value : null;
  };

  /** What has to be put in the place; null = nothing may lie there, undefined = it is right or not known. */
  const fileToPut = async (
    vault: Pick<Vault, 'read' | 'isOutdated'>,
    productId: string,
  ): Promise<string | null | undefined> => {
    const record = await vault.read(productId, licenseRecordSchema);
    // What can't be read is no reason to take the file away from software that runs on it.
    if (!record.ok) return undefined;
    // A product that was never activated has no file of ours; one that somebody put there is theirs.
    if (record.value === null) return undefined;
    // Files of an earlier state were put back: its license file may have been taken away since.
    if (vault.isOutdated(productId)) return undefined;
    const wanted = record.value.value.licenseFile;
    return wanted === (await files.read(productId)) ? undefined : wanted;
  };

  /** An older license file is replaced; what is none, or not whole, support may want to look at. */
  const setDamagedAside = async (productId: string): Promise<void> => {
    const there = await files.read(productId);
    if (there !== null) {
      const against = { profile, fingerprint: await engine.fingerprint(), now: engine.clock.now() };
      if (problemOfLicenseFile(inspectLicenseFile(there, against)) !== 'licenseFileInvalid') return;
    }
    const aside = await files.setAside(productId);
    if (aside.ok && aside.value !== null)
      log.warn('A damaged license file was set aside', { file: aside.value });
  };

  return {
    sync: async (productId) => {
      const vault = await read();
      // Looked at without the lock first: most of the time there is nothing to do.
      if (vault === null || (await fileToPut(vault, productId)) === undefined) return;
      // Under the lock, or a slower process could put an older file over the one that another has put since.
      const put = await vault.withLock(
        async (transaction): Promise<Result<null>> => {
          const wanted = await fileToPut(transaction, productId);
          if (wanted === undefined) return ok(null);
          await setDamagedAside(productId);
          return files.put(productId, wanted);
        },
        { timeoutMs: LOCK_TIMEOUT },
      );
      if (!put.ok) {
        const { code, facts } = put.error;
        log.warn('The license file could not be put in its place', { code, ...facts });
      }
    },
    check: async (productId, text) => {
      const vault = await read();
      // What was deactivated may still lie there, if the process was killed before it was taken away.
      const isLeftOver = text === null && vault !== null && (await fileToPut(vault, productId)) === null;
      const content = isLeftOver ? null : (text ?? (await files.read(productId)));
      if (content === null) return err(failure('licenseFileMissing'));
      const device = await vault?.read(DEVICE, deviceRecordSchema);
      const isOutdated = [productId, DEVICE].some((name) => vault?.isOutdated(name));
      if (text === null && isOutdated) return err(failure('vaultOutdated'));
      const kept = keptTimeOf(device?.ok === true ? (device.value?.value ?? null) : null);
      const { now, behindBy } = engine.time.now(kept);
      if (behindBy > 0) return err(failure('clockRolledBack', { at: now }));
      const report = inspectLicenseFile(content, { profile, fingerprint: await engine.fingerprint(), now });
      const problem = problemOfLicenseFile(report);
      if (problem !== null) {
        const at = report?.dataset?.expiry ?? null;
        return err(failure(problem, at === null ? {} : { at }));
      }
      return contentOf(productId, report);
    },
  };
}

function contentOf(productId: string, report: LicenseFileReport | null): Result<CheckedLicense> {
  const dataset = report?.dataset ?? null;
  const data = isJsonObject(dataset?.data) ? dataset.data : {};
  const attributes = isJsonObject(data['attributes']) ? data['attributes'] : {};
  const { activation, entitlement } = attributes;
  if (!isJsonObject(activation) || activation['productId'] !== productId) {
    return err(failure('licenseFileForOtherProduct'));
  }
  return ok({
    productId,
    device: report?.device ?? 'unknown',
    issued: dataset?.issued ?? null,
    expiry: dataset?.expiry ?? null,
    activation,
    entitlement: entitlement ?? null,
    features: (dataset?.included ?? []).flatMap(featureOf),
  });
}

/** The feature that a JSON:API resource describes; other resources are left out. */
function featureOf(resource: unknown): readonly object[] {
  if (!isJsonObject(resource) || resource['type'] !== 'features') return [];
  const attributes = isJsonObject(resource['attributes']) ? resource['attributes'] : {};
  return [{ key: resource['id'], ...attributes }];
}
