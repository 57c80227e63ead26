import type { DatabaseSync } from 'node:sqlite';
import type { Instant } from '../../../shared/license/types.ts';
import { hashSecret } from '../secrets.ts';
import { usernameKey } from './accounts.ts';
import { integer, text } from './database.ts';

/** Wrong passwords in a row for one name. */
export interface Attempts {
  readonly failed: number;
  readonly last: Instant;
}

/** What is remembered about signing in. */
export interface SignInStore {
  /** For any name, whether there is such an account or not: a lock-out must not tell. */
  readonly attempts: (username: string) => Attempts | null;
  readonly setAttempts: (username: string, attempts: Attempts) => void;
  readonly forgetAttempts: (username: string) => void;
  /** Forgets names that nobody has tried since. */
  readonly purgeAttempts: (before: Instant) => void;
  /** Binds an OpenID token to the first seat that it is used for. @returns the seat that it is bound to */
  readonly bindToken: (token: string, seatId: string, expires: Instant, now: Instant) => string;
}

export function signInStore(database: DatabaseSync): SignInStore {
  const select = database.prepare('SELECT failed, last FROM login_attempt WHERE name_key = ?');
  const upsert = database.prepare(
    `INSERT INTO login_attempt (name_key, failed, last) VALUES (?, ?, ?)
     ON CONFLICT (name_key) DO UPDATE SET failed = excluded.failed, last = excluded.last`,
  );
  const remove = database.prepare('DELETE FROM login_attempt WHERE name_key = ?');
  const purge = database.prepare('DELETE FROM login_attempt WHERE last < ?');
  const purgeTokens = database.prepare('DELETE FROM open_id_token WHERE expires < ?');
  const insertToken = database.prepare(
    'INSERT OR IGNORE INTO open_id_token (token_hash, seat_id, expires) VALUES (?, ?, ?)',
  );
  const selectToken = database.prepare('SELECT seat_id FROM open_id_token WHERE token_hash = ?');
  // People type passwords into the wrong field: what was tried as a name is kept as a hash only.
  const keyOf = (username: string) => hashSecret(usernameKey(username));
  return {
    attempts: (username) => {
      const row = select.get(keyOf(username));
      return row === undefined ? null : { failed: integer(row, 'failed'), last: integer(row, 'last') };
    },
    setAttempts: (username, { failed, last }) => void upsert.run(keyOf(username), failed, last),
    forgetAttempts: (username) => void remove.run(keyOf(username)),
    purgeAttempts: (before) => void purge.run(before),
    bindToken: (token, seatId, expires, now) => {
      purgeTokens.run(now);
      const hash = hashSecret(token);
      insertToken.run(hash, seatId, expires);
      return text(selectToken.get(hash) ?? {}, 'seat_id');
    },
  };
}
