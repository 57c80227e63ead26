import { err, ok, type Result } from '../../shared/result.ts';
import { restoreJournal, writeJournal, type Ledger } from './ledger.ts';
import type { ActivationWish, Journal } from './records.ts';
import { wasTurnedAway } from './refusal-policy.ts';
import { callActivate, takeSeat, type CallOutcome } from './take-seat.ts';
import type { Turn } from './turn.ts';

/** An activation that was wished, and that may have taken a seat which the record doesn't know of. */
export interface OpenWish {
  readonly wish: ActivationWish;
  readonly journal: Journal;
}

export function openWish({ journal, revision, record }: Ledger): OpenWish | null {
  if (journal?.kind !== 'activate' || journal.wish === undefined) return null;
  // A seat that was recorded after the intent says that it was carried out; only the journal was left. A record
  // without one was written for something else, such as an offline request.
  const carriedOut = record.activation !== null && revision > journal.recordRevision;
  return carriedOut ? null : { wish: journal.wish, journal };
}

/**
 * Before another code is used: an activation whose answer was lost may have taken a seat with the first code. It is
 * found again and given back, or the seat would be taken for nothing.
 */
export async function withdrawOther(turn: Turn, ledger: Ledger, wish: ActivationWish): Promise<Result<null>> {
  const open = openWish(ledger);
  if (open === null || open.wish.code === wish.code) return ok(null);
  const { options, product } = turn;
  const found = await callActivate(options, product.productId, open.wish, options.random.uuid());
  const released = found.ok ? await options.api.deactivate(found.value.value.accessToken) : found;
  if (released.ok) return ok(null);
  const { end, failure } = released.error;
  return end === 'refused' && !wasTurnedAway(failure.code) ? ok(null) : err(failure);
}

/**
 * Ends an activation that failed. The journal goes back to what it was unless the end is not known: what was open
 * before (a wish with the same code, a call whose answer was lost) is not settled by a failure of now.
 * @param found the ledger before the operation
 */
export async function settleRefused(
  turn: Turn,
  found: Ledger,
  wish: ActivationWish,
  outcome: CallOutcome,
): Promise<Result<null>> {
  const { ledger, failure, settled } = outcome;
  if (failure === null) return ok(null);
  if (!settled) return err(failure);
  const restored = await goBack(turn, found, ledger, wish, wasHeard(outcome));
  return restored.ok ? err(failure) : restored;
}

async function goBack(
  turn: Turn,
  found: Ledger,
  ledger: Ledger,
  wish: ActivationWish,
  heard: boolean,
): Promise<Result<Ledger>> {
  const { journal } = found;
  const open = openWish(found);
  if (open !== null && open.wish.code === wish.code && !heard) {
    return restoreJournal(turn.transaction, ledger, journal);
  }
  if (found.record.activation === null || !found.doubtful) {
    return restoreJournal(turn.transaction, ledger, null);
  }
  if (journal?.kind === 'deactivate') return restoreJournal(turn.transaction, ledger, journal);
  // A call of the activation that is there may be what was open first; to say so is safe where it was not.
  return writeJournal(turn.transaction, ledger, {
    kind: 'call',
    idempotencyKey: turn.options.random.uuid(),
    startedAt: turn.options.clock.now(),
  });
}

/**
 * Finishes an open wish beside a seat that is held already, before anything else is done with that seat: the record
 * that a call writes would make the wish look carried out, and its seat would be forgotten.
 * @returns the ledger to go on with
 */
export async function finishOpenWish(turn: Turn, ledger: Ledger): Promise<Result<Ledger>> {
  const open = openWish(ledger);
  if (open === null || ledger.record.activation === null) return ok(ledger);
  const { options, transaction } = turn;
  const taken = await takeSeat(options, transaction, ledger, open.wish, open.journal.idempotencyKey);
  if (!taken.ok) return taken;
  if (taken.value.failure === null) return ok(taken.value.ledger);
  if (!taken.value.settled || !wasHeard(taken.value)) return err(taken.value.failure);
  return goBack(turn, ledger, taken.value.ledger, open.wish, true);
}

/** Whether a call that failed was refused by the licensing server itself. */
function wasHeard({ failure, refused }: CallOutcome): boolean {
  return refused === true && failure !== null && !wasTurnedAway(failure.code);
}
