import type { Network } from './api/network.ts';
import type { Pin } from './api/pin-policy.ts';
import { createConnection, type Connection, type ServerAddress } from './create-connection.ts';
import { openChosenServer, type ChosenServer } from './server/chosen-server.ts';
import { createConnections, type Connections } from './server/local-connections.ts';
import type { ServiceOptions } from './services.ts';
import type { PolicyFile } from './settings/managed-settings.ts';

export interface Servers {
  readonly chosen: ChosenServer;
  readonly connections: Connections;
  /** The vendor's own server. */
  readonly cloud: Connection;
}

/** The vendor's own server, the local ones that activations belong to, and the choice between them. */
export function createServers(
  { profile, dataDir, clock, random, log }: ServiceOptions,
  parts: {
    readonly policy: PolicyFile;
    readonly network: Network;
    /** Pins of the vendor's own server, as they are now. */
    readonly pins: () => readonly Pin[];
  },
): Servers {
  const { policy, network, pins } = parts;
  const { tenantId, api } = profile;
  const connect = (server: ServerAddress) =>
    createConnection({ server, tenantId, moreRoots: policy.roots, network, clock, random, log });
  const cloud = connect({ url: api.url, ca: api.ca, pins, pinning: api.pinning });
  const chosen = openChosenServer({ dir: dataDir, profile, policy: () => policy.current().policy, log });
  return { chosen, cloud, connections: createConnections({ cloud, chosen: chosen.current, connect }) };
}
