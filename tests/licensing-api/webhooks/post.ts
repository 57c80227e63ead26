import { request as httpRequest, type ClientRequest, type RequestOptions } from 'node:http';
import { request as httpsRequest } from 'node:https';
import type { Problem } from '../store/webhooks.ts';

/** Sends one delivery. Follows no redirect, reads no body, and is over after the deadline whatever the other side does. */

export interface Post {
  readonly url: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
  /** PEM of the only CA that is trusted; null = those of the system. */
  readonly ca: string | null;
  readonly timeoutMs: number;
}

export interface PostResult {
  /** null = there was no answer. */
  readonly status: number | null;
  /** null = it was delivered. */
  readonly problem: Problem | null;
}

const LOOPBACK = new Set(['localhost', '127.0.0.1', '[::1]']);

/** Why deliveries can't be sent to an address; null = they can. */
export function addressProblem(address: string): string | null {
  const url = URL.canParse(address) ? new URL(address) : null;
  if (url === null) return 'is not an address';
  const isSafe = url.protocol === 'https:' || (url.protocol === 'http:' && LOOPBACK.has(url.hostname));
  if (!isSafe) return 'has to be https, or http on a loopback address';
  if (url.username !== '' || url.password !== '') return 'must not have a user name or password in it';
  return url.hash === '' ? null : 'must not have a fragment';
}

function problemOfStatus(status: number): Problem | null {
  if (status >= 200 && status < 300) return null;
  return status >= 300 && status < 400 ? 'redirect' : 'status';
}

function problemOfError(error: Error & { readonly code?: unknown }): Problem {
  if (error.name === 'TimeoutError' || error.name === 'AbortError') return 'timeout';
  const code = typeof error.code === 'string' ? error.code : '';
  return /CERT|SELF_SIGNED|UNABLE_TO|ERR_TLS|ERR_SSL/.test(code) ? 'certificate' : 'network';
}

export function post(what: Post): Promise<PostResult> {
  const options: RequestOptions = {
    method: 'POST',
    agent: false,
    headers: { ...what.headers, 'Content-Length': String(Buffer.byteLength(what.body)) },
    signal: AbortSignal.timeout(what.timeoutMs),
  };
  return new Promise((resolve) => {
    const request: ClientRequest = what.url.startsWith('https:')
      ? httpsRequest(what.url, {
          ...options,
          minVersion: 'TLSv1.2',
          ...(what.ca === null ? {} : { ca: what.ca }),
        })
      : httpRequest(what.url, options);
    request.on('response', (response) => {
      const status = response.statusCode ?? 0;
      resolve({ status, problem: problemOfStatus(status) });
      response.on('error', () => {});
      request.destroy();
    });
    request.on('error', (error) => resolve({ status: null, problem: problemOfError(error) }));
    request.end(what.body);
  });
}
