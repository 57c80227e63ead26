import type { VendorProfile } from './profile.ts';

/** An address that a firewall or a proxy has to let through, without inspection where `inspection` is `never`. */
export interface HostToAllow {
  readonly host: string;
  readonly port: number;
  readonly purpose: 'licensing' | 'portal';
  /**
   * `never`: the application refuses any other certificate than the vendor's. `allowed`: it takes one that the system
   * trusts.
   */
  readonly inspection: 'never' | 'allowed';
}

/**
 * What an administrator has to let through for this application: the license server, and the portal that users open in
 * their browser where it is another host.
 */
export function hostsToAllow({ api }: VendorProfile): readonly HostToAllow[] {
  const licensing = placeOf(api.url);
  const inspection = api.pinning === 'report' ? 'allowed' : 'never';
  const hosts: HostToAllow[] = [{ ...licensing, purpose: 'licensing', inspection }];
  const portal = api.portalUrl === undefined ? licensing : placeOf(api.portalUrl);
  // A browser has no pins.
  if (portal.host !== licensing.host || portal.port !== licensing.port)
    hosts.push({ ...portal, purpose: 'portal', inspection: 'allowed' });
  return hosts;
}

function placeOf(address: string): { readonly host: string; readonly port: number } {
  const { hostname, port } = new URL(address);
  return { host: hostname, port: port === '' ? 443 : Number(port) };
}
