import type { Instant } from '../../../shared/license/types.ts';
import { refuse, type Answer } from '../answer.ts';
import type { ApiRequest, Context } from '../context.ts';
import { entitlementStatus } from '../policy/entitlement.ts';
import { hashSecret, matchesHash, newSecret } from '../secrets.ts';
import type { StoredActivation } from '../store/activations.ts';
import type { StoredEntitlement } from '../store/entitlements.ts';

/** A call on behalf of an activation, with everything about it as of one instant. */
export interface Session {
  readonly context: Context;
  readonly activation: StoredActivation;
  readonly entitlement: StoredEntitlement;
  readonly now: Instant;
}

type Found =
  | { readonly activation: StoredActivation; readonly refusal: null }
  | { readonly activation: null; readonly refusal: Answer };

/** The activation that an access token names, if the token is its newest. */
export function findActivation(context: Context, request: ApiRequest): Found {
  const unknown = refuse('accessTokenInvalid', 'The access token is not good any more.');
  const { access } = request;
  const activation = access === null ? null : context.store.activations.byId(access.activationId);
  if (access === null || activation === null || !matchesHash(access.tokenId, activation.tokenHash)) {
    return { activation: null, refusal: unknown };
  }
  return { activation, refusal: null };
}

export function entitlementOf(context: Context, activation: StoredActivation): StoredEntitlement {
  const entitlement = context.store.entitlements.byId(activation.entitlementId);
  if (entitlement === null) throw new Error('an activation without its entitlement');
  return entitlement;
}

/** Why nothing can be had from an entitlement now; null = it is active, or in its grace period. */
export function entitlementRefusal(entitlement: StoredEntitlement, now: Instant): Answer | null {
  const status = entitlementStatus(entitlement, now);
  if (status === 'disabled') return refuse('entitlementDisabled', 'The vendor has disabled the entitlement.');
  if (status === 'created') return refuse('entitlementNotStarted', 'The entitlement has not started yet.');
  if (status === 'expired') return refuse('entitlementExpired', 'The entitlement has expired.');
  return null;
}

/**
 * Runs a call of an activation: token, then nonce, then the call itself, as one transaction. Once the nonce was
 * accepted every answer carries the next one, refusals too, because the old one is spent.
 */
export function withSession(
  context: Context,
  request: ApiRequest,
  work: (session: Session) => Answer,
): Answer {
  return context.store.transaction(() => {
    const found = findActivation(context, request);
    if (found.activation === null) return found.refusal;
    const { activation } = found;
    if (activation.ended === 'released') return refuse('seatReleased', 'The seat was released.');
    if (activation.ended !== null) return refuse('accessTokenInvalid', 'The activation has ended.');
    if (!matchesHash(request.header('n-nonce') ?? '', activation.nonceHash)) {
      return refuse('nonceMismatch', 'The nonce is not the one of the last answer.');
    }
    const nonce = newSecret();
    const nonceHash = hashSecret(nonce);
    context.store.activations.setNonce(activation.id, nonceHash);
    const entitlement = entitlementOf(context, activation);
    const next = { ...activation, nonceHash };
    const answer = work({ context, activation: next, entitlement, now: context.now() });
    return { ...answer, headers: { ...answer.headers, 'N-Nonce': nonce } };
  });
}
