import type { ErrorCode } from '../../shared/errors.ts';
import { err, ok, type Result } from '../../shared/result.ts';
import { clearJournal, heldOf, restoreJournal, writeJournal, type Ledger } from './ledger.ts';
import { credentialsFor, isSamePurchase } from './purchase.ts';
import type { ActivationWish, Journal } from './records.ts';
import { leavesSeatOpen, wasTurnedAway } from './refusal-policy.ts';
import { takeSeat, type CallOutcome } from './take-seat.ts';
import type { Secret } from '../support/secret.ts';
import type { Turn } from './turn.ts';
import { noteWithdrawal, withdraw } from './withdrawals.ts';

/** An activation that was wished, and that may have taken a seat which the record doesn't know of. */
export interface OpenWish {
  readonly wish: ActivationWish;
  readonly journal: Journal;
}

/** An activation that the user still wants, or null. */
export function openWish(ledger: Ledger): OpenWish | null {
  const { journal, record } = ledger;
  if (journal?.kind !== 'activate' || journal.wish === undefined) return null;
  // A record of whatever else came between, such as an offline request, does not say that it was carried out.
  const carriedOut = record.secrets?.intent === journal.idempotencyKey;
  return carriedOut ? null : { wish: journal.wish, journal };
}

/**
 * Writes an open wish down anew before it is tried again, under a key of its own: the device may have changed since,
 * and the server refuses a key for good that comes back with another fingerprint. The seat id alone is enough for the
 * seat to be found again.
 */
export async function renewIntent(
  { transaction, options }: Turn,
  ledger: Ledger,
  { journal: { schema: _schema, ...journal } }: OpenWish,
): Promise<Result<{ readonly ledger: Ledger; readonly idempotencyKey: string }>> {
  const idempotencyKey = options.random.uuid();
  const written = await writeJournal(transaction, ledger, { ...journal, idempotencyKey });
  return written.ok ? ok({ ledger: written.value, idempotencyKey }) : written;
}

/** A wish that may have taken a seat, whether it is still wanted or not. */
function doubtfulWish(ledger: Ledger): OpenWish | null {
  const { journal } = ledger;
  const isLeft = journal?.kind === 'withdraw' || journal?.kind === 'deactivate';
  return isLeft && journal.wish !== undefined ? { wish: journal.wish, journal } : openWish(ledger);
}

/**
 * Before another code is used: an activation whose answer was lost may have taken a seat with the first code. It is
 * found again and given back, or the seat would be taken for nothing.
 */
export async function withdrawOther(
  turn: Turn,
  ledger: Ledger,
  wish: ActivationWish,
): Promise<Result<Ledger>> {
  const open = doubtfulWish(ledger);
  return open === null || isSamePurchase(open.wish, wish)
    ? ok(ledger)
    : withdrawOrNote(turn, ledger, open.wish);
}

/** Gives the seat of a wish back, or keeps the wish in mind where the server says nothing of it for now. */
async function withdrawOrNote(turn: Turn, ledger: Ledger, wish: ActivationWish): Promise<Result<Ledger>> {
  const withdrawn = await withdraw(turn, wish);
  if (!withdrawn.ok) return withdrawn;
  return withdrawn.value === 'suspended' ? noteWithdrawal(turn, ledger, wish) : ok(ledger);
}

/** Gives the seat back of an activation that is not wanted any more; the journal stays until the server said so. */
export async function finishWithdrawal(turn: Turn, ledger: Ledger): Promise<Result<null>> {
  const open = doubtfulWish(ledger);
  const withdrawn = open === null ? ok(ledger) : await withdrawOrNote(turn, ledger, open.wish);
  if (!withdrawn.ok) return withdrawn;
  const cleared = await clearJournal(turn.transaction, withdrawn.value);
  return cleared.ok ? ok(null) : cleared;
}

/** Which request a response answers. */
export interface AnsweredRequest {
  readonly id: string;
  readonly code: Secret<'activationCode'>;
  readonly madeAt: number;
}

/**
 * Before an offline response is applied: an activation over the network whose answer was lost may have taken a seat
 * of another purchase. Without a network it can't be given back now, so that is written down.
 */
export async function leaveOther(
  { transaction }: Turn,
  ledger: Ledger,
  request: AnsweredRequest,
): Promise<Result<Ledger>> {
  const open = openWish(ledger);
  if (open === null || isSamePurchase(open.wish, request)) return ok(ledger);
  const { wish, idempotencyKey, startedAt } = open.journal;
  return writeJournal(transaction, ledger, { kind: 'withdraw', wish, idempotencyKey, startedAt });
}

/**
 * After an offline response was applied: strikes what it has settled. An activation with the same code that was begun
 * after the request is still open: the server may have given the seat to that one, and finishing it finds out.
 */
export async function strikeSettled(
  { transaction }: Turn,
  ledger: Ledger,
  request: AnsweredRequest,
): Promise<Result<Ledger>> {
  const open = openWish(ledger);
  const isLater = open !== null && wasBegunAfter(open.journal, request);
  return isLater || ledger.journal?.kind === 'withdraw' ? ok(ledger) : clearJournal(transaction, ledger);
}

function wasBegunAfter({ requests, startedAt }: Journal, { id, madeAt }: AnsweredRequest): boolean {
  return requests === undefined ? startedAt > madeAt : requests.includes(id);
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
  const noted = await noteIfSuspended(turn, found, ledger, wish, failure.code);
  const restored = noted.ok ? await goBack(turn, found, noted.value, wish, wasHeard(outcome)) : noted;
  return restored.ok ? err(failure) : restored;
}

/** A wish that an earlier call may have carried out, and of whose seat this refusal says nothing. */
function noteIfSuspended(
  turn: Turn,
  found: Ledger,
  ledger: Ledger,
  wish: ActivationWish,
  code: ErrorCode,
): Promise<Result<Ledger>> {
  const doubtful = doubtfulWish(found);
  return doubtful !== null && isSamePurchase(doubtful.wish, wish) && leavesSeatOpen(code)
    ? noteWithdrawal(turn, ledger, wish)
    : Promise.resolve(ok(ledger));
}

async function goBack(
  turn: Turn,
  found: Ledger,
  ledger: Ledger,
  wish: ActivationWish,
  heard: boolean,
): Promise<Result<Ledger>> {
  const { journal } = found;
  const open = doubtfulWish(found);
  if (open !== null && isSamePurchase(open.wish, wish) && !heard) {
    return restoreJournal(turn.transaction, ledger, journal);
  }
  // An offline seat has no calls that could be open.
  if (!heldOf(found.record).ok || !found.doubtful) {
    return clearJournal(turn.transaction, ledger);
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
  // In a vault that was put back, it may have been carried out and ended since: only the user takes a seat anew.
  if (open === null || ledger.record.activation === null || ledger.outdated) return ok(ledger);
  const { options, transaction } = turn;
  if (credentialsFor(open.wish, options.shown) === null) {
    // What is held must not wait for somebody to sign in.
    const kept = await noteWithdrawal(turn, ledger, open.wish);
    return kept.ok ? goBack(turn, ledger, kept.value, open.wish, true) : kept;
  }
  const intended = await renewIntent(turn, ledger, open);
  if (!intended.ok) return intended;
  const { idempotencyKey } = intended.value;
  const taken = await takeSeat(options, transaction, intended.value.ledger, open.wish, idempotencyKey);
  if (!taken.ok) return taken;
  if (taken.value.failure === null) return ok(taken.value.ledger);
  if (!taken.value.settled || !wasHeard(taken.value)) return err(taken.value.failure);
  const { code } = taken.value.failure;
  const noted = await noteIfSuspended(turn, ledger, taken.value.ledger, open.wish, code);
  return noted.ok ? goBack(turn, ledger, noted.value, open.wish, true) : noted;
}

/** Whether a call that failed was refused by the licensing server itself. */
function wasHeard({ failure, refused }: CallOutcome): boolean {
  return refused === true && failure !== null && !wasTurnedAway(failure.code);
}
