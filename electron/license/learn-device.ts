import { isSettled, learn } from '../fingerprint/drift-policy.ts';
import type { Fingerprint } from '../fingerprint/types.ts';
import type { Clock, Log } from '../ports.ts';
import type { Transaction, Vault } from '../vault/types.ts';
import { enrolmentFields, enrolmentOf } from './enrolment.ts';
import { writeDevice, type Ledger } from './ledger.ts';
import { DEVICE, deviceRecordSchema } from './records.ts';

interface Parts {
  readonly transaction: Transaction;
  readonly fingerprint: Fingerprint;
  readonly clock: Clock;
  readonly log: Log;
}

/**
 * Under the lock, before an operation: what has changed of the device is learned as far as the policy allows. Good to
 * have: where it can't be written the operation goes on, and the next one tries again.
 */
export async function learnDevice(parts: Parts, ledger: Ledger): Promise<Ledger> {
  const { transaction, fingerprint, clock, log } = parts;
  const { device } = ledger;
  if (device === null) return ledger;
  const now = Math.max(clock.now(), device.mark);
  const next = learn(enrolmentOf(device), fingerprint.factors, now);
  if (next === null) return ledger;
  const entry = next.drift.at(-1);
  log.info('The device has changed', {
    changed: entry?.changed,
    added: entry?.added,
    learned: entry?.learned,
  });
  const written = await writeDevice(transaction, ledger, { ...device, ...enrolmentFields(next) });
  return written.ok ? written.value : ledger;
}

/**
 * Under the lock, after an operation: the vault's key is wrapped for the present device if, and only if, that is the
 * one which the record holds, whether it was learned or the server has given it the seat. So record and vault forgive
 * the same.
 */
export async function letVaultFollow(
  vault: Pick<Vault, 'adoptDevice'>,
  transaction: Transaction,
  { factors }: Fingerprint,
): Promise<void> {
  const device = await transaction.read(DEVICE, deviceRecordSchema);
  if (!device.ok) return;
  // Where no seat was ever taken there is nothing to compare with, and only requests to lose.
  if (device.value === null || isSettled(device.value.value.enrolled, factors)) await vault.adoptDevice();
}
