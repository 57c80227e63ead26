import { networkInterfaces } from 'node:os';
import * as tls from 'node:tls';
import { proxyOfEnvironment } from '../api/manual-proxy-policy.ts';
import { STRAIGHT, type Network } from '../api/network.ts';
import { throughManual } from '../api/resolve-routes.ts';

/** Roots and connections of this machine; the straight way. */
export const machineNetwork: Network = { ...STRAIGHT, systemRoots, isConnected };

/** The network of a process without Electron: the proxy is the one that the environment names. */
export function environmentNetwork(env: Readonly<Record<string, string | undefined>>): Network {
  const manual = proxyOfEnvironment(env);
  return manual === null ? machineNetwork : { ...machineNetwork, ...throughManual(manual) };
}

/** Empty where this runtime can't read them. */
function systemRoots(): readonly string[] {
  try {
    return tls.getCACertificates('system');
  } catch {
    return [];
  }
}

function isConnected(): boolean {
  return Object.values(networkInterfaces()).some((addresses) =>
    (addresses ?? []).some(({ internal }) => !internal),
  );
}
