import { request as httpRequest } from 'node:http';
import { request as httpsRequest } from 'node:https';
import type { IncomingMessage } from 'node:http';
import type { Duplex } from 'node:stream';
import type { SecureContext } from 'node:tls';
import type { Random } from '../ports.ts';
import { ConnectFailure, systemCodeOf, systemFact } from './connect-failure.ts';
import { nameOf, type Network, type Proxy } from './network.ts';
import { answerToProxy } from './proxy-auth.ts';

/** Where a connection has to lead. */
export interface Target {
  readonly host: string;
  readonly port: number;
}

export interface TunnelParts {
  readonly network: Network;
  readonly random: Random;
  /** Whom the certificate of an `https` proxy is judged by; pins are the vendor's and say nothing of proxies. */
  readonly trust: () => SecureContext;
  readonly signal: AbortSignal;
}

/** A proxy answers with a status and a few fields; what is more is no proxy. */
const HEADER_BYTES = 16 * 1024;

/** `host:port` as CONNECT names it. */
function authorityOf({ host, port }: Target): string {
  return `${host.includes(':') ? `[${host}]` : host}:${port}`;
}

/**
 * Opens a tunnel through an HTTP proxy by CONNECT. Built on Node's own HTTP client, whose parser is capped and strict;
 * what a refusing proxy sends is never handed on as if the server had said it.
 * @throws ConnectFailure: `proxyUnreachable`, `proxyAuthRequired`, `proxyRefused`, `serverUnreachable`
 */
export async function openTunnel(proxy: Proxy, target: Target, parts: TunnelParts): Promise<Duplex> {
  const first = await connect(proxy, target, parts, null);
  if (first.status !== 407) return tunnelOf(first, proxy);
  first.socket.destroy();
  const login = await parts.network.loginFor(proxy);
  const offer = [first.response.headers['proxy-authenticate'] ?? []].flat().join(', ');
  const answer = login === null ? null : answerToProxy(offer, login, authorityOf(target), parts.random);
  if (login === null || answer === null)
    throw new ConnectFailure('proxyAuthRequired', { proxy: nameOf(proxy) });
  const second = await connect(proxy, target, parts, answer);
  if (second.status === 407) parts.network.onLoginRefused?.(proxy, login);
  return tunnelOf(second, proxy);
}

interface Answer {
  readonly status: number;
  readonly response: IncomingMessage;
  readonly socket: Duplex;
  /** What came behind the answer. */
  readonly rest: Buffer;
}

function tunnelOf({ status, socket, rest }: Answer, proxy: Proxy): Duplex {
  // In TLS the client speaks first: whoever talks before that is not a tunnel.
  if (status >= 200 && status < 300 && rest.length === 0) return socket;
  socket.destroy();
  const facts = { proxy: nameOf(proxy), status };
  if (status === 407) throw new ConnectFailure('proxyAuthRequired', facts);
  // RFC 9110, sections 15.6.3 to 15.6.5: it let us, but got nowhere.
  if (status === 502 || status === 503 || status === 504)
    throw new ConnectFailure('serverUnreachable', facts);
  throw new ConnectFailure('proxyRefused', facts);
}

function connect(
  proxy: Proxy,
  target: Target,
  { trust, signal }: TunnelParts,
  authorization: string | null,
): Promise<Answer> {
  return new Promise((resolve, reject) => {
    const authority = authorityOf(target);
    const options = {
      host: proxy.host,
      port: proxy.port,
      method: 'CONNECT',
      path: authority,
      agent: false,
      signal,
      maxHeaderSize: HEADER_BYTES,
      headers: {
        host: authority,
        ...(authorization === null ? {} : { 'proxy-authorization': authorization }),
      },
    };
    const request =
      proxy.scheme === 'https'
        ? httpsRequest(Object.assign(options, { secureContext: trust(), ALPNProtocols: ['http/1.1'] }))
        : httpRequest(options);
    request.once('connect', (response, socket, rest) => {
      // A proxy that hangs up while nobody listens would end the process.
      socket.on('error', () => undefined);
      resolve({ status: response.statusCode ?? 0, response, socket, rest });
    });
    // Node tells a CONNECT that was answered like any other request by `response`.
    request.once('response', () => request.destroy());
    request.on('error', (error) => reject(proxyFailure(proxy, error)));
    request.end();
  });
}

/** What an error on the way to a proxy means: that it is out of reach, whatever the reason. */
export function proxyFailure(proxy: Proxy, error: unknown): ConnectFailure {
  if (error instanceof ConnectFailure) return error;
  return new ConnectFailure(
    'proxyUnreachable',
    { proxy: nameOf(proxy), ...systemFact(systemCodeOf(error)) },
    error,
  );
}
