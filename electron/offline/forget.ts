import { failure } from '../../shared/errors.ts';
import { err, ok, type Result } from '../../shared/result.ts';
import { writeRecord, type Ledger } from '../license/ledger.ts';
import type { Turn } from '../license/turn.ts';

/**
 * Forgets a request that nobody will answer, or a receipt of which the user has said that the portal took the token.
 * @returns Errors: `notAllowedInState` where it is gone, those of the vault
 */
export async function forgetToken(
  { transaction }: Turn,
  ledger: Ledger,
  list: 'requests' | 'receipts',
  id: string,
): Promise<Result<null>> {
  const { record } = ledger;
  const { exchange } = record;
  const isThere = exchange[list].some((token) => token.id === id);
  if (!isThere) return err(failure('notAllowedInState'));
  const written = await writeRecord(transaction, ledger, {
    ...record,
    exchange: {
      ...exchange,
      requests:
        list === 'requests' ? exchange.requests.filter((token) => token.id !== id) : exchange.requests,
      receipts:
        list === 'receipts' ? exchange.receipts.filter((token) => token.id !== id) : exchange.receipts,
    },
  });
  return written.ok ? ok(null) : written;
}
