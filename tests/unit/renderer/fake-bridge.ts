import type {
  BundlePreview,
  Bridge,
  BridgeResult,
  DeepLink,
  OpenedFile,
  Snapshot,
} from '../../../shared/contract.ts';
import type { LicenseView } from '../../../shared/license/schemas.ts';
import type { CheckResult, DiagnosisReport } from '../../../shared/support/report.ts';
import type { IncomingToken, TokenView } from '../../../shared/offline.ts';

type Answer =
  | LicenseView
  | TokenView
  | IncomingToken
  | DiagnosisReport
  | BundlePreview
  | Record<string, never>
  | { readonly name: string };

/** A bridge in memory whose calls end when the test says so. */
export function fakeBridge(first: Snapshot, link: DeepLink | null = null) {
  const listeners = new Map<string, (payload: never) => void>();
  const waiting: { verb: string; request: unknown; settle: (result: BridgeResult<Answer>) => void }[] = [];
  const wait =
    <T extends Answer = LicenseView>(verb: string) =>
    async (request: unknown) => {
      const { promise, resolve } = Promise.withResolvers<BridgeResult<T>>();
      waiting.push({ verb, request, settle: resolve as (result: BridgeResult<Answer>) => void });
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
      activateWithPassword: wait('activateWithPassword'),
      signIn: wait('signIn'),
      cancelSignIn: async () => ({ ok: true, value: {} }),
      refresh: wait('refresh'),
      pullState: wait('pullState'),
      deactivate: wait('deactivate'),
      changeFeature: wait('changeFeature'),
    },
    offline: {
      makeRequest: wait<TokenView>('makeRequest'),
      discardRequest: wait('discardRequest'),
      token: wait<TokenView>('token'),
      saveToken: wait<{ name: string }>('saveToken'),
      recognise: wait<IncomingToken>('recognise'),
      importToken: wait('importToken'),
      deactivate: wait<TokenView>('offline.deactivate'),
      clearReceipt: wait('clearReceipt'),
    },
    support: {
      diagnose: wait<DiagnosisReport>('diagnose'),
      cancelDiagnosis: wait<Record<string, never>>('cancelDiagnosis'),
      previewBundle: wait<BundlePreview>('previewBundle'),
      saveBundle: wait<{ name: string }>('saveBundle'),
      notePageError: async () => ({ ok: true, value: {} }),
      takeCrash: async () => ({ ok: true, value: null }),
    },
    server: {
      inspectCertificate: async () => ({ ok: true, value: { certificates: [] } }),
      use: async () => ({ ok: false, error: { code: 'localServerForbidden' } }),
      check: async () => ({ ok: false, error: { code: 'internal' } }),
    },
    settings: { change: async () => ({ ok: false, error: { code: 'vaultReadOnly' } }) },
    proxy: {
      signIn: async () => ({ ok: false, error: { code: 'proxyLoginRefused' } }),
      forget: async () => ({ ok: true, value: {} }),
    },
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
    file: (payload: OpenedFile) => listeners.get('openedFile')?.(payload as never),
    check: (payload: CheckResult) => listeners.get('diagnosis')?.(payload as never),
    link: (payload: DeepLink) => listeners.get('deepLink')?.(payload as never),
  };
}
