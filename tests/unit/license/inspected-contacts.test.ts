import { describe, expect, it } from 'vitest';
import type { ContactLog } from '../../../electron/license/contact-log.ts';
import { inspectedContacts } from '../../../electron/license/inspected-contacts.ts';
import type { LastContact } from '../../../shared/license/types.ts';

function noting() {
  const notes: LastContact[] = [];
  const log: ContactLog = {
    last: () => null,
    lastGood: () => null,
    note: (_, contact) => void notes.push(contact),
  };
  return { notes, ...inspectedContacts(log, 'api.example:443') };
}

const GOOD = { at: 1, code: null };

describe('inspectedContacts', () => {
  it('names who may have read along beside a contact that went well', () => {
    const { notes, contacts, onAccepted } = noting();
    onAccepted({ isPinned: false, issuer: 'Inspection' });
    contacts.note('p', GOOD);
    expect(notes).toEqual([{ ...GOOD, facts: { host: 'api.example:443', issuer: 'Inspection' } }]);
  });

  it('leaves a failure as it is, and forgets as soon as the key was shown', () => {
    const { notes, contacts, onAccepted } = noting();
    const failed = { at: 1, code: 'serverUnreachable', facts: { host: 'api.example:443' } } as const;
    contacts.note('p', GOOD);
    onAccepted({ isPinned: false, issuer: 'Inspection' });
    contacts.note('p', failed);
    onAccepted({ isPinned: true, issuer: 'Vendor CA' });
    contacts.note('p', GOOD);
    expect(notes).toEqual([GOOD, failed, GOOD]);
  });
});
