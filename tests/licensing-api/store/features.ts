import type { DatabaseSync } from 'node:sqlite';
import type { Instant } from '../../../shared/license/types.ts';
import { integer } from './database.ts';

/** Counts of use. Elements of a pool and tracked uses are kept in the period 0. */
export interface FeatureUseStore {
  /** Use by one activation in one period. */
  readonly own: (activationId: string, feature: string, periodStart: Instant) => number;
  /** Use by an entitlement's activations in one period; `only` limits it to some of them. */
  readonly all: (
    entitlementId: string,
    feature: string,
    periodStart: Instant,
    only?: ReadonlySet<string>,
  ) => number;
  readonly add: (
    use: { readonly entitlementId: string; readonly activationId: string },
    feature: string,
    periodStart: Instant,
    amount: number,
  ) => void;
  /** Gives back what an activation holds of one feature. */
  readonly giveBack: (activationId: string, feature: string) => void;
  readonly forget: (entitlementId: string) => void;
}

export function featureUseStore(database: DatabaseSync): FeatureUseStore {
  const selectOwn = database.prepare(
    'SELECT amount FROM feature_use WHERE activation_id = ? AND feature = ? AND period_start = ?',
  );
  const selectAll = database.prepare(
    'SELECT activation_id, amount FROM feature_use WHERE entitlement_id = ? AND feature = ? AND period_start = ?',
  );
  const upsert = database.prepare(
    `INSERT INTO feature_use (entitlement_id, activation_id, feature, period_start, amount) VALUES (?, ?, ?, ?, ?)
     ON CONFLICT DO UPDATE SET amount = amount + excluded.amount`,
  );
  const deleteOwn = database.prepare('DELETE FROM feature_use WHERE activation_id = ? AND feature = ?');
  const deleteAll = database.prepare('DELETE FROM feature_use WHERE entitlement_id = ?');
  return {
    own: (activationId, feature, periodStart) => {
      const row = selectOwn.get(activationId, feature, periodStart);
      return row === undefined ? 0 : integer(row, 'amount');
    },
    all: (entitlementId, feature, periodStart, only) => {
      let sum = 0;
      for (const row of selectAll.iterate(entitlementId, feature, periodStart)) {
        if (only === undefined || only.has(String(row['activation_id']))) sum += integer(row, 'amount');
      }
      return sum;
    },
    add: (use, feature, periodStart, amount) =>
      void upsert.run(use.entitlementId, use.activationId, feature, periodStart, amount),
    giveBack: (activationId, feature) => void deleteOwn.run(activationId, feature),
    forget: (entitlementId) => void deleteAll.run(entitlementId),
  };
}
