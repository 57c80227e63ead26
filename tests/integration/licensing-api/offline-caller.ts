import { expect } from 'vitest';
import type { LicensingApi } from '../../licensing-api/server.ts';
import type { HttpsAnswer } from '../../support/https-call.ts';
import { bodyOf, type Caller } from './caller.ts';
import type { Device, Opened } from './offline-device.ts';

/** Calls of the offline exchange. */
export function offlineCaller(api: LicensingApi, calls: Caller) {
  const headers = { 'N-TenantId': api.tenantId };
  const send = (token: string | undefined): Promise<HttpsAnswer> =>
    calls.call('POST', '/api/v1/offline/tokens', { headers, json: { token } });
  /** Sends a token that is expected to be answered with another. */
  const token = async (request: string | undefined): Promise<string> => {
    const answer = await send(request);
    expect(answer.status, answer.text).toBe(200);
    return bodyOf<{ token: string }>(answer).token;
  };
  const refresh = (activationCode: string, id: string, deviceKid?: string): Promise<HttpsAnswer> =>
    calls.call('POST', `/api/v1/offline/activations/${id}/refresh`, {
      headers,
      json: { activationCode, ...(deviceKid === undefined ? {} : { deviceKid }) },
    });
  return {
    send,
    token,
    refresh,
    /** Makes a new request of a device and opens the response. */
    answered: async (device: Device): Promise<Opened> =>
      await device.open(await token(await device.request())),
    refreshed: async (device: Device, code: string, id: string): Promise<Opened> => {
      const answer = await refresh(code, id);
      expect(answer.status, answer.text).toBe(200);
      return await device.open(bodyOf<{ token: string }>(answer).token);
    },
  };
}

export type OfflineCaller = ReturnType<typeof offlineCaller>;
