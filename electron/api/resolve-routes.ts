import type { ManualProxy } from './manual-proxy-policy.ts';
import { routeOfManual } from './manual-proxy-policy.ts';
import type { Log } from '../ports.ts';
import type { Network } from './network.ts';
import { routesOfPac } from './pac-policy.ts';

/** Ways and login of a proxy that was written down. */
export function throughManual(manual: ManualProxy): Pick<Network, 'routesTo' | 'loginFor'> {
  const { proxy, login } = manual;
  return {
    routesTo: (url) => Promise.resolve([routeOfManual(manual, url)]),
    loginFor: ({ host, port, scheme }) =>
      // A password is for the proxy it was written beside, whoever else may ask.
      Promise.resolve(host === proxy.host && port === proxy.port && scheme === proxy.scheme ? login : null),
  };
}

/** Milliseconds; a script that hangs must not use up the time of the call. */
const PAC_TIMEOUT = 5000;

/**
 * Ways by what the operating system decides: its settings or its PAC script. A system that does not answer in time, or
 * fails, leaves the straight way.
 * @param resolve for a URL, the result as a PAC script gives it
 */
export function bySystem(
  resolve: (url: string) => Promise<string>,
  log: Log,
  timeoutMs = PAC_TIMEOUT,
): Network['routesTo'] {
  return async (url) => {
    let timer: NodeJS.Timeout | undefined;
    const late = new Promise<null>((settle) => {
      timer = setTimeout(() => settle(null), timeoutMs);
    });
    try {
      const result = await Promise.race([resolve(url.origin), late]);
      if (result === null) log.warn('The system did not say in time which proxy to use');
      return result === null ? [null] : routesOfPac(result);
    } catch (error) {
      log.warn('The system could not say which proxy to use', { error });
      return [null];
    } finally {
      clearTimeout(timer);
    }
  };
}
