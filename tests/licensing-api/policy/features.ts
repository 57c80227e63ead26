import type { Feature, NewFeature } from '../../../shared/licensing-api/generated/types.gen.ts';
import type { Instant } from '../../../shared/license/types.ts';
import { periodAround } from './period.ts';

/** Use of one feature: by the activation that asks, and by all that count. */
export interface FeatureUse {
  readonly own: number;
  readonly all: number;
}

/** Start of the usage period in which `now` is; 0 for a feature that is counted without periods. */
export function usagePeriod(
  feature: NewFeature,
  started: Instant | null,
  now: Instant,
): { readonly start: Instant; readonly end: Instant | null } {
  if (feature.type !== 'usageCount' || feature.usagePeriod === undefined || started === null) {
    return { start: 0, end: null };
  }
  if (feature.usagePeriod.type === 'None' || now < started) return { start: 0, end: null };
  return periodAround(started, feature.usagePeriod, now);
}

/** What is left of the total for everybody; null = unlimited. */
function available(feature: NewFeature, use: FeatureUse): number | null {
  return feature.total === undefined ? null : Math.max(0, feature.total - use.all);
}

/** What the wire shows of an overdraft; nothing where there is none. */
function overdraft(feature: NewFeature, use: FeatureUse): Pick<Feature, 'overdraft' | 'overdrawn'> {
  if (feature.overdraft === undefined || feature.total === undefined) return {};
  return { overdraft: feature.overdraft, overdrawn: Math.max(0, use.all - feature.total) };
}

/** A feature as the wire shows it. */
export function describeFeature(
  feature: NewFeature,
  use: FeatureUse,
  started: Instant | null,
  now: Instant,
): Feature {
  const { key, type } = feature;
  if (type === 'bool') {
    const included = feature.total === 0 ? 0 : 1;
    return { key, type, active: use.own, available: included, total: included };
  }
  const left = available(feature, use);
  const period = usagePeriod(feature, started, now);
  return {
    key,
    type,
    active: use.own,
    ...(left === null ? {} : { available: left }),
    ...(feature.total === undefined ? {} : { total: feature.total }),
    ...overdraft(feature, use),
    ...(period.end === null
      ? {}
      : {
          currentUsagePeriodStart: new Date(period.start).toISOString(),
          nextUsagePeriodStart: new Date(period.end).toISOString(),
        }),
  };
}

export type FeatureRefusal = 'featureUnknown' | 'featureExhausted' | 'featureNotReturnable' | 'wrongType';

/** Why a checkout is refused; null = it goes through. A bool feature is tracked, not checked out. */
export function refuseCheckout(
  feature: NewFeature | undefined,
  use: FeatureUse,
  amount: number,
): FeatureRefusal | null {
  if (feature === undefined) return 'featureUnknown';
  if (feature.type === 'bool') return 'wrongType';
  // A sum beyond what JavaScript counts exactly would make the pool lie from then on.
  if (!Number.isSafeInteger(use.all + amount)) return 'featureExhausted';
  if (feature.total === undefined) return null;
  // Compared as differences: total and overdraft together can be more than is counted exactly.
  return amount - (feature.overdraft ?? 0) > feature.total - use.all ? 'featureExhausted' : null;
}

/** Why a return is refused; null = it goes through. */
export function refuseReturn(
  feature: NewFeature | undefined,
  use: FeatureUse,
  amount: number,
): FeatureRefusal | null {
  if (feature === undefined) return 'featureUnknown';
  return feature.type !== 'elementPool' || amount > use.own ? 'featureNotReturnable' : null;
}

/** Why tracking is refused; null = it goes through. A bool feature that is not included can't be used up. */
export function refuseUsage(feature: NewFeature | undefined): FeatureRefusal | null {
  if (feature === undefined) return 'featureUnknown';
  if (feature.type !== 'bool') return 'wrongType';
  return feature.total === 0 ? 'featureExhausted' : null;
}
