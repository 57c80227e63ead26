import { failure } from '../../shared/errors.ts';
import type { VendorProfile } from '../../shared/profile.ts';
import { err, ok, type Result } from '../../shared/result.ts';

/** Ids of the products meant: all without a name, else the one with that id or name. Errors: `productUnknown` */
export function productsNamed(
  profile: VendorProfile,
  named: string | undefined,
): Result<readonly [string, ...string[]]> {
  const wish = named?.toLowerCase();
  const [first, ...others] = profile.products
    .filter(({ productId, name }) => wish === undefined || productId === named || name.toLowerCase() === wish)
    .map(({ productId }) => productId);
  return first === undefined ? err(failure('productUnknown')) : ok([first, ...others]);
}

/** The one product meant. Errors: `productUnknown`, `usageInvalid` where there are several and none was named */
export function oneProduct(profile: VendorProfile, named: string | undefined): Result<string> {
  const found = productsNamed(profile, named);
  if (!found.ok) return found;
  const [productId, ...others] = found.value;
  return others.length > 0 ? err(failure('usageInvalid', { field: 'PRODUCT' })) : ok(productId);
}
