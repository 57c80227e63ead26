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
