import type { Secret } from '../support/secret.ts';

/** What the transport asks of the network that a device is in. */

/** A proxy on the way. `http` and `https` tunnel by CONNECT (RFC 9110, section 9.3.6), `socks5` by RFC 1928. */
export interface Proxy {
  readonly scheme: 'http' | 'https' | 'socks5';
  readonly host: string;
  readonly port: number;
}

/** One way to the server; null is the straight one. */
export type Route = Proxy | null;

/** Secret; goes to the proxy that asked for it and nowhere else. */
export interface ProxyLogin {
  readonly username: string;
  readonly password: Secret<'password'>;
}

export interface Network {
  /**
   * Ways to an address in the order in which they are to be tried; never empty.
   * @throws ConnectFailure where it is not known how to leave this network
   */
  readonly routesTo: (url: URL) => Promise<readonly Route[]>;
  /** The same by a script (PAC) at another address; absent where this process can run none. */
  readonly routesByScript?: (script: string, url: URL) => Promise<readonly Route[]>;
  /** Asked only once a proxy wants a login; null = there is none for it. */
  readonly loginFor: (proxy: Proxy) => Promise<ProxyLogin | null>;
  /** Told that a proxy did not take a login: to show it again and again could lock an account. */
  readonly onLoginRefused?: (proxy: Proxy, login: ProxyLogin) => void;
  /** PEM of each root that the operating system trusts; empty where that can't be known. */
  readonly systemRoots: () => readonly string[];
  /** Whether the device has any connection but to itself. */
  readonly isConnected: () => boolean;
}

/** Straight to the server, trusting the public roots that come with the program. */
export const STRAIGHT: Network = {
  routesTo: () => Promise.resolve([null]),
  loginFor: () => Promise.resolve(null),
  systemRoots: () => [],
  isConnected: () => true,
};

/** Name of a proxy as it is shown and logged: host and port, never a login. */
export function nameOf({ host, port }: Proxy): string {
  return `${host.includes(':') ? `[${host}]` : host}:${port}`;
}

/** Whether it is worth a try to reach an address: a server on this very machine is reached without any network. */
export function isWithinReach(url: string, network: Pick<Network, 'isConnected'>): boolean {
  const { hostname } = new URL(url);
  const isLoopback = hostname === 'localhost' || hostname === '[::1]' || hostname.startsWith('127.');
  return isLoopback || network.isConnected();
}
