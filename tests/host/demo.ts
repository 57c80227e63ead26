import { mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { parseArgs } from 'node:util';
import { chromium, type Page } from 'playwright';
import { startHost } from './client.ts';

/**
 * Plays the main job in the real application without a window: enter the code, activate, see the features, refresh,
 * deactivate. Writes a picture of each step, in light and dark, and a transcript of what the window said:
 * `node tests/host/demo.ts --profile FILE --code CODE --data DIR --out DIR`
 */

const STEP_MILLISECONDS = 30_000;

interface Scene {
  readonly title: string;
  readonly act: (page: Page) => Promise<void>;
}

/** What a person does, by the names that a person reads. */
function scenes(code: string): readonly Scene[] {
  const button = (page: Page, name: string | RegExp) => page.getByRole('button', { name });
  return [
    {
      title: 'The window opens and asks for the activation code',
      act: (page) => page.getByLabel('Activation code').waitFor(),
    },
    {
      title: 'The code is entered',
      act: (page) => page.getByLabel('Activation code').fill(code),
    },
    {
      title: 'The license is active',
      act: async (page) => {
        await button(page, 'Activate').click();
        await page.getByRole('heading', { name: /is active$/ }).waitFor();
      },
    },
    {
      title: 'Its features, entitlement and seat',
      act: async (page) => {
        await button(page, 'Show license').click();
        await page.getByRole('heading', { name: 'Features' }).waitFor();
      },
    },
    {
      title: 'The lease is refreshed',
      act: async (page) => {
        await button(page, 'Refresh').first().click();
        await page
          .getByText(/^Refreshed\./)
          .first()
          .waitFor();
      },
    },
    {
      title: 'Before the seat is given back, the window asks',
      act: async (page) => {
        await button(page, /^Deactivate…/).click();
        await page.getByRole('alertdialog').or(page.getByRole('dialog')).first().waitFor();
      },
    },
    {
      title: 'The seat is free again',
      act: async (page) => {
        await button(page, 'Deactivate').last().click();
        await page.getByLabel('Activation code').waitFor();
      },
    },
  ];
}

function readArguments() {
  const text = { type: 'string' } as const;
  const { values } = parseArgs({ options: { profile: text, code: text, data: text, out: text } });
  const { profile, code, data, out } = values;
  if (profile === undefined || code === undefined || data === undefined || out === undefined) {
    throw new Error('usage: node tests/host/demo.ts --profile FILE --code CODE --data DIR --out DIR');
  }
  return { profile, code, data, out };
}

async function main(): Promise<void> {
  const { profile, code, data, out } = readArguments();
  mkdirSync(out, { recursive: true });
  const host = await startHost(['--profile', profile, '--data', data], {
    LATCHKEY_HOST_DISPLAY: 'headless',
    LATCHKEY_HOST_DEBUGGING: '1',
    LATCHKEY_HOST_LOCALE: 'en-US',
    LATCHKEY_HOST_VIEWPORT: '960x760',
  });
  let isStopped = false;
  const stop = () => {
    isStopped = true;
    void host.close();
  };
  process.once('SIGINT', stop);
  process.once('SIGTERM', stop);
  const transcript: string[] = [];
  const say = (line: string) => {
    // The code is typed, and nothing else ever shows it.
    const clean = line.replaceAll(code, '(activation code)');
    transcript.push(clean);
    process.stdout.write(`${clean}\n`);
  };
  try {
    const browser = await chromium.connectOverCDP(host.endpoint ?? '');
    const page = browser.contexts()[0]?.pages()[0];
    if (page === undefined) throw new Error('The application has no page');
    page.setDefaultTimeout(STEP_MILLISECONDS);
    for (const [index, { title, act }] of scenes(code).entries()) {
      try {
        await act(page);
      } catch (error) {
        // The window may be what failed; the first error says more than that there is no picture of it.
        await page.screenshot({ path: path.join(out, 'failed.png') }).catch(() => undefined);
        throw error;
      }
      const name = `${String(index + 1).padStart(2, '0')}-${title.toLowerCase().replaceAll(/[^a-z]+/g, '-')}`;
      for (const colorScheme of ['light', 'dark'] as const) {
        await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' });
        await page.screenshot({ path: path.join(out, `${name}-${colorScheme}.png`), animations: 'disabled' });
      }
      say(`${index + 1}. ${title}`);
      for (const line of (await page.locator('body').innerText()).split('\n')) {
        if (line.trim() !== '') say(`   | ${line.trim()}`);
      }
      say('');
    }
    await browser.close();
  } catch (error) {
    // Whoever ends the demo takes its window away in the middle of a step.
    if (!isStopped) throw error;
    process.exitCode = 1;
  } finally {
    writeFileSync(path.join(out, 'transcript.txt'), `${transcript.join('\n')}\n`);
    await host.close();
  }
}

await main();
