import type { Failure } from '../../shared/errors.ts';
import type { EntitlementStatus } from '../../shared/license/types.ts';
import { err, ok, type Result } from '../../shared/result.ts';
import { withLease } from '../api/convert-policy.ts';
import { followUp, pullDescription } from './follow-up.ts';
import { writeRecord, type Ledger } from './ledger.ts';
import { callInSession } from './call-in-session.ts';
import type { CallOutcome } from './take-seat.ts';
import { tellDrift } from './tell-drift.ts';
import { close, refusalOf, type Turn } from './turn.ts';
import { proveLease } from './vendor-proof.ts';

/** Renews the lease, then brings features and terms up to date. */
export async function refresh(turn: Turn, ledger: Ledger): Promise<Result<null>> {
  const refused = refusalOf(turn, ledger, 'refresh');
  if (refused !== null) return err(refused);
  const { options, transaction } = turn;
  const lease = await callInSession(
    options,
    transaction,
    ledger,
    (api, session) => api.refresh(session),
    (before, answer) => ({
      activation: withLease(before, answer),
    }),
  );
  if (!lease.ok) return lease;
  const status = entitlementStatusOf(lease.value.failure);
  if (status !== null) return learnStatus(turn, lease.value, status);
  if (lease.value.failure !== null || !turn.mayFollowUp()) return close(turn, lease.value);
  const proven = await proveLease(turn, lease.value);
  if (!proven.ok) return proven;
  if (proven.value.failure !== null) return close(turn, proven.value);
  const told = await tellDrift(turn, proven.value);
  if (!told.ok) return told;
  const state = await pullDescription(turn, told.value.ledger);
  if (!state.ok) return state;
  const done = await followUp(turn, state.value);
  if (!done.ok) return done;
  // The lease is renewed; that the rest could not be fetched is told by the last contact.
  const kept = done.value.ledger.record.activation !== null;
  return close(turn, kept ? { ...done.value, failure: null } : done.value);
}

/** Brings features and terms up to date without renewing the lease. */
export async function pullState(turn: Turn, ledger: Ledger): Promise<Result<null>> {
  const refused = refusalOf(turn, ledger, 'pullState');
  if (refused !== null) return err(refused);
  const state = await pullDescription(turn, ledger);
  if (!state.ok) return state;
  // The state is told in every condition; a refusal for the entitlement's sake comes from repairing the chain.
  const status = entitlementStatusOf(state.value.failure);
  if (status !== null) return writeStatus(turn, state.value, status);
  const done = await followUp(turn, state.value);
  return done.ok ? close(turn, done.value) : done;
}

/** The server refused for the entitlement's sake: the state says why in full; if it can't be had, the code does. */
async function learnStatus(
  turn: Turn,
  refused: CallOutcome,
  status: EntitlementStatus,
): Promise<Result<null>> {
  const state = refused.settled ? await pullDescription(turn, refused.ledger) : ok(refused);
  if (!state.ok) return state;
  const { ledger, settled } = state.value;
  const outcome = { ledger, settled, failure: refused.failure };
  return state.value.failure === null ? close(turn, outcome) : writeStatus(turn, outcome, status);
}

async function writeStatus(
  turn: Turn,
  outcome: CallOutcome,
  status: EntitlementStatus,
): Promise<Result<null>> {
  const { ledger } = outcome;
  const { activation } = ledger.record;
  if (activation === null || activation.entitlement.status === status) return close(turn, outcome);
  const written = await writeRecord(turn.transaction, ledger, {
    ...ledger.record,
    activation: { ...activation, entitlement: { ...activation.entitlement, status } },
  });
  return written.ok ? close(turn, { ...outcome, ledger: written.value }) : written;
}

function entitlementStatusOf(refused: Failure | null): EntitlementStatus | null {
  switch (refused?.code) {
    case 'entitlementExpired':
      return 'expired';
    case 'entitlementDisabled':
      return 'disabled';
    case 'entitlementNotStarted':
      return 'created';
    default:
      return null;
  }
}
