import type { Instant } from '../../../shared/license/types.ts';
import type { WebhookEventData } from '../../../shared/licensing-api/generated/types.gen.ts';
import { refuse, type Answer } from '../answer.ts';
import { certificateRefusal } from '../client-certificate.ts';
import type { ApiRequest, Context } from '../context.ts';
import { entitlementStatus } from '../policy/entitlement.ts';
import { hashSecret, matchesHash, newSecret } from '../secrets.ts';
import type { StoredActivation } from '../store/activations.ts';
import type { StoredEntitlement } from '../store/entitlements.ts';
import { errorCodeOf } from '../request-log.ts';
import { deny, subjectOf } from '../webhooks/events.ts';

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

/** Refusals that tell of a clone, or of a copy of the token, whatever the call was for. */
const ALARMS = ['nonceMismatch', 'clientCertificateRequired', 'seatReleased'];

/** Tells the vendor of a refusal, where there is something to tell. @param operation none = a call that changes nothing */
function denied(
  context: Context,
  activation: StoredActivation,
  refusal: Answer,
  operation: WebhookEventData['operation'],
): Answer {
  const isAlarm = ALARMS.includes(errorCodeOf(refusal) ?? '');
  if (operation === undefined && !isAlarm) return refusal;
  const about = subjectOf(entitlementOf(context, activation), activation);
  return deny(context.events, refusal, operation === undefined ? about : { ...about, operation });
}

interface Wanted {
  readonly operation?: WebhookEventData['operation'];
  /** Judges the certificate; enrolment has rules of its own. */
  readonly gate?: typeof certificateRefusal;
}

function enter(
  context: Context,
  request: ApiRequest,
  activation: StoredActivation,
  gate: typeof certificateRefusal,
): Answer | null {
  if (activation.ended === 'released') return refuse('seatReleased', 'The seat was released.');
  if (activation.ended !== null) return refuse('accessTokenInvalid', 'The activation has ended.');
  // Before the nonce: a caller without the certificate must not spend it.
  const foreign = gate(context, activation, request);
  if (foreign !== null) return foreign;
  return matchesHash(request.header('n-nonce') ?? '', activation.nonceHash)
    ? null
    : refuse('nonceMismatch', 'The nonce is not the one of the last answer.');
}

/**
 * Runs a call of an activation: token, then certificate, then nonce, then the call itself, as one transaction. Once the
 * nonce was accepted every answer carries the next one, refusals too, because the old one is spent.
 */
export function withSession(
  context: Context,
  request: ApiRequest,
  work: (session: Session) => Answer,
  wanted: Wanted = {},
): Answer {
  return context.store.transaction(() => {
    const found = findActivation(context, request);
    if (found.activation === null) return found.refusal;
    const { activation } = found;
    const refusal = enter(context, request, activation, wanted.gate ?? certificateRefusal);
    if (refusal !== null) return denied(context, activation, refusal, wanted.operation);
    const nonce = newSecret();
    const nonceHash = hashSecret(nonce);
    context.store.activations.setNonce(activation.id, nonceHash);
    const entitlement = entitlementOf(context, activation);
    const next = { ...activation, nonceHash };
    const answer = work({ context, activation: next, entitlement, now: context.now() });
    if (answer.status >= 400) denied(context, activation, answer, wanted.operation);
    return { ...answer, headers: { ...answer.headers, 'N-Nonce': nonce } };
  });
}
