import * as v from 'valibot';
import { EVENTS, type DeepLink } from '../../shared/contract.ts';
import { looksLikeActivationCode, normalizeActivationCode } from '../../shared/license/activation-code.ts';

/** The scheme that the operating system hands to the application. */
export const DEEP_LINK_SCHEME = 'latchkey';

const MAX_LENGTH = 512;
const PARAMETERS = new Set(['product', 'code']);

/**
 * Reads `latchkey://activate?product=prod_...&code=...`. Anyone can make such a link, on any page, so it is bounded,
 * it may name only products of this vendor, and all it ever does is fill a form in that a person then sends or not.
 * @param products ids that the profile lists
 * @returns null for anything else: another verb, unknown or repeated parameters, an unknown product
 */
export function parseDeepLink(text: string, products: readonly string[]): DeepLink | null {
  if (text.length > MAX_LENGTH || !URL.canParse(text)) return null;
  const url = new URL(text);
  if (url.protocol !== `${DEEP_LINK_SCHEME}:` || url.host !== 'activate') return null;
  if (url.username !== '' || url.password !== '' || url.hash !== '') return null;
  if (url.pathname !== '' && url.pathname !== '/') return null;
  const names = [...url.searchParams.keys()];
  if (new Set(names).size !== names.length || names.some((name) => !PARAMETERS.has(name))) return null;
  const productId = url.searchParams.get('product');
  const given = url.searchParams.get('code');
  const code = given === null ? null : normalizeActivationCode(given);
  if (productId !== null && !products.includes(productId)) return null;
  if (code !== null && !looksLikeActivationCode(code)) return null;
  const link = v.safeParse(EVENTS.deepLink, { productId, code });
  return link.success ? link.output : null;
}

/** The first argument that claims to be a deep link; null if none does. */
export function findDeepLink(args: readonly string[]): string | null {
  return args.find((arg) => arg.toLowerCase().startsWith(`${DEEP_LINK_SCHEME}:`)) ?? null;
}
