import type { ActivationMode, LicenseState } from './types.ts';

/** What a user may do with a license. Closed; the server of the window refuses everything that is not allowed. */
export const ACTIONS = [
  'activateWithCode',
  'activateWithAccount',
  'makeOfflineRequest',
  'importResponse',
  'refresh',
  'importRefresh',
  'pullState',
  'checkoutFeature',
  'returnFeature',
  'deactivate',
  'exportLicenseFile',
] as const;

export type Action = (typeof ACTIONS)[number];

const ACTIVATE: readonly Action[] = [
  'activateWithCode',
  'activateWithAccount',
  'makeOfflineRequest',
  'importResponse',
];

/**
 * The actions that a state allows (design, section 2). Pure and total.
 * @param state the derived state
 * @param mode how the seat was taken; null when there is none. Offline seats can't check features out or return
 *   them and are refreshed by a file instead of a call.
 */
export function allowedActions(state: LicenseState, mode: ActivationMode | null): readonly Action[] {
  const refresh: Action = mode === 'offline' ? 'importRefresh' : 'refresh';
  switch (state) {
    case 'uninitialized':
      return [];
    case 'notActivated':
      return ACTIVATE;
    case 'active':
      return mode === 'offline'
        ? [refresh, 'deactivate', 'exportLicenseFile']
        : [refresh, 'pullState', 'checkoutFeature', 'returnFeature', 'deactivate', 'exportLicenseFile'];
    case 'leaseExpired':
      return [refresh, 'deactivate'];
    case 'entitlementNotActive':
      return mode === 'offline'
        ? [refresh, 'deactivate', 'activateWithCode']
        : ['pullState', 'deactivate', 'activateWithCode', 'activateWithAccount'];
  }
}
