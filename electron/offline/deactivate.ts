import { err, ok, type Result } from '../../shared/result.ts';
import { endedRecord, writeRecord, type Ledger } from '../license/ledger.ts';
import { refusalOf, type Turn } from '../license/turn.ts';
import { withReceipt, type Receipt } from './records.ts';

/**
 * Ends an offline activation. The token and the end of the activation are one write: from the moment that the token
 * exists the license is not active any more, and the token can be exported until the user clears its receipt.
 * @returns the receipt. Errors: `notAllowedInState`, `offlineUnavailable`, those of the vault
 */
export async function deactivateOffline(turn: Turn, ledger: Ledger): Promise<Result<Receipt>> {
  const { options, transaction } = turn;
  const refused = refusalOf(turn, ledger, 'deactivate');
  if (refused !== null) return err(refused);
  const receipt = options.receiptFor(ledger.record);
  if (!receipt.ok) return receipt;
  const ended = endedRecord(ledger.record, 'deactivated', receipt.value.madeAt);
  const written = await writeRecord(transaction, ledger, {
    ...ended,
    exchange: withReceipt(ended.exchange, receipt.value),
  });
  return written.ok ? ok(receipt.value) : written;
}
