import type { Activation, Fingerprint } from '../../shared/licensing-api/generated/types.gen.ts';
import type { Instant } from '../../shared/license/types.ts';
import { invalidField, refuse, type Answer } from './answer.ts';
import type { Context } from './context.ts';
import { endActivation } from './ending.ts';
import { expiryFrom, startsWithActivation } from './policy/entitlement.ts';
import { mayHaveSeat } from './policy/fingerprint.ts';
import { leaseExpiry, offlineLeaseExpiry } from './policy/lease.ts';
import { hasSeatFor, holdsSeat } from './policy/seats.ts';
import { returnPoolElements } from './routes/pools.ts';
import { entitlementRefusal } from './routes/session.ts';
import { hashSecret, newId, newSecret } from './secrets.ts';
import type { StoredActivation } from './store/activations.ts';
import type { StoredEntitlement } from './store/entitlements.ts';
import { subjectOf } from './webhooks/events.ts';

/** The one place where a seat is taken, online and offline alike. */

export interface SeatWish {
  readonly productId: string;
  readonly seatId: string;
  readonly seatName?: string | undefined;
  readonly editionId?: string | undefined;
  readonly fingerprint?: Fingerprint | undefined;
  readonly method: Activation['activationMethod'];
  readonly mode: Activation['mode'];
  /** Of the account; null with an activation code. */
  readonly username: string | null;
}

export interface TakenSeat {
  readonly activation: StoredActivation;
  /** With its start, where this activation is what started it. */
  readonly entitlement: StoredEntitlement;
  /** Whether the seat was not held in this way before. */
  readonly isNew: boolean;
  /** What an online activation answers with; nobody is told them offline. */
  readonly tokenId: string;
  readonly nonce: string;
}

export type SeatOutcome = { readonly taken: TakenSeat } | { readonly refusal: Answer };

/** The entitlement with its start, where this activation is what starts it. */
function started(entitlement: StoredEntitlement, now: Instant): StoredEntitlement {
  if (!startsWithActivation(entitlement, entitlement.terms.plan)) return entitlement;
  return { ...entitlement, started: now, expiry: expiryFrom(entitlement.terms.plan, now) };
}

/** End of a lease given now in a mode; null = the entitlement can't be used in it. */
export function leaseIn(
  mode: Activation['mode'],
  entitlement: StoredEntitlement,
  now: Instant,
): Instant | null {
  const { leasePeriod, offlineLeasePeriod } = entitlement.terms;
  if (mode === 'online') return leaseExpiry(entitlement, leasePeriod, now);
  return offlineLeasePeriod === undefined ? null : offlineLeaseExpiry(entitlement, offlineLeasePeriod, now);
}

/**
 * Takes a seat, or keeps the one that this seat id holds. Runs within a transaction.
 * A seat that changes between online and offline ends its activation and begins another one, so that the token, the
 * nonce and the device keys of the one are worth nothing in the other.
 */
export function takeSeat(
  context: Context,
  stored: StoredEntitlement,
  wish: SeatWish,
  now: Instant,
): SeatOutcome {
  const { store } = context;
  const entitlement = started(stored, now);
  const inactive = entitlementRefusal(entitlement, now);
  if (inactive !== null) return { refusal: inactive };
  const { terms } = entitlement;
  const lease = leaseIn(wish.mode, entitlement, now);
  if (lease === null) {
    return { refusal: refuse('offlineNotAllowed', 'The entitlement can not be activated offline.') };
  }
  if (wish.editionId !== undefined && !terms.editions.some((it) => it.id === wish.editionId)) {
    return { refusal: invalidField('editionId', 'is not an edition of this entitlement', 'unknown') };
  }

  const known = store.activations.bySeat(entitlement.id, wish.seatId);
  if (known !== null && !mayHaveSeat(known.fingerprint, wish.fingerprint)) {
    return { refusal: refuse('seatHeldElsewhere', 'The seat is held on other hardware.') };
  }
  const seats = store.activations.seats(entitlement.id);
  if (!hasSeatFor(known?.id ?? null, seats, terms, now)) {
    return { refusal: refuse('seatLimitReached', 'All seats are taken.') };
  }

  if (entitlement.started !== stored.started) {
    store.entitlements.setTerm(entitlement.id, entitlement.started, entitlement.expiry);
  }
  const kept = known?.mode === wish.mode ? known : null;
  if (kept !== null && !holdsSeat(kept, terms.lingerPeriod, now)) {
    returnPoolElements(context, entitlement, kept.id);
  }
  if (known !== null && kept === null) endActivation(context, entitlement, known, 'replaced', now);

  const tokenId = newSecret();
  const nonce = newSecret();
  const activation: StoredActivation = {
    id: kept?.id ?? newId('act'),
    entitlementId: entitlement.id,
    method: wish.method,
    mode: wish.mode,
    seatId: wish.seatId,
    seatName: wish.seatName ?? known?.seatName ?? null,
    username: wish.username,
    editionId: wish.editionId ?? known?.editionId ?? terms.editions[0]?.id ?? null,
    // The newest fingerprint counts from now on, so that a machine may change bit by bit.
    fingerprint: wish.fingerprint ?? null,
    activated: kept?.activated ?? now,
    lastLease: now,
    leaseExpiry: lease,
    ended: null,
    endedAt: null,
    tokenHash: hashSecret(tokenId),
    nonceHash: hashSecret(nonce),
  };
  store.activations.save(activation);
  // Whoever activates has shown the credentials, and may be a device that has lost its key.
  store.certificates.setEnrolmentOpen(activation.id, true);
  const isNew = kept === null;
  context.events.put('activation.activated', { ...subjectOf(entitlement, activation), isNew });
  return { taken: { activation, entitlement, isNew, tokenId, nonce } };
}
