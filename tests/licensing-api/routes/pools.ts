import type { Context } from '../context.ts';
import type { StoredEntitlement } from '../store/entitlements.ts';

/** Gives back every pool element that an activation holds; spent uses stay spent. */
export function returnPoolElements(
  context: Context,
  entitlement: StoredEntitlement,
  activationId: string,
): void {
  for (const feature of entitlement.terms.features) {
    if (feature.type === 'elementPool') context.store.featureUse.giveBack(activationId, feature.key);
  }
}
