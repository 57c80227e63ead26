import { STATUS_CODES } from 'node:http';
import type { Server } from 'node:https';
import type { Socket } from 'node:net';
import type { FastifyReply } from 'fastify';
import type { Answer } from './answer.ts';
import type { Cut } from './faults.ts';
import { wireForm } from './send.ts';

/** Ends connections at any byte of an answer, for what only an exact cut can show. */

/** The TCP connections under those of TLS, because only they can be reset. */
export function connections(server: Server): (secured: Socket) => Socket | null {
  const open = new Map<number, Socket>();
  server.on('connection', (socket: Socket) => {
    const { remotePort } = socket;
    if (remotePort === undefined) return;
    open.set(remotePort, socket);
    socket.once('close', () => open.delete(remotePort));
  });
  return ({ remotePort }) => (remotePort === undefined ? null : (open.get(remotePort) ?? null));
}

/** @returns the bytes of status line and headers, and those of the body */
function bytesOf(answer: Answer): { readonly head: Buffer; readonly body: Buffer } {
  const { headers, text, type } = wireForm(answer);
  const body = Buffer.from(text);
  const all = {
    ...headers,
    ...(type === null ? {} : { 'Content-Type': type, 'Content-Length': String(body.length) }),
    Connection: 'close',
  };
  const lines = Object.entries(all).map(([name, value]) => `${name}: ${value}`);
  const status = `HTTP/1.1 ${answer.status} ${STATUS_CODES[answer.status] ?? ''}`;
  return { head: Buffer.from([status, ...lines, '', ''].join('\r\n')), body };
}

/** How many bytes of an answer leave. Of each place one is left out at least, or it would not be cut there. */
function length(head: number, body: number, place: Cut['place'], fraction: number): number {
  if (place === 'start') return 0;
  return place === 'head' ? 1 + Math.floor(fraction * (head - 1)) : head + Math.floor(fraction * body);
}

/**
 * Sends as much of an answer as a cut lets through, and ends the connection.
 * @param connection the one under TLS; null = it is gone already
 * @returns where it was cut off
 */
export function cutAnswer(
  reply: FastifyReply,
  answer: Answer,
  { place, fraction, how }: Cut,
  connection: Socket | null,
): Cut['place'] {
  reply.hijack();
  const { socket } = reply.raw;
  const { head, body } = bytesOf(answer);
  const where = place === 'body' && body.length === 0 ? 'head' : place;
  const part = Buffer.concat([head, body]).subarray(0, length(head.length, body.length, where, fraction));
  const end = (): void => {
    if (how === 'reset') connection?.resetAndDestroy();
    else if (how === 'fin') connection?.end();
    else socket?.end();
    // Whatever the other side does, nothing of this connection stays.
    if (how !== 'reset') connection?.once('end', () => socket?.destroy());
  };
  if (part.length === 0) end();
  else socket?.write(part, end);
  return where;
}
