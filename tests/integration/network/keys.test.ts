import { readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { afterAll, afterEach, beforeAll, describe, expect, it, onTestFinished, vi } from 'vitest';
import type { Transport } from '../../../electron/api/transport.ts';
import { createKeys } from '../../../electron/create-keys.ts';
import { systemClock, systemRandom } from '../../../electron/platform/system.ts';
import { NO_KEYRING } from '../../../electron/ports.ts';
import type { Services } from '../../../electron/services.ts';
import { SILENT } from '../../../electron/support/log.ts';
import { failure } from '../../../shared/errors.ts';
import { utf8 } from '../../../shared/license-file/encoding.ts';
import type { VendorProfile } from '../../../shared/profile.ts';
import { err, ok, type Result } from '../../../shared/result.ts';
import { signJws } from '../../../shared/token/jws.ts';
import { makeDeviceKeys, toJwk, type KeyPair } from '../../../shared/token/keys.ts';
import { startLicensingApi, type LicensingApi as Server } from '../../licensing-api/server.ts';
import { startServices } from '../../support/services.ts';
import { valueOf } from '../../support/vault.ts';
import { fakeHost } from '../../unit/fingerprint/fake-host.ts';
import { LINUX_DESKTOP } from '../../unit/fingerprint/machines.ts';
import { temporaryFolder } from '../cli/command.ts';
import { caller } from '../licensing-api/caller.ts';
import { offlineCaller } from '../licensing-api/offline-caller.ts';
import { typedCode } from '../../support/typed-secrets.ts';

/** Newer pins and server keys, from the server into the connections and tokens of a running application. */

let server: Server;
beforeAll(async () => {
  server = await startLicensingApi({ writeLog: () => undefined });
});
afterEach(() => server.setCertificate('valid'));
afterAll(() => server.close());

const folder = () => path.join(temporaryFolder(), 'data');
const codeOf = (outcome: Result<unknown>) => (outcome.ok ? 'ok' : outcome.error.code);

const signing = (): KeyPair => makeDeviceKeys(systemRandom).sign;
const sig = (key: KeyPair): VendorProfile['serverKeys'][number] => ({
  kid: key.kid,
  use: 'sig',
  crv: 'Ed25519',
  x: toJwk('Ed25519', key.publicKey).x,
});

/** An update of keys; `at` in seconds from now. */
function update(signer: KeyPair, at: number, keys: VendorProfile['serverKeys'], kid = signer.kid): string {
  const iat = Math.floor(Date.now() / 1000) + at;
  return signJws(
    { alg: 'EdDSA', typ: 'latchkey-keys+jwt', kid },
    utf8(JSON.stringify({ iss: server.profile.tenantId, iat, keys })),
    signer.secretKey,
  );
}

/** A vendor whose server signs updates with a key of the test. */
function vendor(dataDir: string) {
  const own = signing();
  const profile: VendorProfile = { ...server.profile, serverKeys: [sig(own)] };
  let signed = update(own, -100, []);
  let asked = 0;
  const transport: Transport = () => {
    asked += 1;
    if (signed === '') {
      return Promise.resolve(err({ failure: failure('serverUnreachable'), sent: false }));
    }
    return Promise.resolve(ok({ status: 200, headers: {}, body: { signed } }));
  };
  const options = {
    profile,
    dataDir,
    keyring: NO_KEYRING,
    clock: systemClock,
    random: systemRandom,
    log: SILENT,
    appVersion: '0.0.0',
    systemLocale: 'en',
  };
  return {
    own,
    profile,
    keys: createKeys(options, transport),
    again: () => createKeys(options, transport),
    answers: (text: string) => (signed = text),
    asked: () => asked,
  };
}

const kidsOf = ({ profile }: ReturnType<typeof createKeys>) => profile.serverKeys.map(({ kid }) => kid);

describe('keys that the server signs with', () => {
  it('arrive, count for everybody on this device, and are not taken back', async () => {
    const { own, keys, again, answers } = vendor(folder());
    const other = again();
    const [second, third] = [signing(), signing()];
    expect(kidsOf(keys)).toEqual([own.kid]);
    const old = update(own, -50, [sig(second)]);
    answers(old);
    expect(await keys.refresh()).toEqual({ ok: true, value: { updated: true } });
    expect(kidsOf(keys)).toEqual([own.kid, second.kid]);
    // Another process, which has asked nobody.
    expect(kidsOf(other)).toEqual([own.kid, second.kid]);
    answers(update(second, -20, [sig(third)]));
    expect(await other.refresh()).toEqual({ ok: true, value: { updated: true } });
    expect(kidsOf(keys)).toEqual([own.kid, third.kid]);
    answers(old);
    expect(await keys.refresh()).toEqual({ ok: true, value: { updated: false } });
    expect(kidsOf(again())).toEqual([own.kid, third.kid]);
  });

  it('are not taken from anybody else, and those of the profile stay whatever lies there', async () => {
    const dataDir = folder();
    const { own, keys, again, answers } = vendor(dataDir);
    const stranger = signing();
    for (const forged of [update(stranger, -10, [sig(stranger)]), update(stranger, -10, [], own.kid)]) {
      answers(forged);
      expect(codeOf(await keys.refresh())).toBe('answerMalformed');
    }
    expect(kidsOf(again())).toEqual([own.kid]);
    answers(update(own, -10, [sig(signing())]));
    expect(codeOf(await keys.refresh())).toBe('ok');
    const file = path.join(dataDir, 'key-updates.json');
    // Whoever can write the file: no check sum is needed for what is believed by its signature alone.
    writeFileSync(
      file,
      JSON.stringify({ content: { chain: [update(stranger, 0, [sig(stranger)])], checkedAt: null } }),
      { mode: 0o600 },
    );
    expect(kidsOf(again())).toEqual([own.kid]);
    writeFileSync(file, '{', { mode: 0o600 });
    expect(kidsOf(again())).toEqual([own.kid]);
  });

  it('are asked for where one is missing, once', async () => {
    const { own, keys, answers, asked } = vendor(folder());
    const results = [err(failure('tokenKeyUnknown')), ok(null)];
    let tried = 0;
    const work = () => Promise.resolve(results[tried++] ?? err(failure('internal')));
    answers(update(own, -10, [sig(signing())]));
    expect(await keys.retrying(work)).toEqual(ok(null));
    expect([tried, asked()]).toEqual([2, 1]);
    // Nothing newer: what was said first is said.
    expect(await keys.retrying(() => Promise.resolve(err(failure('tokenKeyUnknown'))))).toEqual(
      err(failure('tokenKeyUnknown')),
    );
    expect(await keys.retrying(() => Promise.resolve(err(failure('tokenExpired'))))).toEqual(
      err(failure('tokenExpired')),
    );
    expect(asked()).toBe(2);
  });

  it('are looked for once, and not again before that is due', async () => {
    const { own, keys, again, answers, asked } = vendor(folder());
    answers('');
    expect(await keys.tick([])).toBe(false);
    expect(await keys.tick([])).toBe(false);
    expect(asked()).toBe(1);
    answers(update(own, -10, []));
    const later = again();
    expect(await later.tick([])).toBe(true);
    expect(await later.tick([])).toBe(false);
    expect(await again().tick([])).toBe(false);
    expect(asked()).toBe(2);
  });

  it('let a response be imported that none of the profile has signed', async () => {
    const dataDir = folder();
    const { own, profile, keys, answers } = vendor(dataDir);
    const encryption = server.profile.serverKeys.filter(({ use }) => use === 'enc');
    const services = await start(dataDir, { ...profile, serverKeys: [sig(own), ...encryption] });
    const { activationCode } = await caller(server).createEntitlement({
      seatCount: 1,
      offlineLeasePeriod: { type: 'Day', count: 30 },
    });
    const request = valueOf(
      await services.offline.makeRequest({ productId: productId(), code: typedCode(activationCode) }),
    );
    const response = await offlineCaller(server, caller(server)).token(request.armored);
    expect(codeOf(await services.offline.importToken(response))).toBe('tokenKeyUnknown');
    answers(update(own, -10, server.profile.serverKeys));
    expect(codeOf(await keys.refresh())).toBe('ok');
    const imported = await services.offline.importToken(response);
    expect(imported.ok && imported.value.state).toBe('active');
  });
});

const productId = () => server.profile.products[0]?.productId ?? '';

async function start(dataDir: string, profile: VendorProfile): Promise<Services> {
  const services = await startServices(
    { profile, dataDir },
    { host: fakeHost(LINUX_DESKTOP), refreshInterval: 20 },
  );
  onTestFinished(() => services.close());
  return services;
}

describe('pins', () => {
  const withOnePin = (): VendorProfile => ({
    ...server.profile,
    api: { ...server.profile.api, pins: server.profile.api.pins.slice(0, 1) },
  });
  const activate = async (services: Services) =>
    codeOf(
      await services.license.activate({ productId: productId(), code: typedCode(server.activationCode) }),
    );

  it('are fetched in the background, and carry a window over a change of the key of the server', async () => {
    const dataDir = folder();
    const window = await start(dataDir, withOnePin());
    const unaware = await start(folder(), withOnePin());
    window.keepRefreshed();
    const file = path.join(dataDir, 'key-updates.json');
    await vi.waitFor(() => expect(readFileSync(file, 'utf8')).toContain('"chain":["ey'), { timeout: 20_000 });
    await server.setCertificate('backupKey');
    expect(await activate(window)).toBe('ok');
    expect(await activate(unaware)).toBe('pinMismatch');
  });
});
