import type { VendorProfile } from '../../shared/profile.ts';
import type { RequestOf } from '../../shared/contract.ts';

export type LinkName = RequestOf<'links.open'>['link'];

/**
 * The address behind a named link; null if the profile has none. A window names a link and never gives an address,
 * so that a page that was taken over can't make the system open one of its choice. Only https and mailto leave.
 */
export function resolveLink(name: LinkName, profile: VendorProfile): string | null {
  const address = addressOf(name, profile);
  if (address === undefined || !URL.canParse(address)) return null;
  const url = new URL(address);
  return url.protocol === 'https:' || url.protocol === 'mailto:' ? url.href : null;
}

/**
 * Whether an address is one that a sign-in of this vendor may send the browser to: the provider's own page, for our
 * client. Which host that is the provider says in its metadata, so only what must always be so can be checked.
 */
export function isSignInPage(address: string, { accounts }: Pick<VendorProfile, 'accounts'>): boolean {
  const url = URL.canParse(address) ? new URL(address) : null;
  const provider = accounts?.openId;
  return (
    url !== null &&
    provider !== undefined &&
    url.protocol === 'https:' &&
    url.username === '' &&
    url.password === '' &&
    url.searchParams.get('client_id') === provider.clientId
  );
}

function addressOf(name: LinkName, { vendor, api }: VendorProfile): string | undefined {
  switch (name) {
    case 'website':
      return vendor.website;
    case 'supportPage':
      return vendor.support.url;
    case 'portal':
      return api.portalUrl;
    case 'supportEmail':
      // Encoded whole: a `?` in the address would otherwise begin mail headers such as `bcc`.
      return vendor.support.email === undefined
        ? undefined
        : `mailto:${vendor.support.email.split('@').map(encodeURIComponent).join('@')}`;
  }
}
