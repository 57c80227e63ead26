import { AxeBuilder } from '@axe-core/playwright';
import { mkdirSync } from 'node:fs';
import path from 'node:path';
import type { Browser, BrowserContextOptions, Page } from 'playwright';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { ApplicationView } from '../../../shared/contract.ts';
import { scriptOf, type State } from './states.ts';
import { launch, open } from './window.ts';

interface Look {
  readonly name: string;
  readonly options: BrowserContextOptions;
  readonly change: Partial<ApplicationView>;
  /** Whether axe looks at it: what it finds differs by colours and language, not by the width of the window. */
  readonly axe: boolean;
}

const NARROW = { width: 480, height: 560 };

const LOOKS: readonly Look[] = [
  { name: 'light', options: { colorScheme: 'light' }, change: {}, axe: true },
  { name: 'dark', options: { colorScheme: 'dark' }, change: {}, axe: true },
  {
    name: 'narrow',
    options: { viewport: NARROW },
    change: { settings: { language: 'system', theme: 'dark', proxy: { kind: 'system' } } },
    axe: false,
  },
  { name: 'german', options: { viewport: NARROW }, change: { locale: 'de' }, axe: false },
  { name: 'arabic', options: {}, change: { locale: 'ar' }, axe: true },
  { name: 'contrast', options: { forcedColors: 'active', contrast: 'more' }, change: {}, axe: false },
];

const folder = process.env['LATCHKEY_SCREENSHOTS'];
const only = process.env['LATCHKEY_SCREENSHOTS_ONLY'];

/** What sticks out of the window at the side, or out of its own box with no way to see it. */
async function overflowing(page: Page): Promise<string[]> {
  return await page.evaluate(() => {
    const wide = globalThis.innerWidth;
    const out: string[] = [];
    const main = document.querySelector('main');
    if (main !== null && main.scrollWidth > main.clientWidth) out.push('main scrolls sideways');
    // The list for autofill is clipped to a dot and wider than that inside.
    const shown = '#root *:not([data-testid=hidden-select-container] *)';
    for (const element of document.querySelectorAll(shown)) {
      const { left, right, width } = element.getBoundingClientRect();
      if (width > 1 && (left < -1 || right > wide + 1))
        out.push(`${element.className} from ${left} to ${right}`);
    }
    return out;
  });
}

async function violations(page: Page): Promise<string[]> {
  const { violations } = await new AxeBuilder({ page })
    // What was read out a moment ago may name a button that is gone by now.
    .exclude('[data-live-announcer]')
    .analyze();
  return violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ target }) => String(target)).join(', ')}`);
}

async function shoot(page: Page, file: string): Promise<void> {
  // The page scrolls inside of the window: for the picture the window grows to hold all of it.
  const size = page.viewportSize();
  const height = await page.evaluate(() => {
    const main = document.querySelector('main');
    const bar = main?.getBoundingClientRect().top ?? 0;
    return Math.ceil((main?.scrollHeight ?? 0) + bar);
  });
  if (size !== null) await page.setViewportSize({ ...size, height: Math.max(size.height, height) });
  await page.screenshot({ path: file });
}

async function check(browser: Browser, state: State, look: Look): Promise<void> {
  const script = scriptOf(state, look.change);
  const { page, complaints, close } = await open(browser, script, look.options);
  try {
    await page
      .locator(state.unanswered === true ? 'main' : 'h1')
      .first()
      .waitFor();
    await state.steps?.(page, { ...state.change, ...look.change });
    expect(await overflowing(page)).toEqual([]);
    if (look.axe) expect(await violations(page)).toEqual([]);
    expect(complaints).toEqual([]);
    if (folder !== undefined) await shoot(page, path.join(folder, `${state.name}-${look.name}.png`));
  } finally {
    await close();
  }
}

/**
 * Tests every state in every look: nothing sticks out, nothing is complained about, axe finds nothing. With
 * LATCHKEY_SCREENSHOTS=FOLDER it leaves a picture of each there, with LATCHKEY_SCREENSHOTS_ONLY=TEXT of those alone
 * whose name has the text.
 */
export function testScreens(states: readonly State[]): void {
  let browser: Browser;
  beforeAll(async () => {
    browser = await launch();
    if (folder !== undefined) mkdirSync(folder, { recursive: true });
  });
  afterAll(async () => await browser.close());

  describe.each(states.filter(({ name }) => only === undefined || name.includes(only)))('$name', (state) => {
    it.each(LOOKS)('is accessible and fits: $name', async (look) => await check(browser, state, look));
  });
}
