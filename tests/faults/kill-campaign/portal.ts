import * as v from 'valibot';
import type { VendorProfile } from '../../../shared/profile.ts';
import type { Side } from './label-writes.ts';
import { httpsCall } from '../../support/https-call.ts';

const tokenAnswer = v.looseObject({ token: v.string() });
const refusal = v.looseObject({ errorCode: v.string() });

/** What the portal answered: a token, an agreement without one, or the code of its refusal. */
export interface PortalAnswer {
  readonly code: string;
  readonly token: string | null;
}

/** The portal as a person uses it, from whatever machine has a network. */
export interface Portal {
  /** Hands a request or a deactivation in. */
  readonly send: (armored: string) => Promise<PortalAnswer>;
  readonly refresh: (activationCode: string, activationId: string) => Promise<PortalAnswer>;
}

/** @param onCall told before each call and when its answer is there */
export function portalOf(
  { api, tenantId }: VendorProfile,
  onCall: (call: string, side: Side) => void = () => undefined,
): Portal {
  const post = async (name: string, path: string, json: object): Promise<PortalAnswer> => {
    onCall(name, 'before');
    const { body } = await httpsCall({
      url: `${api.url}/api/v1/offline/${path}`,
      method: 'POST',
      ca: api.ca ?? '',
      headers: { 'N-TenantId': tenantId },
      json,
    });
    onCall(name, 'after');
    if (v.is(refusal, body)) return { code: body.errorCode, token: null };
    return { code: 'ok', token: v.is(tokenAnswer, body) ? body.token : null };
  };
  return {
    send: (token) => post('token', 'tokens', { token }),
    refresh: (activationCode, id) => post('refresh', `activations/${id}/refresh`, { activationCode }),
  };
}
