import type { Summary } from './summary.ts';

/** What lies in invented data folders, for the tests of the rules. */

export const EMPTY: Summary = {
  problem: null,
  damage: [],
  revision: 5,
  deviceRevision: 2,
  mark: 1000,
  activation: null,
  ended: null,
  online: false,
  held: null,
  requests: [],
  receipts: [],
  releases: [],
  withdrawals: false,
  suspended: false,
  keys: [],
  features: {},
  file: null,
  placed: null,
  journal: null,
  theme: 'system',
  install: 'a',
};

export const ONLINE: Summary = {
  ...EMPTY,
  activation: { id: 'act_1', mode: 'online', lease: 10, entitlement: 'ent_1' },
  online: true,
};
