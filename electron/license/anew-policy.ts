import type { VaultCondition } from '../vault/types.ts';

/**
 * Whether a vault that can't be opened may be set aside when the user activates again. Not where this process merely
 * has no keyring, as the command line in plain Node: for the window the same vault is in order.
 */
export function mayStartAnew({
  keyProblem,
  backend,
}: Pick<VaultCondition, 'keyProblem' | 'backend'>): boolean {
  switch (keyProblem) {
    case 'otherMachine':
    case 'deviceUnread':
    case 'keyringRefused':
      return true;
    case 'keyringUnavailable':
      return backend !== 'none';
    default:
      return false;
  }
}
