import type { Facts } from '../../shared/facts.ts';
import type { ContactLog } from './contact-log.ts';

/** Whether somebody may read along, for a vendor that allows it and wants its users to know. */
export interface InspectedContacts {
  readonly contacts: ContactLog;
  /** Told of every connection to the server that was made. */
  readonly onAccepted: (peer: { readonly isPinned: boolean; readonly issuer: string | undefined }) => void;
}

/**
 * Puts who issued the certificate of a connection without a pinned key beside the contacts that went well over it, so
 * that every window and command shows it (`connectionInspected`).
 * @param host host and port of the server
 */
export function inspectedContacts(contacts: ContactLog, host: string): InspectedContacts {
  let inspected: Facts | null = null;
  return {
    contacts: {
      ...contacts,
      note: (productId, contact) => {
        const isGood = contact.code === null && inspected !== null;
        contacts.note(productId, isGood ? { ...contact, facts: { ...inspected } } : contact);
      },
    },
    onAccepted: ({ isPinned, issuer = 'unknown' }) => {
      inspected = isPinned ? null : { host, issuer };
    },
  };
}
