import type { VendorProfile } from './profile.ts';

/** What an address is needed for. */
export const HOST_PURPOSES = ['licensing', 'localServer', 'signIn', 'portal'] as const;

/** An address that a firewall or a proxy has to let through, without inspection where `inspection` is `never`. */
export interface HostToAllow {
  readonly host: string;
  readonly port: number;
  readonly purpose: (typeof HOST_PURPOSES)[number];
  /**
   * `never`: the application refuses any other certificate than the server's own. `allowed`: one that the system trusts
   * is taken.
   */
  readonly inspection: 'never' | 'allowed';
}

/** Where the licenses of an installation come from. */
export interface LicenseSources {
  /** Address of the chosen Local License Server; null = the vendor's own is chosen. */
  readonly local: string | null;
  /** Host, with its port where that is unusual, of the server of each license that is held. */
  readonly heldAt: readonly { readonly kind: 'cloud' | 'local'; readonly host: string }[];
}

/**
 * What an administrator has to let through for this installation: the server that licenses are taken from and those
 * that still hold some, the identity provider where users may sign in, and the portal that they open in their browser.
 * Each address once, for the first of what it is needed for.
 */
export function hostsToAllow(
  { api, accounts }: VendorProfile,
  { local, heldAt }: LicenseSources,
): readonly HostToAllow[] {
  const isVendorsNeeded = local === null || heldAt.some(({ kind }) => kind === 'cloud');
  const locals = heldAt.flatMap(({ kind, host }) => (kind === 'local' ? [`https://${host}`] : []));
  const pinned = { purpose: 'localServer', inspection: 'never' } as const;
  const wanted: readonly HostToAllow[] = [
    ...(local === null ? [] : [{ ...placeOf(local), ...pinned }]),
    ...(isVendorsNeeded
      ? [
          {
            ...placeOf(api.url),
            purpose: 'licensing',
            inspection: api.pinning === 'report' ? 'allowed' : 'never',
          } as const,
        ]
      : []),
    ...locals.map((address) => ({ ...placeOf(address), ...pinned })),
    // A browser has no pins, and the provider's are its own affair.
    ...(accounts?.openId === undefined
      ? []
      : [{ ...placeOf(accounts.openId.issuer), purpose: 'signIn', inspection: 'allowed' } as const]),
    ...(api.portalUrl === undefined
      ? []
      : [{ ...placeOf(api.portalUrl), purpose: 'portal', inspection: 'allowed' } as const]),
  ];
  return wanted.filter(
    ({ host, port }, at) => wanted.findIndex((other) => other.host === host && other.port === port) === at,
  );
}

function placeOf(address: string): { readonly host: string; readonly port: number } {
  const { hostname, port } = new URL(address);
  return { host: hostname, port: port === '' ? 443 : Number(port) };
}
