import type { Facts } from '../../shared/facts.ts';
import type { Between, ContactLog } from './contact-log.ts';

/** Whether somebody may read along at one server, for a vendor that allows it and wants its users to know. */
export interface Inspection {
  /** Told of every connection to the server that was made. */
  readonly onAccepted: (peer: { readonly isPinned: boolean; readonly issuer: string | undefined }) => void;
  /** Who issued the certificate of the last connection; null = a pinned key was shown. */
  readonly found: () => Facts | null;
}

/** @param host host and port of the server */
export function watchInspection(host: string): Inspection {
  let inspected: Facts | null = null;
  return {
    onAccepted: ({ isPinned, issuer = 'unknown' }) => {
      inspected = isPinned ? null : { host, issuer };
    },
    found: () => inspected,
  };
}

/**
 * Puts who issued the certificate of a connection without a pinned key beside the contacts that went well over it, so
 * that every window and command shows it (`connectionInspected`).
 * @param foundAt what is known of the connection to a server; that of another one says nothing
 */
export function inspectedContacts(
  contacts: ContactLog,
  foundAt: (server: Between['server']) => Facts | null,
): ContactLog {
  return {
    ...contacts,
    note: (between, contact) => {
      const inspected = contact.code === null ? foundAt(between.server) : null;
      contacts.note(between, inspected === null ? contact : { ...contact, facts: { ...inspected } });
    },
  };
}
