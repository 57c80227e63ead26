import * as v from 'valibot';
import { failureSchema } from '../../shared/failure-schema.ts';
import type { LastContact } from '../../shared/license/types.ts';
import type { JsonFile } from '../support/json-file.ts';

/**
 * Outcome of the last call per product. Beside the vault and not in it: it holds no secret, every process wants to
 * tell why the server was out of reach, and a call that failed must leave the vault as it was.
 */
export interface ContactLog {
  readonly last: (productId: string) => LastContact | null;
  /** When a call last went well. */
  readonly lastGood: (productId: string) => number | null;
  /** Never fails: a note that can't be written is not worth failing a license for. */
  readonly note: (productId: string, contact: LastContact) => void;
}

export const contactsSchema = v.record(
  v.string(),
  v.strictObject({
    at: v.number(),
    code: v.nullable(failureSchema.entries.code),
    facts: failureSchema.entries.facts,
    goodAt: v.nullable(v.number()),
  }),
);

export function createContactLog(file: JsonFile<v.InferOutput<typeof contactsSchema>>): ContactLog {
  return {
    last: (productId) => {
      const entry = file.read()[productId];
      return entry === undefined ? null : { at: entry.at, code: entry.code, facts: entry.facts };
    },
    lastGood: (productId) => file.read()[productId]?.goodAt ?? null,
    note: (productId, { at, code, facts }) => {
      const all = file.read();
      const goodAt = code === null ? at : (all[productId]?.goodAt ?? null);
      file.write({ ...all, [productId]: { at, code, ...(facts === undefined ? {} : { facts }), goodAt } });
    },
  };
}
