import * as v from 'valibot';
import { failureSchema } from '../../shared/failure-schema.ts';
import type { LastContact } from '../../shared/license/types.ts';
import type { LocalServer } from '../../shared/local-server.ts';
import type { JsonFile } from '../support/json-file.ts';
import type { LicenseRecord } from './records.ts';

/** Between whom a contact was: what is wrong with one server must not be told of another. */
export interface Between {
  readonly productId: string;
  /** undefined is the vendor's own. */
  readonly server: LocalServer | undefined;
}

/**
 * Outcome of the last call per product and server. Beside the vault and not in it: it holds no secret, every process
 * wants to tell why the server was out of reach, and a call that failed must leave the vault as it was.
 */
export interface ContactLog {
  readonly last: (between: Between) => LastContact | null;
  /** When a call last went well. */
  readonly lastGood: (between: Between) => number | null;
  /** Never fails: a note that can't be written is not worth failing a license for. */
  readonly note: (between: Between, contact: LastContact) => void;
}

/** Whose word concerns a license: of the server that it was taken from, else of the one that it would be taken from. */
export function contactOf(
  productId: string,
  record: Pick<LicenseRecord, 'activation' | 'server'> | null,
  serverForNew: LocalServer | undefined,
): Between {
  const isHeld = record !== null && record.activation !== null;
  return { productId, server: isHeld ? record.server : serverForNew };
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

/** Id of the product for the vendor's server, as the first versions wrote it; a local server's address behind it. */
const nameOf = ({ productId, server }: Between): string =>
  server === undefined ? productId : `${productId} ${server.url}`;

export function createContactLog(file: JsonFile<v.InferOutput<typeof contactsSchema>>): ContactLog {
  return {
    last: (between) => {
      const entry = file.read()[nameOf(between)];
      return entry === undefined ? null : { at: entry.at, code: entry.code, facts: entry.facts };
    },
    lastGood: (between) => file.read()[nameOf(between)]?.goodAt ?? null,
    note: (between, { at, code, facts }) => {
      const name = nameOf(between);
      const all = file.read();
      const goodAt = code === null ? at : (all[name]?.goodAt ?? null);
      file.write({ ...all, [name]: { at, code, ...(facts === undefined ? {} : { facts }), goodAt } });
    },
  };
}
