import { request as httpsRequest } from 'node:https';
import type { IncomingMessage } from 'node:http';
import { failure, type Failure } from '../../shared/errors.ts';
import type { Facts } from '../../shared/facts.ts';
import { err, ok, type Result } from '../../shared/result.ts';
import { readCapped } from './capped-body.ts';
import type { ClientIdentity } from './client-identity.ts';
import { failureOfError } from './connect-failure.ts';
import type { PinnedAgent } from './pinned-agent.ts';

export interface ApiRequest {
  readonly method: 'GET' | 'POST' | 'PATCH' | 'DELETE';
  readonly url: URL;
  readonly headers: Readonly<Record<string, string>>;
  readonly body?: unknown;
  /** Milliseconds in all; never longer than the transport's own deadline. */
  readonly timeoutMs?: number | undefined;
  /** Nobody waits for it: it is left out while the server is known to be down. */
  readonly background?: boolean | undefined;
  /** Being carried out twice is the same as once, whatever became of the first. */
  readonly idempotent?: boolean | undefined;
  /** Shown to the server if it asks; nothing is shown without it. */
  readonly identity?: ClientIdentity | undefined;
}

/** An answer of any status; nothing of it has been believed yet. */
export interface ApiAnswer {
  readonly status: number;
  readonly headers: IncomingMessage['headers'];
  /** Parsed JSON, or the text of a license file or certificate; undefined when there was no body. */
  readonly body: unknown;
}

/** `sent` false: not one byte of the request left, so the server cannot have acted on it. */
export interface TransportFailure {
  readonly failure: Failure;
  readonly sent: boolean;
}

/** Sends one request and reads one answer; the only thing in the client that touches the network. */
export type Transport = (request: ApiRequest) => Promise<Result<ApiAnswer, TransportFailure>>;

export interface TransportLimits {
  /** Total time from the search for a way to the last byte of the answer, milliseconds. */
  readonly deadline: number;
  readonly headerBytes: number;
  readonly bodyBytes: number;
}

export const DEFAULT_LIMITS: TransportLimits = {
  deadline: 20_000,
  headerBytes: 16 * 1024,
  bodyBytes: 1024 * 1024,
};

/**
 * A transport over HTTPS. No redirects (the request holds a credential), no compression (no bomb to unpack), caps
 * on header, body and total time. Not a byte is written before the agent vouches for the connection.
 */
export function createTransport(plain: PinnedAgent, limits: TransportLimits = DEFAULT_LIMITS): Transport {
  return (wish) =>
    new Promise((resolve) => {
      const agent = wish.identity === undefined ? plain : plain.showing(wish.identity);
      let sent = false;
      const facts: Facts = { host: wish.url.host };
      const over = new AbortController();
      const end = (outcome: Result<ApiAnswer, TransportFailure>) => {
        clearTimeout(timer);
        resolve(outcome);
        // Also where it went well: what a server sends behind its answer is nobody's.
        over.abort();
      };
      const fail = ({ code, facts: more }: Failure) =>
        end(err({ failure: failure(code, { ...facts, ...more }), sent }));
      const payload = wish.body === undefined ? null : Buffer.from(JSON.stringify(wish.body), 'utf8');
      const request = httpsRequest(wish.url, {
        method: wish.method,
        agent,
        signal: over.signal,
        maxHeaderSize: limits.headerBytes,
        headers: {
          accept: 'application/json',
          'accept-encoding': 'identity',
          ...(payload === null
            ? {}
            : { 'content-type': 'application/json', 'content-length': payload.length }),
          ...wish.headers,
        },
      });
      const timer = setTimeout(
        () => fail(failure('timeout')),
        Math.min(limits.deadline, wish.timeoutMs ?? limits.deadline),
      );
      request.on('error', (error) => fail(failureOfError(error, sent)));
      request.once('socket', (socket) => {
        if (!agent.vouchesFor(socket)) {
          fail(failure('pinMismatch'));
          return;
        }
        sent = true;
        request.end(payload);
      });
      // Nobody asked for another protocol.
      request.once('upgrade', (_, socket) => {
        socket.destroy();
        fail(failure('answerMalformed', { status: 101 }));
      });
      request.once('response', (response) => {
        readAnswer(response, limits.bodyBytes).then(
          (answer) => (answer.ok ? end(answer) : fail(answer.error)),
          (error: unknown) => fail(failureOfError(error, true)),
        );
      });
    });
}

async function readAnswer(response: IncomingMessage, bodyBytes: number): Promise<Result<ApiAnswer>> {
  const status = response.statusCode ?? 0;
  if (status >= 300 && status < 400) return err(failure('redirectRefused', { status }));
  const encoding = response.headers['content-encoding'] ?? 'identity';
  if (encoding !== 'identity') return err(failure('answerMalformed', { status }));
  const content = await readCapped(response, bodyBytes);
  if (content === null) return err(failure('answerTooLarge', { status }));
  // A cut connection can end a stream of unknown length without an error.
  if (!response.complete) return err(failure('answerMalformed', { status }));
  const text = content.toString('utf8');
  if (text === '') return ok({ status, headers: response.headers, body: undefined });
  const body = parseBody(text, response.headers['content-type']);
  // A gateway's HTML page on 502 is no malformed answer of ours: its status says enough.
  if (body === undefined && status < 400) return err(failure('answerMalformed', { status }));
  return ok({ status, headers: response.headers, body });
}

/** Types of text that some call wants as it is. */
const TEXT = /^(?:text\/plain|application\/pem-certificate-chain)\s*(?:;|$)/i;

/** undefined for what is neither; a caller that wants the one does not take the other. */
function parseBody(text: string, contentType = ''): unknown {
  if (TEXT.test(contentType)) return text;
  if (!/^application\/(?:[\w.+-]+\+)?json\s*(?:;|$)/i.test(contentType)) return undefined;
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return undefined;
  }
}
