import type { DatabaseSync } from 'node:sqlite';
import type { Instant } from '../../../shared/license/types.ts';
import { integer, optionalText, text, type Row } from './database.ts';

/** An end user who activates with a password or by OpenID. */
export interface StoredAccount {
  readonly id: string;
  readonly username: string;
  /** As `password.ts` writes it; null = no password opens this account. */
  readonly passwordHash: string | null;
  readonly openIdSubject: string | null;
  readonly disabled: boolean;
  readonly created: Instant;
  /** What it may activate, in the order in which seats are looked for. */
  readonly entitlementIds: readonly string[];
}

export interface AccountStore {
  /** Writes a new account, or everything that can change of a known one. */
  readonly save: (account: StoredAccount) => void;
  readonly remove: (id: string) => void;
  readonly byId: (id: string) => StoredAccount | null;
  readonly byUsername: (username: string) => StoredAccount | null;
  readonly byOpenIdSubject: (subject: string) => StoredAccount | null;
  readonly list: (limit: number, offset: number) => readonly StoredAccount[];
  readonly count: () => number;
}

/** The form in which user names are compared: people write theirs in capitals, with spaces around, or composed otherwise. */
export function usernameKey(username: string): string {
  return username.normalize('NFKC').trim().toLowerCase();
}

export function accountStore(database: DatabaseSync): AccountStore {
  const upsert = database.prepare(
    `INSERT INTO account (id, name_key, username, password, open_id_subject, disabled, created)
     VALUES (?, ?, ?, ?, ?, ?, ?)
     ON CONFLICT (id) DO UPDATE SET password = excluded.password, open_id_subject = excluded.open_id_subject,
       disabled = excluded.disabled`,
  );
  const unlink = database.prepare('DELETE FROM account_entitlement WHERE account_id = ?');
  const link = database.prepare(
    'INSERT INTO account_entitlement (account_id, entitlement_id, position) VALUES (?, ?, ?)',
  );
  const links = database.prepare(
    'SELECT entitlement_id FROM account_entitlement WHERE account_id = ? ORDER BY position',
  );
  const deleteAccount = database.prepare('DELETE FROM account WHERE id = ?');
  const selectById = database.prepare('SELECT * FROM account WHERE id = ?');
  const selectByName = database.prepare('SELECT * FROM account WHERE name_key = ?');
  const selectBySubject = database.prepare('SELECT * FROM account WHERE open_id_subject = ?');
  const page = database.prepare('SELECT * FROM account ORDER BY rowid DESC LIMIT ? OFFSET ?');
  const countAll = database.prepare('SELECT count(*) AS n FROM account');

  const read = (row: Row): StoredAccount => {
    const id = text(row, 'id');
    return {
      id,
      username: text(row, 'username'),
      passwordHash: optionalText(row, 'password'),
      openIdSubject: optionalText(row, 'open_id_subject'),
      disabled: integer(row, 'disabled') === 1,
      created: integer(row, 'created'),
      entitlementIds: links.all(id).map((it) => text(it, 'entitlement_id')),
    };
  };
  const readOne = (row: Row | undefined) => (row === undefined ? null : read(row));

  return {
    save: (it) => {
      const { id, username, passwordHash, openIdSubject, disabled, created } = it;
      upsert.run(id, usernameKey(username), username, passwordHash, openIdSubject, disabled ? 1 : 0, created);
      unlink.run(id);
      it.entitlementIds.forEach((entitlementId, position) => link.run(id, entitlementId, position));
    },
    remove: (id) => void deleteAccount.run(id),
    byId: (id) => readOne(selectById.get(id)),
    byUsername: (username) => readOne(selectByName.get(usernameKey(username))),
    byOpenIdSubject: (subject) => readOne(selectBySubject.get(subject)),
    list: (limit, offset) => page.all(limit, offset).map(read),
    count: () => integer(countAll.get() ?? {}, 'n'),
  };
}
