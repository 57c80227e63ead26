import type { CreateEntitlementRequest } from '../../../shared/licensing-api/generated/types.gen.ts';
import type { LicensingApi } from '../../licensing-api/server.ts';
import { manage, purchase, type Purchase } from '../../support/back-office.ts';
import { choicesFrom } from './prng.ts';

/** What a device can use, and what the server holds of it. */

export const POOL = 'render-nodes';
export const COUNT = 'exports';
export const FLAG = 'batch-mode';
export const FEATURES = [POOL, COUNT, FLAG] as const;

/** Who signs in for the purchase that belongs to an account. */
export interface Person {
  readonly username: string;
  readonly password: string;
}

export interface Bought {
  /** Two to be used with their codes, of which the first may be used offline, and one that belongs to an account. */
  readonly purchases: readonly Purchase[];
  readonly codes: readonly string[];
  readonly person: Person;
}

/** @param device tells the accounts of devices apart */
export async function buy(server: LicensingApi, device: string): Promise<Bought> {
  const terms: Partial<CreateEntitlementRequest> = {
    gracePeriod: { type: 'Day', count: 14 },
    features: [
      { key: POOL, type: 'elementPool', total: 6 },
      { key: COUNT, type: 'usageCount', total: 1_000_000 },
      { key: FLAG, type: 'bool' },
    ],
  };
  const first = await purchase(server, { ...terms, offlineLeasePeriod: { type: 'Day', count: 30 } });
  const second = await purchase(server, { ...terms, seatCount: 2 });
  const ofAccount = await purchase(server, terms);
  const person = { username: `${device}@orbit.example`.toLowerCase(), password: 'a long enough password' };
  await manage(server, 'POST', '/accounts', { ...person, entitlementIds: [ofAccount.id] });
  return { purchases: [first, second, ofAccount], codes: [first.code, second.code], person };
}

/** How much of each feature the server has counted for one activation. */
export type Counted = Readonly<Record<string, number>>;

export function countedOf({ store }: LicensingApi, activationId: string): Counted {
  return Object.fromEntries(FEATURES.map((key) => [key, store.featureUse.own(activationId, key, 0)]));
}

/** Whether the device of a seed lives with a server that wants client certificates. */
export const wantsCertificates = (seed: string): boolean => choicesFrom(`${seed} certificates`).chance(0.25);
