import type { Snapshot } from '../../shared/contract.ts';
import type { LicenseView } from '../../shared/license/schemas.ts';
import type { AppState } from './state.ts';

/**
 * Takes over a snapshot from the main process, in an event or as an answer. One with a smaller sequence is older than
 * what is shown already (an answer may be overtaken by an event) and changes nothing.
 * @param at monotonic milliseconds now
 */
export function project(state: AppState, snapshot: Snapshot, at: number): AppState {
  if (state.snapshot !== null && snapshot.sequence < state.snapshot.sequence) return state;
  return { ...state, snapshot, snapshotAt: at, connection: { phase: 'ready' } };
}

export function licenseOf(state: Pick<AppState, 'snapshot'>, productId: string): LicenseView | null {
  return state.snapshot?.licenses.find((license) => license.productId === productId) ?? null;
}

/** Whether a seat may be taken now, with a code or an account. */
export function mayActivate(actions: LicenseView['actions']): boolean {
  return actions.includes('activateWithCode') || actions.includes('activateWithAccount');
}

/** The licenses that an activation code may be entered for. */
export function activatable(licenses: readonly LicenseView[]): readonly LicenseView[] {
  return licenses.filter((license) => license.actions.includes('activateWithCode'));
}

/**
 * Whether the overview is the activation form itself: nothing was taken here yet (or nothing is left), so there is
 * nothing else to show. It stays while an activation runs, even when the license turns active before the answer is in.
 */
export function startsWithForm(state: Pick<AppState, 'snapshot' | 'activation'>): boolean {
  const licenses = state.snapshot?.licenses ?? [];
  if (licenses.length === 0) return false;
  const running = state.activation.phase === 'running' ? state.activation.productId : null;
  return licenses.every(
    ({ state, actions, productId }) =>
      (state === 'notActivated' && mayActivate(actions)) || productId === running,
  );
}
