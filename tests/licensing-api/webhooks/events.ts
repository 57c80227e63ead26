import type {
  WebhookEventData,
  WebhookEventType,
} from '../../../shared/licensing-api/generated/types.gen.ts';
import type { Instant } from '../../../shared/license/types.ts';
import type { Answer } from '../answer.ts';
import { errorCodeOf } from '../request-log.ts';
import { newId } from '../secrets.ts';
import type { StoredActivation } from '../store/activations.ts';
import type { StoredEntitlement } from '../store/entitlements.ts';
import type { WebhookStore } from '../store/webhooks.ts';

/** What has happened, for whoever the vendor wants told. */
export interface Events {
  /** Runs within the transaction of what happened: the event is there if, and only if, that is. */
  readonly put: (type: WebhookEventType, data: WebhookEventData) => void;
}

export interface Publisher {
  readonly tenantId: string;
  readonly environment: 'test' | 'live';
}

/** @param wake called once the transaction is over */
export function eventBox(
  webhooks: WebhookStore,
  publisher: Publisher,
  now: () => Instant,
  wake: () => void,
): Events {
  return {
    put: (type, data) => {
      const at = now();
      const timestamp = new Date(at).toISOString();
      webhooks.put({ id: newId('evt'), type, timestamp, ...publisher, data }, at);
      // Transactions have no pause inside, so by then this one is committed or rolled back.
      setImmediate(wake);
    },
  };
}

/** What an event says about an activation. No secret, and no fingerprint. */
export function subjectOf(entitlement: StoredEntitlement, activation: StoredActivation): WebhookEventData {
  return {
    mode: activation.mode,
    activationId: activation.id,
    entitlementId: entitlement.id,
    productId: entitlement.productId,
    seatId: activation.seatId,
    ...(activation.seatName === null ? {} : { seatName: activation.seatName }),
    leaseExpiry: new Date(activation.leaseExpiry).toISOString(),
  };
}

/**
 * Tells of a refusal, unless it has no code (a malformed request) or is about the rate of calls: somebody who floods
 * the server must not flood the vendor too.
 * @returns the refusal, for the caller to answer with
 */
export function deny(events: Events, refusal: Answer, about: WebhookEventData): Answer {
  const errorCode = errorCodeOf(refusal);
  if (errorCode !== undefined && errorCode !== 'rateLimited') {
    events.put('activation.denied', { ...about, errorCode });
  }
  return refusal;
}
