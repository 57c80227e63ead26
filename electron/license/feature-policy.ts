import type { Activation, Feature } from '../../shared/license/types.ts';
import type { Journal } from './records.ts';

/** A wish to take, put back or use up something of a feature. */
export interface FeatureChange {
  /** `checkout`: of a pool or a count. `return`: to a pool. `usage`: one use of a bool feature; its amount is 1. */
  readonly kind: 'checkout' | 'return' | 'usage';
  readonly key: string;
  /** A whole number from 1 on. */
  readonly amount: number;
}

/** The activation with one feature as the server has just described it; a feature that is not listed is not added. */
export function withFeature(activation: Activation, next: Feature): Activation {
  return {
    ...activation,
    features: activation.features.map((feature) => (feature.key === next.key ? next : feature)),
  };
}

/** The feature after a change that the server has confirmed without describing it (204). */
export function afterChange(feature: Feature, { kind, amount }: FeatureChange): Feature {
  if (kind === 'usage') return feature;
  const taken = kind === 'checkout' ? amount : -amount;
  const active = Math.max(0, feature.active + taken);
  if (feature.available === null) return { ...feature, active };
  const left = feature.available - (feature.overdrawn ?? 0) - taken;
  return {
    ...feature,
    active,
    available: Math.max(0, left),
    ...(feature.overdraft === undefined ? {} : { overdrawn: Math.max(0, -left) }),
  };
}

/** How much of a feature this activation has; 0 where it is not listed. */
export function amountOf(activation: Activation, key: string): number {
  return activation.features.find((feature) => feature.key === key)?.active ?? 0;
}

/** Whether a wish is the one whose answer was lost. */
export function isSameChange(journal: Journal | null, change: FeatureChange): boolean {
  const open = journal?.feature;
  return open?.kind === change.kind && open.key === change.key && open.amount === change.amount;
}

/**
 * Whether the change whose answer was lost was carried out, judged by what the activation has now: nobody else changes
 * what one activation holds. Tracked uses say nothing of themselves; they are repeated under their idempotency key.
 */
export function wasCarriedOut(journal: Journal | null, activation: Activation): boolean {
  const open = journal?.feature;
  if (open === undefined || open.kind === 'usage') return false;
  const taken = open.kind === 'checkout' ? open.amount : -open.amount;
  return amountOf(activation, open.key) === open.before + taken;
}
