import { STRAIGHT, type Network } from '../../../electron/api/network.ts';
import { startLicensingApi } from '../../licensing-api/server.ts';
import type { Path } from './engine-faults.ts';
import { openFront } from './front.ts';
import type { InstallationOptions } from './installation.ts';
import { plainPeer, tlsPeer, type Heard } from './peers.ts';
import { makePki } from './pki.ts';

/** Where licenses come from: the vendor's server, one of the customer, or one that wants certificates of its clients. */
export const MODES = ['vendor', 'local', 'certified'] as const;
export type Mode = (typeof MODES)[number];

/** What plays are put on. Certificates, faults and clocks are the server's, so each worker has a stage of its own. */
export interface Stage extends Omit<Path, 'random'> {
  readonly installed: Pick<InstallationOptions, 'profile' | 'local' | 'network' | 'skew'>;
  /** What the vendor's own server heard where it is not the one that is used. */
  readonly unused: Heard | null;
  readonly close: () => Promise<void>;
}

export async function putUpStage(mode: Mode): Promise<Stage> {
  const closers: (() => Promise<void>)[] = [];
  const keep: Path['keep'] = async (closable) => {
    const kept = await closable;
    closers.push(kept.close);
    return kept;
  };
  const quiet = { writeLog: () => undefined };
  const vendors = await keep(startLicensingApi({ ...quiet, requireClientCertificate: mode === 'certified' }));
  const isLocal = mode === 'local';
  const server = isLocal ? await keep(startLicensingApi({ ...quiet, localOf: vendors.vendor })) : vendors;
  const pki = await makePki();
  const pem = await pki.certify({ authority: pki.inspection, key: pki.otherKey });
  const reader = await keep(tlsPeer({ pem, talk: (socket) => void socket.destroy() }));
  const front = await keep(openFront(Number(new URL(server.url).port)));
  const deaf = await keep(plainPeer(() => undefined));
  const url = `https://localhost:${front.port}`;
  const api = { ...vendors.profile.api, url: isLocal ? `https://localhost:${deaf.port}` : url };
  let way: Network['routesTo'] | null = null;
  let ahead = 0;
  return {
    server,
    front,
    reader,
    keep,
    route: (next) => {
      way = next;
    },
    skew: (next) => {
      ahead = next;
    },
    installed: {
      profile: { ...vendors.profile, api },
      local: isLocal ? { url, ca: server.caPem, pins: [{ sha256: server.pin }] } : undefined,
      network: { ...STRAIGHT, routesTo: (to) => (way ?? STRAIGHT.routesTo)(to) },
      skew: () => ahead,
    },
    unused: isLocal ? deaf.heard : null,
    close: async () => {
      for (const close of closers.toReversed()) await close();
    },
  };
}
