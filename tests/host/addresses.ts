/**
 * Chromium lets nobody outside it serve a scheme of their own, so the page lives at an https origin that exists
 * nowhere and that the host answers for. Product code never sees it: addresses are translated on both ways.
 */
const OUTSIDE = 'app://latchkey';
const INSIDE = 'https://latchkey.host.internal';

/** What Chromium is told in place of the application's address. */
export function toInside(address: string): string {
  return swap(address, OUTSIDE, INSIDE);
}

/** What the application is told in place of Chromium's address. */
export function toOutside(address: string): string {
  return swap(address, INSIDE, OUTSIDE);
}

function swap(address: string, from: string, to: string): string {
  return address === from || address.startsWith(`${from}/`) ? `${to}${address.slice(from.length)}` : address;
}

/** The origin of a page as Electron says it: `null` for pages that have none. */
export function originOf(address: string): string {
  if (address === OUTSIDE || address.startsWith(`${OUTSIDE}/`)) return OUTSIDE;
  return URL.canParse(address) ? new URL(address).origin : 'null';
}
