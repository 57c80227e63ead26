import { askLogin, httpProxy } from '../net/proxies.ts';
import type { PlantedFault } from './fault.ts';

/** The way to the server, and the server at its end. */
export const NETWORK_FAULTS: readonly PlantedFault[] = [
  {
    name: 'Nobody answers at the address of the server',
    code: 'serverUnreachable',
    remedy: 'checkNetwork',
    plant: async ({ activate, front }) => {
      await activate();
      front.set({ kind: 'shut' });
    },
  },
  {
    name: 'A proxy asks for a login',
    code: 'proxyAuthRequired',
    remedy: 'signInToProxy',
    plant: async ({ activate, front, keep, setting }) => {
      await activate();
      const { proxy } = await keep(
        httpProxy({ leadsTo: front.port, refuse: () => askLogin('Basic realm="x"') }),
      );
      setting.routes = [proxy];
    },
  },
];
