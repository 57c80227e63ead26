import * as v from 'valibot';
import type { LicensingApi } from '../licensing-api/server.ts';
import { manage } from '../support/back-office.ts';

/** The name of the demo's only account, at the Licensing API and at the OpenID provider. */
export const DEMO_USER = 'demo@orbit.example';

const accountList = v.object({ items: v.array(v.object({ username: v.string() })) });
const entitlementList = v.object({ items: v.array(v.object({ id: v.string() })) });

/**
 * Gives the demo's entitlement an account, as the vendor's back office does it over the Management API; one that is
 * there stays as it is.
 * @throws if the server refuses
 */
export async function ensureAccount(server: LicensingApi, password: string): Promise<void> {
  const { items: accounts } = v.parse(accountList, await manage(server, 'GET', '/accounts'));
  if (accounts.some(({ username }) => username === DEMO_USER)) return;
  const { items } = v.parse(entitlementList, await manage(server, 'GET', '/entitlements'));
  const entitlementIds = items.map(({ id }) => id);
  const account = { username: DEMO_USER, password, openIdSubject: DEMO_USER, entitlementIds };
  const made = await manage(server, 'POST', '/accounts', account);
  v.parse(v.object({ username: v.literal(DEMO_USER) }), made);
}
