import type { ErrorCode } from '../../shared/errors.ts';
import type { Surroundings } from '../../shared/license/types.ts';
import type { EnrolledDevice } from '../../shared/license-file/device.ts';
import { verdictOf, verifyLicenseFile, type LicenseFileReport } from '../../shared/license-file/verify.ts';
import type { VendorProfile } from '../../shared/profile.ts';
import { matchDevice } from '../fingerprint/match-policy.ts';
import type { Fingerprint } from '../fingerprint/types.ts';
import { signatureKeys } from '../offline/server-keys.ts';

/** What a license file is compared with. */
export interface CheckedAgainst {
  readonly profile: VendorProfile;
  readonly fingerprint: Fingerprint;
  /** Trusted time, epoch milliseconds. */
  readonly now: number;
}

/** Verifies a license file for this vendor and this device; null where the text is no license file. */
export function inspectLicenseFile(text: string, against: CheckedAgainst): LicenseFileReport | null {
  const { profile, fingerprint, now } = against;
  return verifyLicenseFile(text, {
    publicKeys: signatureKeys(profile),
    now,
    compareDevice: (enrolled) => compare(enrolled, fingerprint),
  });
}

/** With the vault's tolerance where the file has factors; else by the seat. */
function compare({ factors, seatId }: EnrolledDevice, fingerprint: Fingerprint) {
  if (factors !== null) return matchDevice(factors, fingerprint.factors).verdict;
  if (seatId === null) return 'unknown';
  return seatId === fingerprint.seatId ? 'same' : 'different';
}

/** Why software must not run on this file; null = it may. */
export function problemOfLicenseFile(report: LicenseFileReport | null): ErrorCode | null {
  switch (report === null ? 'malformed' : verdictOf(report)) {
    case 'valid':
      return null;
    case 'unsupported':
      return 'licenseFileUnsupported';
    case 'locked':
      return 'licenseFileLocked';
    case 'clockBehind':
      return 'clockRolledBack';
    case 'expired':
      return 'licenseFileExpired';
    case 'otherDevice':
    case 'deviceUnknown':
      return 'licenseFileForOtherDevice';
    case 'invalid':
    case 'unverified':
    case 'malformed':
      return 'licenseFileInvalid';
  }
}

/** What the state derivation is told of the file that belongs to the activation. */
export function licenseFileCondition(
  text: string | null,
  against: CheckedAgainst,
): Surroundings['licenseFile'] {
  if (text === null) return 'none';
  const problem = problemOfLicenseFile(inspectLicenseFile(text, against));
  if (problem === 'licenseFileExpired') return 'expired';
  // A clock that is wrong and another device have reasons of their own.
  return problem === 'licenseFileInvalid' || problem === 'licenseFileUnsupported' ? 'invalid' : 'valid';
}
