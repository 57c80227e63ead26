import type { Proxy, ProxyLogin, Route } from './network.ts';
import { parseAuthority } from './pac-policy.ts';
import { Secret } from '../support/secret.ts';

/** A proxy that somebody has written down: a user, an administrator or the environment. */
export interface ManualProxy {
  readonly proxy: Proxy;
  readonly login: ProxyLogin | null;
  /** Hosts that are reached without it, as `NO_PROXY` lists them. */
  readonly except: readonly string[];
}

const SCHEMES: Readonly<Record<string, Proxy['scheme']>> = {
  'http:': 'http',
  'https:': 'https',
  'socks5:': 'socks5',
  'socks5h:': 'socks5',
  'socks:': 'socks5',
};
const DEFAULT_PORTS = { http: 80, https: 443, socks5: 1080 } as const;

/**
 * A proxy written as `http://user:password@host:port`; the scheme may be missing. Null if it is none.
 * @param except comma-separated, as in `NO_PROXY`
 */
export function parseManualProxy(address: string, except = ''): ManualProxy | null {
  const text = address.trim();
  const whole = text.includes('://') ? text : `http://${text}`;
  if (text === '' || !URL.canParse(whole)) return null;
  const url = new URL(whole);
  const scheme = SCHEMES[url.protocol];
  if (scheme === undefined) return null;
  // A URL drops the port that its own scheme has by default; here that is the port of the proxy.
  const at = parseAuthority(url.host, DEFAULT_PORTS[scheme]);
  const login = loginOf(url);
  if (at === null || login === undefined) return null;
  const list = except.split(/[\s,]+/).filter((entry) => entry !== '');
  return { proxy: { scheme, ...at }, login, except: list };
}

/** undefined if it can't be read. */
function loginOf({ username, password }: URL): ProxyLogin | null | undefined {
  if (username === '' && password === '') return null;
  try {
    return {
      username: decodeURIComponent(username),
      password: new Secret('password', decodeURIComponent(password)),
    };
  } catch {
    return undefined;
  }
}

/** The way to an address: through the proxy, unless the host is excepted or this very device. */
export function routeOfManual({ proxy, except }: ManualProxy, url: URL): Route {
  const host = url.hostname.replaceAll(/^\[|\]$/g, '').toLowerCase();
  const port = url.port === '' ? '443' : url.port;
  // A proxy's own loopback is another one, as browsers know.
  const isHere = /^(?:localhost|.*\.localhost|127\.[\d.]+|::1)$/.test(host);
  return isHere || except.some((entry) => isExcepted(entry.toLowerCase(), host, port)) ? null : proxy;
}

/** `*`, `host`, `.domain` or `*.domain` (all with everything under it), each with `:port` if it is only meant there. */
function isExcepted(entry: string, host: string, port: string): boolean {
  if (entry === '*' || entry === host) return true;
  const [, place = '', only] = /^(?:\*?\.)?(.*?)(?::(\d{1,5}))?$/.exec(entry) ?? [];
  const name = place.replaceAll(/^\[|\]$/g, '');
  if (name === '' || (only !== undefined && only !== port)) return false;
  return host === name || host.endsWith(`.${name}`);
}

/**
 * The proxy of the environment, as command-line programs agree on it: `HTTPS_PROXY`, else `ALL_PROXY`, and `NO_PROXY`,
 * in small letters or capitals. Null where none is named or what is named is none.
 */
export function proxyOfEnvironment(env: Readonly<Record<string, string | undefined>>): ManualProxy | null {
  const read = (name: string) => [env[name.toLowerCase()], env[name]].find((value) => (value ?? '') !== '');
  const address = read('HTTPS_PROXY') ?? read('ALL_PROXY');
  return address === undefined ? null : parseManualProxy(address, read('NO_PROXY') ?? '');
}
