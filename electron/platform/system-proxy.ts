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
  return {
    ...machineNetwork,
    routesTo: bySystem((url) => session.resolveProxy(url), log),
    routesByScript: (script, url) => bySystem((address) => byScript(script, address), log)(url),
  };
}

/** Set up for one script after the other: the one that a session has is the one that it answers by. */
let scriptInUse: { readonly script: string; readonly isSet: Promise<void> } | null = null;

/** Chromium fetches and runs the script, in its own sandbox. */
async function byScript(script: string, address: string): Promise<string> {
  const session = sessions.fromPartition('latchkey-proxy-script', { cache: false });
  if (scriptInUse?.script !== script) {
    scriptInUse = { script, isSet: session.setProxy({ mode: 'pac_script', pacScript: script }) };
  }
  await scriptInUse.isSet;
  return session.resolveProxy(address);
}
