import type { Page } from 'playwright';
import type {
  BridgeResult,
  Channel,
  EventName,
  EventOf,
  RequestOf,
  ResponseOf,
} from '../../../shared/contract.ts';

/** Answers that are given at once, by channel. A call on any other channel waits for `answer`. */
export type Script = { readonly [C in Channel]?: BridgeResult<ResponseOf<C>> };

interface Call {
  readonly channel: string;
  readonly request: unknown;
  readonly settle: (result: unknown) => void;
}

interface FakeBridge {
  readonly calls: Call[];
  readonly emit: (event: string, payload: unknown) => void;
}

/** Runs in the page, before its own script: a bridge whose every answer the test decides. */
function install({ channels, script }: { channels: readonly string[]; script: Record<string, unknown> }) {
  const calls: Call[] = [];
  const listeners = new Map<string, Set<(payload: unknown) => void>>();
  const groups: Record<string, Record<string, (request?: unknown) => Promise<unknown>>> = {};
  for (const channel of channels) {
    const [group = '', name = ''] = channel.split('.');
    groups[group] ??= {};
    groups[group][name] = async (request) => {
      const { promise, resolve } = Promise.withResolvers<unknown>();
      calls.push({ channel, request, settle: resolve });
      if (channel in script) resolve(script[channel]);
      return await promise;
    };
  }
  const on = (event: string, listener: (payload: unknown) => void) => {
    const set = listeners.get(event) ?? new Set();
    listeners.set(event, set.add(listener));
    return () => set.delete(listener);
  };
  const emit = (event: string, payload: unknown) => {
    for (const listener of listeners.get(event) ?? []) listener(payload);
  };
  Object.assign(globalThis, { latchkey: { ...groups, on }, fakeBridge: { calls, emit } });
}

const CHANNELS: readonly Channel[] = [
  'app.snapshot',
  'app.takeDeepLink',
  'app.takeOpenedFile',
  'license.activate',
  'license.activateWithPassword',
  'license.signIn',
  'license.cancelSignIn',
  'license.refresh',
  'license.pullState',
  'license.deactivate',
  'license.changeFeature',
  'offline.makeRequest',
  'offline.discardRequest',
  'offline.token',
  'offline.saveToken',
  'offline.recognise',
  'offline.importToken',
  'offline.deactivate',
  'offline.clearReceipt',
  'support.diagnose',
  'support.cancelDiagnosis',
  'support.previewBundle',
  'support.saveBundle',
  'support.notePageError',
  'support.takeCrash',
  'server.inspectCertificate',
  'server.use',
  'server.check',
  'settings.change',
  'proxy.signIn',
  'proxy.forget',
  'links.open',
];

/** Puts the bridge into a page that is about to be loaded. */
export async function installFakeBridge(page: Page, script: Script): Promise<void> {
  await page.addInitScript(install, { channels: CHANNELS, script });
}

/** The requests made on a channel so far, oldest first. */
export async function requestsOn<C extends Channel>(page: Page, channel: C): Promise<RequestOf<C>[]> {
  return await page.evaluate(
    (wanted) =>
      (globalThis as unknown as { fakeBridge: FakeBridge }).fakeBridge.calls
        .filter(({ channel }) => channel === wanted)
        .map(({ request }) => request as never),
    channel,
  );
}

/** Answers the latest call on a channel. */
export async function answer<C extends Channel>(
  page: Page,
  channel: C,
  result: BridgeResult<ResponseOf<C>>,
): Promise<void> {
  await page.evaluate(
    ([wanted, value]) => {
      const { calls } = (globalThis as unknown as { fakeBridge: FakeBridge }).fakeBridge;
      const call = calls.findLast(({ channel }) => channel === wanted);
      if (call === undefined) throw new Error(`nobody called ${wanted}`);
      call.settle(value);
    },
    [channel, result] as const,
  );
}

export async function emit<E extends EventName>(page: Page, event: E, payload: EventOf<E>): Promise<void> {
  await page.evaluate(
    ([name, value]) => (globalThis as unknown as { fakeBridge: FakeBridge }).fakeBridge.emit(name, value),
    [event, payload] as const,
  );
}
