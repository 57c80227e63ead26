import type { DatabaseSync } from 'node:sqlite';
import type {
  Attribute,
  CreateEntitlementRequest,
  Edition,
  NewFeature,
  Period,
} from '../../../shared/licensing-api/generated/types.gen.ts';
import type { Instant } from '../../../shared/license/types.ts';
import type { EntitlementTerm } from '../policy/entitlement.ts';
import { integer, optionalInteger, text, type Row } from './database.ts';

/** What was agreed, at creation or by a change of terms; defaults are filled in. */
export interface Terms extends Omit<CreateEntitlementRequest, 'startDate' | 'productId'> {
  readonly offeringName: string;
  readonly sku: string;
  readonly gracePeriod: Period;
  readonly leasePeriod: Period;
  readonly hasMaintenance: boolean;
  readonly editions: Edition[];
  readonly features: NewFeature[];
  readonly attributes: Attribute[];
}

export interface StoredEntitlement extends EntitlementTerm {
  readonly id: string;
  readonly productId: string;
  readonly created: Instant;
  readonly terms: Terms;
}

export interface EntitlementStore {
  readonly add: (entitlement: StoredEntitlement, codeHash: string) => void;
  readonly byId: (id: string) => StoredEntitlement | null;
  readonly byCodeHash: (hash: string) => StoredEntitlement | null;
  /** SHA-256 of the activation code, in hexadecimal. */
  readonly codeHash: (id: string) => string;
  readonly list: (limit: number, offset: number) => readonly StoredEntitlement[];
  readonly count: () => number;
  readonly setTerm: (id: string, started: Instant | null, expiry: Instant | null) => void;
  readonly setDisabled: (id: string, disabled: boolean) => void;
  readonly setTerms: (id: string, terms: Terms) => void;
}

function read(row: Row): StoredEntitlement {
  // Written by `add` below from a value of this very type; nobody else writes to the table.
  const terms: Terms = JSON.parse(text(row, 'terms'));
  return {
    id: text(row, 'id'),
    productId: text(row, 'product_id'),
    created: integer(row, 'created'),
    started: optionalInteger(row, 'started'),
    expiry: optionalInteger(row, 'expiry'),
    disabled: integer(row, 'disabled') === 1,
    gracePeriod: terms.gracePeriod,
    terms,
  };
}

const readOne = (row: Row | undefined) => (row === undefined ? null : read(row));

export function entitlementStore(database: DatabaseSync): EntitlementStore {
  const insert = database.prepare(
    `INSERT INTO entitlement (id, product_id, code_hash, terms, created, started, expiry, disabled)
     VALUES (?, ?, ?, ?, ?, ?, ?, ?)`,
  );
  const selectById = database.prepare('SELECT * FROM entitlement WHERE id = ?');
  const selectByCode = database.prepare('SELECT * FROM entitlement WHERE code_hash = ?');
  const selectCode = database.prepare('SELECT code_hash FROM entitlement WHERE id = ?');
  const page = database.prepare('SELECT * FROM entitlement ORDER BY rowid DESC LIMIT ? OFFSET ?');
  const countAll = database.prepare('SELECT count(*) AS n FROM entitlement');
  const updateTerm = database.prepare('UPDATE entitlement SET started = ?, expiry = ? WHERE id = ?');
  const updateDisabled = database.prepare('UPDATE entitlement SET disabled = ? WHERE id = ?');
  const updateTerms = database.prepare('UPDATE entitlement SET terms = ? WHERE id = ?');
  return {
    add: (it, codeHash) =>
      void insert.run(
        it.id,
        it.productId,
        codeHash,
        JSON.stringify(it.terms),
        it.created,
        it.started,
        it.expiry,
        it.disabled ? 1 : 0,
      ),
    byId: (id) => readOne(selectById.get(id)),
    byCodeHash: (hash) => readOne(selectByCode.get(hash)),
    codeHash: (id) => text(selectCode.get(id) ?? {}, 'code_hash'),
    list: (limit, offset) => page.all(limit, offset).map(read),
    count: () => integer(countAll.get() ?? {}, 'n'),
    setTerm: (id, started, expiry) => void updateTerm.run(started, expiry, id),
    setTerms: (id, terms) => void updateTerms.run(JSON.stringify(terms), id),
    setDisabled: (id, disabled) => void updateDisabled.run(disabled ? 1 : 0, id),
  };
}
