import { lease, seat, terms, type Case } from './derive-case.ts';
import { DAY, HOUR, NOW } from './sample-license.ts';

export const leases: readonly Case[] = [
  { name: 'no end', facts: lease({ leaseExpiry: null }), state: 'active', codes: [] },
  {
    name: 'a millisecond left',
    facts: lease({ leaseExpiry: NOW + 1 }),
    state: 'active',
    codes: ['leaseEndsSoon'],
  },
  {
    name: 'exactly at its end',
    facts: lease({ leaseExpiry: NOW }),
    state: 'leaseExpired',
    codes: ['leaseExpired'],
  },
  {
    name: 'a millisecond over',
    facts: lease({ leaseExpiry: NOW - 1 }),
    state: 'leaseExpired',
    codes: ['leaseExpired'],
  },
  {
    name: 'ten days, exactly a fifth left',
    facts: lease({ lastLeaseAt: NOW - 8 * DAY, leaseExpiry: NOW + 2 * DAY }),
    state: 'active',
    codes: ['leaseEndsSoon'],
  },
  {
    name: 'ten days, a little more than a fifth left',
    facts: lease({ lastLeaseAt: NOW - 8 * DAY + 10, leaseExpiry: NOW + 2 * DAY + 10 }),
    state: 'active',
    codes: [],
  },
  {
    name: 'a year, exactly a week left',
    facts: lease({ lastLeaseAt: NOW - 358 * DAY, leaseExpiry: NOW + 7 * DAY }),
    state: 'active',
    codes: ['leaseEndsSoon'],
  },
  {
    name: 'a year, a week and a millisecond left: a fifth is capped',
    facts: lease({ lastLeaseAt: NOW - 358 * DAY, leaseExpiry: NOW + 7 * DAY + 1 }),
    state: 'active',
    codes: [],
  },
  {
    name: 'two hours, exactly one left',
    facts: lease({ lastLeaseAt: NOW - HOUR, leaseExpiry: NOW + HOUR }),
    state: 'active',
    codes: ['leaseEndsSoon'],
  },
  {
    name: 'two hours, a millisecond more than one left',
    facts: lease({ lastLeaseAt: NOW - HOUR, leaseExpiry: NOW + HOUR + 1 }),
    state: 'active',
    codes: [],
  },
  {
    name: 'given after its own end, an hour left',
    facts: lease({ lastLeaseAt: NOW + DAY, leaseExpiry: NOW + HOUR }),
    state: 'active',
    codes: ['leaseEndsSoon'],
  },
  {
    name: 'given long after its own end: its length counts as none',
    facts: lease({ lastLeaseAt: NOW + 100 * DAY, leaseExpiry: NOW + 2 * DAY }),
    state: 'active',
    codes: [],
  },
  {
    name: 'offline',
    facts: seat({ mode: 'offline' }),
    state: 'active',
    codes: ['offlineLease'],
  },
  {
    name: 'offline without an end',
    facts: seat({ mode: 'offline', leaseExpiry: null }),
    state: 'active',
    codes: [],
  },
];

const past = { expiry: NOW - DAY };
export const entitlements: readonly Case[] = [
  {
    name: 'disabled by the vendor',
    facts: terms({ status: 'disabled' }),
    state: 'entitlementNotActive',
    codes: ['entitlementDisabled'],
  },
  {
    name: 'disabled with its customer',
    facts: terms({ status: 'customerDisabled' }),
    state: 'entitlementNotActive',
    codes: ['entitlementDisabled'],
  },
  {
    name: 'exported to another server',
    facts: terms({ status: 'exported' }),
    state: 'entitlementNotActive',
    codes: ['entitlementDisabled'],
  },
  {
    name: 'not started',
    facts: terms({ status: 'created' }),
    state: 'entitlementNotActive',
    codes: ['entitlementNotStarted'],
  },
  {
    name: 'expired by its status',
    facts: terms({ status: 'expired' }),
    state: 'entitlementNotActive',
    codes: ['entitlementExpired'],
  },
  {
    name: 'expired by its status, without a date',
    facts: terms({ status: 'expired', expiry: null }),
    state: 'entitlementNotActive',
    codes: ['entitlementExpired'],
  },
  {
    name: 'expired outranks an expired lease',
    facts: seat({ leaseExpiry: NOW - 1, entitlement: { status: 'expired' } }),
    state: 'entitlementNotActive',
    codes: ['entitlementExpired', 'leaseExpired'],
  },
  {
    name: 'perpetual',
    facts: terms({ expiry: null, graceExpiry: null }),
    state: 'active',
    codes: [],
  },
  {
    name: 'exactly at its end, without grace',
    facts: terms({ expiry: NOW, graceExpiry: null }),
    state: 'entitlementNotActive',
    codes: ['entitlementExpired'],
  },
  {
    name: 'a millisecond before its end',
    facts: terms({ expiry: NOW + 1, graceExpiry: null }),
    state: 'active',
    codes: ['entitlementEndsSoon'],
  },
  {
    name: 'exactly at its end, with grace',
    facts: terms({ expiry: NOW, graceExpiry: NOW + DAY }),
    state: 'active',
    codes: ['gracePeriod'],
  },
  {
    name: 'a millisecond of grace left',
    facts: terms({ ...past, graceExpiry: NOW + 1 }),
    state: 'active',
    codes: ['gracePeriod'],
  },
  {
    name: 'exactly at the end of grace',
    facts: terms({ ...past, graceExpiry: NOW }),
    state: 'entitlementNotActive',
    codes: ['entitlementExpired'],
  },
  {
    name: 'grace over, although the last description said grace',
    facts: terms({ ...past, status: 'gracePeriod', graceExpiry: NOW }),
    state: 'entitlementNotActive',
    codes: ['entitlementExpired'],
  },
  {
    name: 'grace said by the server, without a stated end',
    facts: terms({ ...past, status: 'gracePeriod', graceExpiry: null }),
    state: 'active',
    codes: ['gracePeriod'],
  },
  {
    name: 'grace said by the server, without any date',
    facts: terms({ status: 'gracePeriod', expiry: null, graceExpiry: null }),
    state: 'active',
    codes: ['gracePeriod'],
  },
  {
    name: 'grace said by the server, its end reached, without an expiry',
    facts: terms({ status: 'gracePeriod', expiry: null, graceExpiry: NOW }),
    state: 'entitlementNotActive',
    codes: ['entitlementExpired'],
  },
  {
    name: 'ends in exactly thirty days',
    facts: terms({ expiry: NOW + 30 * DAY }),
    state: 'active',
    codes: ['entitlementEndsSoon'],
  },
  {
    name: 'ends in thirty days and a millisecond',
    facts: terms({ expiry: NOW + 30 * DAY + 1 }),
    state: 'active',
    codes: [],
  },
  {
    name: 'a trial that ends in exactly a week',
    facts: terms({ isTrial: true, expiry: NOW + 7 * DAY }),
    state: 'active',
    codes: ['entitlementEndsSoon'],
  },
  {
    name: 'a trial that ends in a week and a millisecond',
    facts: terms({ isTrial: true, expiry: NOW + 7 * DAY + 1 }),
    state: 'active',
    codes: [],
  },
  {
    name: 'maintenance ends in exactly thirty days',
    facts: terms({ hasMaintenance: true, maintenanceExpiry: NOW + 30 * DAY }),
    state: 'active',
    codes: ['maintenanceEndsSoon'],
  },
  {
    name: 'maintenance ends in thirty days and a millisecond',
    facts: terms({ hasMaintenance: true, maintenanceExpiry: NOW + 30 * DAY + 1 }),
    state: 'active',
    codes: [],
  },
  {
    name: 'maintenance exactly at its end',
    facts: terms({ hasMaintenance: true, maintenanceExpiry: NOW }),
    state: 'active',
    codes: ['maintenanceExpired'],
  },
  {
    name: 'a date of maintenance without maintenance',
    facts: terms({ hasMaintenance: false, maintenanceExpiry: NOW - DAY }),
    state: 'active',
    codes: [],
  },
  {
    name: 'maintenance without a date',
    facts: terms({ hasMaintenance: true, maintenanceExpiry: null }),
    state: 'active',
    codes: [],
  },
];
