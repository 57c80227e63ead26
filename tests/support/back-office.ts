import * as v from 'valibot';
import type { CreateEntitlementRequest } from '../../shared/licensing-api/generated/types.gen.ts';
import type { LicensingApi } from '../licensing-api/server.ts';
import { httpsCall } from './https-call.ts';

const tokenAnswer = v.looseObject({ access_token: v.string() });
const created = v.looseObject({ id: v.string(), activationCode: v.string() });

/** A purchase as the vendor's back office makes it. */
export interface Purchase {
  readonly id: string;
  readonly code: string;
}

/** A call of the Management API, as the vendor's back office makes it. Gives the body of the answer. */
export async function manage(
  server: Pick<LicensingApi, 'management' | 'caPem' | 'url' | 'productId'>,
  method: string,
  path: string,
  json?: unknown,
): Promise<unknown> {
  const { tokenUrl, clientId, clientSecret } = server.management;
  const token = await httpsCall({
    url: tokenUrl,
    method: 'POST',
    ca: server.caPem,
    headers: { 'Content-Type': 'application/x-www-form-urlencoded' },
    raw: new URLSearchParams({
      grant_type: 'client_credentials',
      client_id: clientId,
      client_secret: clientSecret,
    }).toString(),
  });
  const { access_token: bearer } = v.parse(tokenAnswer, token.body);
  const answer = await httpsCall({
    url: `${server.url}/api/v1/management${path}`,
    method,
    ca: server.caPem,
    headers: { Authorization: `Bearer ${bearer}` },
    ...(json === undefined ? {} : { json }),
  });
  return answer.body;
}

/** Makes a purchase over the Management API, in programs that run without a test runner. One seat for a year. */
export async function purchase(
  server: Pick<LicensingApi, 'management' | 'caPem' | 'url' | 'productId'>,
  terms: Partial<CreateEntitlementRequest> = {},
): Promise<Purchase> {
  const answer = await manage(server, 'POST', '/entitlements', {
    productId: server.productId,
    seatCount: 1,
    plan: {
      name: 'Yearly',
      licenseType: 'Subscription',
      licenseStartType: 'EntitlementCreation',
      licenseDuration: { type: 'Year', count: 1 },
    },
    ...terms,
  });
  const { id, activationCode } = v.parse(created, answer);
  return { id, code: activationCode };
}
