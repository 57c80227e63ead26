import { request as httpsRequest, type Agent } from 'node:https';
import type { IncomingMessage } from 'node:http';
import { failure, type Failure } from '../../shared/errors.ts';
import type { Facts } from '../../shared/facts.ts';
import { err, ok, type Result } from '../../shared/result.ts';
import { codeOfNetworkError } from './error-policy.ts';
import { HandshakeError } from './pinned-agent.ts';

export interface ApiRequest {
  readonly method: 'GET' | 'POST' | 'PATCH' | 'DELETE';
  readonly url: URL;
  readonly headers: Readonly<Record<string, string>>;
  readonly body?: unknown;
}

/** An answer of any status; nothing of it has been believed yet. */
export interface ApiAnswer {
  readonly status: number;
  readonly headers: IncomingMessage['headers'];
  /** Parsed JSON, or the text of a plain-text answer; undefined when there was no body. */
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
  /** Total time from the first byte to the last, milliseconds. */
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
 * on header, body and total time.
 */
export function createTransport(agent: Agent, limits: TransportLimits = DEFAULT_LIMITS): Transport {
  return (wish) =>
    new Promise((resolve) => {
      let sent = false;
      const facts: Facts = { host: wish.url.host };
      const fail = (error: Failure) => {
        clearTimeout(timer);
        request.destroy();
        resolve(err({ failure: error, sent }));
      };
      const request = httpsRequest(wish.url, {
        method: wish.method,
        agent,
        maxHeaderSize: limits.headerBytes,
        headers: { accept: 'application/json', 'accept-encoding': 'identity', ...wish.headers },
      });
      const timer = setTimeout(() => fail(failure('timeout', facts)), limits.deadline);
      // The agent gives the socket only once it was verified: from here on bytes may leave.
      request.once('socket', () => (sent = true));
      request.once('error', (error: NodeJS.ErrnoException) => fail(failureOf(error, sent, facts)));
      request.once('response', (response) => {
        readAnswer(response, limits.bodyBytes, facts)
          .then((answer) => {
            if (!answer.ok) return fail(answer.error);
            clearTimeout(timer);
            return resolve(answer);
          })
          .catch((error: unknown) => fail(failureOf(error, true, facts)));
      });
      if (wish.body === undefined) request.end();
      else {
        const payload = Buffer.from(JSON.stringify(wish.body), 'utf8');
        request.setHeader('content-type', 'application/json');
        request.setHeader('content-length', payload.length);
        request.end(payload);
      }
    });
}

function failureOf(error: unknown, secured: boolean, facts: Facts): Failure {
  const systemCode =
    typeof error === 'object' && error !== null && 'code' in error && typeof error.code === 'string'
      ? error.code
      : undefined;
  const code = codeOfNetworkError(systemCode, secured);
  const certificate = error instanceof HandshakeError && code.startsWith('certificate') ? error : undefined;
  return failure(code, {
    ...facts,
    ...(certificate?.issuer === undefined ? {} : { issuer: certificate.issuer }),
    ...(certificate?.notAfter === undefined || code !== 'certificateExpired'
      ? {}
      : { at: certificate.notAfter }),
    ...(systemCode === undefined || systemCode.startsWith('LATCHKEY')
      ? {}
      : { system: systemCode.slice(0, 40) }),
  });
}

async function readAnswer(
  response: IncomingMessage,
  bodyBytes: number,
  facts: Facts,
): Promise<Result<ApiAnswer>> {
  const status = response.statusCode ?? 0;
  const withStatus = { ...facts, status };
  if (status >= 300 && status < 400) return err(failure('redirectRefused', withStatus));
  const encoding = response.headers['content-encoding'] ?? 'identity';
  if (encoding !== 'identity') return err(failure('answerMalformed', withStatus));
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of response as AsyncIterable<Buffer>) {
    size += chunk.length;
    if (size > bodyBytes) return err(failure('answerTooLarge', withStatus));
    chunks.push(chunk);
  }
  // A cut connection can end a stream of unknown length without an error.
  if (!response.complete) return err(failure('answerMalformed', withStatus));
  const text = Buffer.concat(chunks).toString('utf8');
  if (text === '') return ok({ status, headers: response.headers, body: undefined });
  const body = parseBody(text, response.headers['content-type']);
  // A gateway's HTML page on 502 is no malformed answer of ours: its status says enough.
  if (body === undefined && status < 400) return err(failure('answerMalformed', withStatus));
  return ok({ status, headers: response.headers, body });
}

/** undefined for what is neither; a caller that wants the one does not take the other. */
function parseBody(text: string, contentType = ''): unknown {
  if (/^text\/plain\s*(?:;|$)/i.test(contentType)) return text;
  if (!/^application\/(?:[\w.+-]+\+)?json\s*(?:;|$)/i.test(contentType)) return undefined;
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return undefined;
  }
}
