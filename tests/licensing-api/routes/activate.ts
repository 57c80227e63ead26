import type { ActivateRequest, ActivateResponse } from '../../../shared/licensing-api/generated/types.gen.ts';
import type { Instant } from '../../../shared/license/types.ts';
import { invalidField, refuse, type Answer } from '../answer.ts';
import { withBody, type ApiRequest, type Context, type Handler } from '../context.ts';
import { entitlementFor, identify, type Identity } from '../credentials.ts';
import { takeSeat, type TakenSeat } from '../seat-taking.ts';
import { hashSecret } from '../secrets.ts';
import type { EarlierCall } from '../store/idempotency.ts';
import { deny } from '../webhooks/events.ts';
import { activationStateView } from '../views.ts';

const OPERATION = 'activate';

interface Activated {
  readonly taken: TakenSeat;
  readonly status: number;
  readonly now: Instant;
}

type Outcome = { readonly activated: Activated } | { readonly refusal: Answer };

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

/** What two calls with one Idempotency-Key have to have in common. A password is never kept, not even as a hash. */
function requestHashOf(body: ActivateRequest): string {
  const { activationCredentials: credentials } = body;
  const comparable =
    credentials.type === 'password'
      ? { type: credentials.type, username: credentials.username }
      : credentials;
  return hashSecret(JSON.stringify({ ...body, activationCredentials: comparable }));
}

function tryToActivate(context: Context, request: ApiRequest<ActivateRequest>, identity: Identity): Outcome {
  const { body } = request;
  const now = context.now();
  const verdict = entitlementFor(context, identity, body, now);
  if (verdict.refusal !== null) return { refusal: verdict.refusal };
  if (verdict.entitlement.productId !== body.productId) {
    return { refusal: refuse('productMismatch', 'The entitlement is for another product.') };
  }

  const key = request.header('idempotency-key');
  const requestHash = requestHashOf(body);
  const earlier = earlierCall(context, key, now);
  const repeated = idempotencyRefusal(context, earlier, requestHash);
  if (repeated !== null) return { refusal: repeated };

  const username = identity.kind === 'account' ? identity.account.username : null;
  const wish = { ...body, method: body.activationCredentials.type, mode: 'online', username } as const;
  const outcome = takeSeat(context, verdict.entitlement, wish, now);
  if ('refusal' in outcome) return outcome;
  const { taken } = outcome;
  const status = earlier?.status ?? (taken.isNew ? 201 : 200);
  if (key !== undefined) {
    const call = { requestHash, activationId: taken.activation.id, status };
    context.store.idempotency.remember(OPERATION, hashSecret(key), call, now);
  }
  return { activated: { taken, status, now } };
}

export const activate: Handler = withBody<ActivateRequest>(async (context, request) => {
  const { body: wanted } = request;
  const { identity, refusal } = await identify(context, wanted.activationCredentials, wanted.seatId);
  const outcome = context.store.transaction((): Outcome => {
    const tried = identity === null ? { refusal } : tryToActivate(context, request, identity);
    if ('refusal' in tried) {
      const { productId, seatId } = wanted;
      deny(context.events, tried.refusal, { mode: 'online', operation: 'activate', productId, seatId });
    }
    return tried;
  });
  if ('refusal' in outcome) return outcome.refusal;
  const { taken, status, now } = outcome.activated;
  const { activation, entitlement, tokenId, nonce } = taken;
  const body: ActivateResponse = {
    ...activationStateView(context, entitlement, activation, now),
    accessToken: await context.tokens.issueAccess({ activationId: activation.id, tokenId }, now),
  };
  return { status, body, headers: { 'N-Nonce': nonce } };
});
