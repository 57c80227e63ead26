import { afterAll, afterEach, beforeAll } from 'vitest';
import type { LicensingApi } from '../../../electron/api/client.ts';
import type { LocalServer } from '../../../shared/local-server.ts';
import type { CreateEntitlementRequest } from '../../../shared/licensing-api/generated/types.gen.ts';
import { startLicensingApi, type LicensingApi as Server } from '../../licensing-api/server.ts';
import { clientOf } from '../../support/licensing-client.ts';
import { caller } from '../licensing-api/caller.ts';
import { install, type Installation, type InstallationOptions } from './engine.ts';

/** A server of the vendor in the cloud, one on the spot, and one that somebody has made. */
export const SERVERS = ['cloud', 'local', 'foreign'] as const;
export type ServerName = (typeof SERVERS)[number];

/** As an administrator hands it over. */
export function addressOf(server: Server): LocalServer {
  return { url: server.url, ca: server.caPem, pins: [{ sha256: server.pin }] };
}

export function withServers() {
  const running = new Map<ServerName, Server>();
  const server = (name: ServerName): Server => {
    const found = running.get(name);
    if (found === undefined) throw new Error(`the ${name} server has not started`);
    return found;
  };
  beforeAll(async () => {
    const quiet = { writeLog: () => undefined };
    const cloud = await startLicensingApi(quiet);
    running.set('cloud', cloud);
    running.set('local', await startLicensingApi({ ...quiet, localOf: cloud.vendor }));
    // Tenant and catalogue are no secret; the keys are.
    const { keys } = (await borrowedKeys(quiet)).vendor;
    running.set('foreign', await startLicensingApi({ ...quiet, localOf: { ...cloud.vendor, keys } }));
  });
  afterEach(() => {
    for (const it of running.values()) {
      it.faults.clear();
      it.setClock(Date.now);
      it.setDate(Date.now);
    }
  });
  afterAll(() => Promise.all([...running.values()].map((it) => it.close())));
  return {
    server,
    /** An installation whose new activations are taken from a server. */
    installAt: (
      name: ServerName,
      options: Partial<InstallationOptions> & { readonly local?: (api: LicensingApi) => LicensingApi } = {},
    ): Installation => {
      const { local: wrap = (same) => same } = options;
      const chosen = name === 'cloud' ? undefined : addressOf(server(name));
      return install({
        server: server('cloud'),
        ...options,
        serverForNew: () => chosen,
        apiOf: ({ url }) => {
          const there = SERVERS.map(server).find((it) => it.url === url);
          if (there === undefined) throw new Error(`nobody is at ${url}`);
          // The tenant is the vendor's, whoever answers.
          return wrap(clientOf(there).api);
        },
      });
    },
    buyAt: async (name: ServerName, request: Partial<CreateEntitlementRequest> = {}) => {
      const calls = caller(server(name));
      const { id, activationCode } = await calls.createEntitlement({ seatCount: 2, ...request });
      return {
        code: activationCode,
        seatsUsed: async () => (await calls.getEntitlement(id)).seatsUsed,
      };
    },
  };
}

/** Keys of a vendor that is nobody's. */
async function borrowedKeys(quiet: { readonly writeLog: () => undefined }): Promise<Server> {
  const other = await startLicensingApi(quiet);
  await other.close();
  return other;
}
