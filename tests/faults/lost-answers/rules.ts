import { heldOf } from '../../../electron/license/ledger.ts';
import { certificateBreaches } from './certificates.ts';
import { COUNT, ownOf, POOL } from './server.ts';
import type { Deed, Situation, World } from './world.ts';

/** What must hold after every deed, compared with what the server really has. */

/** What can come of a deed where answers get lost, the vendor holds purchases, and wishes are too great. */
const OUTCOMES: ReadonlySet<string> = new Set([
  'ok',
  'nothing',
  'serverUnreachable',
  'answerMalformed',
  'notAllowedInState',
  'entitlementDisabled',
  'featureExhausted',
  'featureNotReturnable',
  // Of responses that come too late or twice.
  'offlineRequestUnknown',
  'offlineResponseReplayed',
]);

/** @returns a sentence for each breach */
export function breaches(world: World, deed: Deed, outcome: string, after: Situation): readonly string[] {
  const found: string[] = [];
  if (!OUTCOMES.has(outcome)) found.push(`it came to ${outcome}`);
  const cause = after.told.record?.ended?.cause ?? 'deactivated';
  // Nobody else uses these seats, and nobody takes them away.
  if (cause !== 'deactivated') found.push(`the seat is said to be lost: ${cause}`);
  return [
    ...found,
    ...unknownSeats(world, after),
    ...untruths(world, after),
    ...certificateBreaches(world, after),
    ...(outcome === 'ok' ? notDone(world, deed, after) : []),
  ];
}

/** Seats that the server holds and that nobody here knows of or can find again. */
export function unknownSeats(world: World, { told, held }: Situation): readonly string[] {
  const { record, journal } = told;
  const activation = record?.activation ?? null;
  const ids = new Set([
    activation?.id,
    ...(record?.releases ?? []).map(({ activationId }) => activationId),
    ...(record?.exchange.receipts ?? []).map(({ activationId }) => activationId),
  ]);
  // Activating again with the same code finds these.
  const wishes = [...(record?.withdrawals ?? []), ...(journal?.wish === undefined ? [] : [journal.wish])];
  const findable = new Set([
    ...wishes.map((wish) => ('code' in wish ? world.entitlementOf(wish.code.reveal()) : null)),
    ...(journal !== null && activation !== null ? [activation.entitlement.id] : []),
  ]);
  const unknown = held.seats.filter(
    ({ id, entitlementId, mode }) =>
      !ids.has(id) &&
      !findable.has(entitlementId) &&
      !(mode === 'offline' && world.answered.has(entitlementId)),
  );
  const own = told.view.seatId;
  return [
    ...unknown.map(({ id, mode }) => `the ${mode} seat ${id} is known to nobody`),
    ...held.seats.filter(({ seatId }) => seatId !== own).map(({ seatId }) => `there is a seat ${seatId}`),
  ];
}

/** What is shown and is not so. */
function untruths(world: World, { told, held, now }: Situation): readonly string[] {
  const { view, journal, record } = told;
  const { activation } = view;
  if (activation === null) return [];
  const seat = held.seats.find(({ id }) => id === activation.id);
  const isGoing = journal?.kind === 'deactivate';
  if (seat === undefined) {
    // A response says how it was when it was made: without a network nobody learns what became of the seat since.
    if (activation.mode === 'offline') return [];
    const isTold = view.reasons.some(({ code }) => code === 'deactivationInterrupted');
    if (isGoing) return isTold ? [] : ['it is not told that the deactivation was interrupted'];
    // A purchase on hold shows no seat that could be used; what is open is found out when it is enabled again.
    const isUsable = view.state === 'active' || journal === null;
    return isUsable ? [`${view.state} with a seat that is not held`] : [];
  }
  const found: string[] = [];
  const lease = activation.leaseExpiry ?? Infinity;
  if (lease > seat.leaseExpiry) found.push('a lease is shown that the server never gave');
  if (view.state === 'active' && seat.leaseExpiry <= now) found.push('active after the end of the lease');
  if (journal !== null || activation.mode === 'offline') return found;
  if (lease < seat.leaseExpiry) found.push('nothing is open, and a lease was lost');
  if (record === null || !heldOf(record).ok) found.push('an activation without its token');
  if (seat.leaseExpiry <= now) return found;
  for (const key of [POOL, COUNT]) {
    const shown = activation.features.find((feature) => feature.key === key)?.active;
    const own = ownOf(world.server.api, activation.id, key);
    if (shown !== own)
      found.push(`nothing is open, and ${shown ?? 'nothing'} of ${key} is shown instead of ${own}`);
  }
  return found;
}

/** What was said to be done and is not. */
function notDone(world: World, deed: Deed, { told, held }: Situation): readonly string[] {
  const { activation } = told.view;
  const entitlement = activation?.entitlement.id;
  switch (deed.do) {
    case 'activate': {
      const isSo = entitlement === world.bought[deed.purchase]?.id && activation?.mode === 'online';
      return isSo ? [] : ['it was said to be activated and is not'];
    }
    case 'deactivate':
      return activation === null && told.journal === null ? [] : ['it was said to be given back and is not'];
    case 'leave':
      // The seat of another purchase may still have to be withdrawn, which takes a network.
      return activation === null ? [] : ['it was said to be given back and is not'];
    case 'refresh': {
      const seat = held.seats.find(({ id }) => id === activation?.id);
      return seat === undefined ? ['it was said to be refreshed, and there is no seat'] : [];
    }
    default:
      return [];
  }
}
