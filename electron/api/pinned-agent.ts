import { Agent } from 'node:https';
import type { Duplex } from 'node:stream';
import { callbackify } from 'node:util';
import type { SecureContext } from 'node:tls';
import type { Clock, Random } from '../ports.ts';
import type { ClientIdentity } from './client-identity.ts';
import { ConnectFailure } from './connect-failure.ts';
import { dial } from './dial.ts';
import type { Network } from './network.ts';
import type { Pin } from './pin-policy.ts';
import { createTrust } from './trust.ts';
import { verifiedSocket, type AcceptedPeer } from './verified-socket.ts';

export interface PinnedAgentOptions {
  /** The pins of now: signed updates add to them while the program runs. */
  readonly pins: () => readonly Pin[];
  readonly pinning: 'required' | 'report';
  /** PEM of a private CA, trusted beside the operating system's roots. */
  readonly ca?: string | undefined;
  /** PEM of roots that an administrator has added; they may change while the program runs. */
  readonly moreRoots?: (() => readonly string[]) | undefined;
  readonly clock: Clock;
  readonly random: Random;
  readonly network: Network;
  /** Told of every connection that was made. */
  readonly onAccepted: (peer: AcceptedPeer) => void;
  /** Milliseconds for one way to the server, of which there may be several. */
  readonly timeoutPerRoute?: number;
  /** The certificate that the server sees if it asks for one. */
  readonly identity?: ClientIdentity | undefined;
}

const TIMEOUT_PER_ROUTE = 8000;

/** So many agents are kept for certificates: one for each product, and those that were renewed meanwhile. */
const MOST_IDENTITIES = 8;

/** What Node passes on of a request's options. */
interface Wish {
  readonly host?: string | null;
  readonly port?: number | string | null;
  readonly servername?: string;
  readonly signal?: AbortSignal | undefined;
}

/**
 * An agent that hands a connection to HTTP only after it was verified, instead of letting HTTP queue the request on
 * it. It finds the way (straight or through a proxy), and whatever the way, the server's own certificate and key are
 * verified at the end of it. It vouches for the connections it made, so that a request can check once more.
 */
export class PinnedAgent extends Agent {
  readonly #options: PinnedAgentOptions;
  /** For a proxy on the way, which never sees the certificate of the device. */
  readonly #trust: () => SecureContext;
  readonly #own: () => SecureContext;
  readonly #showing = new Map<string, PinnedAgent>();
  readonly #verified = new WeakSet();
  readonly #closing = new AbortController();

  constructor(options: PinnedAgentOptions) {
    super({ keepAlive: false, maxCachedSessions: 0 });
    this.#options = options;
    const { ca, moreRoots, identity } = options;
    const judging = { ca, systemRoots: options.network.systemRoots, moreRoots };
    this.#trust = createTrust(judging);
    this.#own = identity === undefined ? this.#trust : createTrust({ ...judging, identity });
  }

  /** Whether this agent has verified who is at the other end of a connection. */
  vouchesFor(socket: object): boolean {
    return this.#verified.has(socket);
  }

  /**
   * The agent that shows a certificate, and is else the same. An agent shows one identity only, so that a call of one
   * activation can't go over a connection that was made in the name of another.
   */
  showing(identity: ClientIdentity): PinnedAgent {
    const made = this.#showing.get(identity.chain) ?? new PinnedAgent({ ...this.#options, identity });
    this.#showing.delete(identity.chain);
    this.#showing.set(identity.chain, made);
    // What is dropped still finishes what it has begun.
    for (const [oldest] of this.#showing) {
      if (this.#showing.size <= MOST_IDENTITIES) break;
      this.#showing.delete(oldest);
    }
    return made;
  }

  override destroy(): void {
    this.#closing.abort();
    for (const agent of this.#showing.values()) agent.destroy();
    super.destroy();
  }

  override createConnection(wish: Wish, done?: (error: Error | null, socket: Duplex) => void): undefined {
    callbackify(() => this.#open(wish))((error, socket) => done?.(error, socket));
    return undefined;
  }

  async #open({ host, port, servername, signal }: Wish): Promise<Duplex> {
    const { network, random, clock, timeoutPerRoute = TIMEOUT_PER_ROUTE } = this.#options;
    if (typeof host !== 'string') throw new ConnectFailure('internal');
    const target = { host, port: Number(port ?? 443) };
    const until = AbortSignal.any([this.#closing.signal, ...(signal === undefined ? [] : [signal])]);
    const url = new URL(`https://${host.includes(':') ? `[${host}]` : host}:${target.port}/`);
    const trust = this.#trust;
    const raw = await dial(url, target, { network, random, trust, signal: until, timeoutPerRoute });
    const socket = await verifiedSocket(
      raw,
      {
        host: servername === undefined || servername === '' ? host : servername,
        pins: this.#options.pins(),
        pinning: this.#options.pinning,
        now: clock.now(),
        trust: this.#own(),
        onAccepted: this.#options.onAccepted,
      },
      until,
    );
    this.#verified.add(socket);
    return socket;
  }
}
