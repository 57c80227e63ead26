import { contact, seat, terms, type Case } from './derive-case.ts';
import { DAY, HOUR, NOW } from './sample-license.ts';

export const device: readonly Case[] = [
  { name: 'the same device', facts: seat(), state: 'active', codes: [] },
  {
    name: 'an unknown match is not held against the user',
    facts: seat(),
    around: { device: { verdict: 'unknown', changed: [] } },
    state: 'active',
    codes: [],
  },
  {
    name: 'a drifted device',
    facts: seat(),
    around: { device: { verdict: 'drifted', changed: ['mac'] } },
    state: 'active',
    codes: ['deviceDrifted'],
  },
  {
    name: 'another device',
    facts: seat(),
    around: { device: { verdict: 'different', changed: ['cpu', 'board'] } },
    state: 'notActivated',
    codes: ['deviceChanged'],
  },
  {
    name: 'another device outranks an expired lease and entitlement',
    facts: seat({ leaseExpiry: NOW - DAY, entitlement: { status: 'disabled' } }),
    around: { device: { verdict: 'different', changed: [] } },
    state: 'notActivated',
    codes: ['deviceChanged', 'entitlementDisabled', 'leaseExpired'],
  },
  {
    name: 'a virtual machine that is allowed',
    facts: seat(),
    around: { virtualMachine: 'detected' },
    state: 'active',
    codes: ['virtualMachineDetected'],
  },
  {
    name: 'a virtual machine that is forbidden',
    facts: seat(),
    around: { virtualMachine: 'forbidden' },
    state: 'notActivated',
    codes: ['virtualMachineForbidden'],
    actions: ['deactivate'],
  },
  {
    name: 'a virtual machine that is forbidden, with a seat that is another device’s',
    facts: seat(),
    around: { virtualMachine: 'forbidden', device: { verdict: 'different', changed: ['board'] } },
    state: 'notActivated',
    codes: ['deviceChanged', 'virtualMachineForbidden'],
  },
  {
    name: 'a cloned image',
    facts: seat(),
    around: { clonedImage: true },
    state: 'active',
    codes: ['clonedImageSuspected'],
  },
  {
    name: 'a license that another server holds than the one that is chosen now',
    facts: seat(),
    around: { heldAtOther: 'licenses.plant.example:6501' },
    state: 'active',
    codes: ['heldAtOtherServer'],
  },
  {
    name: 'a license of a local server that has not proved to be the vendor’s',
    facts: seat({ leaseExpiry: NOW - 1 }),
    around: { unproven: true },
    state: 'leaseExpired',
    codes: ['leaseExpired', 'localServerUnproven'],
  },
  {
    name: 'a clock behind by one millisecond more than is tolerated',
    facts: seat(),
    clock: { now: NOW, behindBy: 1 },
    state: 'leaseExpired',
    codes: ['clockRolledBack'],
  },
  {
    name: 'a clock within the tolerance',
    facts: seat(),
    clock: { now: NOW, behindBy: 0 },
    state: 'active',
    codes: [],
  },
  {
    name: 'a clock that was put back does not hide a disabled entitlement',
    facts: terms({ status: 'disabled' }),
    clock: { now: NOW, behindBy: DAY },
    state: 'entitlementNotActive',
    codes: ['clockRolledBack', 'entitlementDisabled'],
  },
];

const ahead = (days: number, isCertain = false) => {
  const now = NOW + days * DAY;
  return { now, behindBy: 0, ahead: { by: days * DAY, known: NOW, since: now - HOUR, isCertain } };
};
const endless = { leaseExpiry: null };

export const clockAhead: readonly Case[] = [
  {
    name: 'a clock that the server has contradicted',
    facts: seat(endless),
    clock: ahead(2, true),
    state: 'active',
    codes: ['clockAhead'],
  },
  {
    name: 'a clock ahead of a lease that it says is over',
    facts: seat(),
    clock: ahead(15, true),
    state: 'leaseExpired',
    codes: ['leaseExpired', 'clockAhead'],
  },
  {
    name: 'an online seat after weeks, while nobody has asked the server',
    facts: seat(endless),
    clock: ahead(40),
    state: 'active',
    codes: [],
  },
  {
    name: 'an online seat after weeks, and the server can not be reached',
    facts: seat(endless),
    clock: ahead(40),
    around: { lastContact: { at: NOW + 40 * DAY, code: 'timeout' } },
    state: 'active',
    codes: ['clockAhead', 'serverUnreachable'],
  },
  {
    name: 'an online seat after weeks, and the server could not be reached back then',
    facts: seat(endless),
    clock: ahead(40),
    around: contact('timeout'),
    state: 'active',
    codes: ['serverUnreachable'],
  },
  {
    name: 'an offline seat after weeks',
    facts: seat({ ...endless, mode: 'offline' }),
    clock: ahead(14),
    state: 'active',
    codes: ['clockAhead'],
  },
  {
    name: 'an offline seat after days',
    facts: seat({ ...endless, mode: 'offline' }),
    clock: ahead(13),
    state: 'active',
    codes: [],
  },
];
