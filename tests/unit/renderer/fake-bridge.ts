import type { Bridge, BridgeResult, DeepLink, Snapshot } from '../../../shared/contract.ts';
import type { LicenseView } from '../../../shared/license/schemas.ts';

const NOT_HERE = { ok: false, error: { code: 'internal' } } as const;

/** A bridge in memory whose calls end when the test says so. */
export function fakeBridge(first: Snapshot, link: DeepLink | null = null) {
  const listeners = new Map<string, (payload: never) => void>();
  const waiting: { verb: string; request: unknown; settle: (result: BridgeResult<LicenseView>) => void }[] =
    [];
  const wait = (verb: string) => async (request: unknown) => {
    const { promise, resolve } = Promise.withResolvers<BridgeResult<LicenseView>>();
    waiting.push({ verb, request, settle: resolve });
    return await promise;
  };
  const bridge: Bridge = {
    app: {
      snapshot: async () => ({ ok: true, value: first }),
      takeDeepLink: async () => ({ ok: true, value: link }),
      takeOpenedFile: async () => ({ ok: true, value: null }),
    },
    license: {
      activate: wait('activate'),
      refresh: wait('refresh'),
      pullState: wait('pullState'),
      deactivate: wait('deactivate'),
    },
    offline: {
      makeRequest: async () => NOT_HERE,
      discardRequest: async () => NOT_HERE,
      token: async () => NOT_HERE,
      saveToken: async () => NOT_HERE,
      recognise: async () => NOT_HERE,
      importToken: async () => NOT_HERE,
      deactivate: async () => NOT_HERE,
      clearReceipt: async () => NOT_HERE,
    },
    settings: { change: async () => ({ ok: false, error: { code: 'vaultReadOnly' } }) },
    links: { open: async () => ({ ok: true, value: {} }) },
    on: (event, listener) => {
      listeners.set(event, listener);
      return () => listeners.delete(event);
    },
  };
  return {
    bridge,
    waiting,
    listening: () => [...listeners.keys()],
    send: (snapshot: Snapshot) => listeners.get('snapshot')?.(snapshot as never),
    link: (payload: DeepLink) => listeners.get('deepLink')?.(payload as never),
  };
}
