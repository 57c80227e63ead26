import { connect } from 'node:net';
import { STRAIGHT } from '../../../electron/api/network.ts';
import { answering } from './certificate-cases.ts';
import type { Expected, NetCase, World } from './case.ts';
import { answerTo, SOME } from './kinds.ts';
import { plainPeer, tlsPeer, type Peer } from './peers.ts';

/** Connections that do not come about, and connections that break in each phase of a call. */

const unsent = (...codes: readonly string[]): Expected => ({ codes, end: ['unsent'] });

const absent: readonly NetCase[] = [
  {
    name: 'phase: nobody listens',
    arrange: async () => {
      const peer = await plainPeer(() => undefined);
      await peer.close();
      return { settings: { url: `https://localhost:${peer.port}` } };
    },
    expect: () => unsent('serverUnreachable'),
  },
  {
    name: 'phase: the name is unknown',
    kinds: SOME,
    arrange: () => Promise.resolve({ settings: { url: 'https://no-such-host.invalid' } }),
    expect: () => unsent('dnsFailed'),
  },
  {
    name: 'phase: there is no network, so names are unknown',
    kinds: SOME,
    arrange: () =>
      Promise.resolve({
        settings: { url: 'https://no-such-host.invalid', network: { ...STRAIGHT, isConnected: () => false } },
      }),
    expect: () => unsent('networkUnavailable'),
  },
  {
    name: 'phase: silence instead of a handshake',
    kinds: SOME,
    arrange: async ({ keep }) => {
      const { port, heard } = await keep(plainPeer(() => undefined));
      return { settings: { url: `https://localhost:${port}`, limits: { deadline: 1000 } }, between: [heard] };
    },
    expect: () => unsent('timeout'),
  },
  {
    name: 'phase: a handshake that drips',
    kinds: SOME,
    arrange: async ({ keep }) => {
      const { port, heard } = await keep(
        plainPeer((socket) => {
          // A TLS record that announces more than it ever brings.
          socket.write(Uint8Array.of(22, 3, 3, 0x3f, 0xff, 2));
          const timer = setInterval(() => socket.write(Uint8Array.of(0)), 20);
          socket.once('close', () => clearInterval(timer));
        }),
      );
      return { settings: { url: `https://localhost:${port}`, limits: { deadline: 1000 } }, between: [heard] };
    },
    expect: () => unsent('timeout', 'tlsFailed'),
  },
];

type End = 'reset' | 'closed';
const ENDS: readonly End[] = ['reset', 'closed'];

/** Passes bytes on to a peer and breaks off after so many of one side. */
async function frailPath(
  { keep }: World,
  to: Peer,
  limit: { readonly of: 'client' | 'server'; readonly bytes: number; readonly end: End },
): Promise<Peer> {
  return keep(
    plainPeer((socket) => {
      const server = connect(to.port, '127.0.0.1');
      server.on('error', () => undefined);
      let left = limit.bytes;
      const breakOff = () => {
        server.destroy();
        if (limit.end === 'reset') socket.resetAndDestroy();
        else socket.end();
      };
      const pass = (of: 'client' | 'server', target: typeof socket) => (chunk: Buffer) => {
        if (of !== limit.of) {
          target.write(chunk);
          return;
        }
        target.write(chunk.subarray(0, Math.max(0, left)));
        left -= chunk.length;
        if (left <= 0) setImmediate(breakOff);
      };
      socket.on('data', pass('client', server));
      server.on('data', pass('server', socket));
      socket.once('close', () => server.destroy());
      server.once('close', () => socket.end());
    }),
  );
}

/** A length from 0 to `most`, from the run's randomness. */
const lengthUpTo = ({ random }: World, most: number): number => {
  const [high = 0, low = 0] = random.bytes(2);
  return (high * 256 + low) % (most + 1);
};

/** Breaks anywhere: in the handshake, in the request, in the answer. Whether a byte was sent depends on where. */
const anywhere: readonly NetCase[] = ENDS.flatMap((end) =>
  (['client', 'server'] as const).flatMap((of) =>
    [1, 2, 3, 4].map((nth): NetCase => ({
      name: `phase: ${end} after some bytes of the ${of} (${nth})`,
      arrange: async (world) => {
        const peer = await world.keep(
          tlsPeer({
            pem: await world.pki.certify(),
            talk: (socket) =>
              void socket.end(answerTo(world.kind, { headers: { 'X-Padding': 'p'.repeat(3000) } })),
          }),
        );
        const bytes = lengthUpTo(world, of === 'client' ? 900 : 4500);
        const path = await frailPath(world, peer, { of, bytes, end });
        return {
          settings: { url: `https://localhost:${path.port}` },
          server: peer.heard,
          between: [path.heard],
        };
      },
      expect: () => ({ codes: ['serverUnreachable', 'answerMalformed', 'tlsFailed', 'ok'] }),
    })),
  ),
);

const atOnce: readonly NetCase[] = ENDS.map((end) => ({
  name: `phase: ${end} as soon as connected`,
  arrange: async ({ keep }) => {
    const { port, heard } = await keep(
      plainPeer((socket) => void (end === 'reset' ? socket.resetAndDestroy() : socket.destroy())),
    );
    return { settings: { url: `https://localhost:${port}` }, between: [heard] };
  },
  expect: () => unsent('serverUnreachable'),
}));

const afterHandshake: readonly NetCase[] = [
  {
    name: 'phase: reset after the request',
    arrange: async (world) => {
      const { port, heard } = await world.keep(
        tlsPeer({ pem: await world.pki.certify(), talk: (socket) => void socket.destroy() }),
      );
      return { settings: { url: `https://localhost:${port}` }, server: heard };
    },
    // It may have taken effect: nothing is repeated behind the journal's back.
    expect: () => ({ codes: ['serverUnreachable'], end: ['unknown'], requests: 1 }),
  },
  {
    name: 'phase: broken twice before anything was sent, then well',
    arrange: async (world) => {
      const peer = await world.keep(tlsPeer({ pem: await world.pki.certify(), talk: answering(world.kind) }));
      const path = await world.keep(
        plainPeer((socket, heard) => {
          if (heard.connections < 3) {
            socket.destroy();
            return;
          }
          const server = connect(peer.port, '127.0.0.1');
          socket.pipe(server).on('error', () => undefined);
          server.pipe(socket);
        }),
      );
      return { settings: { url: `https://localhost:${path.port}` }, server: peer.heard };
    },
    expect: () => ({ codes: ['ok'], requests: 1 }),
  },
];

export const PHASE_CASES: readonly NetCase[] = [...absent, ...atOnce, ...anywhere, ...afterHandshake];
