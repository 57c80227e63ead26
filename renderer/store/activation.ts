import type { StoreApi } from 'zustand';
import type { Bridge, BridgeResult } from '../../shared/contract.ts';
import { normalizeActivationCode } from '../../shared/license/activation-code.ts';
import type { LicenseView } from '../../shared/license/schemas.ts';
import { call } from '../bridge.ts';
import { detailsFrom, seatFrom } from './offline.ts';
import { EMPTY_DRAFT, type AppState } from './state.ts';

export interface ActivationActions {
  readonly activate: (productId: string) => Promise<void>;
  /** The password goes to the main process and is kept nowhere here. */
  readonly activateWithPassword: (productId: string, password: string) => Promise<void>;
  /** Sends the person to the browser; ends when they have come back, or will not any more. */
  readonly signIn: (productId: string) => Promise<void>;
  readonly cancelSignIn: () => Promise<void>;
  /** What went wrong was read, and something else is tried. */
  readonly forgetFailure: () => void;
}

/**
 * @param present gives the bridge; throws where there is none
 * @param afterwards done when an activation has come to its end
 */
export function activationActions(
  present: () => Bridge,
  set: StoreApi<AppState>['setState'],
  get: () => AppState,
  afterwards: () => void,
): ActivationActions {
  const takeSeat = async (productId: string, ask: () => Promise<BridgeResult<LicenseView>>) => {
    if (get().activation.phase === 'running') return;
    set({ activation: { phase: 'running', productId }, linkNotice: null });
    const result = await call(ask);
    if (result.ok) {
      set(({ view }) => ({
        activation: { phase: 'idle' },
        draft: EMPTY_DRAFT,
        view:
          view.screen === 'licenses' || view.screen === 'activate'
            ? { screen: 'activated', license: result.value }
            : view,
      }));
    } else if (result.error.code === 'cancelled') {
      // The person knows: it was their own wish.
      set({ activation: { phase: 'idle' } });
    } else {
      set({ activation: { phase: 'failed', productId, failure: result.error } });
    }
    afterwards();
  };
  return {
    activate: async (productId) => {
      const { draft, activation } = get();
      if (activation.phase === 'running') return;
      const seat = seatFrom(draft, productId);
      set({ draft: { ...draft, code: normalizeActivationCode(draft.code) } });
      await takeSeat(productId, async () => (seat.ok ? await present().license.activate(seat.value) : seat));
    },
    activateWithPassword: async (productId, password) => {
      const { draft } = get();
      const request = { ...detailsFrom(draft, productId), username: draft.username.trim(), password };
      await takeSeat(productId, async () => await present().license.activateWithPassword(request));
    },
    signIn: async (productId) => {
      const request = detailsFrom(get().draft, productId);
      await takeSeat(productId, async () => await present().license.signIn(request));
    },
    forgetFailure: () =>
      set(({ activation }) => (activation.phase === 'failed' ? { activation: { phase: 'idle' } } : {})),
    cancelSignIn: async () => {
      await call(async () => await present().license.cancelSignIn());
    },
  };
}
