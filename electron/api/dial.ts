import { connect, type Socket } from 'node:net';
import type { Duplex } from 'node:stream';
import { ConnectFailure, failureOfError } from './connect-failure.ts';
import { nameOf, type Route } from './network.ts';
import { failureOfAll, mayTryNext, type Attempt } from './route-policy.ts';
import { openSocks } from './socks5.ts';
import { openTunnel, type Target, type TunnelParts } from './tunnel.ts';

export interface DialParts extends TunnelParts {
  /** Milliseconds for one way, so that a dead proxy does not use up the time of the next. */
  readonly timeoutPerRoute: number;
}

/**
 * Opens an unprotected connection to where a URL leads, by the first way that can be gone.
 * @throws ConnectFailure
 */
export async function dial(url: URL, target: Target, parts: DialParts): Promise<Duplex> {
  const routes = await parts.network.routesTo(url);
  const attempts: Attempt[] = [];
  for (const route of routes.length === 0 ? [null] : routes) {
    try {
      return await within(parts, route, (signal) => open(route, target, { ...parts, signal }));
    } catch (error) {
      if (parts.signal.aborted) throw new ConnectFailure('cancelled', {}, error);
      const attempt = { route, failure: failureOfError(error, false) };
      attempts.push(attempt);
      if (!mayTryNext(attempt)) throw failed([attempt]);
    }
  }
  const [first, ...more] = attempts;
  throw first === undefined ? new ConnectFailure('internal') : failed([first, ...more]);
}

function failed(attempts: readonly [Attempt, ...Attempt[]]): ConnectFailure {
  const { code, facts } = failureOfAll(attempts);
  return new ConnectFailure(code, facts);
}

function open(route: Route, target: Target, parts: TunnelParts): Promise<Duplex> {
  if (route === null) return openStraight(target, parts);
  return route.scheme === 'socks5' ? openSocks(route, target, parts) : openTunnel(route, target, parts);
}

function openStraight({ host, port }: Target, { network, signal }: TunnelParts): Promise<Socket> {
  return new Promise((resolve, reject) => {
    const socket = connect({ host, port });
    const stop = () => socket.destroy(new Error('aborted'));
    signal.addEventListener('abort', stop, { once: true });
    const end = () => signal.removeEventListener('abort', stop);
    socket.once('connect', () => {
      end();
      socket.removeListener('error', refuse);
      resolve(socket);
    });
    const refuse = (error: Error) => {
      end();
      const { code, facts } = failureOfError(error, true);
      // Without any network a name can't be looked up; that it is the name's fault would be the wrong advice.
      const offline = code === 'dnsFailed' && !network.isConnected();
      reject(new ConnectFailure(offline ? 'networkUnavailable' : code, facts, error));
    };
    socket.once('error', refuse);
  });
}

/** Ends one way in time. */
async function within<T>(
  { signal, timeoutPerRoute }: DialParts,
  route: Route,
  work: (signal: AbortSignal) => Promise<T>,
): Promise<T> {
  const late = new AbortController();
  const timer = setTimeout(() => late.abort(), timeoutPerRoute);
  try {
    signal.throwIfAborted();
    return await work(AbortSignal.any([signal, late.signal]));
  } catch (error) {
    if (!late.signal.aborted) throw error;
    const facts = { system: 'ETIMEDOUT' };
    throw route === null
      ? new ConnectFailure('serverUnreachable', facts, error)
      : new ConnectFailure('proxyUnreachable', { ...facts, proxy: nameOf(route) }, error);
  } finally {
    clearTimeout(timer);
  }
}
