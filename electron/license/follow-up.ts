import type { Activation } from '../../shared/license/types.ts';
import { ok, type Result } from '../../shared/result.ts';
import { toActivation, withEntitlement } from '../api/convert-policy.ts';
import { writeRecord, type Ledger } from './ledger.ts';
import type { CallFailure } from '../api/client.ts';
import { wasTurnedAway } from './refusal-policy.ts';
import { callInSession } from './call-in-session.ts';
import { shownFor } from './shown-certificate.ts';
import type { CallOutcome } from './take-seat.ts';
import type { Turn } from './turn.ts';
import { proofIn } from './vendor-proof-policy.ts';

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
    if (!answer.ok && !isOver(answer.error)) continue;
    const releases = now.record.releases.filter((other) => other !== seat);
    const written = await writeRecord(turn.transaction, now, { ...now.record, releases });
    if (!written.ok) return written;
    now = written.value;
  }
  return ok(now);
}

/** Whether the server has said that there is nothing to give back. */
function isOver({ end, failure }: CallFailure): boolean {
  return end === 'refused' && !wasTurnedAway(failure.code);
}
