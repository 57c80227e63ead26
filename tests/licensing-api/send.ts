import type { FastifyReply } from 'fastify';
import type { Answer } from './answer.ts';
import type { Fault } from './faults.ts';

/** What an answer is on the wire; the content type is null where there is no body. */
export function wireForm({ body, headers }: Answer): {
  readonly headers: Readonly<Record<string, string>>;
  readonly text: string;
  readonly type: string | null;
} {
  const isText = typeof body === 'string';
  const json = body === undefined ? '' : JSON.stringify(body);
  const byBody = isText ? 'text/plain; charset=utf-8' : 'application/json; charset=utf-8';
  return {
    headers: { 'Cache-Control': 'no-store', ...headers },
    text: isText ? body : json,
    type: body === undefined ? null : (headers?.['Content-Type'] ?? byBody),
  };
}

/** Sends an answer, spoiled by a fault where there is one. */
export function sendAnswer(reply: FastifyReply, answer: Answer, fault: Fault | null): void {
  const { headers, text, type } = wireForm(answer);

  if (fault?.kind === 'cutAfter' || fault?.kind === 'truncated') {
    reply.hijack();
    if (fault.kind === 'truncated') {
      const half = text.slice(0, Math.ceil(text.length / 2));
      reply.raw.writeHead(answer.status, {
        ...headers,
        'Content-Type': 'application/json',
        'Content-Length': Buffer.byteLength(text) + 1,
      });
      // The bytes have to be on their way before the end, or the client sees no answer instead of half of one.
      reply.raw.write(half, () => reply.raw.destroy());
    } else {
      reply.raw.destroy();
    }
    return;
  }

  reply.code(answer.status).headers(headers);
  if (type === null && fault === null) {
    void reply.send();
    return;
  }
  const right = type ?? 'application/json; charset=utf-8';
  const shown = fault?.kind === 'wrongContentType' ? 'text/html; charset=utf-8' : right;
  void reply.header('Content-Type', shown).send(spoil(text, fault));
}

function spoil(text: string, fault: Fault | null): string {
  if (fault?.kind === 'malformedJson') return `${text.slice(0, -1)},`;
  if (fault?.kind === 'wrongShape') return '{"unexpected":true}';
  if (fault?.kind === 'padded') return text.padEnd(fault.bytes);
  return text;
}
