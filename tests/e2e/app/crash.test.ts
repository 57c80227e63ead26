import { mkdirSync, readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import * as v from 'valibot';
import { describe, expect, it } from 'vitest';
import { crashReportSchema, type CrashReport } from '../../../electron/support/crash-report.ts';
import { unzipFiles } from '../../../electron/support/bundle/zip.ts';
import { ERRORS } from '../../../shared/errors.ts';
import { BUNDLE_LIMIT } from '../../../shared/support/bundle.ts';
import type { App } from '../../support/app.ts';
import { leaksIn, type Secret } from '../../support/leaks.ts';
import { startBench, type Bench } from './bench.ts';
import { personAt } from './person.ts';

/** The built application, in which something fails that nobody has foreseen. */

const PASSWORD = 'Harbour:Gate 7';

/** An installation that is in use, and an error that has secrets in it. */
async function inUse() {
  const bench = await startBench();
  const downloads = bench.folder('downloads');
  mkdirSync(downloads);
  const { activationCode } = await bench.calls.createEntitlement();
  bench.keepSecret({ kind: 'password', value: PASSWORD });
  const secrets: readonly Secret[] = [
    { kind: 'activation code', value: activationCode },
    { kind: 'password', value: PASSWORD },
    { kind: 'folder', value: bench.dataDir },
  ];
  const app = await bench.launch({ env: { LATCHKEY_HOST_SAVE_TO: downloads } });
  if (app.host === 'chromium') await personAt(app).becomeActive(activationCode);
  const careless = {
    message: `could not use ${activationCode} and ${PASSWORD} in ${bench.dataDir}`,
    cause: `${PASSWORD} ${activationCode}`,
  };
  return { bench, app, secrets, careless, downloads };
}

/** The reports that lie on the disk. */
function reports({ dataDir }: Bench): readonly CrashReport[] {
  const folder = path.join(dataDir, 'crashes');
  return readdirSync(folder).map((name) =>
    v.parse(crashReportSchema, JSON.parse(readFileSync(path.join(folder, name), 'utf8'))),
  );
}

const requestsOf = (app: App, channel: string) =>
  app.traffic.filter((entry) => entry.kind === 'request' && entry.channel === channel);

const notice = (app: App) => app.page.locator('.crash-notice');

/** The report is offered: it is looked at in full and saved. @returns what was shown, and what was saved */
async function saveReport(app: App, downloads: string) {
  await notice(app).getByRole('button', { name: 'Save report…' }).click();
  const trigger = app.page.locator('.bundle-trigger', { hasText: 'crash-1.json' });
  await trigger.click();
  const file = app.page.locator('.bundle-file').filter({ has: trigger });
  const shown = await file.locator('.bundle-text').textContent();
  await personAt(app).button('Save…').click();
  await app.page.getByText(/^Saved as support-.*\.zip/).waitFor();
  const [name = ''] = readdirSync(downloads);
  const files = unzipFiles(readFileSync(path.join(downloads, name)), BUNDLE_LIMIT) ?? [];
  return { shown, files };
}

describe('an exception in the main process', () => {
  it('ends it with a word to the user; the next start offers the report, which has no secret in it', async () => {
    const { bench, app, secrets, careless, downloads } = await inUse();
    if (app.host !== 'chromium') return;
    await app.ask({ kind: 'fail', how: 'exception', ...careless });
    await expect.poll(() => app.traffic.map(({ kind }) => kind)).toContain('errorBox');
    expect(await app.close()).toBe(ERRORS.internal.exit);
    const box = app.traffic.find(({ kind }) => kind === 'errorBox');
    const told = [{ name: 'error box', bytes: Buffer.from(JSON.stringify([box, app.output()])) }];
    expect(leaksIn(secrets, told)).toEqual([]);
    const [report] = reports(bench);
    expect(report).toMatchObject({ kind: 'mainException', reason: null, error: { name: 'TypeError' } });
    expect(report?.error?.frames).not.toEqual([]);

    await app.restart();
    await notice(app).waitFor();
    // What happened took nothing away.
    await personAt(app).openLicense();
    const { shown, files } = await saveReport(app, downloads);
    const saved = files.find(({ name }) => name === 'crash-1.json')?.text;
    expect(saved).toBe(shown);
    expect(JSON.parse(saved ?? '')).toMatchObject({ kind: 'mainException', error: report?.error });
    const places = files.map(({ name, text }) => ({ name, bytes: Buffer.from(text) }));
    expect(leaksIn(secrets, places)).toEqual([]);
    // The same search finds what is there.
    const planted = [{ name: 'planted', bytes: Buffer.from(JSON.stringify(careless)) }];
    expect(new Set(leaksIn(secrets, planted).map((found) => found.split(' as ')[0]))).toEqual(
      new Set(secrets.map(({ kind }) => kind)),
    );
  });

  it('is offered until it is discarded, and never again', async () => {
    const { bench, app, careless } = await inUse();
    if (app.host !== 'chromium') return;
    await app.ask({ kind: 'fail', how: 'exception', ...careless });
    await app.restart();
    await notice(app).waitFor();
    await notice(app).getByRole('button').last().click();
    await notice(app).waitFor({ state: 'detached' });
    await app.restart();
    await personAt(app).openLicense();
    expect(await notice(app).count()).toBe(0);
    expect(reports(bench)).toHaveLength(1);
  });
});

describe('a promise that nobody waits for', () => {
  it('is kept for support when it fails, and disturbs nobody', async () => {
    const { bench, app, secrets, careless } = await inUse();
    if (app.host !== 'chromium') return;
    await app.ask({ kind: 'fail', how: 'rejection', ...careless });
    await expect.poll(() => readFileSync(app.logFile, 'utf8')).toContain('unhandledRejection');
    expect(reports(bench)).toMatchObject([{ kind: 'unhandledRejection', error: { name: 'TypeError' } }]);
    await personAt(app).openLicense();
    expect(await personAt(app).refresh()).toContain('Refreshed.');
    await app.restart();
    await personAt(app).openLicense();
    expect(await notice(app).count()).toBe(0);
    const log = [{ name: 'log', bytes: readFileSync(app.logFile) }];
    expect(leaksIn(secrets, log)).toEqual([]);
  });
});

describe('a process of the page that ends', () => {
  it('leaves a report, and the window comes back with the license and says so', async () => {
    const { bench, app, downloads } = await inUse();
    if (app.host !== 'chromium') return;
    const broken = app.page;
    const devTools = await broken.context().newCDPSession(broken);
    // Nobody is left to answer.
    devTools.send('Page.crash').catch(() => undefined);
    await expect.poll(() => app.page !== broken).toBe(true);
    await notice(app).waitFor();
    expect(reports(bench)).toMatchObject([{ kind: 'pageGone', reason: 'crashed', error: null }]);
    expect(await notice(app).innerText()).toContain('closed unexpectedly');
    await personAt(app).openLicense();
    const { files } = await saveReport(app, downloads);
    expect(files.map(({ name }) => name)).toContain('crash-1.json');
    await app.restart();
    await personAt(app).openLicense();
    expect(await notice(app).count()).toBe(0);
  });
});

describe('an error in the page', () => {
  it('shows a word in its place, leaves a report without a secret, and offers it when all is loaded again', async () => {
    const { bench, app, secrets, careless, downloads } = await inUse();
    if (app.host !== 'chromium') return;
    await app.page.evaluate((message) => {
      const { format } = Object.getOwnPropertyDescriptors(Intl.DateTimeFormat.prototype);
      const spoil = () => {
        throw new TypeError(message);
      };
      Object.defineProperty(Intl.DateTimeFormat.prototype, 'format', { ...format, get: spoil });
      addEventListener('mended', () => {
        Object.defineProperty(Intl.DateTimeFormat.prototype, 'format', format);
      });
    }, careless.message);
    await app.page.locator('.license-card-link').or(personAt(app).button('Show license')).first().click();
    await app.page.locator('.full-stop').waitFor();
    await expect
      .poll(() => reports(bench))
      .toMatchObject([{ kind: 'pageException', error: { name: 'TypeError', code: null } }]);
    // Of the page's own program.
    expect(reports(bench)[0]?.error?.frames.join(' ')).toMatch(/\.js:\d+:\d+/);
    const told = [
      { name: 'bridge', bytes: Buffer.from(JSON.stringify(requestsOf(app, 'support.notePageError'))) },
    ];
    expect(leaksIn(secrets, told)).toEqual([]);
    await app.page.evaluate(() => dispatchEvent(new Event('mended')));
    await app.page.locator('.full-stop').getByRole('button').click();
    await notice(app).waitFor();
    await personAt(app).openLicense();
    const { files } = await saveReport(app, downloads);
    expect(files.map(({ name }) => name)).toContain('crash-1.json');
  });

  it('that stops nothing is kept and not offered, and a page that fails for ever writes no more than some', async () => {
    const { bench, app } = await inUse();
    if (app.host !== 'chromium') return;
    await app.page.evaluate(() => {
      for (let count = 0; count < 9; count += 1) void Promise.reject(new RangeError('no'));
    });
    await expect.poll(() => requestsOf(app, 'support.notePageError').length).toBe(5);
    await personAt(app).openLicense();
    expect(await personAt(app).refresh()).toContain('Refreshed.');
    expect(requestsOf(app, 'support.notePageError')).toHaveLength(5);
    expect(new Set(reports(bench).map(({ kind }) => kind))).toEqual(new Set(['pageRejection']));
    await app.restart();
    await personAt(app).openLicense();
    expect(await notice(app).count()).toBe(0);
  });
});
