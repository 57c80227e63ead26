import type { ProxyChoice } from '../../shared/proxy-choice.ts';
import { ConnectFailure } from './connect-failure.ts';
import { parseManualProxy, routeOfManual } from './manual-proxy-policy.ts';
import type { Network, Proxy, ProxyLogin, Route } from './network.ts';

/** Logins at proxies that a person has typed in. */
export interface TypedLogins {
  readonly loginFor: (proxy: Proxy) => Promise<ProxyLogin | null>;
  readonly onLoginRefused: (proxy: Proxy, login: ProxyLogin) => void;
}

/**
 * The network with the way out that was chosen, looked up anew for every connection.
 * @param system what the operating system or the environment says
 * @param choice the administrator's or else the user's
 */
export function chosenNetwork(system: Network, choice: () => ProxyChoice, logins: TypedLogins): Network {
  return {
    ...system,
    routesTo: (url) => routesBy(system, choice(), url),
    // What was typed in is newer than what stands in an address.
    loginFor: async (proxy) => (await logins.loginFor(proxy)) ?? system.loginFor(proxy),
    onLoginRefused: (proxy, login) => {
      logins.onLoginRefused(proxy, login);
      system.onLoginRefused?.(proxy, login);
    },
  };
}

async function routesBy(system: Network, choice: ProxyChoice, url: URL): Promise<readonly Route[]> {
  switch (choice.kind) {
    case 'system':
      return system.routesTo(url);
    case 'none':
      return [null];
    case 'manual': {
      const manual = parseManualProxy(choice.address, choice.except);
      // The straight way would be another one than was chosen.
      if (manual === null) throw new ConnectFailure('proxyUnreachable', { proxy: choice.address });
      return [routeOfManual(manual, url)];
    }
    case 'pac': {
      if (system.routesByScript === undefined) {
        throw new ConnectFailure('proxyUnreachable', { proxy: new URL(choice.url).host });
      }
      return system.routesByScript(choice.url, url);
    }
  }
}
