import type { ClientIdentity } from '../api/client-identity.ts';
import { ok, type Result } from '../../shared/result.ts';
import type { Transaction } from '../vault/types.ts';
import {
  identitiesFor,
  identitiesName,
  identitiesSchema,
  IMPORTED,
  importedSchema,
  NO_IDENTITIES,
  type Identities,
} from './records.ts';

/** The certificates of a product's activations as they are under the lock, kept in step with what is written. */
export interface Certificates {
  readonly stored: Identities;
  readonly revision: number;
  /** There were some that can't be read any more: the server may still count on one of them. */
  readonly lost: boolean;
  /** A renewal came to nothing in this turn; it is not tried with each of its calls. */
  readonly renewalFailed: boolean;
}

export const NO_CERTIFICATES: Certificates = {
  stored: NO_IDENTITIES,
  revision: 0,
  lost: false,
  renewalFailed: false,
};

/** Reads them. What is damaged beyond its copy is as good as none: activating again gets another. */
export async function readCertificates(
  transaction: Transaction,
  productId: string,
): Promise<Result<Certificates>> {
  const found = await transaction.read(identitiesName(productId), identitiesSchema);
  if (!found.ok) {
    return found.error.code === 'vaultDamaged' ? ok({ ...NO_CERTIFICATES, lost: true }) : found;
  }
  const { value } = found;
  return ok(
    value === null ? NO_CERTIFICATES : { ...NO_CERTIFICATES, stored: value.value, revision: value.revision },
  );
}

/** Replaces them, durably; nothing is left of a record that would be empty. */
export async function writeCertificates(
  transaction: Transaction,
  productId: string,
  { revision }: Certificates,
  stored: Identities,
): Promise<Result<Certificates>> {
  const name = identitiesName(productId);
  if (stored.identities.length === 0 && stored.asked === null) {
    const removed = await transaction.remove(name, revision);
    return removed.ok ? ok(NO_CERTIFICATES) : removed;
  }
  const written = await transaction.write(name, stored, revision);
  return written.ok ? ok({ ...NO_CERTIFICATES, stored, revision: written.value }) : written;
}

/** Wipes the keys of activations that are over. */
export async function sweepCertificates(
  transaction: Transaction,
  productId: string,
  certificates: Certificates,
  activationIds: readonly string[],
): Promise<Result<Certificates>> {
  const { stored } = certificates;
  const kept = identitiesFor(stored, activationIds);
  const isSame =
    kept.identities.length === stored.identities.length && (kept.asked === null) === (stored.asked === null);
  return isSame ? ok(certificates) : writeCertificates(transaction, productId, certificates, kept);
}

/** The certificate that an administrator has brought; null = none, or none that can be read. */
export async function readImported(transaction: Transaction): Promise<Result<ClientIdentity | null>> {
  const found = await transaction.read(IMPORTED, importedSchema);
  if (!found.ok) return found.error.code === 'vaultDamaged' ? ok(null) : found;
  const { value } = found;
  return ok(value === null ? null : { key: value.value.key, chain: value.value.chain });
}
