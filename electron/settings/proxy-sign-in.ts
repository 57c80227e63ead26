import { failure, type ErrorCode, type Failure } from '../../shared/errors.ts';
import { err, ok, type Result } from '../../shared/result.ts';
import { ConnectFailure } from '../api/connect-failure.ts';
import { nameOf, type Network, type Proxy } from '../api/network.ts';
import type { Secret } from '../support/secret.ts';
import type { ProxyLogins } from './proxy-logins.ts';

export interface ProxySignIn {
  /** Host and port of the proxy that asked; without it, the first on the way. */
  readonly proxy?: string | undefined;
  readonly username: string;
  readonly password: Secret<'password'>;
  /** Seals the login in the vault; else it is for this run alone. */
  readonly remember: boolean;
}

export interface SignInParts {
  readonly logins: ProxyLogins;
  readonly network: Pick<Network, 'routesTo'>;
  /** Base address of the server that the proxy is on the way to. */
  readonly server: URL;
  /** Makes a call that says nothing and needs no activation. */
  readonly tryOut: () => Promise<Result<unknown>>;
}

/** What happens before the server is reached, and says nothing of whether the login was good. */
const NOT_REACHED: readonly ErrorCode[] = [
  'proxyUnreachable',
  'networkUnavailable',
  'dnsFailed',
  'timeout',
  'cancelled',
];

/**
 * Signs in to a proxy on the way to the server, and keeps a login only after the proxy has taken it.
 * @returns host and port of the proxy. Errors: `proxyLoginRefused`, `proxyUnreachable` where no such proxy is on the
 * way, those of the way to it, those of the vault
 */
export async function signInToProxy(
  { logins, network, server, tryOut }: SignInParts,
  { proxy: name, username, password, remember }: ProxySignIn,
): Promise<Result<{ readonly proxy: string }>> {
  const proxies = await proxiesOnTheWay(network, server);
  if (!proxies.ok) return proxies;
  const proxy = proxies.value.find((one) => name === undefined || nameOf(one) === name);
  if (proxy === undefined) return err(failure('proxyUnreachable', name === undefined ? {} : { proxy: name }));
  logins.use(proxy, { username, password });
  const tried = await tryOut();
  const problem = tried.ok ? null : problemOf(tried.error, proxy);
  if (problem !== null) {
    logins.drop(proxy);
    return err(problem);
  }
  const kept = remember ? await logins.remember(proxy) : ok(null);
  return kept.ok ? ok({ proxy: nameOf(proxy) }) : kept;
}

async function proxiesOnTheWay(
  network: Pick<Network, 'routesTo'>,
  server: URL,
): Promise<Result<readonly Proxy[]>> {
  try {
    const routes = await network.routesTo(server);
    return ok(routes.flatMap((route) => route ?? []));
  } catch (error) {
    if (error instanceof ConnectFailure) return err(error.failure);
    throw error;
  }
}

function problemOf({ code, facts }: Failure, proxy: Proxy): Failure | null {
  if (code === 'proxyAuthRequired') return failure('proxyLoginRefused', { proxy: nameOf(proxy) });
  return NOT_REACHED.includes(code) ? failure(code, facts) : null;
}
