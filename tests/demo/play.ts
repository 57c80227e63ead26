import { mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { parseArgs } from 'node:util';
import { text } from 'node:stream/consumers';
import { chromium } from 'playwright';
import * as v from 'valibot';
import { startHost } from '../host/client.ts';
import { demoServersSchema } from './announcement.ts';
import { scenes } from './scenes.ts';

/**
 * Plays the main job in the real application without a window: activate with the code, see the features, refresh,
 * deactivate; then the same with the account. Writes a picture of each step, in light and dark, and a transcript of
 * what the window said: `node tests/demo/play.ts --data DIR --out DIR`, with what the servers said on standard input,
 * because command lines can be read by every user of a machine.
 */

const STEP_MILLISECONDS = 30_000;

function readArguments() {
  const value = { type: 'string' } as const;
  const { data, out } = parseArgs({ options: { data: value, out: value } }).values;
  if (data === undefined || out === undefined) {
    throw new Error('usage: node tests/demo/play.ts --data DIR --out DIR');
  }
  return { data, out };
}

async function main(): Promise<void> {
  const { data, out } = readArguments();
  const servers = v.parse(demoServersSchema, JSON.parse(await text(process.stdin)));
  mkdirSync(out, { recursive: true });
  const host = await startHost(['--profile', servers.profile, '--data', data], {
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
    // Both are typed, and nothing else ever shows them.
    const clean = line
      .replaceAll(servers.activationCode, '(activation code)')
      .replaceAll(servers.account.password, '(password)');
    transcript.push(clean);
    process.stdout.write(`${clean}\n`);
  };
  try {
    const browser = await chromium.connectOverCDP(host.endpoint ?? '');
    const page = browser.contexts()[0]?.pages()[0];
    if (page === undefined) throw new Error('The application has no page');
    page.setDefaultTimeout(STEP_MILLISECONDS);
    for (const [index, { title, act }] of scenes(servers).entries()) {
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
