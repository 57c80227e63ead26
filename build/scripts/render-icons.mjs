/** Draws build/icons/icon.svg at the sizes that installers want. To be run after the drawing was changed. */
import { readFileSync } from 'node:fs';
import { chromium } from 'playwright';
import { ensureChromium } from './lib/chromium.mjs';
import { inRoot } from './lib/root.mjs';

const SIZES = [512, 1024];

const svg = readFileSync(inRoot('build/icons/icon.svg'), 'utf8');
const browser = await chromium.launch({
  executablePath: await ensureChromium(),
  chromiumSandbox: process.getuid?.() !== 0,
});
for (const size of SIZES) {
  const page = await browser.newPage({ viewport: { width: size, height: size } });
  await page.setContent(`<style>body{margin:0}svg{display:block;width:100vw;height:100vh}</style>${svg}`);
  await page.screenshot({ path: inRoot(`build/icons/${size}x${size}.png`), omitBackground: true });
}
await browser.close();
