import '../../support/no-electron.ts';
import { appendFileSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it, vi } from 'vitest';
import type { Fingerprint } from '../../../electron/fingerprint/types.ts';
import { readFingerprint } from '../../../electron/fingerprint/read-fingerprint.ts';
import { nodeHost } from '../../../electron/fingerprint/host.ts';
import { licenseRecordSchema } from '../../../electron/license/records.ts';
import { systemRandom } from '../../../electron/platform/system.ts';
import { NO_KEYRING } from '../../../electron/ports.ts';
import { SILENT } from '../../../electron/support/log.ts';
import { openKeyFile } from '../../../electron/vault/key-file.ts';
import { newActivationCode, newSecret } from '../../licensing-api/secrets.ts';
import { tokenService, type TokenService } from '../../licensing-api/tokens.ts';
import { formsOf, leaksIn, type Place, type Secret } from '../../support/leaks.ts';
import { typedCode } from '../../support/typed-secrets.ts';
import { open, valueOf } from '../../support/vault.ts';
import { offlineCaller } from '../../integration/licensing-api/offline-caller.ts';
import { startBench, type Bench } from './bench.ts';
import { offlinePersonAt } from './offline-person.ts';
import { personAt } from './person.ts';
import { watch } from './watch.ts';

// The server runs in this process: every secret that it makes passes through these two.
vi.mock('../../licensing-api/secrets.ts', { spy: true });
vi.mock('../../licensing-api/tokens.ts', { spy: true });

const returned = (mock: { readonly results: readonly { readonly value: unknown }[] }) =>
  mock.results.map(({ value }) => value);

/** Access and management tokens, from now on. */
async function watchTokens(): Promise<() => Promise<{ access: string[]; management: string[] }>> {
  const service = (await returned(vi.mocked(tokenService).mock).at(-1)) as TokenService;

  const access = vi.spyOn(service, 'issueAccess');
  const management = vi.spyOn(service, 'issueManagement');
  return async () => ({
    access: (await Promise.all(returned(access.mock))) as string[],
    management: (await Promise.all(returned(management.mock))) as string[],
  });
}

/** What the vault is locked with, opened as the application does; without the data key where a keyring has it. */
async function keysOf(bench: Bench): Promise<{ secrets: Secret[]; machineKeys: Fingerprint['machineKeys'] }> {
  const { salt } = bench.server.profile.fingerprint;
  const host = nodeHost();
  const fingerprint = await readFingerprint({
    salt,
    dataDir: bench.dataDir,
    random: systemRandom,
    log: SILENT,
    host,
  });
  const { machineKeys } = fingerprint;
  const file: unknown = JSON.parse(readFileSync(path.join(bench.dataDir, 'vault', 'keys.json'), 'utf8'));
  const ring = { keyring: NO_KEYRING, strong: false, backend: 'none' };
  const opened = await openKeyFile(file, machineKeys, ring);
  const machineId = await host.machineId();
  return {
    machineKeys,
    secrets: [
      ...(opened.ok ? [{ kind: 'vault key', value: Uint8Array.from(opened.value.key) }] : []),
      ...machineKeys.map(({ material }) => ({ kind: 'key material of the device', value: material })),
      ...(machineId === null ? [] : [{ kind: 'machine id', value: machineId }]),
    ],
  };
}

/** One secret of each kind in every form, to be hidden somewhere. `isText`: only what survives being text. */
function planted(secrets: readonly Secret[], isText: boolean) {
  const kinds = [...new Map(secrets.map((secret) => [secret.kind, secret])).values()];
  const forms = kinds.flatMap((secret) => formsOf(secret).map((form) => ({ kind: secret.kind, ...form })));
  const usable = forms.filter(({ needle }) => !isText || /^[\x20-\x7e]+$/.test(needle));
  return { text: usable.map(({ needle }) => needle).join('\n'), forms: usable };
}

describe('secrets', () => {
  it('are in no log, no message between page and main process, no file in clear and on no page', async () => {
    const bench = await startBench();
    const tokens = await watchTokens();
    const { calls } = bench;
    const offlineLeasePeriod = { type: 'Day', count: 30 } as const;
    const good = await calls.createEntitlement({ seatCount: 1, offlineLeasePeriod });
    const disabled = await calls.createEntitlement();
    await calls.change(disabled.id, 'disable');
    const app = await bench.launch();
    const person = personAt(app);
    const watching = watch(app, bench.dataDir);
    watching.listen();
    const { look } = watching;

    // What goes wrong, with codes that are worth something.
    await person.activate(disabled.activationCode);
    await person.alert();
    await look('refused');
    await bench.server.setCertificate('newKey');
    await person.activate(good.activationCode);
    await expect.poll(() => person.alert()).toContain('The connection was not made');
    await app.page.evaluate(() => {
      navigator.clipboard.writeText = (copied) => {
        document.documentElement.dataset['copied'] = copied;
        return Promise.resolve();
      };
    });
    await person.button('Copy details').click();
    await person.button('Copied').waitFor();
    await look('not connected');
    await bench.server.setCertificate('valid');
    bench.server.faults.next({ kind: 'malformedJson' }, 'activate');
    await person.button('Activate').click();
    await expect.poll(() => person.alert()).toContain('could not be read');
    await look('interrupted');

    // The main job.
    await person.button('Activate').click();
    await person.heading(/ is active$/).waitFor();
    await look('activated');
    await person.openLicense();
    await person.button('Check status').click();
    await expect.poll(() => person.text()).toContain('Checked.');
    bench.server.faults.next({ kind: 'cutAfter' }, 'refreshActivation');
    await person.button('Refresh').click();
    await expect.poll(() => person.text()).toContain('Try again');
    await look('answer lost');
    await person.button('Refresh').click();
    await expect.poll(() => person.text()).toContain('Refreshed.');
    await look('refreshed');

    const { secrets: keys, machineKeys } = await keysOf(bench);
    /** What the vault holds; nobody can look where a keyring guards it. */
    const record = async () => {
      if (app.host !== 'chromium') return null;
      const vault = await open(path.join(bench.dataDir, 'vault'), { machineKeys });
      return valueOf(await vault.read(bench.server.productId, licenseRecordSchema))?.value ?? null;
    };
    const stored = (await record())?.secrets;
    await app.restart();
    watching.listen();
    await look('started again');
    await person.openLicense();
    await person.deactivate();
    // The page learns of it by an event as well, which may be there before the answer.
    if (app.host === 'chromium') {
      await expect.poll(() => JSON.stringify(app.traffic)).toContain('license.deactivate');
    }
    await look('deactivated');

    // The same without a network.
    const offline = offlinePersonAt(app, bench.folder('usb'));
    await offline.makeRequest(good.activationCode, 'Bench 4');
    await app.page.getByRole('tab', { name: 'Text' }).or(person.button('Text')).first().click();
    await look('requested');
    const request = (await record())?.exchange.requests[0];
    if (request !== undefined) {
      const response = await offlineCaller(bench.server, calls).token(request.token);
      await offline.paste(response);
      await offline
        .dialog()
        .getByRole('button', { name: 'Apply' })
        .or(person.heading(/ is active$/))
        .first()
        .waitFor();
      if (await offline.dialog().isVisible()) await person.button('Apply').click();
      await person.heading(/ is active$/).waitFor();
      await look('active offline');
    }
    const deviceKeys: Secret[] = [request?.keys.sign, request?.keys.encrypt].flatMap((key) =>
      key === undefined ? [] : [{ kind: 'device key', value: Buffer.from(key, 'base64url') }],
    );
    await app.close();

    const issued = await tokens();
    const isText = (value: unknown): value is string => typeof value === 'string';
    const all = (kind: string, values: readonly unknown[]): Secret[] =>
      [...new Set(values.filter(isText))].map((value) => ({ kind, value }));
    const secrets = [
      ...all('activation code', returned(vi.mocked(newActivationCode).mock)),
      // Nonces, ids of tokens, and the secret of the management client.
      ...all('nonce or OAuth secret', returned(vi.mocked(newSecret).mock)),
      ...all('access token', issued.access),
      ...all('management token', issued.management),
      ...keys,
      ...deviceKeys,
    ];

    // There was something to find, and somewhere to find it.
    const values = secrets.map(({ value }) => value);
    expect(values).toEqual(expect.arrayContaining([good.activationCode, disabled.activationCode]));
    expect(values).toContain(bench.server.management.clientSecret);
    expect(issued.access.length).toBeGreaterThanOrEqual(3);
    const contentOf = (name: string) =>
      watching.places
        .filter((place) => place.name.startsWith(name))
        .map(({ bytes }) => Buffer.from(bytes).toString('utf8'))
        .join('');
    expect(contentOf(path.join('logs', 'latchkey.log'))).toContain('licensing api call');
    expect(contentOf('page (')).toContain('Refreshed.');
    expect(contentOf(path.join('vault', `${bench.server.productId}.json`))).toContain('ciphertext');
    if (app.host === 'chromium') {
      for (const channel of ['license.activate', 'license.refresh', 'license.deactivate', 'event.snapshot']) {
        expect(contentOf('IPC')).toContain(channel);
      }
      expect(keys.map(({ kind }) => kind)).toContain('vault key');
      expect(deviceKeys).toHaveLength(2);
      expect(contentOf('IPC')).toContain('offline.importToken');
      // They are all in the vault, so that it is no wonder that nobody needs them elsewhere.
      expect(stored?.credentials).toEqual({
        type: 'activationCode',
        code: typedCode(good.activationCode),
      });
      expect(values).toEqual(expect.arrayContaining([stored?.nonce.reveal(), stored?.accessToken.reveal()]));
    }

    expect(leaksIn(secrets, watching.places)).toEqual([]);

    // The same search finds each kind in each form in each place.
    await app.restart();
    watching.listen();
    const inFile = planted(secrets, false);
    const inText = planted(secrets, true);
    appendFileSync(app.logFile, inFile.text, 'latin1');
    writeFileSync(path.join(bench.dataDir, 'vault', 'planted.json'), inFile.text, 'latin1');
    await app.page.evaluate((text) => {
      document.body.append(text);
      // oxlint-disable-next-line no-console -- the console is one of the places
      console.info(text);
    }, inText.text);
    const clean = watching.places.length;
    await look('planted');
    const spoiled = watching.places.slice(clean);
    const found = leaksIn(secrets, spoiled);
    const expectIn = (place: string, forms: typeof inFile.forms) => {
      const missing = forms.filter(
        ({ kind, encoding }) => !found.includes(`${kind} as ${encoding} in ${place} (planted)`),
      );
      expect(missing.map(({ kind, encoding }) => `${kind} as ${encoding} in ${place}`)).toEqual([]);
    };
    expectIn(path.join('logs', 'latchkey.log'), inFile.forms);
    expectIn(path.join('vault', 'planted.json'), inFile.forms);
    expectIn('page', inText.forms);
    expectIn('page console', inText.forms);
    // Nobody but this test has written that.
    await app.close();
    rmSync(app.logFile);
  });

  it('would be found in what passes between page and main process, but for the request of the person', async () => {
    const bench = await startBench();
    const { activationCode } = await bench.calls.createEntitlement();
    const secrets: Secret[] = [{ kind: 'activation code', value: activationCode }];
    const app = await bench.launch();
    const person = personAt(app);
    const watching = watch(app, bench.dataDir);
    await bench.server.setCertificate('newKey');
    await person.activate(activationCode);
    await person.alert();
    await watching.look('typed');
    expect(leaksIn(secrets, watching.places)).toEqual([]);
    if (app.host !== 'chromium') return;
    expect(JSON.stringify(app.traffic)).toContain(activationCode);
    // A name that somebody gives the device goes through the same request; another code in it would be a leak.
    const traffic: Place = {
      name: 'IPC',
      bytes: Buffer.from(JSON.stringify([...app.traffic, { kind: 'event', args: [activationCode] }])),
    };
    expect(leaksIn(secrets, [traffic])).toEqual(['activation code as plain in IPC']);
  });
});
