import { session as sessions } from 'electron';
import type { Network } from '../api/network.ts';
import { bySystem } from '../api/resolve-routes.ts';
import type { Log } from '../ports.ts';
import { machineNetwork } from './network.ts';

/**
 * The network as the operating system is set up, its PAC script included. Asked of a session of its own: the window's
 * blocks every request, and this one loads nothing. Use it only after the application is ready.
 */
export function systemNetwork(log: Log): Network {
  const session = sessions.fromPartition('latchkey-proxy', { cache: false });
  return { ...machineNetwork, routesTo: bySystem((url) => session.resolveProxy(url), log) };
}
