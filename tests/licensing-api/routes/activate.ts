import type { ActivateRequest, ActivateResponse } from '../../../shared/licensing-api/generated/types.gen.ts';
import type { Instant } from '../../../shared/license/types.ts';
import { invalidField, refuse, type Answer } from '../answer.ts';
import { withBody, type ApiRequest, type Context, type Handler } from '../context.ts';
import { judgeCredentials } from '../credentials.ts';
import { expiryFrom, startsWithActivation } from '../policy/entitlement.ts';
import { mayHaveSeat } from '../policy/fingerprint.ts';
import { leaseExpiry } from '../policy/lease.ts';
import { hasSeatFor, holdsSeat } from '../policy/seats.ts';
import { hashSecret, newId, newSecret } from '../secrets.ts';
import type { StoredActivation } from '../store/activations.ts';
import type { StoredEntitlement } from '../store/entitlements.ts';
import type { EarlierCall } from '../store/idempotency.ts';
import { activationStateView } from '../views.ts';
import { returnPoolElements } from './pools.ts';
import { entitlementRefusal } from './session.ts';

const OPERATION = 'activate';

interface Taken {
  readonly activation: StoredActivation;
  readonly entitlement: StoredEntitlement;
  readonly tokenId: string;
  readonly nonce: string;
  readonly status: number;
  readonly now: Instant;
}

type Outcome = { readonly taken: Taken } | { readonly refusal: Answer };

/** The entitlement with its start, where this activation is what starts it. */
function started(entitlement: StoredEntitlement, now: Instant): StoredEntitlement {
  if (!startsWithActivation(entitlement, entitlement.terms.plan)) return entitlement;
  return { ...entitlement, started: now, expiry: expiryFrom(entitlement.terms.plan, now) };
}

function earlierCall(context: Context, key: string | undefined, now: Instant): EarlierCall | null {
  return key === undefined ? null : context.store.idempotency.find(OPERATION, hashSecret(key), now);
}

/** Why an Idempotency-Key stops a call; null = it may go on. */
function idempotencyRefusal(
  context: Context,
  earlier: EarlierCall | null,
  requestHash: string,
): Answer | null {
  if (earlier === null) return null;
  if (earlier.requestHash !== requestHash) {
    return invalidField('Idempotency-Key', 'was used with another request', 'idempotencyKeyReused');
  }
  // A stray repeat that arrives after the seat was given back must not take it again.
  if (context.store.activations.byId(earlier.activationId)?.ended !== null) {
    return refuse('seatReleased', 'The seat of this call has been given back since.');
  }
  return null;
}

function takeSeat(context: Context, request: ApiRequest<ActivateRequest>): Outcome {
  const { body } = request;
  const { store } = context;
  const now = context.now();
  const verdict = judgeCredentials(context, body.activationCredentials);
  if (verdict.refusal !== null) return { refusal: verdict.refusal };
  if (verdict.entitlement.productId !== body.productId) {
    return { refusal: refuse('productMismatch', 'The entitlement is for another product.') };
  }

  const key = request.header('idempotency-key');
  const requestHash = hashSecret(JSON.stringify(body));
  const earlier = earlierCall(context, key, now);
  const repeated = idempotencyRefusal(context, earlier, requestHash);
  if (repeated !== null) return { refusal: repeated };

  const entitlement = started(verdict.entitlement, now);
  const inactive = entitlementRefusal(entitlement, now);
  if (inactive !== null) return { refusal: inactive };
  const { terms } = entitlement;
  if (body.editionId !== undefined && !terms.editions.some((it) => it.id === body.editionId)) {
    return { refusal: invalidField('editionId', 'is not an edition of this entitlement', 'unknown') };
  }

  const known = store.activations.bySeat(entitlement.id, body.seatId);
  if (known !== null && !mayHaveSeat(known.fingerprint, body.fingerprint)) {
    return { refusal: refuse('seatHeldElsewhere', 'The seat is held on other hardware.') };
  }
  const seats = store.activations.live(entitlement.id);
  if (!hasSeatFor(known?.id ?? null, seats, terms, now)) {
    return { refusal: refuse('seatLimitReached', 'All seats are taken.') };
  }

  const tokenId = newSecret();
  const nonce = newSecret();
  const activation: StoredActivation = {
    id: known?.id ?? newId('act'),
    entitlementId: entitlement.id,
    method: body.activationCredentials.type,
    mode: 'online',
    seatId: body.seatId,
    seatName: body.seatName ?? known?.seatName ?? null,
    editionId: body.editionId ?? known?.editionId ?? terms.editions[0]?.id ?? null,
    // The newest fingerprint counts from now on, so that a machine may change bit by bit.
    fingerprint: body.fingerprint ?? null,
    activated: known?.activated ?? now,
    lastLease: now,
    leaseExpiry: leaseExpiry(entitlement, terms.leasePeriod, now),
    ended: null,
    endedAt: null,
    tokenHash: hashSecret(tokenId),
    nonceHash: hashSecret(nonce),
  };
  if (entitlement.started !== verdict.entitlement.started) {
    store.entitlements.setTerm(entitlement.id, entitlement.started, entitlement.expiry);
  }
  if (known !== null && !holdsSeat(known, terms.lingerPeriod, now)) {
    returnPoolElements(context, entitlement, known.id);
  }
  store.activations.save(activation);
  const status = earlier?.status ?? (known === null ? 201 : 200);
  if (key !== undefined) {
    const call = { requestHash, activationId: activation.id, status };
    store.idempotency.remember(OPERATION, hashSecret(key), call, now);
  }
  return { taken: { activation, entitlement, tokenId, nonce, status, now } };
}

export const activate: Handler = withBody<ActivateRequest>(async (context, request) => {
  const outcome = context.store.transaction(() => takeSeat(context, request));
  if ('refusal' in outcome) return outcome.refusal;
  const { activation, entitlement, tokenId, nonce, status, now } = outcome.taken;
  const body: ActivateResponse = {
    ...activationStateView(context, entitlement, activation, now),
    accessToken: await context.tokens.issueAccess({ activationId: activation.id, tokenId }, now),
  };
  return { status, body, headers: { 'N-Nonce': nonce } };
});
