import type { Failure } from '../../shared/errors.ts';
import type { Activation, EndCause } from '../../shared/license/types.ts';
import { err, ok, type Result } from '../../shared/result.ts';
import type { CallFailure, Call, LicensingApi, Session } from '../api/client.ts';
import { enrol } from '../fingerprint/drift-policy.ts';
import type { Clock, Log, Random } from '../ports.ts';
import type { Transaction } from '../vault/types.ts';
import { endedRecord, heldOf, writeDevice, writeJournal, writeRecord, type Ledger } from './ledger.ts';
import { timeAnswered, withTime } from './device-time.ts';
import { enrolmentFields } from './enrolment.ts';
import type { LicenseRecord } from './records.ts';
import { ownWords, shownFor } from './shown-certificate.ts';
import { credentialsFor } from './purchase.ts';
import { takeSeat, wishOf, type CallOutcome, type SeatOptions } from './take-seat.ts';

export interface SessionOptions extends SeatOptions {
  readonly clock: Clock;
  readonly random: Random;
  readonly log: Log;
}

/** A call of an activation, at the server that the activation was taken from. */
export type SessionCall<T> = (api: LicensingApi, session: Session) => Call<T>;

/** What an answer changes in the record. */
export type Learned = Partial<Pick<LicenseRecord, 'activation' | 'licenseFile'>>;

/**
 * Makes one call of an activation in the nonce chain: the next nonce is durable before the answer is acted on.
 *
 * A nonce or token that the server does not accept means that another copy has used it, unless a call of our own was
 * cut off before (the journal tells): then the answer was lost and activating again with the same seat id repairs
 * the chain. Without that distinction two copies of one activation would take the seat from each other for ever.
 *
 * Where files of an earlier state were put back, it was no other copy that has used the nonce, and nothing is repaired:
 * what is here may have been deactivated since, and only the user takes a seat anew.
 */
export async function callInChain<T>(
  options: SessionOptions,
  transaction: Transaction,
  ledger: Ledger,
  call: SessionCall<T>,
  apply: (activation: Activation, value: T) => Learned,
): Promise<Result<CallOutcome>> {
  const { doubtful, outdated } = ledger;
  const begun = await beginCall(options, transaction, ledger);
  if (!begun.ok) return begun;
  const first = await attempt(options, transaction, begun.value, call, apply);
  if (!first.ok || first.value.failure === null) return first;
  const { failure } = first.value;
  if (failure.code === 'seatReleased')
    return end(options, transaction, first.value.ledger, 'seatReleased', failure);
  if (failure.code !== 'nonceMismatch' && failure.code !== 'accessTokenInvalid') return first;
  if (outdated) {
    return end(options, transaction, first.value.ledger, 'vaultOutdated', { code: 'vaultOutdated' });
  }
  if (!doubtful) return end(options, transaction, first.value.ledger, 'seatLostToClone', failure);

  options.log.info('nonce chain is repaired after a lost answer', { productId: ledger.productId });
  const noted = await noteRetaking(options, transaction, first.value.ledger);
  if (!noted.ok) return noted;
  const repaired = await repair(options, transaction, noted.value);
  if (!repaired.ok || repaired.value.failure !== null) return repaired;
  return attempt(options, transaction, repaired.value.ledger, call, apply);
}

/** Makes the intent to call durable, where there is none that says so already. */
async function beginCall(
  options: SessionOptions,
  transaction: Transaction,
  ledger: Ledger,
): Promise<Result<Ledger>> {
  // An activation that was carried out is closed at the next start as if nothing were open; a call must not be.
  if (ledger.journal !== null && ledger.journal.kind !== 'activate') return ok(ledger);
  return writeJournal(transaction, ledger, {
    kind: 'call',
    idempotencyKey: options.random.uuid(),
    startedAt: options.clock.now(),
  });
}

/**
 * Before a repair while a deactivation is open: where that was carried out unheard, the repair takes a seat anew, and if
 * its answer is lost as well nobody but the journal knows. Giving back the seat that is known would then be enough for
 * the server, which says yes to what has ended already.
 */
async function noteRetaking(
  { shown }: SessionOptions,
  transaction: Transaction,
  ledger: Ledger,
): Promise<Result<Ledger>> {
  const { journal, record } = ledger;
  const held = heldOf(record);
  if (!held.ok || journal?.kind !== 'deactivate' || journal.wish !== undefined) return ok(ledger);
  const wish = wishOf(held.value, record.server);
  // Then the repair asks the server for nothing.
  if (credentialsFor(wish, shown) === null) return ok(ledger);
  const { schema: _schema, ...open } = journal;
  return writeJournal(transaction, ledger, { ...open, wish });
}

/**
 * Activates again with the same seat id and credentials: same activation, new token, new nonce. Where that is refused
 * for now, such as for an expired entitlement, the chain stays doubtful until it can be repaired. A seat that was taken
 * with an account is the user's to find again: the record then says `signInNeeded`.
 */
export async function repair(
  options: SessionOptions,
  transaction: Transaction,
  ledger: Ledger,
): Promise<Result<CallOutcome>> {
  const held = heldOf(ledger.record);
  if (!held.ok) return held;
  const taken = await takeSeat(
    options,
    transaction,
    ledger,
    wishOf(held.value, ledger.record.server),
    options.random.uuid(),
  );
  if (!taken.ok || taken.value.failure === null) return taken;
  const { failure } = taken.value;
  if (failure.code === 'seatHeldElsewhere') {
    return end(options, transaction, taken.value.ledger, 'seatHeldElsewhere', failure);
  }
  // The seat was given away while the answer was lost: nothing is left to repair.
  if (failure.code === 'seatLimitReached') {
    return end(options, transaction, taken.value.ledger, 'seatReleased', failure);
  }
  const left = taken.value.ledger;
  const told = failure.code === 'signInNeeded' ? await askToSignIn(transaction, left) : ok(left);
  return told.ok ? ok({ ...taken.value, ledger: told.value, settled: false }) : told;
}

/** Notes that only the user can mend the chain, for every window and command to tell. */
function askToSignIn(transaction: Transaction, ledger: Ledger): Promise<Result<Ledger>> {
  const { record } = ledger;
  if (record.secrets === null || record.secrets.signInNeeded === true) return Promise.resolve(ok(ledger));
  return writeRecord(transaction, ledger, { ...record, secrets: { ...record.secrets, signInNeeded: true } });
}

async function attempt<T>(
  options: SessionOptions,
  transaction: Transaction,
  ledger: Ledger,
  call: SessionCall<T>,
  apply: (activation: Activation, value: T) => Learned,
): Promise<Result<CallOutcome>> {
  const held = heldOf(ledger.record);
  if (!held.ok) return held;
  const { activation, secrets } = held.value;
  const { accessToken, nonce } = secrets;
  const identity = shownFor(options.certificates, ledger, activation.id);
  const answer = await call(options.apiOf(ledger.record.server), { accessToken, nonce, identity });
  const problem = answer.ok ? null : ownWords(options.certificates, answer.error.failure);
  options.onContact({ productId: ledger.productId, server: ledger.record.server }, problem);
  if (!answer.ok) return afterFailure(options, transaction, ledger, answer.error);
  const record = {
    ...ledger.record,
    ...apply(activation, answer.value.value),
    secrets: { ...secrets, nonce: answer.value.nonce ?? secrets.nonce },
  };
  const written = await writeRecord(transaction, ledger, record, { confirmed: true });
  if (!written.ok) return written;
  const inStep = { ...written.value, doubtful: false };
  const marked = await noteTime(options, transaction, inStep, answer.value.serverTime);
  return marked.ok ? ok({ ledger: marked.value, settled: true, failure: null }) : marked;
}

async function afterFailure(
  options: SessionOptions,
  transaction: Transaction,
  ledger: Ledger,
  error: CallFailure,
): Promise<Result<CallOutcome>> {
  const { secrets } = ledger.record;
  // A refusal with the next nonce has accepted ours; any other, like a call that was never sent, leaves us as wise.
  const heard = error.end === 'refused' && error.nonce !== null;
  const doubtful = error.end === 'unknown' || (ledger.doubtful && !heard);
  let now: Ledger = { ...ledger, doubtful };
  if (error.nonce !== null && secrets !== null) {
    const record = { ...ledger.record, secrets: { ...secrets, nonce: error.nonce } };
    const written = await writeRecord(transaction, now, record, { confirmed: true });
    if (!written.ok) return written;
    now = written.value;
  }
  const marked = await noteTime(options, transaction, now, error.serverTime);
  return marked.ok ? ok({ ledger: marked.value, settled: !doubtful, failure: error.failure }) : marked;
}

async function noteTime(
  options: SessionOptions,
  transaction: Transaction,
  ledger: Ledger,
  serverTime: number | null,
): Promise<Result<Ledger>> {
  const kept = timeAnswered(options.time, ledger.device, serverTime, ledger.record.server);
  const device = ledger.device ?? deviceAnew(options, ledger, serverTime);
  if (device === null) return ok(ledger);
  return writeDevice(transaction, ledger, withTime(device, kept), { confirmed: serverTime !== null });
}

/**
 * The record of the device where it was damaged beyond its copy. The server has just known this seat, so it is begun
 * anew: without it no time would be kept any more, and no change of the device be seen.
 */
function deviceAnew({ fingerprint, clock }: SessionOptions, { record }: Ledger, serverTime: number | null) {
  const { activation } = record;
  if (activation === null || serverTime === null) return null;
  const enrolment = enrol(null, fingerprint.factors, clock.now());
  return { schema: 1, seatId: activation.seatId, ...enrolmentFields(enrolment) } as const;
}

/** Ends the activation: the seat is not ours any more. */
export async function end(
  options: SessionOptions,
  transaction: Transaction,
  ledger: Ledger,
  cause: EndCause,
  failure: Failure,
): Promise<Result<CallOutcome>> {
  const written = await writeRecord(
    transaction,
    ledger,
    endedRecord(ledger.record, cause, options.clock.now()),
  );
  return written.ok ? ok({ ledger: written.value, settled: true, failure }) : err(written.error);
}
