import { createLicensingApi, type LicensingApi } from './api/client.ts';
import type { Network } from './api/network.ts';
import { patientTransport } from './api/patient-transport.ts';
import { PinnedAgent } from './api/pinned-agent.ts';
import { PROBE_TIMEOUT_PER_ROUTE, probeServer, type ServerProbe } from './api/probe.ts';
import type { Pin } from './api/pin-policy.ts';
import { createTransport, DEFAULT_LIMITS, type Transport } from './api/transport.ts';
import { watchInspection, type Inspection } from './license/inspected-contacts.ts';
import type { Clock, Log, Random } from './ports.ts';

/** One server that speaks the Licensing API, and how it is recognised. */
export interface ServerAddress {
  /** Base address, `https:`. */
  readonly url: string;
  /** PEM of the roots that are trusted beside the operating system's. */
  readonly ca?: string | undefined;
  /** The pins of now: they may change while the program runs. */
  readonly pins: () => readonly Pin[];
  readonly pinning: 'required' | 'report';
}

export interface ConnectionOptions {
  readonly server: ServerAddress;
  readonly tenantId: string;
  /** PEM of roots that the administrator has added for every server. */
  readonly moreRoots: () => readonly string[];
  readonly network: Network;
  readonly clock: Clock;
  readonly random: Random;
  readonly log: Log;
}

/** Everything between one server and the engine. */
export interface Connection {
  readonly api: LicensingApi;
  /** For what is asked of this server beside the Licensing API's calls. */
  readonly transport: Transport;
  /** Who may have read along at the last connection that a call was made over; null = nobody. */
  readonly inspection: Inspection['found'];
  /** Makes one attempt to reach the server, to be told step by step. */
  readonly probe: () => ServerProbe;
  /** Ends what is under way. */
  readonly close: () => void;
}

/** Puts the way to one server together: agent, transport, client. Nothing is connected before the first call. */
export function createConnection(options: ConnectionOptions): Connection {
  const { server, tenantId, network, clock, random, log } = options;
  const inspection = watchInspection(new URL(server.url).host);
  const recognised = {
    pins: server.pins,
    pinning: server.pinning,
    ca: server.ca,
    moreRoots: options.moreRoots,
    clock,
    random,
    network,
  };
  const agent = new PinnedAgent({
    ...recognised,
    onAccepted: (peer) => {
      inspection.onAccepted(peer);
      if (!peer.isPinned) log.warn('no pinned key was shown; the profile asks to report only');
    },
  });
  const { deadline } = DEFAULT_LIMITS;
  const transport = patientTransport(createTransport(agent), { clock, random, log, deadline });
  return {
    api: createLicensingApi({ baseUrl: server.url, tenantId, transport, clock, random, log }),
    transport,
    inspection: inspection.found,
    probe: () =>
      probeServer({
        baseUrl: server.url,
        tenantId,
        network,
        clock,
        connect: (onAccepted) => {
          const own = new PinnedAgent({
            ...recognised,
            onAccepted,
            timeoutPerRoute: PROBE_TIMEOUT_PER_ROUTE,
          });
          return { transport: createTransport(own), close: () => own.destroy() };
        },
      }),
    close: () => agent.destroy(),
  };
}
