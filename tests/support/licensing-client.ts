import type { LicensingApi as Server } from '../licensing-api/server.ts';
import { createLicensingApi, type LicensingApi } from '../../electron/api/client.ts';
import { PinnedAgent } from '../../electron/api/pinned-agent.ts';
import { STRAIGHT } from '../../electron/api/network.ts';
import type { Pin } from '../../electron/api/pin-policy.ts';
import {
  createTransport,
  DEFAULT_LIMITS,
  type Transport,
  type TransportLimits,
} from '../../electron/api/transport.ts';
import { systemClock, systemRandom } from '../../electron/platform/system.ts';
import { SILENT } from '../../electron/support/log.ts';

/** The real client against a reference server, as the application puts it together. */
export function clientOf(
  server: Pick<Server, 'profile' | 'caPem' | 'url' | 'tenantId'>,
  changes: {
    readonly pins?: readonly Pin[];
    readonly ca?: string | undefined;
    readonly url?: string;
    readonly pinning?: 'required' | 'report';
    readonly limits?: Partial<TransportLimits>;
    /** What is put around the transport. */
    readonly around?: (transport: Transport) => Transport;
  } = {},
): { readonly api: LicensingApi; readonly reported: () => number } {
  let reported = 0;
  const agent = new PinnedAgent({
    pins: () => changes.pins ?? server.profile.api.pins,
    pinning: changes.pinning ?? 'required',
    ca: 'ca' in changes ? changes.ca : server.caPem,
    clock: systemClock,
    random: systemRandom,
    network: STRAIGHT,
    onAccepted: ({ isPinned }) => {
      if (!isPinned) reported += 1;
    },
  });
  const { around = (same) => same } = changes;
  const api = createLicensingApi({
    baseUrl: changes.url ?? server.url,
    tenantId: server.tenantId,
    transport: around(createTransport(agent, { ...DEFAULT_LIMITS, ...changes.limits })),
    clock: systemClock,
    random: systemRandom,
    log: SILENT,
  });
  return { api, reported: () => reported };
}
