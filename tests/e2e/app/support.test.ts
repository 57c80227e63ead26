import { mkdirSync, readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { unzipFiles } from '../../../electron/support/bundle/zip.ts';
import { BUNDLE_LIMIT } from '../../../shared/support/bundle.ts';
import type { App } from '../../support/app.ts';
import { leaksIn } from '../../support/leaks.ts';
import { startBench } from './bench.ts';
import { personAt } from './person.ts';

async function openBundle(app: App) {
  const person = personAt(app);
  await app.page.getByRole('navigation').getByRole('button').last().click();
  await app.page.locator('.diagnosis-entry .button').click();
  await person.button('Save support bundle…').click();
  await app.page.locator('.bundle-file').first().waitFor();
}

describe('the support bundle in the window', () => {
  it('is shown in full and saved as it was shown, with no secret in it', async () => {
    const bench = await startBench();
    const downloads = bench.folder('downloads');
    mkdirSync(downloads);
    const { activationCode } = await bench.calls.createEntitlement();
    const app = await bench.launch({ env: { LATCHKEY_HOST_SAVE_TO: downloads } });
    if (app.host !== 'chromium') return;
    const person = personAt(app);
    await person.becomeActive(activationCode);
    await openBundle(app);
    for (const trigger of await app.page.locator('.bundle-trigger').all()) await trigger.click();
    const shown = await app.page.locator('.bundle-text').allTextContents();
    await person.button('Save…').click();
    await app.page.getByText(/^Saved as support-.*\.zip/).waitFor();
    const [name = ''] = readdirSync(downloads);
    const files = unzipFiles(readFileSync(path.join(downloads, name)), BUNDLE_LIMIT) ?? [];
    expect(files.map(({ text }) => text)).toEqual(shown);
    expect(files.map((file) => file.name)).toEqual([
      'manifest.json',
      'report.html',
      'report.json',
      'environment.json',
      'log.jsonl',
    ]);
    const places = files.map((file) => ({ name: file.name, bytes: Buffer.from(file.text) }));
    expect(leaksIn([{ kind: 'activation code', value: activationCode }], places)).toEqual([]);
    expect(await app.page.title()).not.toContain(activationCode);
    // The page learns the name of the file and nothing of where it is.
    expect(JSON.stringify(app.traffic.filter(({ kind }) => kind === 'request'))).not.toContain(downloads);
  });
});
