import { connect, type Socket } from 'node:net';
import { plainPeer } from './peers.ts';

/** What a front does with a connection. */
export type Passage =
  | { readonly kind: 'open' }
  /** Breaks off at once. */
  | { readonly kind: 'shut' }
  /** Takes the connection and says nothing. */
  | { readonly kind: 'silent' }
  /** Leads to another peer than the server. */
  | { readonly kind: 'astray'; readonly port: number }
  /** Breaks off after so many bytes of one side, counted from the first of the connection. */
  | { readonly kind: 'frail'; readonly of: 'client' | 'server'; readonly bytes: number };

/** A place between client and server where the network goes wrong, at an address that stays the same. */
export interface Front {
  readonly port: number;
  /** For the connections from now on. */
  readonly set: (passage: Passage) => void;
  readonly close: () => Promise<void>;
}

export async function openFront(server: number): Promise<Front> {
  let passage: Passage = { kind: 'open' };
  const { port, close } = await plainPeer((socket) => {
    if (passage.kind === 'shut') socket.resetAndDestroy();
    else if (passage.kind === 'astray') join(socket, passage.port, null);
    else if (passage.kind === 'frail') join(socket, server, passage);
    else if (passage.kind === 'open') join(socket, server, null);
  });
  return {
    port,
    close,
    set: (next) => {
      passage = next;
    },
  };
}

function join(socket: Socket, port: number, limit: Extract<Passage, { kind: 'frail' }> | null): void {
  const server = connect(port, '127.0.0.1');
  server.on('error', () => undefined);
  let left = limit?.bytes ?? Infinity;
  const pass = (of: 'client' | 'server', to: Socket) => (chunk: Buffer) => {
    if (of !== limit?.of) {
      to.write(chunk);
      return;
    }
    to.write(chunk.subarray(0, Math.max(0, left)));
    left -= chunk.length;
    if (left > 0) return;
    setImmediate(() => {
      server.destroy();
      socket.resetAndDestroy();
    });
  };
  socket.on('data', pass('client', server));
  server.on('data', pass('server', socket));
  socket.once('close', () => server.destroy());
  server.once('close', () => socket.end());
}
