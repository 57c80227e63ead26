import { describe, expect, it } from 'vitest';
import { contactOf, createContactLog, type Between } from '../../../electron/license/contact-log.ts';
import { inspectedContacts, watchInspection } from '../../../electron/license/inspected-contacts.ts';
import { ok } from '../../../shared/result.ts';

const VENDORS: Between = { productId: 'p', server: undefined };
const LOCAL: Between = { productId: 'p', server: { url: 'https://local.example', pins: [] } };
const OTHER: Between = { productId: 'p', server: { url: 'https://other.example', pins: [] } };

const GOOD = { at: 1, code: null };
const FAILED = { at: 2, code: 'serverUnreachable', facts: { host: 'api.example:443' } } as const;
const INSPECTED = { isPinned: false, issuer: 'Inspection' };

function noting() {
  let written: Parameters<Parameters<typeof createContactLog>[0]['write']>[0] = {};
  const vendors = watchInspection('api.example:443');
  const local = watchInspection('local.example');
  const log = inspectedContacts(
    createContactLog({
      read: () => written,
      write: (next) => {
        written = next;
        return ok(undefined);
      },
    }),
    (server) => (server === undefined ? vendors : local).found(),
  );
  return { log, vendors, local };
}

describe('inspectedContacts', () => {
  it('names who may have read along beside a contact that went well', () => {
    const { log, vendors } = noting();
    vendors.onAccepted(INSPECTED);
    log.note(VENDORS, GOOD);
    expect(log.last(VENDORS)).toEqual({ ...GOOD, facts: { host: 'api.example:443', issuer: 'Inspection' } });
  });

  it('leaves a failure as it is, and forgets as soon as the key was shown', () => {
    const { log, vendors } = noting();
    vendors.onAccepted(INSPECTED);
    log.note(VENDORS, FAILED);
    expect(log.last(VENDORS)).toEqual(FAILED);
    vendors.onAccepted({ isPinned: true, issuer: 'Vendor CA' });
    log.note(VENDORS, GOOD);
    expect(log.last(VENDORS)).toEqual(GOOD);
  });

  it('says nothing of one server that was found at another', () => {
    const { log, vendors, local } = noting();
    vendors.onAccepted(INSPECTED);
    local.onAccepted({ isPinned: true, issuer: 'Customer CA' });
    log.note(LOCAL, GOOD);
    log.note(VENDORS, { ...GOOD, at: 3 });
    expect(log.last(LOCAL)).toEqual(GOOD);
    expect(log.last(VENDORS)?.facts).toEqual({ host: 'api.example:443', issuer: 'Inspection' });
  });
});

describe('the contact log', () => {
  it('keeps what one server said apart from what another did', () => {
    const { log } = noting();
    log.note(VENDORS, GOOD);
    log.note(VENDORS, FAILED);
    log.note(LOCAL, { at: 5, code: null });
    expect([VENDORS, LOCAL, OTHER].map(log.last)).toEqual([FAILED, { at: 5, code: null }, null]);
    expect([VENDORS, LOCAL, OTHER].map(log.lastGood)).toEqual([1, 5, null]);
  });
});

describe('contactOf', () => {
  const held = { activation: { id: 'a' } as never };

  it('is the server that a license was taken from, whatever is chosen for the next one', () => {
    expect(contactOf('p', { ...held, server: LOCAL.server }, undefined)).toEqual(LOCAL);
    expect(contactOf('p', { ...held, server: undefined }, LOCAL.server)).toEqual(VENDORS);
  });

  it('is the chosen one where no license is held', () => {
    expect(contactOf('p', null, LOCAL.server)).toEqual(LOCAL);
    expect(contactOf('p', { activation: null, server: OTHER.server }, undefined)).toEqual(VENDORS);
  });
});
