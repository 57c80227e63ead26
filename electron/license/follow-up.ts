import type { Activation } from '../../shared/license/types.ts';
import { ok, type Result } from '../../shared/result.ts';
import { toActivation, withEntitlement } from '../api/convert-policy.ts';
import { heldOf, writeRecord, type Ledger } from './ledger.ts';
import type { CallFailure } from '../api/client.ts';
import { isSamePurchase } from './purchase.ts';
import type { ActivationWish, LicenseRecord } from './records.ts';
import { isAboutCertificate, wasTurnedAway } from './refusal-policy.ts';
import { callInSession } from './call-in-session.ts';
import { enrols, shownFor } from './shown-certificate.ts';
import { wishOf, type CallOutcome } from './take-seat.ts';
import type { Turn } from './turn.ts';
import { proofIn } from './vendor-proof-policy.ts';
import { withWithdrawal } from './withdrawals.ts';

/** Brings status, features and attributes up to date. */
export function pullDescription(turn: Turn, ledger: Ledger): Promise<Result<CallOutcome>> {
  const { options, transaction } = turn;
  return callInSession(
    options,
    transaction,
    ledger,
    (api, session) => api.state(session),
    (before, answer) => ({
      activation: toActivation(answer, options.clock.now(), before),
    }),
  );
}

/** The terms of purchase, the license file, and seats to give back: good to have, never a reason to fail what went before. */
export async function followUp(turn: Turn, outcome: CallOutcome): Promise<Result<CallOutcome>> {
  if (outcome.failure !== null || outcome.ledger.record.activation === null) return ok(outcome);
  if (!turn.mayFollowUp()) return ok(outcome);
  const { options, transaction } = turn;
  const terms = await callInSession(
    options,
    transaction,
    outcome.ledger,
    (api, session) => api.entitlement(session),
    (before, answer) => ({ activation: withEntitlement(before, answer) }),
  );
  if (!terms.ok) return terms;
  const file = await checkOutLicenseFile(turn, terms.value);
  if (!file.ok) return file;
  const { ledger, settled } = file.value;
  // A seat that was lost just now is no side note.
  if (ledger.record.activation === null) return file;
  const released = await giveBackEarlierSeats(turn, ledger);
  return released.ok ? ok({ ledger: released.value, settled, failure: null }) : released;
}

/** The license file for the installed software; a vendor without signing keys issues none. */
export async function checkOutLicenseFile(turn: Turn, outcome: CallOutcome): Promise<Result<CallOutcome>> {
  const { options, transaction, profile } = turn;
  const isIssued = profile.serverKeys.some(({ use }) => use === 'sig');
  if (!isIssued || outcome.failure !== null || outcome.ledger.record.activation === null) return ok(outcome);
  if (!turn.mayFollowUp()) return ok(outcome);
  const { ledger } = outcome;
  const key = options.random.uuid();
  return callInSession(
    options,
    transaction,
    ledger,
    (api, session) => api.licenseFile(session, key),
    (activation, licenseFile) => (counts(turn, ledger, activation, licenseFile) ? { licenseFile } : {}),
  );
}

/** A file of a local server takes the place of the last only if it proves as much; else it is a stranger's. */
function counts(turn: Turn, { record }: Ledger, activation: Activation, file: string): boolean {
  const { profile, product } = turn;
  return (
    record.server === undefined ||
    proofIn(file, activation, { profile, productId: product.productId }) !== null
  );
}

/** Tries to give back the seats of earlier activations; those that can't be given back now stay listed. */
export async function giveBackEarlierSeats(turn: Turn, ledger: Ledger): Promise<Result<Ledger>> {
  let now = ledger;
  for (const seat of ledger.record.releases) {
    if (!turn.mayFollowUp()) break;
    const identity = shownFor(turn.options.certificates, now, seat.activationId);
    const answer = await turn.options.apiOf(seat.server).deactivate(seat.accessToken, { identity });
    const stranded = answer.ok ? null : strandedWish(turn, now.record, seat, answer.error);
    if (!answer.ok && stranded === null && !isOver(answer.error)) continue;
    const rest = { ...now.record, releases: now.record.releases.filter((other) => other !== seat) };
    const record = stranded === null ? rest : withWithdrawal(rest, stranded);
    const written = await writeRecord(turn.transaction, now, record);
    if (!written.ok) return written;
    now = written.value;
  }
  return ok(now);
}

/**
 * What a seat was taken with that can't be given back for want of a certificate: its key was lost with an answer, or it
 * has run out. The nonce is gone with the activation, so no other can be fetched before the seat is taken once more,
 * as it is done with seats that are not wanted (withdrawals.ts). null = there is another way
 */
function strandedWish(
  { options }: Turn,
  record: LicenseRecord,
  { wish }: LicenseRecord['releases'][number],
  { failure }: CallFailure,
): ActivationWish | null {
  if (wish === undefined || !isAboutCertificate(failure.code) || !enrols(options.certificates)) return null;
  // Then it would be the present seat that is given back.
  const held = heldOf(record);
  const isPresent = held.ok && isSamePurchase(wishOf(held.value, record.server), wish);
  return isPresent ? null : wish;
}

/** Whether the server has said that there is nothing to give back. */
function isOver({ end, failure }: CallFailure): boolean {
  return end === 'refused' && !wasTurnedAway(failure.code);
}
