import type { DatabaseSync } from 'node:sqlite';
import type { Instant } from '../../../shared/license/types.ts';
import { integer, text } from './database.ts';

/** Keys are kept for a day after success. */
const KEPT_MS = 24 * 60 * 60_000;

/** What is known of an earlier call with the same Idempotency-Key. */
export interface EarlierCall {
  readonly requestHash: string;
  readonly activationId: string;
  readonly status: number;
}

export interface IdempotencyStore {
  readonly find: (operation: string, keyHash: string, now: Instant) => EarlierCall | null;
  readonly remember: (operation: string, keyHash: string, call: EarlierCall, now: Instant) => void;
}

export function idempotencyStore(database: DatabaseSync): IdempotencyStore {
  const purge = database.prepare('DELETE FROM idempotency WHERE created <= ?');
  const select = database.prepare('SELECT * FROM idempotency WHERE operation = ? AND key_hash = ?');
  const upsert = database.prepare(
    `INSERT OR IGNORE INTO idempotency (operation, key_hash, request_hash, activation_id, status, created)
     VALUES (?, ?, ?, ?, ?, ?)`,
  );
  return {
    find: (operation, keyHash, now) => {
      purge.run(now - KEPT_MS);
      const row = select.get(operation, keyHash);
      if (row === undefined) return null;
      return {
        requestHash: text(row, 'request_hash'),
        activationId: text(row, 'activation_id'),
        status: integer(row, 'status'),
      };
    },
    remember: (operation, keyHash, call, now) =>
      void upsert.run(operation, keyHash, call.requestHash, call.activationId, call.status, now),
  };
}
