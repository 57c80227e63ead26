import { fork } from 'node:child_process';
import { once } from 'node:events';
import type { LicensingApi } from '../../licensing-api/server.ts';

/** How the server is reached; it runs in another process. */
export type Access = Pick<
  LicensingApi,
  'url' | 'caPem' | 'tenantId' | 'productId' | 'profile' | 'management'
>;

export interface ServerState {
  /** Ids of the activations that have not ended. */
  readonly seats: readonly string[];
  /** Bytes of memory, and of its heap. */
  readonly rss: number;
  readonly heapUsed: number;
  /** Milliseconds that it was at work since its start. */
  readonly cpu: number;
}

export type FromServer =
  { readonly kind: 'ready'; readonly access: Access } | ({ readonly kind: 'state' } & ServerState);

export type ToServer = { readonly ask: 'state' | 'close'; readonly entitlements: readonly string[] };

export interface ServerProcess {
  readonly access: Access;
  readonly state: (entitlements: readonly string[]) => Promise<ServerState>;
  readonly close: () => Promise<void>;
}

/** @param dataDir its folder; it is to be an empty one */
export async function startServerProcess(dataDir: string): Promise<ServerProcess> {
  const child = fork(new URL('./server-child.ts', import.meta.url), { stdio: 'inherit' });
  const next = async (): Promise<FromServer> => {
    const gone = new AbortController();
    const ended = once(child, 'exit', { signal: gone.signal }).then(() => {
      throw new Error('the server has ended');
    });
    const message = once(child, 'message').then(([said]) => said as FromServer);
    const said = await Promise.race([message, ended]);
    ended.catch(() => undefined);
    gone.abort();
    return said;
  };
  child.send({ dataDir });
  const ready = await next();
  if (ready.kind !== 'ready') throw new Error('the server says something else');
  const tell = (message: ToServer): void => void child.send(message);
  return {
    access: ready.access,
    state: async (entitlements) => {
      tell({ ask: 'state', entitlements });
      const said = await next();
      if (said.kind !== 'state') throw new Error('the server says something else');
      return said;
    },
    close: async () => {
      const ended = once(child, 'exit');
      tell({ ask: 'close', entitlements: [] });
      await ended;
    },
  };
}
