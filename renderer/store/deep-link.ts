import type { DeepLink } from '../../shared/contract.ts';
import { normalizeActivationCode } from '../../shared/license/activation-code.ts';
import { activatable } from './projection.ts';
import { EMPTY_DRAFT, type AppState } from './state.ts';

/**
 * Follows a link from outside as far as a link may go: it opens the form and fills the code in. It never submits, and
 * while an activation runs or nothing is known yet it waits, so that it can't change what is under way.
 */
export function followLink(state: AppState, link: DeepLink): AppState {
  if (state.snapshot === null || state.activation.phase === 'running') return { ...state, heldLink: link };
  const { licenses } = state.snapshot;
  const held: AppState = { ...state, heldLink: null, linkNotice: null };
  const named = licenses.find(({ productId }) => productId === link.productId) ?? null;
  if (link.productId !== null && named === null) {
    return { ...held, view: { screen: 'licenses' }, linkNotice: { kind: 'productUnknown' } };
  }
  const open = activatable(licenses);
  const target = named ?? (licenses.length === 1 ? (licenses[0] ?? null) : null);
  if (target === null ? open.length === 0 : !open.includes(target)) {
    const productName = (target ?? licenses[0])?.productName ?? '';
    return { ...held, view: { screen: 'licenses' }, linkNotice: { kind: 'notNow', productName } };
  }
  return {
    ...held,
    view: { screen: 'activate', productId: target?.productId ?? null },
    draft: {
      ...EMPTY_DRAFT,
      seatName: state.draft.seatName,
      code: normalizeActivationCode(link.code ?? ''),
      fromLink: link.code !== null,
    },
    activation: { phase: 'idle' },
  };
}
