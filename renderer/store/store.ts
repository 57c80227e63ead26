import { createStore, type StoreApi } from 'zustand/vanilla';
import type { Bridge, OpenedFile, RequestOf } from '../../shared/contract.ts';
import { failure, type Failure } from '../../shared/errors.ts';
import type { Settings } from '../../shared/settings.ts';
import { call } from '../bridge.ts';
import { activationActions, type ActivationActions } from './activation.ts';
import { followLink } from './deep-link.ts';
import { diagnosisActions, withCheck, type DiagnosisActions } from './diagnosis.ts';
import { offlineActions, type Brought, type OfflineActions } from './offline.ts';
import { licenseOf, project } from './projection.ts';
import { serverActions, type ServerActions } from './server.ts';
import { NO_INTAKE } from './incoming.ts';
import { INITIAL_STATE, type AppState, type Draft, type OperationKind, type View } from './state.ts';

/** What the screens can ask for. Each asks the main process or turns a page; none decides about a license. */
export interface AppActions extends OfflineActions, DiagnosisActions, ActivationActions, ServerActions {
  /** Asks for the snapshot and listens from now on; the returned function ends the listening. */
  readonly start: () => () => void;
  /** Asks for the snapshot once more. */
  readonly reload: () => Promise<void>;
  readonly show: (view: View) => void;
  readonly edit: (change: Partial<Draft>) => void;
  readonly operate: (kind: Exclude<OperationKind, 'changeFeature'>, productId: string) => Promise<void>;
  /** Takes elements of a pool for this device or puts them back. @returns whether it was done */
  readonly changeFeature: (request: RequestOf<'license.changeFeature'>) => Promise<boolean>;
  readonly forgetOperation: (productId: string) => void;
  readonly changeSettings: (change: Partial<Settings>) => Promise<void>;
  /** @returns why it went wrong; null = the proxy took it. The password is kept nowhere here. */
  readonly signInToProxy: (request: RequestOf<'proxy.signIn'>) => Promise<Failure | null>;
  /** Forgets the logins at proxies. */
  readonly signOutOfProxies: () => Promise<void>;
  readonly openLink: Bridge['links']['open'];
}

export type App = AppState & AppActions;

/**
 * The store: a projection of the main process's snapshot and events, and what a person is doing on the screens.
 * @param bridge the way to the main process; null when it is missing
 * @param monotonic milliseconds that only grow, such as `performance.now`
 */
export function createApp(bridge: Bridge | null, monotonic: () => number): StoreApi<App> {
  return createStore<App>()((set, get) => {
    const reload = async () => {
      const result = await call(async () => await required(bridge).app.snapshot());
      if (result.ok) set((state) => project(state, result.value, monotonic()));
      else if (get().snapshot === null) set({ connection: { phase: 'failed', failure: result.error } });
    };
    const followHeld = () => {
      const { heldLink } = get();
      if (heldLink !== null) set((state) => followLink(state, heldLink));
    };
    const exchange = offlineActions(() => required(bridge), set, get);
    // Opened from outside: nothing is done with it unasked.
    const takeFile = ({ text, error }: OpenedFile): void => {
      const brought: Brought = {
        texts: text === null ? [] : [text],
        failure: error === null ? failure('tokenMalformed') : failure(error.code, error.facts),
      };
      void exchange.bringIn(Promise.resolve(brought), 'window');
    };
    return {
      ...INITIAL_STATE,
      ...exchange,
      ...diagnosisActions(() => required(bridge), set, get),
      ...activationActions(() => required(bridge), set, get, followHeld),
      ...serverActions(() => required(bridge)),
      reload: async () => {
        if (get().snapshot === null) set({ connection: { phase: 'loading' } });
        await reload();
        followHeld();
      },
      start: () => {
        // Listening comes first: what happens between the question and its answer is not lost.
        const ends =
          bridge === null
            ? []
            : [
                bridge.on('snapshot', (snapshot) => {
                  set((state) => project(state, snapshot, monotonic()));
                  followHeld();
                }),
                bridge.on('deepLink', (link) => set((state) => followLink(state, link))),
                bridge.on('openedFile', takeFile),
                bridge.on('diagnosis', (check) =>
                  set(({ diagnosis }) => ({ diagnosis: withCheck(diagnosis, check) })),
                ),
              ];
        const begin = async () => {
          await reload();
          followHeld();
          const link = await call(async () => await required(bridge).app.takeDeepLink());
          if (link.ok && link.value !== null) {
            const { value } = link;
            set((state) => followLink(state, value));
          }
          const file = await call(async () => await required(bridge).app.takeOpenedFile());
          if (file.ok && file.value !== null) takeFile(file.value);
        };
        void begin();
        void get().lookForCrash();
        return () => ends.forEach((end) => end());
      },
      show: (view) =>
        set(({ activation, making, intake }) => ({
          view,
          operations: {},
          making: making.phase === 'failed' ? { phase: 'idle' } : making,
          // What a page's zone said belongs to that page.
          intake: intake.place === 'window' || intake.incoming.phase === 'applying' ? intake : NO_INTAKE,
          linkNotice: null,
          settingsFailure: null,
          // What went wrong was read; the form keeps what was typed. A call under way goes on.
          activation: activation.phase === 'failed' ? { phase: 'idle' } : activation,
        })),
      edit: (change) => set(({ draft }) => ({ draft: { ...draft, ...change } })),
      operate: async (kind, productId) => {
        if (get().operations[productId]?.phase === 'running') return;
        const put = (operation: AppState['operations'][string]) =>
          set(({ operations }) => ({ operations: { ...operations, [productId]: operation } }));
        put({ kind, phase: 'running' });
        if (kind === 'deactivate' && licenseOf(get(), productId)?.activation?.mode === 'offline') {
          const made = await call(async () => await required(bridge).offline.deactivate({ productId }));
          if (!made.ok) put({ kind, phase: 'failed', failure: made.error });
          // Wherever the person is by now: the file has to be carried.
          else get().show({ screen: 'receipt', productId, id: made.value.id });
          return;
        }
        const result = await call(async () => await required(bridge).license[kind]({ productId }));
        // Somebody who has turned to another screen meanwhile is not called back to this one.
        const current = get().operations[productId];
        if (current?.phase !== 'running' || current.kind !== kind) return;
        if (!result.ok) put({ kind, phase: 'failed', failure: result.error });
        else if (kind === 'deactivate') get().show({ screen: 'licenses' });
        else put({ kind, phase: 'done', license: result.value });
      },
      changeFeature: async (request) => {
        const { productId } = request;
        if (get().operations[productId]?.phase === 'running') return false;
        const put = (operation: AppState['operations'][string]) =>
          set(({ operations }) => ({ operations: { ...operations, [productId]: operation } }));
        put({ kind: 'changeFeature', phase: 'running' });
        const result = await call(async () => await required(bridge).license.changeFeature(request));
        if (get().operations[productId]?.kind === 'changeFeature') {
          put(
            result.ok
              ? { kind: 'changeFeature', phase: 'done', license: result.value }
              : { kind: 'changeFeature', phase: 'failed', failure: result.error },
          );
        }
        return result.ok;
      },
      forgetOperation: (productId) =>
        set(({ operations }) => {
          const { [productId]: forgotten, ...rest } = operations;
          return forgotten?.phase === 'running' ? {} : { operations: rest };
        }),
      changeSettings: async (change) => {
        set({ settingsFailure: null });
        const result = await call(async () => await required(bridge).settings.change(change));
        if (!result.ok) set({ settingsFailure: result.error });
      },
      signInToProxy: async (request) => {
        const result = await call(async () => await required(bridge).proxy.signIn(request));
        return result.ok ? null : result.error;
      },
      signOutOfProxies: async () => {
        set({ settingsFailure: null });
        const result = await call(async () => await required(bridge).proxy.forget());
        if (!result.ok) set({ settingsFailure: result.error });
      },
      openLink: async (request) => await call(async () => await required(bridge).links.open(request)),
    };
  });
}

/** Turns a missing bridge into a throw, which `call` turns into a failure. */
function required(bridge: Bridge | null): Bridge {
  if (bridge === null) throw new Error('no bridge');
  return bridge;
}
