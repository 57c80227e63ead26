import type { DatabaseSync } from 'node:sqlite';
import type { Instant } from '../../../shared/license/types.ts';
import { integer, optionalInteger, text, type Row } from './database.ts';

/** A client certificate that was issued; the server keeps no more of it than its SHA-256. */
export interface IssuedCertificate {
  /** SHA-256 of the DER, hexadecimal. */
  readonly fingerprint: string;
  readonly activationId: string;
  readonly issued: Instant;
  readonly notAfter: Instant;
  readonly revoked: Instant | null;
}

export interface CertificateStore {
  readonly add: (certificate: Omit<IssuedCertificate, 'revoked'>) => void;
  readonly byFingerprint: (fingerprint: string) => IssuedCertificate | null;
  /** Fingerprints of those of an activation that are neither revoked nor over, oldest first. */
  readonly good: (activationId: string, now: Instant) => readonly string[];
  /** Revokes those of an activation; `except` is spared, and so is everything issued after it. */
  readonly revokeOlder: (activationId: string, at: Instant, except?: IssuedCertificate) => void;
  /** Whether an activation may fetch one without showing one; opened by each activation, closed by the first fetched. */
  readonly isEnrolmentOpen: (activationId: string) => boolean;
  readonly setEnrolmentOpen: (activationId: string, open: boolean) => void;
}

const read = (row: Row): IssuedCertificate => ({
  fingerprint: text(row, 'fingerprint'),
  activationId: text(row, 'activation_id'),
  issued: integer(row, 'issued'),
  notAfter: integer(row, 'not_after'),
  revoked: optionalInteger(row, 'revoked'),
});

export function certificateStore(database: DatabaseSync): CertificateStore {
  const insert = database.prepare(
    'INSERT INTO client_certificate (fingerprint, activation_id, issued, not_after) VALUES (?, ?, ?, ?)',
  );
  const select = database.prepare('SELECT * FROM client_certificate WHERE fingerprint = ?');
  const selectGood = database.prepare(
    `SELECT fingerprint FROM client_certificate
     WHERE activation_id = ? AND revoked IS NULL AND not_after > ? ORDER BY rowid`,
  );
  // By the order of their rows: two can be issued within one millisecond.
  const revoke = database.prepare(
    `UPDATE client_certificate SET revoked = ?1 WHERE activation_id = ?2 AND revoked IS NULL
     AND (?3 IS NULL OR rowid < (SELECT rowid FROM client_certificate WHERE fingerprint = ?3))`,
  );
  const selectOpen = database.prepare('SELECT open FROM enrolment WHERE activation_id = ?');
  const upsertOpen = database.prepare(
    `INSERT INTO enrolment (activation_id, open) VALUES (?, ?)
     ON CONFLICT (activation_id) DO UPDATE SET open = excluded.open`,
  );
  return {
    add: (it) => void insert.run(it.fingerprint, it.activationId, it.issued, it.notAfter),
    byFingerprint: (fingerprint) => {
      const row = select.get(fingerprint);
      return row === undefined ? null : read(row);
    },
    good: (activationId, now) => selectGood.all(activationId, now).map((row) => text(row, 'fingerprint')),
    revokeOlder: (activationId, at, except) => void revoke.run(at, activationId, except?.fingerprint ?? null),
    isEnrolmentOpen: (activationId) => {
      const row = selectOpen.get(activationId);
      // Activations of before there were certificates have no row.
      return row === undefined || integer(row, 'open') === 1;
    },
    setEnrolmentOpen: (activationId, open) => void upsertOpen.run(activationId, open ? 1 : 0),
  };
}
