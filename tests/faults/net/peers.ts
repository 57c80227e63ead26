import { randomBytes } from 'node:crypto';
import { createServer, type AddressInfo, type Server, type Socket } from 'node:net';
import type { Duplex } from 'node:stream';
import { createServer as createTlsServer, type TlsOptions } from 'node:tls';
import type { Pem } from '../../licensing-api/tls/certificates.ts';

/** What somebody on the network got to know. */
export interface Heard {
  connections: number;
  /** Whole requests. */
  requests: number;
  /** In clear: behind the handshake at a TLS peer, everything at a plain one. */
  readonly bytes: Buffer[];
}

export interface Peer {
  readonly port: number;
  readonly heard: Heard;
  readonly close: () => Promise<void>;
}

/** Says what comes after a whole request; `nth` counts requests from 1. */
export type Talk = (socket: Duplex, nth: number, request: string) => void;

const nothing = () => undefined;

export function newHeard(): Heard {
  return { connections: 0, requests: 0, bytes: [] };
}

/** Everything that was heard, in one piece. */
export function allOf(heard: Heard): Buffer {
  return Buffer.concat(heard.bytes);
}

async function listen(server: Server, host: string): Promise<number> {
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(0, host, resolve);
  });
  return (server.address() as AddressInfo).port;
}

function closer(server: Server, open: ReadonlySet<Duplex>): () => Promise<void> {
  return () => {
    for (const socket of open) socket.destroy();
    return new Promise((resolve) => {
      server.close(() => resolve());
    });
  };
}

function keep(open: Set<Duplex>, socket: Duplex): void {
  open.add(socket);
  socket.on('error', nothing);
  socket.once('close', () => open.delete(socket));
}

/** A peer without TLS. */
export async function plainPeer(
  meet: (socket: Socket, heard: Heard) => void,
  host = '127.0.0.1',
): Promise<Peer> {
  const heard = newHeard();
  const open = new Set<Duplex>();
  const server = createServer((socket) => {
    keep(open, socket);
    heard.connections += 1;
    meet(socket, heard);
  });
  return { port: await listen(server, host), heard, close: closer(server, open) };
}

/** Whether a request is whole: its head, and as much body as the head announces. */
function isWhole(text: string): boolean {
  const end = text.indexOf('\r\n\r\n');
  if (end < 0) return false;
  const length = /^content-length:\s*(\d+)/im.exec(text.slice(0, end))?.[1];
  return Buffer.byteLength(text) - end - 4 >= Number(length ?? 0);
}

/** Reads requests off a connection and lets `talk` answer. */
export function converse(socket: Duplex, heard: Heard, talk: Talk): void {
  let text = '';
  socket.on('data', (chunk: Buffer) => {
    heard.bytes.push(chunk);
    text += chunk.toString('latin1');
    if (!isWhole(text)) return;
    const request = text;
    text = '';
    heard.requests += 1;
    talk(socket, heard.requests, request);
  });
}

export interface TlsPeerOptions {
  readonly pem: Pem;
  readonly talk: Talk;
  readonly host?: string;
  readonly tls?: TlsOptions;
}

export interface TlsPeer extends Peer {
  /** Shows another certificate from the next connection on. */
  readonly show: (pem: Pem) => void;
}

export async function tlsPeer({ pem, talk, host = '127.0.0.1', tls }: TlsPeerOptions): Promise<TlsPeer> {
  const heard = newHeard();
  const open = new Set<Duplex>();
  // Kept over a change of certificates, so that a session of before could be resumed.
  const ticketKeys = randomBytes(48);
  const server = createTlsServer({ key: pem.key, cert: pem.certificate, ticketKeys, ...tls }, (socket) => {
    keep(open, socket);
    converse(socket, heard, talk);
  });
  server.on('connection', (socket: Socket) => {
    keep(open, socket);
    heard.connections += 1;
  });
  server.on('tlsClientError', nothing);
  return {
    port: await listen(server, host),
    heard,
    close: closer(server, open),
    show: (next) => server.setSecureContext({ ...tls, key: next.key, cert: next.certificate, ticketKeys }),
  };
}
