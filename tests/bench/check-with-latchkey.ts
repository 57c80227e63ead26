import { fromBase64Url } from '../../shared/license-file/encoding.ts';
import { verdictOf, verifyLicenseFile } from '../../shared/license-file/verify.ts';
import type { Material } from './material.ts';

/** Verifies and parses; throws unless the file is good. */
export function run({ licenseFile, licenseX, now }: Material): void {
  const publicKey = fromBase64Url(licenseX);
  const report = verifyLicenseFile(licenseFile, {
    publicKeys: publicKey === null ? [] : [publicKey],
    now,
    compareDevice: () => 'same',
  });
  if (report === null || verdictOf(report) !== 'valid') throw new Error('not valid');
}
