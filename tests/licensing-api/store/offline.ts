import type { DatabaseSync } from 'node:sqlite';
import * as v from 'valibot';
import type { Instant } from '../../../shared/license/types.ts';
import { integer, optionalText, text, type Row } from './database.ts';

/** Public keys of a device, as one of its requests carried them. `kid`s are RFC 7638 thumbprints. */
export interface DeviceKeys {
  readonly signKid: string;
  readonly signX: string;
  readonly encryptKid: string;
  readonly encryptX: string;
  /** When the request says that it was made; the device's clock, for people only. */
  readonly requestMade: Instant;
}

/** A token that was made for a device. */
export interface IssuedToken {
  readonly activationId: string;
  readonly seq: number;
  readonly kind: 'activation-response' | 'refresh';
  /** `jti` of the request that it answers; null for a refresh. */
  readonly requestId: string | null;
  readonly signKid: string;
  readonly issued: Instant;
  /** The JWE; null if the server stopped between counting and writing it. That number is never used again. */
  readonly token: string | null;
}

export interface OfflineStore {
  /** Keeps keys beside those of earlier requests: nobody knows yet which response the device will apply. */
  readonly addKeys: (activationId: string, keys: DeviceKeys) => void;
  readonly keysByKid: (activationId: string, signKid: string) => DeviceKeys | null;
  /** Newest first. */
  readonly keysOf: (activationId: string) => readonly DeviceKeys[];
  /** Notes the deactivations that a device made before the request by which it has this activation again. */
  readonly outlive: (activationId: string, deactivations: readonly string[]) => void;
  /** Whether the activation goes on after this deactivation, since its seat was taken again later. */
  readonly outlives: (activationId: string, deactivation: string) => boolean;
  /** Counts and logs a token before it is made, so that no number is used twice. @returns its `seq`, from 1 */
  readonly reserve: (token: Omit<IssuedToken, 'seq' | 'token'>) => number;
  readonly complete: (activationId: string, seq: number, token: string) => void;
  /** Every answer to a request, newest first; requests of different devices can share an id. */
  readonly answersTo: (requestId: string) => readonly IssuedToken[];
  readonly issued: (activationId: string, seq: number) => IssuedToken | null;
}

const kinds = v.picklist(['activation-response', 'refresh']);

const readKeys = (row: Row): DeviceKeys => ({
  signKid: text(row, 'sign_kid'),
  signX: text(row, 'sign_x'),
  encryptKid: text(row, 'encrypt_kid'),
  encryptX: text(row, 'encrypt_x'),
  requestMade: integer(row, 'request_made'),
});

const readToken = (row: Row): IssuedToken => ({
  activationId: text(row, 'activation_id'),
  seq: integer(row, 'seq'),
  kind: v.parse(kinds, row['kind']),
  requestId: optionalText(row, 'request_id'),
  signKid: text(row, 'sign_kid'),
  issued: integer(row, 'issued'),
  token: optionalText(row, 'token'),
});

export function offlineStore(database: DatabaseSync): OfflineStore {
  const insertKeys = database.prepare(
    `INSERT OR IGNORE INTO device_key (activation_id, sign_kid, sign_x, encrypt_kid, encrypt_x, request_made)
     VALUES (?, ?, ?, ?, ?, ?)`,
  );
  const selectKeys = database.prepare('SELECT * FROM device_key WHERE activation_id = ? AND sign_kid = ?');
  const listKeys = database.prepare('SELECT * FROM device_key WHERE activation_id = ? ORDER BY rowid DESC');
  const insertOutlived = database.prepare(
    'INSERT OR IGNORE INTO outlived_deactivation (activation_id, token_id) VALUES (?, ?)',
  );
  const selectOutlived = database.prepare(
    'SELECT 1 FROM outlived_deactivation WHERE activation_id = ? AND token_id = ?',
  );
  const insertToken = database.prepare(
    `INSERT INTO issued_token (activation_id, seq, kind, request_id, sign_kid, issued)
     SELECT ?1, coalesce(max(seq), 0) + 1, ?2, ?3, ?4, ?5 FROM issued_token WHERE activation_id = ?1
     RETURNING seq`,
  );
  const updateToken = database.prepare(
    'UPDATE issued_token SET token = ? WHERE activation_id = ? AND seq = ? AND token IS NULL',
  );
  const selectAnswers = database.prepare(
    'SELECT * FROM issued_token WHERE request_id = ? AND token IS NOT NULL ORDER BY rowid DESC',
  );
  const selectToken = database.prepare('SELECT * FROM issued_token WHERE activation_id = ? AND seq = ?');
  return {
    addKeys: (activationId, it) =>
      void insertKeys.run(activationId, it.signKid, it.signX, it.encryptKid, it.encryptX, it.requestMade),
    keysByKid: (activationId, signKid) => {
      const row = selectKeys.get(activationId, signKid);
      return row === undefined ? null : readKeys(row);
    },
    keysOf: (activationId) => listKeys.all(activationId).map(readKeys),
    outlive: (activationId, deactivations) => {
      for (const id of deactivations) insertOutlived.run(activationId, id);
    },
    outlives: (activationId, deactivation) => selectOutlived.get(activationId, deactivation) !== undefined,
    reserve: (it) =>
      integer(insertToken.get(it.activationId, it.kind, it.requestId, it.signKid, it.issued) ?? {}, 'seq'),
    complete: (activationId, seq, token) => void updateToken.run(token, activationId, seq),
    answersTo: (requestId) => selectAnswers.all(requestId).map(readToken),
    issued: (activationId, seq) => {
      const row = selectToken.get(activationId, seq);
      return row === undefined ? null : readToken(row);
    },
  };
}
