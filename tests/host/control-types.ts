import type { Recorded } from './recorder.ts';

/** Who a forged message claims to come from; what a test leaves out is as in a message of our own page. */
export interface ForgedSender {
  /** `other`: web contents that are not our window's. */
  readonly contents?: 'ours' | 'other';
  /** null: the frame has gone. `destroyed`: reading it throws, as Electron's frames do once they are gone. */
  readonly frame?:
    | null
    | 'destroyed'
    | {
        readonly isSubframe?: boolean;
        readonly isDetached?: boolean;
        readonly origin?: string;
        readonly url?: string;
      };
}

/** What a test may ask of the process that runs the application. */
export type Question =
  | { readonly kind: 'facts' }
  | { readonly kind: 'serve'; readonly method: string; readonly url: string }
  | { readonly kind: 'allows'; readonly url: string; readonly resourceType: 'script' | 'image' | 'other' }
  | {
      readonly kind: 'permission';
      readonly how: 'check' | 'request';
      readonly permission: string;
      readonly origin: string;
      readonly isMainFrame: boolean;
      /** Whether a page is behind it; Chromium also asks on behalf of none. */
      readonly hasContents: boolean;
    }
  | { readonly kind: 'device'; readonly deviceType: 'hid' | 'serial' | 'usb' }
  | { readonly kind: 'displayMedia' }
  | {
      readonly kind: 'emit';
      readonly target: 'app' | 'contents' | 'session' | 'window' | 'ipcMain' | 'powerMonitor';
      readonly event: string;
      readonly members: Readonly<Record<string, unknown>>;
      readonly args: readonly unknown[];
    }
  | { readonly kind: 'windowOpen'; readonly url: string }
  | {
      readonly kind: 'invoke';
      readonly channel: string;
      readonly args: readonly unknown[];
      readonly sender: ForgedSender;
    }
  /** Makes another web contents, as a webview or a stray window would, and tells what guards it. */
  | { readonly kind: 'otherContents' }
  | { readonly kind: 'closeWindow' }
  /** Something fails in the main process that nobody has foreseen and nobody catches. */
  | {
      readonly kind: 'fail';
      readonly how: 'exception' | 'rejection';
      readonly message: string;
      readonly cause: string;
    };

export type ToHost = { readonly id: number; readonly question: Question };

export type FromHost =
  | { readonly type: 'ready'; readonly endpoint: string | null }
  | { readonly type: 'record'; readonly entry: Recorded }
  | { readonly type: 'answer'; readonly id: number; readonly value: unknown }
  | { readonly type: 'failed'; readonly id: number; readonly message: string };

/** What is known of the application after its start. */
export interface Facts {
  readonly sandboxEnabled: boolean;
  readonly protocolClient: string | null;
  readonly schemes: readonly { readonly scheme: string; readonly privileges?: object }[];
  readonly window: Readonly<Record<string, unknown>>;
  readonly webPreferences: Readonly<Record<string, unknown>>;
  readonly session: {
    readonly partition: string;
    readonly options: object;
    readonly spellChecker: boolean;
    readonly schemes: readonly string[];
  };
  readonly webRtcPolicy: string;
  readonly ipc: {
    readonly handlers: readonly string[];
    readonly listeners: readonly string[];
    readonly everListened: readonly string[];
  };
  /** Roles and captions of the menu, flattened. */
  readonly menu: readonly { readonly role?: string; readonly label?: string }[];
  readonly themeSource: string;
}
