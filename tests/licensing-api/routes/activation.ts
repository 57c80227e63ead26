import { refuse, type Answer } from '../answer.ts';
import type { Handler } from '../context.ts';
import { certificateRefusal } from '../client-certificate.ts';
import { endActivation } from '../ending.ts';
import { leaseExpiry } from '../policy/lease.ts';
import { hasSeatFor, holdsSeat } from '../policy/seats.ts';
import { deny, subjectOf } from '../webhooks/events.ts';
import { activationStateView, activationView, entitlementView } from '../views.ts';
import { returnPoolElements } from './pools.ts';
import { entitlementOf, entitlementRefusal, findActivation, withSession, type Session } from './session.ts';

/** State is told in every condition of the entitlement, so that the client can say why it is not active. */
export const getActivation: Handler = (context, request) =>
  withSession(context, request, ({ activation, entitlement, now }) => ({
    status: 200,
    body: activationStateView(context, entitlement, activation, now),
  }));

export const getEntitlement: Handler = (context, request) =>
  withSession(context, request, ({ activation, entitlement, now }) => ({
    status: 200,
    body: entitlementView(context, entitlement, activation.editionId, now),
  }));

export const refreshActivation: Handler = (context, request) =>
  withSession(context, request, refresh, { operation: 'refresh' });

function refresh({ context, activation, entitlement, now }: Session): Answer {
  const inactive = entitlementRefusal(entitlement, now);
  if (inactive !== null) return inactive;
  const { activations } = context.store;
  const { terms } = entitlement;
  if (!hasSeatFor(activation.id, activations.seats(entitlement.id), terms, now)) {
    return refuse('seatLimitReached', 'The lease had ended and all seats are taken by others.');
  }
  if (!holdsSeat(activation, terms.lingerPeriod, now)) {
    returnPoolElements(context, entitlement, activation.id);
  }
  const renewed = {
    ...activation,
    lastLease: now,
    leaseExpiry: leaseExpiry(entitlement, terms.leasePeriod, now),
  };
  activations.save(renewed);
  context.events.put('activation.refreshed', subjectOf(entitlement, renewed));
  return { status: 200, body: activationView(entitlement, renewed, now) };
}

/** Needs no nonce, so that a lost nonce never strands a seat. A repeat finds the seat free already: 204 again. */
export const deactivate: Handler = (context, request) =>
  context.store.transaction(() => {
    const found = findActivation(context, request);
    if (found.activation === null) return found.refusal;
    const { activation } = found;
    const entitlement = entitlementOf(context, activation);
    const about = { ...subjectOf(entitlement, activation), operation: 'deactivate' } as const;
    if (activation.ended === 'released') {
      return deny(context.events, refuse('seatReleased', 'The seat was released.'), about);
    }
    if (activation.ended !== null) return { status: 204 };
    const foreign = certificateRefusal(context, activation, request);
    if (foreign !== null) return deny(context.events, foreign, about);
    endActivation(context, entitlement, activation, 'deactivated', context.now());
    return { status: 204 };
  });
