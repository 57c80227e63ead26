import type { CreateEntitlementRequest } from '../../../shared/licensing-api/generated/types.gen.ts';
import { startLicensingApi, type LicensingApi } from '../../licensing-api/server.ts';
import { purchase, type Purchase } from '../../support/back-office.ts';
import { START } from '../model/history.ts';

/** The reference server of a campaign, what it sells, and what it holds. */

export const POOL = 'render-nodes';
export const COUNT = 'exports';
export const FLAG = 'batch-mode';

const TERMS: Partial<CreateEntitlementRequest> = {
  features: [
    { key: POOL, type: 'elementPool', total: 6 },
    { key: COUNT, type: 'usageCount', total: 1_000_000 },
    { key: FLAG, type: 'bool' },
  ],
  leasePeriod: { type: 'Day', count: 1 },
  offlineLeasePeriod: { type: 'Day', count: 30 },
};

/** How much of each feature the server has counted. */
export interface Amounts {
  /** Elements that are taken now. */
  readonly pool: number;
  /** Spent for good, by all activations that there were. */
  readonly count: number;
  readonly flag: number;
}

export interface ServerSeat {
  readonly id: string;
  readonly entitlementId: string;
  readonly seatId: string;
  readonly mode: string;
  readonly leaseExpiry: number;
}

export interface Held {
  /** Those that have not ended. */
  readonly seats: readonly ServerSeat[];
  readonly amounts: Amounts;
}

/** Client certificates end within a story; they are renewed after six hours, and some run out. */
const CERTIFICATE_LIFE_MS = 9 * 60 * 60_000;

export interface CampaignServer {
  readonly api: LicensingApi;
  /** The operations that were called since the last time, by their names in the contract. */
  readonly calls: () => readonly string[];
  readonly close: () => Promise<void>;
}

/** @param wantsCertificates whether calls of an activation need its client certificate */
export async function openServer(wantsCertificates: boolean): Promise<CampaignServer> {
  let heard: string[] = [];
  const api = await startLicensingApi({
    logLevel: 'info',
    writeLog: (line) => {
      const entry: unknown = JSON.parse(line);
      if (typeof entry === 'object' && entry !== null && 'operation' in entry)
        heard.push(String(entry.operation));
    },
    codeAttempts: { requests: 1_000_000, perMilliseconds: 60_000 },
    requireClientCertificate: wantsCertificates,
    clientCertificateLifeMs: CERTIFICATE_LIFE_MS,
  });
  return {
    api,
    calls: () => {
      const since = heard;
      heard = [];
      return since;
    },
    close: api.close,
  };
}

/** Two purchases of one seat each. */
export async function sell({ api }: CampaignServer): Promise<readonly Purchase[]> {
  setTime(api, START);
  return [await purchase(api, TERMS), await purchase(api, TERMS)];
}

export function setTime(api: LicensingApi, now: number): void {
  api.setClock(now);
  api.setDate(now);
}

/** What the server holds of some purchases. */
export function heldOf({ store }: LicensingApi, bought: readonly Purchase[]): Held {
  const all = bought.flatMap(
    ({ id }) => store.activations.list(id, { includeEnded: true, limit: 1000, offset: 0 }).items,
  );
  const sum = (feature: string): number =>
    all.reduce((total, { id }) => total + store.featureUse.own(id, feature, 0), 0);
  return {
    seats: all.filter(({ ended }) => ended === null),
    amounts: { pool: sum(POOL), count: sum(COUNT), flag: sum(FLAG) },
  };
}

/** What one activation has of a feature, as the server has it. */
export function ownOf({ store }: LicensingApi, activationId: string, feature: string): number {
  return store.featureUse.own(activationId, feature, 0);
}
