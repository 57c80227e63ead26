import { failure, type ErrorCode } from '../../shared/errors.ts';
import { err, type Result } from '../../shared/result.ts';
import type { Call } from '../api/client.ts';
import { giveBackEarlierSeats } from './follow-up.ts';
import { endedRecord, heldOf, restoreJournal, writeJournal, writeRecord, type Ledger } from './ledger.ts';
import { certifyAnew } from './certify.ts';
import { isAboutCertificate, leavesSeatOpen, wasTurnedAway } from './refusal-policy.ts';
import { repair } from './session.ts';
import { enrols, shownFor } from './shown-certificate.ts';
import { close, refusalOf, type Turn } from './turn.ts';
import { noteWithdrawal } from './withdrawals.ts';

/** Gives the seat back on the user's wish. */
export async function deactivate(turn: Turn, ledger: Ledger): Promise<Result<null>> {
  // An offline seat has no token to call with; its way is electron/offline/deactivate.ts.
  if (!heldOf(ledger.record).ok) return err(failure('notAllowedInState'));
  const refused = refusalOf(turn, ledger, 'deactivate');
  if (refused !== null) return err(refused);
  return giveSeatBack(turn, ledger);
}

/** Gives the seat back; the intent is durable before the call, and the call can be repeated. */
export async function giveSeatBack(turn: Turn, found: Ledger): Promise<Result<null>> {
  const { options, transaction } = turn;
  const retaken = found.journal?.kind === 'deactivate' ? found.journal.wish : undefined;
  const intended = await writeJournal(transaction, found, {
    kind: 'deactivate',
    ...(retaken === undefined ? {} : { wish: retaken }),
    idempotencyKey: options.random.uuid(),
    startedAt: options.clock.now(),
  });
  if (!intended.ok) return intended;
  const { ledger: present, over } = await catchUp(turn, intended.value);
  if (over !== null) return over;
  let ledger = present;
  let answer = await release(turn, ledger);
  if (!answer.ok && answer.error.failure.code === 'accessTokenInvalid' && found.doubtful) {
    // Our own answer was lost: the seat is still taken, under a token that never arrived.
    const repaired = await repair(options, transaction, ledger);
    if (!repaired.ok) return repaired;
    const { value } = repaired;
    // Somebody else has the seat by now: nothing is left to give back.
    if (value.ledger.record.activation === null) return close(turn, { ...value, failure: null });
    if (value.failure !== null) return close(turn, value);
    ledger = value.ledger;
    answer = await release(turn, ledger);
  }
  if (!answer.ok && isAboutCertificate(answer.error.failure.code) && enrols(options.certificates)) {
    // The seat is given back on the user's wish, so it may be taken once more for a certificate that is good.
    const refused = { ledger, settled: true, failure: answer.error.failure };
    const anew = await certifyAnew(options, transaction, refused, true);
    if (!anew.ok) return anew;
    const { value } = anew;
    if (value.ledger.record.activation === null) return close(turn, { ...value, failure: null });
    ledger = value.ledger;
    if (value.failure !== null) {
      // Token, nonce or certificate may be other ones by now, unheard: what was begun stays open.
      if (value.ledger.doubtful && value.refused !== true) return err(value.failure);
      const restored = await restoreJournal(transaction, ledger, stillOpen(found));
      return restored.ok ? err(value.failure) : restored;
    }
    answer = await release(turn, ledger);
  }
  options.onContact(
    { productId: turn.product.productId, server: ledger.record.server },
    answer.ok ? null : answer.error.failure,
  );
  if (!answer.ok && !isNotOurs(answer.error.failure.code)) {
    if (answer.error.end === 'unknown') return err(answer.error.failure);
    const restored = await restoreJournal(transaction, ledger, stillOpen(found));
    return restored.ok ? err(answer.error.failure) : restored;
  }
  const ended = endedRecord(ledger.record, 'deactivated', options.clock.now());
  const written = await writeRecord(transaction, ledger, ended);
  if (!written.ok) return written;
  const released = await giveBackEarlierSeats(turn, written.value);
  return released.ok ? close(turn, { ledger: released.value, settled: true, failure: null }) : released;
}

/**
 * In a vault that was put back, and where a repair may have taken a seat anew, the activation may have been followed by
 * another one of this seat, and the server says yes to giving back what was given back already. So the seat is taken as
 * it is now, for the token that it has now.
 * @returns `over` = nothing more is to be done; else the ledger to go on with
 */
async function catchUp(
  turn: Turn,
  ledger: Ledger,
): Promise<{ readonly ledger: Ledger; readonly over: Result<null> | null }> {
  const retaken = ledger.journal?.wish;
  if (!ledger.outdated && retaken === undefined) return { ledger, over: null };
  const repaired = await repair(turn.options, turn.transaction, ledger);
  if (!repaired.ok) return { ledger, over: repaired };
  const { value } = repaired;
  // Somebody else has the seat by now.
  if (value.ledger.record.activation === null) {
    return { ledger, over: await close(turn, { ...value, failure: null }) };
  }
  if (value.failure === null) return { ledger: value.ledger, over: null };
  const { code } = value.failure;
  // Whoever signs in again finds the seat; until then nobody can ask for it.
  const isLater = retaken !== undefined && (leavesSeatOpen(code) || code === 'signInNeeded');
  const isUnheard = value.refused !== true || (retaken !== undefined && wasTurnedAway(code));
  if (isUnheard && !isLater) return { ledger, over: err(value.failure) };
  // Where it is refused there is no newer activation to be had, or none that can be had now.
  if (!isLater) return { ledger: value.ledger, over: null };
  const noted = await noteWithdrawal(turn, value.ledger, retaken);
  return noted.ok ? { ledger: noted.value, over: null } : { ledger, over: noted };
}

/** What is open still if nothing came of this deactivation. */
function stillOpen({ journal }: Ledger): Ledger['journal'] {
  // The activation was carried out before; only a call can be open, and saying so is safe where none is.
  return journal?.kind === 'activate' ? { ...journal, kind: 'call', wish: undefined } : journal;
}

async function release(turn: Turn, ledger: Ledger): Call<null> {
  const held = heldOf(ledger.record);
  if (held.ok) {
    const { activation, secrets } = held.value;
    const identity = shownFor(turn.options.certificates, ledger, activation.id);
    return turn.options.apiOf(ledger.record.server).deactivate(secrets.accessToken, { identity });
  }
  return err({ failure: held.error, end: 'refused', nonce: null, serverTime: null });
}

/** Refusals that say that the seat is not taken by this activation any more: what was wished is so. */
function isNotOurs(code: ErrorCode): boolean {
  return code === 'seatReleased' || code === 'accessTokenInvalid' || code === 'nonceMismatch';
}
