import { Agent, request as httpsRequest, type AgentOptions } from 'node:https';
import { checkServerIdentity } from 'node:tls';
import { failure } from '../../../shared/errors.ts';
import { err, ok } from '../../../shared/result.ts';
import { chainDigests } from '../../../electron/api/certificates.ts';
import type { ApiAnswer, Transport } from '../../../electron/api/transport.ts';
import { makeTransport, type ClientSettings, type MakeTransport } from './case.ts';

/** Clients with mistakes that real ones have made. The matrix has to catch each of them. */

/** The transport of the application, with its settings spoiled. */
const spoiled =
  (spoil: (settings: ClientSettings) => ClientSettings): MakeTransport =>
  (settings, log) =>
    makeTransport(spoil(settings), log);

/** Node's HTTPS as it comes, with an agent of these options. */
const plain =
  (options: (settings: ClientSettings) => AgentOptions, tries = 1): MakeTransport =>
  (settings) => {
    const agent = new Agent({ ca: settings.ca, ...options(settings) });
    return async (wish) => {
      for (let left = tries; ; left -= 1) {
        const outcome = await call(agent, wish);
        if (outcome.ok || left === 1) return outcome;
      }
    };
  };

function call(agent: Agent, wish: Parameters<Transport>[0]): ReturnType<Transport> {
  return new Promise((resolve) => {
    const payload = wish.body === undefined ? null : JSON.stringify(wish.body);
    const type =
      payload === null ? {} : { 'content-type': 'application/json', 'content-length': payload.length };
    const headers = { ...wish.headers, ...type };
    const lost = () => resolve(err({ failure: failure('serverUnreachable'), sent: true }));
    const request = httpsRequest(wish.url, { method: wish.method, agent, headers }, (response) => {
      let text = '';
      response.setEncoding('utf8');
      response.on('data', (chunk: string) => (text += chunk));
      response.on('error', lost);
      response.on('end', () => resolve(ok(answerOf(response.statusCode ?? 0, response.headers, text))));
    });
    request.on('error', lost);
    request.end(payload);
  });
}

function answerOf(status: number, headers: ApiAnswer['headers'], text: string): ApiAnswer {
  const isText = headers['content-type']?.startsWith('text/plain') === true;
  const body: unknown = text === '' ? undefined : isText ? text : JSON.parse(text);
  return { status, headers, body };
}

export interface Careless {
  readonly mistake: string;
  readonly make: MakeTransport;
  /** The case that has to catch it. */
  readonly caughtBy: string;
  /** What has to be among the findings. */
  readonly finding: RegExp;
}

export const CARELESS: readonly Careless[] = [
  {
    mistake: 'does not check pins',
    make: spoiled((settings) => ({ ...settings, pinning: 'report' })),
    caughtBy: 'certificate: the right CA with a wrong key',
    finding: /accessToken as plain in what a stranger heard/,
  },
  {
    mistake: 'counts certificates that anybody can append as the chain',
    make: spoiled((settings) => ({ ...settings, pinning: 'report' })),
    caughtBy: 'certificate: a wrong key with the pinned certificate behind it',
    finding: /ended in ok .* instead of pinMismatch/,
  },
  {
    mistake: 'trusts whatever certificate there is',
    make: plain(() => ({ rejectUnauthorized: false })),
    caughtBy: 'certificate: another CA of the right name',
    finding: /accessToken as plain in what a stranger heard/,
  },
  {
    mistake: 'checks pins, and resumes sessions without',
    make: plain(({ pins }) => ({
      maxCachedSessions: 10,
      checkServerIdentity: (host, leaf) => {
        const known = pins().map(({ sha256 }) => sha256);
        const isPinned = chainDigests(leaf).some((digest) => known.includes(digest));
        return isPinned ? checkServerIdentity(host, leaf) : new Error('not pinned');
      },
    })),
    caughtBy: 'certificate: changed since a session that could be resumed, TLSv1.2',
    finding: /accessToken as plain in what a stranger heard/,
  },
  {
    mistake: 'speaks old TLS',
    make: plain(() => ({ minVersion: 'TLSv1', ciphers: 'DEFAULT@SECLEVEL=0' })),
    caughtBy: 'certificate: TLS 1.1',
    finding: /a stranger heard \d+ bytes/,
  },
  {
    mistake: 'repeats a call that may have taken effect',
    make: plain(() => ({}), 2),
    caughtBy: 'phase: reset after the request',
    finding: /heard 2 requests instead of 1/,
  },
  {
    mistake: 'waits without end',
    make: spoiled((settings) => ({ ...settings, limits: { ...settings.limits, deadline: 600_000 } })),
    caughtBy: 'answer: silence',
    finding: /did not end within/,
  },
  {
    mistake: 'reads without end',
    make: spoiled((settings) => ({
      ...settings,
      limits: { ...settings.limits, bodyBytes: Number.MAX_SAFE_INTEGER, deadline: 600_000 },
    })),
    caughtBy: 'answer: a body that drips',
    finding: /did not end within/,
  },
  {
    mistake: 'goes straight to the server, whatever the system says',
    make: plain(() => ({})),
    caughtBy: 'proxy: forbids, and is not gone round',
    finding: /ended in ok .* instead of proxyRefused/,
  },
];
