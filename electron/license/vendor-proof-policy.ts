import { isJsonObject } from '../../shared/license-file/json.ts';
import { verifyLicenseFile } from '../../shared/license-file/verify.ts';
import type { Activation, Instant } from '../../shared/license/types.ts';
import type { VendorProfile } from '../../shared/profile.ts';
import { endOf } from '../api/convert-policy.ts';
import { signatureKeys } from '../offline/server-keys.ts';
import type { LicenseRecord } from './records.ts';

/**
 * Who believes a local server. It is recognised by what a user has chosen, so its certificate says nothing about the
 * vendor: anybody can make a server that answers every call as one would like. What nobody else can make is a license
 * file, since it is signed by a key of the profile. So an activation at a local server counts only if such a file comes
 * with it, for this very activation, product and seat, and its lease counts as far as the file says, whenever it is
 * looked at. What else the server says (features, terms) is shown and no more; installed software reads the file.
 */

/** What is asked about: whose keys count, and the product. */
export interface ProofFor {
  readonly profile: VendorProfile;
  readonly productId: string;
}

/** What the vendor has signed about an activation. */
interface Proof {
  /** null = the lease has no end. */
  readonly leaseExpiry: Instant | null;
}

/** @returns null where the file does not prove this activation */
export function proofIn(
  file: string | null,
  { id, seatId }: Pick<Activation, 'id' | 'seatId'>,
  { profile, productId }: ProofFor,
): Proof | null {
  // When the file ends is for those who read it alone; of the lease, what was signed stays signed.
  const report =
    file === null ? null : verifyLicenseFile(file, { publicKeys: signatureKeys(profile), now: 0 });
  if (report?.signature !== 'valid') return null;
  const data = report.dataset?.data;
  const attributes = isJsonObject(data) ? data['attributes'] : null;
  const activation = isJsonObject(attributes) ? attributes['activation'] : null;
  if (!isJsonObject(activation)) return null;
  const isThis =
    activation['id'] === id && activation['seatId'] === seatId && activation['productId'] === productId;
  const { leaseExpiry } = activation;
  if (!isThis || typeof leaseExpiry !== 'string' || Number.isNaN(Date.parse(leaseExpiry))) return null;
  return { leaseExpiry: endOf(leaseExpiry) };
}

/** Whether the activation of a record counts; at the vendor's own server the connection is the proof. */
export function isProven(record: LicenseRecord, about: ProofFor): boolean {
  const { server, activation, licenseFile } = record;
  if (server === undefined || activation === null) return true;
  return proofIn(licenseFile, activation, about) !== null;
}

/** The record with as much of its lease as is believed; without a proof it has ended when it began. */
export function believed(record: LicenseRecord, about: ProofFor): LicenseRecord {
  const { server, activation, licenseFile } = record;
  if (server === undefined || activation === null) return record;
  const proof = proofIn(licenseFile, activation, about);
  const proven = proof === null ? activation.activatedAt : proof.leaseExpiry;
  return { ...record, activation: { ...activation, leaseExpiry: earlier(activation.leaseExpiry, proven) } };
}

/** The earlier of two ends; null = there is none. */
function earlier(one: Instant | null, other: Instant | null): Instant | null {
  if (one === null) return other;
  return other === null ? one : Math.min(one, other);
}
