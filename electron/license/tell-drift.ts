import { ok, type Result } from '../../shared/result.ts';
import { heldOf } from './ledger.ts';
import { credentialsFor } from './purchase.ts';
import { takeSeat, wishOf, type CallOutcome } from './take-seat.ts';
import type { Turn } from './turn.ts';

/**
 * Takes the seat again where the device is no longer as the server was told: same seat, same activation, the digests
 * of now. The server compares with the last that it was told, and only with every step told does it follow a device
 * over the years. Otherwise a lost answer would one day be repaired from what is a stranger to it, and an honest
 * seat be lost. Good to have: the lease was renewed before, so a failure changes nothing.
 */
export async function tellDrift(turn: Turn, outcome: CallOutcome): Promise<Result<CallOutcome>> {
  const { options, transaction } = turn;
  const held = heldOf(outcome.ledger.record);
  if (!held.ok) return ok(outcome);
  const { secrets } = held.value;
  if (secrets.told === undefined || isSame(secrets.told, options.told)) return ok(outcome);
  const wish = wishOf(held.value, outcome.ledger.record.server);
  // It takes the user to sign in; asking for that is not worth it while the license is in order.
  if (credentialsFor(wish, options.shown) === null) return ok(outcome);
  const taken = await takeSeat(options, transaction, outcome.ledger, wish, options.random.uuid());
  if (!taken.ok || taken.value.failure === null) return taken;
  options.log.warn('the server was not told that the device has changed', { code: taken.value.failure.code });
  return ok({ ...taken.value, failure: null });
}

function isSame(one: Readonly<Record<string, string>>, other: Readonly<Record<string, string>>): boolean {
  const names = Object.keys(one);
  return names.length === Object.keys(other).length && names.every((name) => one[name] === other[name]);
}
