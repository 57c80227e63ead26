import { isSameServer, type LocalServer } from '../../shared/local-server.ts';
import type { Connection, ServerAddress } from '../create-connection.ts';
import { pinsOf } from './authority.ts';

/** The connections of one program, one for each server that an activation may belong to. */
export interface Connections {
  /** @param server undefined is the vendor's own */
  readonly to: (server: LocalServer | undefined) => Connection;
  readonly close: () => void;
}

/**
 * Keeps a connection for every local server that is called. An activation keeps what its server was recognised by when
 * it was taken; where that server is chosen still, what the administrator has handed over since counts, or a renewed
 * certificate authority would strand the seat.
 */
export function createConnections(options: {
  readonly cloud: Connection;
  readonly chosen: () => LocalServer | undefined;
  readonly connect: (server: ServerAddress) => Connection;
}): Connections {
  const { cloud, chosen, connect } = options;
  const open = new Map<string, Connection>();
  return {
    to: (server) => {
      if (server === undefined) return cloud;
      const present = chosen();
      const address = present !== undefined && isSameServer(present, server) ? present : server;
      const key = JSON.stringify(address);
      const found = open.get(key) ?? connect(addressOf(address));
      open.set(key, found);
      return found;
    },
    close: () => {
      cloud.close();
      for (const connection of open.values()) connection.close();
    },
  };
}

function addressOf({ url, ca, pins }: LocalServer): ServerAddress {
  const demanded = pins.length > 0 ? pins : pinsOf(ca ?? '');
  return { url, ca, pins: () => demanded, pinning: 'required' };
}
