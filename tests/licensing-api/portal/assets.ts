import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import path from 'node:path';
import { DEMO_BRAND } from '../demo.ts';

/** The files of the portal that are the same for everybody. Read once; nothing of an address reaches the disk. */

export interface Asset {
  readonly type: string;
  readonly text: string;
}

const here = (name: string) => readFileSync(path.join(import.meta.dirname, name), 'utf8');

const ICON = `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 32 32"><rect width="32" height="32" rx="7"
  fill="${DEMO_BRAND.accent}"/><circle cx="12" cy="16" r="4.5" fill="none" stroke="#fff" stroke-width="3"/>
  <path d="M16.5 16H26m-4 0v4" fill="none" stroke="#fff" stroke-width="3" stroke-linecap="round"/></svg>`;

/** One sheet for the browser, in this order. */
const STYLES = ['portal.css', 'controls.css', 'content.css'];

/** By the last part of their address, `/portal/<name>`. */
export function loadAssets(): ReadonlyMap<string, Asset> {
  const { resolve } = createRequire(import.meta.url);
  const script = 'text/javascript; charset=utf-8';
  const colours = `:root{--accent-light:${DEMO_BRAND.accent};--accent-dark:${DEMO_BRAND.accentDark}}\n`;
  return new Map([
    ['portal.css', { type: 'text/css; charset=utf-8', text: colours + STYLES.map(here).join('') }],
    ['portal.js', { type: script, text: here('portal.js') }],
    // The decoder of the library, as it is; the page's script imports it when somebody chooses pictures.
    ['qr/decode.js', { type: script, text: readFileSync(resolve('qr/decode.js'), 'utf8') }],
    ['qr/index.js', { type: script, text: readFileSync(resolve('qr'), 'utf8') }],
    ['icon.svg', { type: 'image/svg+xml', text: ICON }],
  ]);
}
