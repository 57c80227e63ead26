import { connect } from 'node:net';
import type { Duplex } from 'node:stream';
import type { Expected, NetCase } from './case.ts';
import { answerTo, type Kind } from './kinds.ts';
import { plainPeer, tlsPeer, type Talk } from './peers.ts';

/** Connections that are reset in each phase of a call, at a place that is the same in every run. */

const UNSENT: Expected = { codes: ['serverUnreachable', 'tlsFailed'], end: ['unsent'], requests: 0 };

/** Resets at the n-th piece of one side of the handshake, which is then known to be under way. */
const inHandshake = (name: string, of: 'client' | 'server'): NetCase => ({
  name: `reset: ${name}`,
  arrange: async (world) => {
    const peer = await world.keep(
      tlsPeer({ pem: await world.pki.certify(), talk: (socket) => void socket.end(answerTo(world.kind)) }),
    );
    const path = await world.keep(
      plainPeer((socket) => {
        const server = connect(peer.port, '127.0.0.1');
        server.on('error', () => undefined);
        const reset = () => {
          server.destroy();
          socket.resetAndDestroy();
        };
        socket.once('data', (hello) => (of === 'client' ? reset() : server.write(hello)));
        // Of its flight only the first record leaves.
        server.once('data', (flight: Buffer) =>
          socket.write(flight.subarray(0, 80), () => setImmediate(reset)),
        );
        socket.once('close', () => server.destroy());
      }),
    );
    return { settings: { url: `https://localhost:${path.port}` }, server: peer.heard, between: [path.heard] };
  },
  expect: () => UNSENT,
});

/** Resets a connection that was verified, after so much of the answer. */
const inAnswer = (name: string, part: (whole: Buffer) => Buffer): NetCase => ({
  name: `reset: ${name}`,
  arrange: async (world) => {
    const { port, heard } = await world.keep(
      tlsPeer({ pem: await world.pki.certify(), talk: resetAfter(world.kind, part) }),
    );
    return { settings: { url: `https://localhost:${port}` }, server: heard };
  },
  // It was heard whole, so it may have taken effect: nothing is repeated behind the journal's back.
  expect: () => ({ codes: ['serverUnreachable', 'answerMalformed'], end: ['unknown'], requests: 1 }),
});

const resetAfter =
  (kind: Kind, part: (whole: Buffer) => Buffer): Talk =>
  (socket: Duplex) => {
    const body =
      kind === 'deactivate' ? { status: '200 OK', body: JSON.stringify({ a: 'b'.repeat(300) }) } : {};
    const bytes = part(answerTo(kind, body));
    if (bytes.length === 0) socket.destroy();
    else socket.write(bytes, () => setImmediate(() => socket.destroy()));
  };

const headOf = (whole: Buffer): number => whole.indexOf('\r\n\r\n') + 4;

export const RESET_CASES: readonly NetCase[] = [
  inHandshake('after the first message of the client', 'client'),
  inHandshake('in the middle of the handshake', 'server'),
  inAnswer('after the request, before any answer', () => Buffer.alloc(0)),
  inAnswer('in the line of the status', (whole) => whole.subarray(0, 6)),
  inAnswer('in the header of the answer', (whole) => whole.subarray(0, headOf(whole) - 10)),
  inAnswer('between header and body', (whole) => whole.subarray(0, headOf(whole))),
  inAnswer('in the body', (whole) => whole.subarray(0, -5)),
];
