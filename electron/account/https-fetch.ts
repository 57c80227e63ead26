import type { IncomingMessage } from 'node:http';
import { request as httpsRequest } from 'node:https';
import type { CustomFetchOptions } from 'openid-client';
import { readCapped } from '../api/capped-body.ts';
import type { PinnedAgent } from '../api/pinned-agent.ts';

/** Metadata, keys and tokens of an identity provider are a few kilobytes. */
const BODY_LIMIT = 256 * 1024;

/**
 * `fetch` as openid-client wants it, over an agent that knows the ways through proxies and the trust of this machine.
 * Follows no redirect, unpacks nothing, and reads no more than a limit.
 * @throws what the connection fails with; openid-client passes it on
 */
export function fetchOver(agent: PinnedAgent, timeoutMs: number) {
  return async (address: string, options: CustomFetchOptions): Promise<Response> => {
    const url = new URL(address);
    if (url.protocol !== 'https:') throw new TypeError('not an https address');
    const body = bodyOf(options.body);
    const signal = AbortSignal.any([
      AbortSignal.timeout(timeoutMs),
      ...(options.signal === undefined ? [] : [options.signal]),
    ]);
    const { promise, resolve, reject } = Promise.withResolvers<Response>();
    const request = httpsRequest(url, {
      method: options.method,
      agent,
      signal,
      maxHeaderSize: 16 * 1024,
      headers: {
        ...options.headers,
        'accept-encoding': 'identity',
        ...(body === null ? {} : { 'content-length': body.length }),
      },
    });
    request.on('error', reject);
    request.once('socket', (socket) => {
      if (agent.vouchesFor(socket)) request.end(body);
      else request.destroy(new Error('nobody vouches for the connection'));
    });
    request.once('response', (response) => void readResponse(response).then(resolve, reject));
    return promise;
  };
}

async function readResponse(answer: IncomingMessage): Promise<Response> {
  const content = await readCapped(answer, BODY_LIMIT);
  if (content === null) throw new RangeError('the answer is too large');
  const headers = new Headers();
  for (const [name, value] of Object.entries(answer.headers)) {
    if (typeof value === 'string') headers.set(name, value);
  }
  const status = answer.statusCode ?? 0;
  return new Response(EMPTY.has(status) ? null : content, { status, headers });
}

/** Statuses whose answers have no body (Fetch standard, "null body status"). */
const EMPTY: ReadonlySet<number> = new Set([204, 205, 304]);

function bodyOf(body: CustomFetchOptions['body']): Buffer | null {
  if (body === null || body === undefined) return null;
  if (typeof body === 'string' || body instanceof URLSearchParams) return Buffer.from(String(body), 'utf8');
  throw new TypeError('a body of this kind is not sent');
}
