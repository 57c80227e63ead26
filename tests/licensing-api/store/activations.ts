import type { DatabaseSync } from 'node:sqlite';
import * as v from 'valibot';
import type { Activation, Fingerprint } from '../../../shared/licensing-api/generated/types.gen.ts';
import type { Instant } from '../../../shared/license/types.ts';
import type { Seat } from '../policy/seats.ts';
import { integer, optionalInteger, optionalText, text, type Row } from './database.ts';

export type Ending = 'deactivated' | 'released';

export interface StoredActivation {
  readonly id: string;
  readonly entitlementId: string;
  readonly method: Activation['activationMethod'];
  readonly mode: Activation['mode'];
  readonly seatId: string;
  readonly seatName: string | null;
  /** Of the account that activated; null with an activation code. */
  readonly username: string | null;
  readonly editionId: string | null;
  readonly fingerprint: Fingerprint | null;
  readonly activated: Instant;
  readonly lastLease: Instant;
  readonly leaseExpiry: Instant;
  readonly ended: Ending | null;
  readonly endedAt: Instant | null;
  /** SHA-256 of the id of the one access token that is good. */
  readonly tokenHash: string;
  /** SHA-256 of the one nonce that is good. */
  readonly nonceHash: string;
}

export interface ActivationStore {
  /** Writes a new activation, or everything that can change of a known one. */
  readonly save: (activation: StoredActivation) => void;
  readonly byId: (id: string) => StoredActivation | null;
  /** The one of a seat id that has not ended. */
  readonly bySeat: (entitlementId: string, seatId: string) => StoredActivation | null;
  /** Those of an entitlement that have not ended. */
  readonly live: (entitlementId: string) => readonly StoredActivation[];
  /** The same, as far as it counts for seats: asked for with every call, and there may be thousands. */
  readonly seats: (entitlementId: string) => readonly Seat[];
  readonly list: (
    entitlementId: string,
    options: { readonly includeEnded: boolean; readonly limit: number; readonly offset: number },
  ) => { readonly items: readonly StoredActivation[]; readonly total: number };
  readonly setNonce: (id: string, nonceHash: string) => void;
  readonly end: (id: string, how: Ending, at: Instant) => void;
}

const methods = v.picklist(['activationCode', 'openIdToken', 'password']);
const modes = v.picklist(['online', 'offline']);
const endings = v.nullable(v.picklist(['deactivated', 'released']));
const fingerprints = v.nullable(v.record(v.string(), v.string()));

function read(row: Row): StoredActivation {
  const fingerprint: unknown = JSON.parse(optionalText(row, 'fingerprint') ?? 'null');
  return {
    id: text(row, 'id'),
    entitlementId: text(row, 'entitlement_id'),
    method: v.parse(methods, row['method']),
    mode: v.parse(modes, row['mode']),
    seatId: text(row, 'seat_id'),
    seatName: optionalText(row, 'seat_name'),
    username: optionalText(row, 'username'),
    editionId: optionalText(row, 'edition_id'),
    fingerprint: v.parse(fingerprints, fingerprint),
    activated: integer(row, 'activated'),
    lastLease: integer(row, 'last_lease'),
    leaseExpiry: integer(row, 'lease_expiry'),
    ended: v.parse(endings, row['ended']),
    endedAt: optionalInteger(row, 'ended_at'),
    tokenHash: text(row, 'token_hash'),
    nonceHash: text(row, 'nonce_hash'),
  };
}

const readOne = (row: Row | undefined) => (row === undefined ? null : read(row));

export function activationStore(database: DatabaseSync): ActivationStore {
  const upsert = database.prepare(
    `INSERT INTO activation (id, entitlement_id, method, mode, seat_id, seat_name, edition_id, fingerprint,
       activated, last_lease, lease_expiry, ended, ended_at, token_hash, nonce_hash, username)
     VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
     ON CONFLICT (id) DO UPDATE SET method = excluded.method, username = excluded.username, seat_name = excluded.seat_name, edition_id = excluded.edition_id,
       fingerprint = excluded.fingerprint, last_lease = excluded.last_lease, lease_expiry = excluded.lease_expiry,
       token_hash = excluded.token_hash, nonce_hash = excluded.nonce_hash`,
  );
  const selectById = database.prepare('SELECT * FROM activation WHERE id = ?');
  const selectBySeat = database.prepare(
    'SELECT * FROM activation WHERE entitlement_id = ? AND seat_id = ? AND ended IS NULL',
  );
  const selectLive = database.prepare('SELECT * FROM activation WHERE entitlement_id = ? AND ended IS NULL');
  const selectSeats = database.prepare(
    'SELECT id, lease_expiry FROM activation WHERE entitlement_id = ? AND ended IS NULL',
  );
  const page = database.prepare(
    `SELECT * FROM activation WHERE entitlement_id = ? AND (ended IS NULL OR ? = 1)
     ORDER BY rowid DESC LIMIT ? OFFSET ?`,
  );
  const countPage = database.prepare(
    'SELECT count(*) AS n FROM activation WHERE entitlement_id = ? AND (ended IS NULL OR ? = 1)',
  );
  const updateNonce = database.prepare('UPDATE activation SET nonce_hash = ? WHERE id = ?');
  const updateEnd = database.prepare(
    'UPDATE activation SET ended = ?, ended_at = ? WHERE id = ? AND ended IS NULL',
  );
  return {
    save: (it) =>
      void upsert.run(
        it.id,
        it.entitlementId,
        it.method,
        it.mode,
        it.seatId,
        it.seatName,
        it.editionId,
        it.fingerprint === null ? null : JSON.stringify(it.fingerprint),
        it.activated,
        it.lastLease,
        it.leaseExpiry,
        it.ended,
        it.endedAt,
        it.tokenHash,
        it.nonceHash,
        it.username,
      ),
    byId: (id) => readOne(selectById.get(id)),
    bySeat: (entitlementId, seatId) => readOne(selectBySeat.get(entitlementId, seatId)),
    live: (entitlementId) => selectLive.all(entitlementId).map(read),
    seats: (entitlementId) =>
      selectSeats
        .all(entitlementId)
        .map((row) => ({ id: text(row, 'id'), leaseExpiry: integer(row, 'lease_expiry') })),
    list: (entitlementId, { includeEnded, limit, offset }) => {
      const ended = includeEnded ? 1 : 0;
      return {
        items: page.all(entitlementId, ended, limit, offset).map(read),
        total: integer(countPage.get(entitlementId, ended) ?? {}, 'n'),
      };
    },
    setNonce: (id, nonceHash) => void updateNonce.run(nonceHash, id),
    end: (id, how, at) => void updateEnd.run(how, at, id),
  };
}
