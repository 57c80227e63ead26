import { lookup as systemLookup } from 'node:dns/promises';
import { isIP } from 'node:net';
import { failure, type Failure } from '../../shared/errors.ts';
import type { Instant } from '../../shared/license/types.ts';
import { err, ok, type Result } from '../../shared/result.ts';
import type { Clock } from '../ports.ts';
import { systemCodeOf, systemFact } from './connect-failure.ts';
import { ZENTITLE2, type Dialect } from './dialect.ts';
import { codeOfNetworkError, failureOfAnswer, retryAfterSeconds } from './error-policy.ts';
import type { Network, Route } from './network.ts';
import type { Transport } from './transport.ts';
import type { AcceptedPeer } from './verified-socket.ts';

export interface ProbeOptions {
  readonly baseUrl: string;
  readonly tenantId: string;
  readonly network: Network;
  readonly clock: Clock;
  /** A transport of its own, which tells of the connection that it makes. */
  readonly connect: (onAccepted: (peer: AcceptedPeer) => void) => {
    readonly transport: Transport;
    readonly close: () => void;
  };
  /** How many addresses a name has. Rejects with the system's error. */
  readonly lookup?: (host: string) => Promise<number>;
  readonly dialect?: Dialect;
}

/** An answer of the server to the question whether it is ready. */
export interface ProbedAnswer {
  readonly status: number;
  /** What keeps it from working, though it answers; null = nothing. */
  readonly problem: Failure | null;
  readonly serverTime: Instant | null;
  /** The local clock when it was received. */
  readonly localTime: Instant;
  /** As the server states it. */
  readonly apiVersion: string | null;
}

/**
 * One attempt to reach the server, told step by step. Each step settles on its own and none rejects; where an earlier one
 * fails, the later ones fail in the same way.
 */
export interface ServerProbe {
  readonly routes: Promise<readonly Route[]>;
  /** Addresses of the name that this device itself has to look up: the server's or the proxy's; null = it is an address. */
  readonly addresses: Promise<Result<number | null>>;
  /** Who was connected to: the whole identity was verified. */
  readonly peer: Promise<Result<AcceptedPeer>>;
  readonly answer: Promise<Result<ProbedAnswer>>;
  /** Ends what is under way. */
  readonly close: () => void;
}

/** Milliseconds for the whole attempt: whoever waits for a diagnosis waits for this at most. */
export const PROBE_DEADLINE = 6500;
/** Milliseconds for one way to the server, of which there may be several. */
export const PROBE_TIMEOUT_PER_ROUTE = 4000;

const addressesOf = async (host: string): Promise<number> => (await systemLookup(host, { all: true })).length;

/**
 * Finds out how far this device gets on the way to the server, over the very connection that every call uses. Asks only
 * whether the server is ready, which needs no activation, uses no nonce and holds no secret.
 */
export function probeServer(options: ProbeOptions): ServerProbe {
  const { network, clock, lookup = addressesOf, dialect = ZENTITLE2 } = options;
  const url = new URL(options.baseUrl.replace(/\/+$/, '') + dialect.paths.ready);
  const routes = network.routesTo(url);
  let accepted: (peer: AcceptedPeer) => void = () => undefined;
  const peerSeen = new Promise<AcceptedPeer>((resolve) => {
    accepted = resolve;
  });
  const { transport, close } = options.connect(accepted);

  const ask = async (): Promise<Result<ProbedAnswer>> => {
    const sent = await transport({
      method: 'GET',
      url,
      headers: { 'N-TenantId': options.tenantId, 'N-ApiVersion': dialect.apiVersion },
      timeoutMs: PROBE_DEADLINE,
    });
    if (!sent.ok) return err(sent.error.failure);
    const { status, headers, body } = sent.value;
    const stated = Date.parse(headers.date ?? '');
    const serverTime = Number.isFinite(stated) ? stated : null;
    const version = headers['n-apiversion'];
    const wait = retryAfterSeconds(headers['retry-after'], serverTime ?? clock.now());
    const facts = { host: url.host, ...(wait === undefined ? {} : { retryAfterSeconds: wait }) };
    const found = status < 400 ? null : failureOfAnswer(status, body, facts, dialect);
    return ok({
      status,
      // Another refusal comes from a server that works and merely does not know the question.
      problem: found !== null && KEEPS_FROM_WORKING.includes(found.code) ? found : null,
      serverTime,
      localTime: clock.now(),
      apiVersion: typeof version === 'string' ? version : null,
    });
  };

  const answer = ask();
  return {
    routes,
    addresses: lookUp(url, routes, lookup),
    peer: Promise.race([
      peerSeen.then((peer) => ok(peer)),
      // A connection that nobody has told of did not come about.
      answer.then((result) => (result.ok ? err(failure('internal')) : result)),
    ]),
    answer,
    close,
  };
}

const KEEPS_FROM_WORKING: readonly Failure['code'][] = [
  'serverError',
  'rateLimited',
  'clientCertificateRequired',
];

async function lookUp(
  url: URL,
  routes: Promise<readonly Route[]>,
  lookup: (host: string) => Promise<number>,
): Promise<Result<number | null>> {
  const [first = null] = await routes;
  const host = (first?.host ?? url.hostname).replaceAll(/[[\]]/g, '');
  if (isIP(host) !== 0) return ok(null);
  try {
    return ok(await lookup(host));
  } catch (error) {
    const system = systemCodeOf(error);
    const code = codeOfNetworkError(system, true);
    const facts = { host: url.host, ...systemFact(system) };
    // Of a proxy, all that counts is that it can't be got to.
    return err(
      first === null ? failure(code, facts) : failure('proxyUnreachable', { ...facts, proxy: first.host }),
    );
  }
}
