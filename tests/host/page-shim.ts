/**
 * The page's half of the host. It runs in the page before anything else, as Electron runs a preload script, and
 * gives the bundled preload a `require('electron')` of two members. The functions here are sent to the page as text:
 * they may use nothing from outside themselves.
 */

export const BINDING = '__latchkeyHost';

/** What the page says to the host. */
export type PageMessage =
  | { readonly kind: 'attach' }
  | { readonly kind: 'invoke'; readonly channel: string; readonly args: readonly unknown[] }
  | { readonly kind: 'next' };

export type InvokeAnswer =
  { readonly ok: true; readonly value: unknown } | { readonly ok: false; readonly message: string };

export interface Delivery {
  readonly channel: string;
  readonly args: readonly unknown[];
}

type Preload = (require: (name: string) => unknown, module: { exports: object }, exports: object) => void;

/** The script to run in every document, with the text of the preload bundle in it. */
export function initScript(preload: string): string {
  return `(${runPreload.toString()})(${JSON.stringify(BINDING)}, function (require, module, exports) {\n${preload}\n});`;
}

function runPreload(binding: string, preload: Preload): void {
  const scope = globalThis as unknown as Record<string, unknown>;
  const send = scope[binding] as (message: PageMessage) => Promise<unknown>;
  // Neither the page nor a subframe gets the line itself. Electron runs a preload in the main frame only.
  delete scope[binding];
  if (window.top !== window || typeof send !== 'function') return;

  const listeners = new Map<string, Set<(event: object, ...args: unknown[]) => void>>();
  const ipcRenderer = {
    invoke: async (channel: string, ...args: unknown[]) => {
      // Throws on what can't be cloned, as Electron does.
      const answer = (await send({ kind: 'invoke', channel, args: structuredClone(args) })) as InvokeAnswer;
      if (!answer.ok) throw new Error(answer.message);
      return answer.value;
    },
    on: (channel: string, listener: (event: object, ...args: unknown[]) => void) => {
      listeners.set(channel, (listeners.get(channel) ?? new Set()).add(listener));
    },
    off: (channel: string, listener: (event: object, ...args: unknown[]) => void) => {
      listeners.get(channel)?.delete(listener);
    },
  };
  const freeze = (value: unknown): unknown => {
    if ((typeof value === 'object' && value !== null) || typeof value === 'function') {
      for (const child of Object.values(value)) freeze(child);
      Object.freeze(value);
    }
    return value;
  };
  const contextBridge = {
    exposeInMainWorld: (name: string, api: unknown) => {
      Object.defineProperty(globalThis, name, { value: freeze(api), enumerable: true });
    },
  };
  const listen = async () => {
    await send({ kind: 'attach' });
    for (;;) {
      for (const { channel, args } of (await send({ kind: 'next' })) as Delivery[]) {
        for (const listener of listeners.get(channel) ?? []) listener({}, ...args);
      }
    }
  };
  void listen();
  const module = { exports: {} };
  const missing = (name: string) => {
    throw new Error(`a sandboxed preload can not require ${name}`);
  };
  preload(
    (name) => (name === 'electron' ? { contextBridge, ipcRenderer } : missing(name)),
    module,
    module.exports,
  );
}
