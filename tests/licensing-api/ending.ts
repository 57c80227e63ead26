import type { WebhookEventData } from '../../shared/licensing-api/generated/types.gen.ts';
import type { Instant } from '../../shared/license/types.ts';
import type { Context } from './context.ts';
import { returnPoolElements } from './routes/pools.ts';
import type { StoredActivation } from './store/activations.ts';
import type { StoredEntitlement } from './store/entitlements.ts';
import { subjectOf } from './webhooks/events.ts';

/** The one place where an activation ends, with everything that hangs on it. Runs within a transaction. */
export function endActivation(
  context: Context,
  entitlement: StoredEntitlement,
  activation: StoredActivation,
  reason: NonNullable<WebhookEventData['reason']>,
  now: Instant,
): void {
  const { store, events } = context;
  returnPoolElements(context, entitlement, activation.id);
  store.activations.end(activation.id, reason === 'released' ? 'released' : 'deactivated', now);
  store.certificates.revokeOlder(activation.id, now);
  events.put('activation.deactivated', { ...subjectOf(entitlement, activation), reason });
}
