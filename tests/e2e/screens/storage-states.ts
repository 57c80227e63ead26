import { DAY, held, license, NOW } from './samples.ts';
import type { State } from './states.ts';

/** What is wrong with the storage or the clock of the device. */
export const STORAGE_STATES: readonly State[] = [
  {
    name: 'vault-locked',
    licenses: [license({ facts: null, around: { vault: 'unavailable' } })],
  },
  {
    name: 'vault-unread',
    licenses: [license({ facts: null, around: { vault: 'unread' } })],
  },
  {
    name: 'vault-full',
    licenses: [license({ facts: held(), around: { vault: 'full' } })],
  },
  {
    name: 'vault-rolled-back',
    licenses: [license({ facts: held(), around: { vault: 'rolledBack' } })],
  },
  {
    name: 'detail-clock-ahead',
    licenses: [
      license({
        facts: held({ mode: 'offline' }),
        clock: { ahead: { by: 20 * DAY, known: NOW - 20 * DAY, since: NOW - DAY, isCertain: false } },
      }),
    ],
  },
  {
    name: 'vault-damaged',
    licenses: [license({ facts: null, around: { vault: 'damaged' }, view: { lastContactAt: null } })],
  },
];
