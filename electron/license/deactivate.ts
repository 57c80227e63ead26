import { failure, type ErrorCode } from '../../shared/errors.ts';
import { err, type Result } from '../../shared/result.ts';
import type { Call } from '../api/client.ts';
import { endedRecord, heldOf, writeJournal, writeRecord, type Ledger } from './ledger.ts';
import { repair } from './session.ts';
import { close, isAllowed, type Turn } from './turn.ts';

/** Gives the seat back on the user's wish. */
export async function deactivate(turn: Turn, ledger: Ledger): Promise<Result<null>> {
  if (!isAllowed(turn, ledger, 'deactivate')) return err(failure('notAllowedInState'));
  return giveSeatBack(turn, ledger);
}

/** Gives the seat back; the intent is durable before the call, and the call can be repeated. */
export async function giveSeatBack(turn: Turn, found: Ledger): Promise<Result<null>> {
  const { options, transaction } = turn;
  const wasCutOff = found.journal !== null;
  const intended = await writeJournal(transaction, found, {
    kind: 'deactivate',
    idempotencyKey: options.random.uuid(),
    startedAt: options.clock.now(),
  });
  if (!intended.ok) return intended;
  let ledger = intended.value;
  let answer = await release(turn, ledger);
  if (!answer.ok && answer.error.failure.code === 'accessTokenInvalid' && wasCutOff) {
    // Our own answer was lost: the seat is still taken, under a token that never arrived.
    const repaired = await repair(options, transaction, ledger);
    if (!repaired.ok) return repaired;
    if (repaired.value.failure !== null) return close(turn, repaired.value);
    ledger = repaired.value.ledger;
    answer = await release(turn, ledger);
  }
  options.onContact(turn.product.productId, answer.ok ? null : answer.error.failure);
  if (!answer.ok && !isNotOurs(answer.error.failure.code)) {
    const settled = answer.error.end !== 'unknown';
    return close(turn, { ledger, settled, failure: answer.error.failure });
  }
  const ended = endedRecord(ledger.record, 'deactivated', options.clock.now());
  const written = await writeRecord(transaction, ledger, ended);
  return written.ok ? close(turn, { ledger: written.value, settled: true, failure: null }) : written;
}

async function release(turn: Turn, ledger: Ledger): Call<null> {
  const held = heldOf(ledger.record);
  if (held.ok) return turn.options.api.deactivate(held.value.secrets.accessToken);
  return err({ failure: held.error, end: 'refused', nonce: null, serverTime: null });
}

/** Refusals that say that the seat is not taken by this activation any more: what was wished is so. */
function isNotOurs(code: ErrorCode): boolean {
  return code === 'seatReleased' || code === 'accessTokenInvalid' || code === 'nonceMismatch';
}
