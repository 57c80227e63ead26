import { failure } from '../../shared/errors.ts';
import type { Activation, EndCause, Instant } from '../../shared/license/types.ts';
import { err, ok, type Result } from '../../shared/result.ts';
import { receiptsOnly } from '../offline/records.ts';
import {
  NO_CERTIFICATES,
  readCertificates,
  sweepCertificates,
  type Certificates,
} from '../certificate/store.ts';
import type { Transaction } from '../vault/types.ts';
import { worthWriting } from './clock-policy.ts';
import { keptTimeOf } from './device-time.ts';
import {
  DEVICE,
  deviceRecordSchema,
  EMPTY_RECORD,
  JOURNAL_FORM,
  journalName,
  journalSchema,
  licenseRecordSchema,
  type DeviceRecord,
  type Journal,
  type LicenseRecord,
} from './records.ts';

/** One product's records as they are under the lock, kept in step with what is written. */
export interface Ledger {
  readonly productId: string;
  readonly record: LicenseRecord;
  readonly revision: number;
  readonly device: DeviceRecord | null;
  readonly deviceRevision: number;
  readonly journal: Journal | null;
  readonly journalRevision: number;
  /**
   * Whether a call may have taken effect unheard, so that token and nonce may be older than the server's. A nonce that
   * the server does not know is then our own lost answer and not the work of a clone.
   */
  readonly doubtful: boolean;
  /**
   * Whether the license record is older than one that was here already, such as after a backup was restored. Token and
   * nonce may then be long used up by nobody but ourselves, and what it says may have been ended since.
   */
  readonly outdated: boolean;
  readonly certificates: Certificates;
}

/**
 * Reads a product's records. A damaged license record counts as empty: it is set aside at the next write and the
 * seat is found again by activating (same seat id), which is the way out that the user is shown.
 * @param withCertificates whether devices have any; where they have none, nothing is looked for
 */
export async function readLedger(
  transaction: Transaction,
  productId: string,
  withCertificates: boolean,
): Promise<Result<Ledger>> {
  const record = await transaction.read(productId, licenseRecordSchema);
  if (!record.ok && record.error.code !== 'vaultDamaged') return record;
  const device = await transaction.read(DEVICE, deviceRecordSchema);
  if (!device.ok && device.error.code !== 'vaultDamaged') return device;
  const journal = await transaction.read(journalName(productId), journalSchema);
  if (!journal.ok && journal.error.code !== 'vaultDamaged') return journal;
  const certificates = withCertificates
    ? await readCertificates(transaction, productId)
    : ok(NO_CERTIFICATES);
  if (!certificates.ok) return certificates;
  return ok({
    productId,
    record: (record.ok ? record.value?.value : undefined) ?? EMPTY_RECORD,
    revision: (record.ok ? record.value?.revision : undefined) ?? 0,
    device: (device.ok ? device.value?.value : undefined) ?? null,
    deviceRevision: (device.ok ? device.value?.revision : undefined) ?? 0,
    journal: (journal.ok ? journal.value?.value : undefined) ?? null,
    journalRevision: (journal.ok ? journal.value?.revision : undefined) ?? 0,
    // A damaged journal says that there was one.
    doubtful: !journal.ok || journal.value !== null,
    outdated: transaction.isOutdated(productId),
    certificates: certificates.value,
  });
}

/** `confirmed`: the server has said so just now, so it is no earlier state whatever was here before. */
interface HowSure {
  readonly confirmed?: boolean;
}

/** Replaces the license record, durably. */
export async function writeRecord(
  transaction: Transaction,
  ledger: Ledger,
  record: LicenseRecord,
  { confirmed = false }: HowSure = {},
): Promise<Result<Ledger>> {
  const { productId, revision } = ledger;
  const written = await transaction.write(productId, record, revision, {
    confirmed: confirmed || holdsNothing(record),
  });
  if (!written.ok) return written;
  return ok({ ...ledger, record, revision: written.value, outdated: transaction.isOutdated(productId) });
}

/** Whether nothing is in a record that could be used a second time: neither a seat nor a request for one. */
function holdsNothing({ activation, exchange }: LicenseRecord): boolean {
  return activation === null && exchange.requests.length === 0;
}

/** Writes the intent down before a call is made. */
export function writeJournal(
  transaction: Transaction,
  ledger: Ledger,
  journal: Omit<Journal, 'schema'>,
): Promise<Result<Ledger>> {
  return putJournal(transaction, ledger, { schema: JOURNAL_FORM, ...journal });
}

async function putJournal(
  transaction: Transaction,
  ledger: Ledger,
  journal: Journal,
): Promise<Result<Ledger>> {
  const written = await transaction.write(journalName(ledger.productId), journal, ledger.journalRevision);
  return written.ok ? ok({ ...ledger, journal, journalRevision: written.value }) : written;
}

/**
 * Puts the journal back as an operation found it that came to nothing: what was open before it is open still.
 * @param found null = nothing was open
 */
export function restoreJournal(
  transaction: Transaction,
  ledger: Ledger,
  found: Journal | null,
): Promise<Result<Ledger>> {
  if (found === null) return clearJournal(transaction, ledger);
  return found === ledger.journal ? Promise.resolve(ok(ledger)) : putJournal(transaction, ledger, found);
}

/** Strikes the intent: its end is known and, where there was something to keep, durable. */
export async function clearJournal(transaction: Transaction, ledger: Ledger): Promise<Result<Ledger>> {
  if (ledger.journal === null) return ok(ledger);
  const removed = await transaction.remove(journalName(ledger.productId), ledger.journalRevision);
  return removed.ok ? ok({ ...ledger, journal: null, journalRevision: 0 }) : removed;
}

/** Brings the device record up to date; writes only what has changed enough. */
export async function writeDevice(
  transaction: Transaction,
  ledger: Ledger,
  device: DeviceRecord,
  { confirmed = false }: HowSure = {},
): Promise<Result<Ledger>> {
  const { device: stored } = ledger;
  const same =
    stored !== null &&
    !(confirmed && transaction.isOutdated(DEVICE)) &&
    stored.seatId === device.seatId &&
    JSON.stringify([stored.enrolled, stored.drift]) === JSON.stringify([device.enrolled, device.drift]) &&
    !worthWriting(keptTimeOf(stored), keptTimeOf(device));
  if (same) return ok(ledger);
  const written = await transaction.write(DEVICE, device, ledger.deviceRevision, { confirmed });
  return written.ok ? ok({ ...ledger, device, deviceRevision: written.value }) : written;
}

/** The record after an activation has come to its end; its secrets go with it. */
export function endedRecord(record: LicenseRecord, cause: EndCause, at: Instant): LicenseRecord {
  const { releases, withdrawals, exchange } = record;
  return { ...EMPTY_RECORD, releases, withdrawals, exchange: receiptsOnly(exchange), ended: { cause, at } };
}

/** Wipes the certificates, with their keys, of activations that are neither held nor still to be given back. */
export async function wipeCertificates(transaction: Transaction, ledger: Ledger): Promise<Result<Ledger>> {
  const { activation, releases } = ledger.record;
  const ours = releases.map(({ activationId }) => activationId);
  const swept = await sweepCertificates(
    transaction,
    ledger.productId,
    ledger.certificates,
    activation === null ? ours : [activation.id, ...ours],
  );
  return swept.ok ? ok({ ...ledger, certificates: swept.value }) : swept;
}

/** An activation that calls can be made with. */
export interface Held {
  readonly activation: Activation;
  readonly secrets: NonNullable<LicenseRecord['secrets']>;
}

/** The activation and its secrets, or `notAllowedInState` where there is none. */
export function heldOf(record: LicenseRecord): Result<Held> {
  const { activation, secrets } = record;
  return activation === null || secrets === null
    ? err(failure('notAllowedInState'))
    : ok({ activation, secrets });
}
