import type { Call, CallOptions, LicensingApi } from './client.ts';

/** Makes a call with other options than it came with, or not at all. */
export type Around = <T>(
  options: CallOptions | undefined,
  call: (options: CallOptions) => Call<T>,
) => Call<T>;

/** The Licensing API with something done around each of its calls. */
export function aroundEachCall(api: LicensingApi, around: Around): LicensingApi {
  return {
    activate: (request, key, options) => around(options, (chosen) => api.activate(request, key, chosen)),
    state: (session, options) => around(options, (chosen) => api.state(session, chosen)),
    refresh: (session, options) => around(options, (chosen) => api.refresh(session, chosen)),
    entitlement: (session, options) => around(options, (chosen) => api.entitlement(session, chosen)),
    licenseFile: (session, key, options) =>
      around(options, (chosen) => api.licenseFile(session, key, chosen)),
    checkoutFeature: (session, change, options) =>
      around(options, (chosen) => api.checkoutFeature(session, change, chosen)),
    returnFeature: (session, change, options) =>
      around(options, (chosen) => api.returnFeature(session, change, chosen)),
    trackFeatureUsage: (session, feature, key, options) =>
      around(options, (chosen) => api.trackFeatureUsage(session, feature, key, chosen)),
    issueCertificate: (session, csr, options) =>
      around(options, (chosen) => api.issueCertificate(session, csr, chosen)),
    deactivate: (accessToken, options) => around(options, (chosen) => api.deactivate(accessToken, chosen)),
  };
}

/** The Licensing API for calls that nobody waits for: they are left out while the server is known to be down. */
export function inBackground(api: LicensingApi): LicensingApi {
  return aroundEachCall(api, (options, call) => call({ ...options, background: true }));
}
