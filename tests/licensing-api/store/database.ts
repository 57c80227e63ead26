import { DatabaseSync, type SQLOutputValue } from 'node:sqlite';

/**
 * The database of the reference server. Secrets are in it as SHA-256 only (activation codes, nonces, ids of access
 * tokens, the management client's secret), passwords as salted scrypt, and what has to be read again (the secrets of
 * webhooks) encrypted with a key that is not in it.
 */
const SCHEMA = `
CREATE TABLE IF NOT EXISTS setting (name TEXT PRIMARY KEY, value TEXT NOT NULL) STRICT;
CREATE TABLE IF NOT EXISTS product (id TEXT PRIMARY KEY, name TEXT NOT NULL) STRICT;
CREATE TABLE IF NOT EXISTS entitlement (
  id TEXT PRIMARY KEY,
  product_id TEXT NOT NULL REFERENCES product (id),
  code_hash TEXT NOT NULL UNIQUE,
  terms TEXT NOT NULL,
  created INTEGER NOT NULL,
  started INTEGER,
  expiry INTEGER,
  disabled INTEGER NOT NULL DEFAULT 0
) STRICT;
CREATE TABLE IF NOT EXISTS activation (
  id TEXT PRIMARY KEY,
  entitlement_id TEXT NOT NULL REFERENCES entitlement (id),
  method TEXT NOT NULL,
  mode TEXT NOT NULL,
  seat_id TEXT NOT NULL,
  seat_name TEXT,
  edition_id TEXT,
  fingerprint TEXT,
  activated INTEGER NOT NULL,
  last_lease INTEGER NOT NULL,
  lease_expiry INTEGER NOT NULL,
  ended TEXT,
  ended_at INTEGER,
  token_hash TEXT NOT NULL,
  nonce_hash TEXT NOT NULL
) STRICT;
CREATE UNIQUE INDEX IF NOT EXISTS one_seat_each ON activation (entitlement_id, seat_id) WHERE ended IS NULL;
CREATE TABLE IF NOT EXISTS feature_use (
  activation_id TEXT NOT NULL REFERENCES activation (id),
  entitlement_id TEXT NOT NULL,
  feature TEXT NOT NULL,
  period_start INTEGER NOT NULL,
  amount INTEGER NOT NULL,
  PRIMARY KEY (entitlement_id, feature, period_start, activation_id)
) STRICT, WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS idempotency (
  operation TEXT NOT NULL,
  key_hash TEXT NOT NULL,
  request_hash TEXT NOT NULL,
  activation_id TEXT NOT NULL,
  status INTEGER NOT NULL,
  created INTEGER NOT NULL,
  PRIMARY KEY (operation, key_hash)
) STRICT, WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS device_key (
  activation_id TEXT NOT NULL REFERENCES activation (id),
  sign_kid TEXT NOT NULL,
  sign_x TEXT NOT NULL,
  encrypt_kid TEXT NOT NULL,
  encrypt_x TEXT NOT NULL,
  request_made INTEGER NOT NULL,
  PRIMARY KEY (activation_id, sign_kid)
) STRICT;
CREATE TABLE IF NOT EXISTS issued_token (
  activation_id TEXT NOT NULL REFERENCES activation (id),
  seq INTEGER NOT NULL,
  kind TEXT NOT NULL,
  request_id TEXT,
  sign_kid TEXT NOT NULL,
  issued INTEGER NOT NULL,
  token TEXT,
  PRIMARY KEY (activation_id, seq)
) STRICT;
CREATE INDEX IF NOT EXISTS issued_for_request ON issued_token (request_id);
`;

/** What came after the first version, in order; `user_version` counts how many of them a database has. */
const MIGRATIONS: readonly string[] = [
  `
ALTER TABLE activation ADD COLUMN username TEXT;
CREATE TABLE client_certificate (
  fingerprint TEXT PRIMARY KEY,
  activation_id TEXT NOT NULL REFERENCES activation (id),
  issued INTEGER NOT NULL,
  not_after INTEGER NOT NULL,
  revoked INTEGER
) STRICT;
CREATE INDEX certificates_of ON client_certificate (activation_id);
CREATE TABLE enrolment (
  activation_id TEXT PRIMARY KEY REFERENCES activation (id),
  open INTEGER NOT NULL
) STRICT;
CREATE TABLE account (
  id TEXT PRIMARY KEY,
  name_key TEXT NOT NULL UNIQUE,
  username TEXT NOT NULL,
  password TEXT,
  open_id_subject TEXT UNIQUE,
  disabled INTEGER NOT NULL DEFAULT 0,
  created INTEGER NOT NULL
) STRICT;
CREATE TABLE account_entitlement (
  account_id TEXT NOT NULL REFERENCES account (id) ON DELETE CASCADE,
  entitlement_id TEXT NOT NULL REFERENCES entitlement (id),
  position INTEGER NOT NULL,
  PRIMARY KEY (account_id, entitlement_id)
) STRICT;
CREATE TABLE login_attempt (
  name_key TEXT PRIMARY KEY,
  failed INTEGER NOT NULL,
  last INTEGER NOT NULL
) STRICT;
CREATE TABLE open_id_token (
  token_hash TEXT PRIMARY KEY,
  seat_id TEXT NOT NULL,
  expires INTEGER NOT NULL
) STRICT;
CREATE TABLE webhook (
  id TEXT PRIMARY KEY,
  url TEXT NOT NULL,
  events TEXT NOT NULL,
  secret TEXT NOT NULL,
  previous_secret TEXT,
  previous_until INTEGER,
  created INTEGER NOT NULL
) STRICT;
CREATE TABLE webhook_event (
  sequence INTEGER PRIMARY KEY AUTOINCREMENT,
  id TEXT NOT NULL UNIQUE,
  type TEXT NOT NULL,
  body TEXT NOT NULL
) STRICT;
CREATE TABLE webhook_delivery (
  webhook_id TEXT NOT NULL REFERENCES webhook (id) ON DELETE CASCADE,
  sequence INTEGER NOT NULL REFERENCES webhook_event (sequence),
  status TEXT NOT NULL,
  attempts INTEGER NOT NULL,
  next_attempt INTEGER,
  last_attempt INTEGER,
  last_status INTEGER,
  last_problem TEXT,
  PRIMARY KEY (webhook_id, sequence)
) STRICT;
CREATE INDEX due_deliveries ON webhook_delivery (next_attempt) WHERE status = 'pending';
`,
  `
CREATE TABLE outlived_deactivation (
  activation_id TEXT NOT NULL REFERENCES activation (id),
  token_id TEXT NOT NULL,
  PRIMARY KEY (activation_id, token_id)
) STRICT, WITHOUT ROWID;
`,
  // Keys are forgotten at every look: without an index that reads all of them.
  `
CREATE INDEX idempotency_by_age ON idempotency (created);
`,
];

export type Row = Record<string, SQLOutputValue>;

/** Opens the database and makes what is missing in it. @param file a path, or `:memory:` */
export function openDatabase(file: string): DatabaseSync {
  const database = new DatabaseSync(file, { enableForeignKeyConstraints: true, timeout: 5000 });
  database.exec('PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL;');
  database.exec(SCHEMA);
  migrate(database);
  return database;
}

function migrate(database: DatabaseSync): void {
  const version = integer(database.prepare('PRAGMA user_version').get() ?? {}, 'user_version');
  if (version > MIGRATIONS.length) throw new Error('The database is of a newer version of this server.');
  MIGRATIONS.slice(version).forEach((statements, index) => {
    transaction(database, () => {
      database.exec(`${statements}; PRAGMA user_version = ${version + index + 1};`);
    });
  });
}

/**
 * Runs work that is done as a whole or not at all. It has no pause inside (everything in it is synchronous), so two
 * requests can't see each other half way: this is what makes the counting of seats safe.
 */
export function transaction<T>(database: DatabaseSync, work: () => T): T {
  database.exec('BEGIN IMMEDIATE');
  try {
    const result = work();
    database.exec('COMMIT');
    return result;
  } catch (error) {
    database.exec('ROLLBACK');
    throw error;
  }
}

/** A text column that is never null. */
export function text(row: Row, column: string): string {
  const value = row[column];
  if (typeof value !== 'string') throw new TypeError(`column ${column} is not text`);
  return value;
}

/** A text column that may be null. */
export function optionalText(row: Row, column: string): string | null {
  return row[column] === null ? null : text(row, column);
}

/** An integer column that is never null. */
export function integer(row: Row, column: string): number {
  const value = row[column];
  if (typeof value !== 'number') throw new TypeError(`column ${column} is not a number`);
  return value;
}

/** An integer column that may be null. */
export function optionalInteger(row: Row, column: string): number | null {
  return row[column] === null ? null : integer(row, column);
}
