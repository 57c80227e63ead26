import { rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { chromium, type Browser } from 'playwright';
import { afterAll, beforeAll, describe, expect, it, onTestFinished } from 'vitest';
import { startLeakCheck } from '../e2e/app/leak-check.ts';
import { findChromium } from '../../build/scripts/lib/chromium.mjs';
import type { Recorded } from '../host/recorder.ts';
import { caller } from '../integration/licensing-api/caller.ts';
import { startLicensingApi, type LicensingApi } from '../licensing-api/server.ts';
import { fullInstallation } from '../support/full-installation.ts';
import { installationSecrets } from '../support/installation-secrets.ts';
import type { Run } from '../support/launch-options.ts';
import type { Secret } from '../support/leaks.ts';
import { machineSecrets } from '../support/machine-secrets.ts';

/** Every test of the window ends with this search; here it is shown that it finds what there is. */

const PASSWORD: Secret = { kind: 'typed password', value: 'Harbour:Gate 7' };
const ADDRESS = 'http://localhost/';

let server: LicensingApi;
let browser: Browser;
beforeAll(async () => {
  server = await startLicensingApi();
  const executablePath = findChromium();
  browser = await chromium.launch({
    ...(executablePath === null ? {} : { executablePath }),
    args: ['--no-sandbox', '--disable-background-networking'],
  });
});
afterAll(async () => {
  await browser.close();
  await server.close();
});

const installation = () => fullInstallation(server.profile, server.productId);

/** What a run has shown: a title, what a button copies, what the process prints and what crosses the bridge. */
async function runWith(shown: {
  readonly title?: string;
  readonly copied?: string;
  readonly output?: string;
  readonly traffic?: readonly Recorded[];
}): Promise<Run> {
  const page = await browser.newPage();
  onTestFinished(() => page.close());
  const body = `<title></title><button>Copy summary</button>`;
  await page.route(ADDRESS, (route) => route.fulfill({ contentType: 'text/html', body }));
  await page.goto(ADDRESS);
  await page.evaluate(
    ({ title, copied }) => {
      document.title = title;
      document.querySelector('button')?.addEventListener('click', () => {
        void navigator.clipboard.writeText(copied);
      });
    },
    { title: shown.title ?? '', copied: shown.copied ?? '' },
  );
  return {
    page,
    traffic: shown.traffic ?? [],
    output: () => shown.output ?? '',
    close: () => Promise.resolve(0),
    ask: () => Promise.reject(new Error('nobody asks')),
  };
}

const asText = ({ value }: Secret): string =>
  typeof value === 'string' ? value : Buffer.from(value).toString('base64');

const answer = (text: string): Recorded => ({
  kind: 'request',
  channel: 'license.refresh',
  args: {},
  answer: text,
});

/** Kind and place of what was found, without the form that it was found in. */
const foundIn = (findings: readonly string[], place: string): readonly string[] => {
  const end = ` in ${place}`;
  return findings.flatMap((found) => (found.endsWith(end) ? [found.slice(0, found.indexOf(' as '))] : []));
};

describe('the search that every test of the window ends with', () => {
  it('knows what is in the vault, in its key file and in this machine', async () => {
    const { dataDir, filled } = await installation();
    const secrets = await installationSecrets(dataDir, server.profile);
    const known = secrets.map((secret) =>
      secret.kind === 'device key' ? Buffer.from(secret.value).toString('base64url') : asText(secret),
    );
    const keys = known.join('');
    for (const { value } of filled) expect(keys).toContain(value);
    const kinds = secrets.map(({ kind }) => kind);
    expect(kinds).toEqual(expect.arrayContaining(['vault key', 'key material of the device']));
    const machine = (await machineSecrets(dataDir)).map(({ kind }) => kind);
    expect(machine).toContain('install id');
  });

  it('knows what can be read of a vault that is damaged, and nothing of none', async () => {
    const { dataDir } = await installation();
    const kindsNow = async () =>
      new Set((await installationSecrets(dataDir, server.profile)).map(({ kind }) => kind));
    const vault = path.join(dataDir, 'vault');
    expect(await kindsNow()).toContain('nonce');
    for (const name of ['', '.copy']) {
      writeFileSync(path.join(vault, `${server.productId}${name}.json`), '{');
    }
    const left = await kindsNow();
    expect(left).not.toContain('nonce');
    expect([...left]).toEqual(expect.arrayContaining(['certificate key', 'password', 'vault key']));
    rmSync(vault, { recursive: true });
    expect([...(await kindsNow())]).toEqual(['key material of the device']);
  });

  it('finds every kind in every place, and nothing where nothing is', async () => {
    const { dataDir } = await installation();
    const calls = caller(server);
    const check = async (shown: Parameters<typeof runWith>[0], sent = '') => {
      let wire = '';
      const text = (more: string) => more.replace('WIRE', wire);
      const started = startLeakCheck(server.profile, [dataDir], () =>
        Promise.resolve([{ name: 'bundle/log.jsonl', bytes: Buffer.from(text(sent)) }]),
      );
      started.keep(PASSWORD);
      const { activationCode } = await calls.createEntitlement();
      const { seat } = await calls.takeSeat(activationCode, 'seat');
      await calls.state(seat);
      wire = `${seat.token} ${seat.nonce}`;
      const { title = '', copied = '', output = '', traffic = [] } = shown;
      const run = await runWith({
        title: text(title),
        copied: text(copied),
        output: text(output),
        traffic: JSON.parse(text(JSON.stringify(traffic))) as readonly Recorded[],
      });
      await started.look(run, dataDir);
      return started.end();
    };
    expect(await check({ title: 'Latchkey', copied: 'nothing', output: 'ready' }, '{}')).toEqual([]);

    const ofDevice = [
      ...(await installationSecrets(dataDir, server.profile)),
      ...(await machineSecrets(dataDir)),
    ];
    const all = [...ofDevice, PASSWORD];
    const kinds = new Set([...all.map(({ kind }) => kind), 'token', 'nonce']);
    const planted = `${all.map(asText).join(' ')} WIRE`;
    for (const folder of ['logs', 'crashes']) writeFileSync(path.join(dataDir, folder, 'planted'), planted);
    const shown = { title: planted, copied: planted, output: planted, traffic: [answer(planted)] };
    const findings = await check(shown, planted);
    for (const place of ['title', 'copied', 'output', 'bundle/log.jsonl']) {
      expect(new Set(foundIn(findings, place)), place).toEqual(kinds);
    }
    // The wire of this run is not in files that were written before.
    const written = new Set(kinds);
    written.delete('token');
    for (const place of ['logs/planted', 'crashes/planted']) {
      expect(new Set(foundIn(findings, place)), place).toEqual(written);
    }
    // Names and tokens that the user carries are shown in the window.
    const hidden = new Set(kinds);
    for (const kind of ['account', 'offline token']) hidden.delete(kind);
    expect(new Set(foundIn(findings, 'bridge'))).toEqual(hidden);
  });

  it('looks into the very bundle, report and summary that support would get', async () => {
    const { dataDir } = await installation();
    const line = {
      time: new Date().toISOString(),
      level: 'warn',
      process: 'cli',
      message: 'said gate 7 Harbour',
    };
    writeFileSync(path.join(dataDir, 'logs', 'latchkey.log'), `${JSON.stringify(line)}\n`);
    const check = startLeakCheck(server.profile, [dataDir]);
    // A text that nobody could know to be secret, and so is in the bundle; and words of every summary.
    check.keep({ kind: 'phrase', value: 'gate 7 Harbour' });
    check.keep({ kind: 'tenant', value: server.profile.tenantId });
    check.keep({ kind: 'application', value: server.profile.application.name });
    const findings = await check.end();
    expect(foundIn(findings, 'bundle/log.jsonl')).toContain('phrase');
    expect(foundIn(findings, 'bundle/report.json')).toContain('tenant');
    expect(foundIn(findings, 'report')).toContain('tenant');
    for (const language of ['en', 'de', 'ar']) {
      expect(foundIn(findings, `summary (${language})`)).toContain('application');
    }
    // And nothing else than what this test asks for.
    expect(findings.filter((found) => !/^(?:phrase|tenant|application) /.test(found))).toEqual([]);
  });

  it('leaves out what the user has typed, and that alone', async () => {
    const { dataDir } = await installation();
    const typed = ['license.activateWithPassword', 'proxy.signIn'].map(
      (channel) => ({ kind: 'request', channel, args: PASSWORD.value, answer: null }) as const,
    );
    const findingsOf = async (traffic: readonly Recorded[]) => {
      const check = startLeakCheck(server.profile, [dataDir], () => Promise.resolve([]));
      check.keep(PASSWORD);
      await check.look(await runWith({ traffic }), dataDir);
      return foundIn(await check.end(), 'bridge');
    };
    expect(await findingsOf(typed)).toEqual([]);
    const back = typed.map((entry) => ({ ...entry, answer: PASSWORD.value }));
    expect(await findingsOf(back)).toContain('typed password');
    expect(await findingsOf([{ kind: 'event', channel: 'event.snapshot', args: PASSWORD.value }])).toContain(
      'typed password',
    );
  });
});
