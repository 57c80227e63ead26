import type { Proxy, Route } from './network.ts';

const SCHEMES: Readonly<Record<string, Proxy['scheme']>> = {
  PROXY: 'http',
  HTTP: 'http',
  HTTPS: 'https',
  SOCKS5: 'socks5',
  SOCKS: 'socks5',
};
const DEFAULT_PORTS = { http: 80, https: 443, socks5: 1080 } as const;
/** A list that long is no list of ways but a mistake. */
const MOST_ROUTES = 10;

/**
 * Host and port of `host:port`, `[address]:port` or a host alone; null if it is neither.
 * @param fallback port where none is named
 */
export function parseAuthority(
  text: string,
  fallback: number,
): { readonly host: string; readonly port: number } | null {
  const match = /^(?:\[([0-9a-f:.]+)\]|([^\s:/@[\]]+))(?::(\d{1,5}))?$/i.exec(text);
  const host = match?.[1] ?? match?.[2];
  const port = match?.[3] === undefined ? fallback : Number(match[3]);
  return host === undefined || port < 1 || port > 65_535 ? null : { host, port };
}

/**
 * Ways of a PAC result such as `PROXY a:8080; SOCKS5 b; DIRECT`, in order. Entries that are not understood are left
 * out: the script may name what this client does not speak.
 * @returns the straight way alone if nothing is left
 */
export function routesOfPac(result: string): readonly Route[] {
  const routes: Route[] = [];
  for (const entry of result.split(';', MOST_ROUTES)) {
    const [kind = '', place = ''] = entry.trim().split(/\s+/, 2);
    if (kind.toUpperCase() === 'DIRECT') routes.push(null);
    const scheme = Object.hasOwn(SCHEMES, kind.toUpperCase()) ? SCHEMES[kind.toUpperCase()] : undefined;
    const at = scheme === undefined ? null : parseAuthority(place, DEFAULT_PORTS[scheme]);
    if (scheme !== undefined && at !== null) routes.push({ scheme, ...at });
  }
  return routes.length === 0 ? [null] : routes;
}
