import type { Bridge, RequestOf } from '../../shared/contract.ts';
import { call } from '../bridge.ts';

/** What the settings ask about the license server. What is chosen then comes with the next snapshot. */
export interface ServerActions {
  readonly inspectCertificate: Bridge['server']['inspectCertificate'];
  readonly chooseServer: (request: RequestOf<'server.use'>) => ReturnType<Bridge['server']['use']>;
  readonly checkServer: () => ReturnType<Bridge['server']['check']>;
}

export function serverActions(bridge: () => Bridge): ServerActions {
  return {
    inspectCertificate: async (request) =>
      await call(async () => await bridge().server.inspectCertificate(request)),
    chooseServer: async (request) => await call(async () => await bridge().server.use(request)),
    checkServer: async () => await call(async () => await bridge().server.check()),
  };
}
