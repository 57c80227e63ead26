import type { StoreApi } from 'zustand/vanilla';
import type { Bridge } from '../../shared/contract.ts';
import { failure, type Failure } from '../../shared/errors.ts';
import { LONGEST_CODE, normalizeActivationCode } from '../../shared/license/activation-code.ts';
import type { LicenseView } from '../../shared/license/schemas.ts';
import { call } from '../bridge.ts';
import { findToken, type Found } from '../offline/find-token.ts';
import { NO_INTAKE, type Applicable, type Incoming, type Place } from './incoming.ts';
import { EMPTY_DRAFT, type AppState, type Draft, type OfflineStep, type View } from './state.ts';

/** What was brought, read in the page: texts of files, of codes, of the clipboard. */
export interface Brought {
  readonly texts: readonly string[];
  /** What to say where none of them is a token. */
  readonly failure: Failure;
}

/** What the screens can ask for in the offline exchange. */
export interface OfflineActions {
  /** Makes a request of what is in the form, and goes on to the step of carrying it. */
  readonly makeRequest: (productId: string) => Promise<void>;
  readonly tokenOf: Bridge['offline']['token'];
  readonly saveToken: Bridge['offline']['saveToken'];
  readonly discardRequest: Bridge['offline']['discardRequest'];
  readonly clearReceipt: Bridge['offline']['clearReceipt'];
  /** Takes something in that may be a token, finds out what it is, and asks or applies. */
  readonly bringIn: (brought: Promise<Brought>, place: Place) => Promise<void>;
  /** Applies what was asked about. */
  readonly applyIncoming: () => Promise<void>;
  /** Puts away what was brought; what is being applied stays. */
  readonly putAway: () => void;
}

/** The page of the offline exchange, at its newest request. */
export function offlineView(productId: string, step: OfflineStep): View {
  return { screen: 'offline', productId, step, requestId: null };
}

/** Where a license's receipts are: the page of the only one, else the list. */
export function receiptsView({ productId, offline }: Pick<LicenseView, 'productId' | 'offline'>): View {
  const [first, ...others] = offline.receipts;
  return first === undefined || others.length > 0
    ? { screen: 'receipts', productId }
    : { screen: 'receipt', productId, id: first.id };
}

/** The seat that a form asks for, or why the contract can't take it. */
export function seatFrom(draft: Draft, productId: string) {
  const code = normalizeActivationCode(draft.code);
  // The contract takes no longer code; the sentence about a malformed one says more than a refused call.
  if (code.length === 0 || code.length > LONGEST_CODE) {
    return { ok: false, error: failure('activationCodeMalformed') } as const;
  }
  return { ok: true, value: { ...detailsFrom(draft, productId), code } } as const;
}

/** What is asked for of a seat, whoever asks. */
export function detailsFrom(draft: Draft, productId: string) {
  const seatName = draft.seatName.trim();
  const { editionId } = draft;
  return {
    productId,
    ...(seatName === '' ? {} : { seatName }),
    ...(editionId === null ? {} : { editionId }),
  };
}

/** @param present gives the bridge; throws where there is none */
export function offlineActions(
  present: () => Bridge,
  set: StoreApi<AppState>['setState'],
  get: () => AppState,
): OfflineActions {
  const put = (incoming: Incoming) => set(({ intake }) => ({ intake: { ...intake, incoming } }));

  const apply = async (token: Applicable) => {
    put({ phase: 'applying', token });
    const result = await call(async () => await present().offline.importToken({ text: token.jwe }));
    if (!result.ok) {
      put({ phase: 'failed', failure: result.error, kind: token.kind });
      return;
    }
    const license = result.value;
    const { productId } = license;
    set(
      token.kind === 'refresh'
        ? {
            intake: NO_INTAKE,
            view: { screen: 'license', productId },
            operations: { [productId]: { kind: 'refresh', phase: 'done', license } },
          }
        : { intake: NO_INTAKE, draft: EMPTY_DRAFT, view: { screen: 'activated', license }, operations: {} },
    );
  };

  const sort = async (found: Found, place: Place) => {
    if (found.found === 'nothing') {
      const incoming = { phase: 'failed', failure: found.failure, kind: null } as const;
      set(({ intake }) => ({ intake: { ...intake, codes: found.collection, incoming } }));
      return;
    }
    if (found.found === 'parts') {
      const { collection, missing, total } = found;
      set(({ intake }) => ({
        intake: { ...intake, codes: collection, incoming: { phase: 'parts', missing, total } },
      }));
      return;
    }
    const { kind, jwe } = found;
    if (kind === 'activation-request' || kind === 'deactivation') {
      put({ phase: 'elsewhere', kind });
      return;
    }
    const recognised = await call(async () => await present().offline.recognise({ text: jwe }));
    if (get().intake.incoming.phase !== 'reading') return;
    const productId = recognised.ok ? recognised.value.productId : null;
    if (productId === null) {
      const problem = recognised.ok ? failure('tokenForOtherDevice') : recognised.error;
      put({ phase: 'failed', failure: problem, kind });
      return;
    }
    const token = { kind, productId, jwe } as const;
    if (place !== 'window' && place.zone === productId) await apply(token);
    else set(({ intake }) => ({ intake: { ...intake, place: 'window', incoming: { phase: 'ask', token } } }));
  };

  return {
    makeRequest: async (productId) => {
      if (get().making.phase === 'running') return;
      const seat = seatFrom(get().draft, productId);
      set({ making: { phase: 'running' } });
      const made = seat.ok ? await call(async () => await present().offline.makeRequest(seat.value)) : seat;
      if (!made.ok) {
        set({ making: { phase: 'failed', failure: made.error } });
        return;
      }
      const requestId = made.value.id;
      set(({ view }) => ({
        making: { phase: 'idle' },
        draft: EMPTY_DRAFT,
        // Somebody who has turned to another screen meanwhile is not called back to this one.
        view:
          view.screen === 'offline' && view.productId === productId
            ? { screen: 'offline', productId, step: 'carry', requestId }
            : view,
      }));
    },
    tokenOf: async (request) => await call(async () => await present().offline.token(request)),
    saveToken: async (request) => await call(async () => await present().offline.saveToken(request)),
    discardRequest: async (request) =>
      await call(async () => await present().offline.discardRequest(request)),
    clearReceipt: async (request) => await call(async () => await present().offline.clearReceipt(request)),
    bringIn: async (brought, place) => {
      // One at a time: what is being applied can't be taken back, and what is being read is there in a moment.
      const { phase } = get().intake.incoming;
      if (phase === 'reading' || phase === 'applying') return;
      set(({ intake }) => ({ intake: { codes: intake.codes, place, incoming: { phase: 'reading' } } }));
      const { texts, failure: nothing } = await brought;
      await sort(findToken(texts, get().intake.codes, nothing), place);
    },
    applyIncoming: async () => {
      const { incoming } = get().intake;
      if (incoming.phase === 'ask') await apply(incoming.token);
    },
    putAway: () => set(({ intake }) => (intake.incoming.phase === 'applying' ? {} : { intake: NO_INTAKE })),
  };
}
