import { spawnSync } from 'node:child_process';
import { cpSync, mkdirSync, symlinkSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { CONFIRMED_AFTER } from '../../../electron/license/clock-policy.ts';
import type { Fingerprint } from '../../../electron/fingerprint/types.ts';
import type { VendorProfile } from '../../../shared/profile.ts';
import { armor, envelopeOf, makeFile, makeKeys } from '../../unit/license-file/samples.ts';
import { caller } from '../licensing-api/caller.ts';
import { DAY, device, folder, OTHER_DEVICE, type InstallationOptions } from '../license/engine.ts';
import { machineClock } from '../license/machine-clock.ts';
import { activateOffline, withServer } from '../offline/exchange.ts';
import { placeOf } from './place.ts';

const { server, install, buy, portal } = withServer();

const SECOND = `prod_${'B'.repeat(22)}`;
const withSecond = (profile: VendorProfile): VendorProfile => ({
  ...profile,
  products: [...profile.products, { productId: SECOND, name: 'Other' }],
});

/** An installation with a license, and its file in its place. */
async function licensed(mode: 'online' | 'offline', options: Partial<InstallationOptions> = {}) {
  const { code } = await buy({
    customerName: 'Harbour Works',
    features: [{ key: 'export', type: 'bool' }],
  });
  const app = install(options);
  if (mode === 'online') expect(await app.activate(code)).toBe('ok');
  else await activateOffline(app, portal, code);
  const place = placeOf(app);
  await place.sync();
  return { code, app, place, text: (await place.lies()) ?? '' };
}

describe.each(['online', 'offline'] as const)('the file of an %s license', (mode) => {
  it('is valid here, and says for what and until when', async () => {
    const { app, place } = await licensed(mode);
    const { activation } = await app.view();
    const checked = await place.check();
    expect(checked).toMatchObject({
      productId: app.productId,
      device: 'same',
      activation: { id: activation?.id, mode, seatId: activation?.seatId },
      entitlement: { customerName: 'Harbour Works' },
      features: [{ key: 'export', type: 'bool' }],
    });
    const until = mode === 'offline' ? 30 : 14;
    expect(Math.round(((checked.expiry ?? 0) - Date.now()) / DAY)).toBe(until);
    expect(Math.abs((checked.issued ?? 0) - Date.now())).toBeLessThan(60_000);
  });

  it('is not valid once it has ended', async () => {
    let ahead = 0;
    const { place } = await licensed(mode, { clockOffset: () => ahead });
    const { expiry } = await place.check();
    ahead = (mode === 'offline' ? 30 : 14) * DAY - 60_000;
    expect((await place.check()).device).toBe('same');
    ahead += 120_000;
    expect(await place.whyNot()).toEqual({ code: 'licenseFileExpired', facts: { at: expiry } });
  });

  it('is for this device, which may change a little, and for no other', async () => {
    const { text } = await licensed(mode);
    const on = (fingerprint: Fingerprint) => placeOf(install({ fingerprint }));
    for (const name of ['board', 'disk', 'mac', 'machineId', 'os', 'cpu'] as const) {
      expect((await on(device({ [name]: 1 })).check(text)).device).toBe('drifted');
    }
    expect((await on(device(OTHER_DEVICE)).whyNot(text)).code).toBe('licenseFileForOtherDevice');
    const cloned = { board: 1, disk: 1, mac: 1 };
    expect((await on(device(cloned)).whyNot(text)).code).toBe('licenseFileForOtherDevice');
    const bare = { ...device(), factors: {} };
    expect((await on(bare).whyNot(text)).code).toBe('licenseFileForOtherDevice');
  });

  it('is for its product', async () => {
    const { place, text } = await licensed(mode, { profile: withSecond });
    expect((await place.whyNot(text, SECOND)).code).toBe('licenseFileForOtherProduct');
    expect((await place.whyNot(null, SECOND)).code).toBe('licenseFileMissing');
    expect((await place.check(text)).device).toBe('same');
  });

  it('is valid without the vault, and not under a clock that is behind its instant', async () => {
    const { text } = await licensed(mode);
    let ahead = -4 * 60_000;
    const other = placeOf(install({ clockOffset: () => ahead }));
    expect((await other.check(text)).device).toBe('same');
    ahead = -6 * 60_000;
    expect((await other.whyNot(text)).code).toBe('clockRolledBack');
  });

  it('is not valid under a clock that was put back, though it would count then', async () => {
    const clock = machineClock();
    const { app, place } = await licensed(mode, clock);
    clock.set(10 * DAY);
    expect(await app.keepTime()).toBe('ok');
    clock.pass(CONFIRMED_AFTER);
    expect(await app.keepTime()).toBe('ok');
    expect((await place.check()).device).toBe('same');
    clock.set(5 * DAY);
    const { code, facts } = await place.whyNot();
    expect(code).toBe('clockRolledBack');
    expect(Math.round(((facts?.at ?? 0) - Date.now()) / DAY)).toBe(10);
  });
});

describe('a text in place of a license file', () => {
  it.each<[string, (text: string) => string, string]>([
    ['nothing', () => '', 'licenseFileInvalid'],
    ['no license file', () => 'hello', 'licenseFileInvalid'],
    ['cut', (text) => text.slice(0, -30), 'licenseFileInvalid'],
    ['altered', (text) => altered(text), 'licenseFileInvalid'],
    ['signed by somebody else', () => makeFile(makeKeys()), 'licenseFileInvalid'],
    [
      'signed in another way',
      () => armor('LICENSE', { ...envelopeOf(makeKeys()), alg: 'base64+ecdsa-secp256r1' }),
      'licenseFileUnsupported',
    ],
  ])('(%s) is not valid', async (_name, change, code) => {
    const { place, text } = await licensed('online');
    writeFileSync(place.file, change(text));
    expect((await place.whyNot()).code).toBe(code);
    expect((await place.whyNot(change(text))).code).toBe(code);
    expect((await place.check(text)).device).toBe('same');
  });

  it('that is not there is missing', async () => {
    const place = placeOf(install());
    expect((await place.whyNot()).code).toBe('licenseFileMissing');
    mkdirSync(place.file, { recursive: true });
    expect((await place.whyNot()).code).toBe('licenseFileMissing');
  });

  it('that is encrypted is locked: only who has the license key can read it', async () => {
    const { code } = await buy();
    const calls = caller(server());
    const { seat } = await calls.takeSeat(code, 'seat-1');
    const answer = await calls.seatCall(seat, 'POST', '/api/v1/activation/license-file', {
      json: { encrypt: true },
    });
    expect((await placeOf(install()).whyNot(answer.text)).code).toBe('licenseFileLocked');
  });

  /** The same envelope with one character of the data changed. */
  function altered(text: string): string {
    const base64 = text.split('\n').slice(1, -2).join('');
    const json = Buffer.from(base64, 'base64').toString().replace('"enc":"e', '"enc":"f');
    const body = Buffer.from(json).toString('base64');
    return `-----BEGIN LICENSE FILE-----\n${body}\n-----END LICENSE FILE-----\n`;
  }
});

describe("a vendor's software with the reader alone", () => {
  const root = path.resolve(import.meta.dirname, '../../..');

  /** A program as in the README of the reader, in a folder that has nothing else of ours. */
  function software(): (args: readonly string[]) => string {
    const dir = folder();
    cpSync(path.join(root, 'shared/license-file'), path.join(dir, 'license-file'), { recursive: true });
    mkdirSync(path.join(dir, 'node_modules'));
    symlinkSync(path.join(root, 'node_modules/@noble'), path.join(dir, 'node_modules/@noble'));
    const program = path.join(dir, 'program.mjs');
    writeFileSync(
      program,
      `import { readFileSync } from 'node:fs';
      import { parsePublicKey } from './license-file/public-key.ts';
      import { verdictOf, verifyLicenseFile } from './license-file/verify.ts';
      const [file, key, seat] = process.argv.slice(2);
      const report = verifyLicenseFile(readFileSync(file, 'utf8'), {
        publicKeys: [parsePublicKey(key)],
        now: Date.now(),
        compareDevice: ({ seatId }) => (seatId === seat ? 'same' : 'different'),
      });
      const features = report?.dataset?.included.map(({ id }) => id) ?? [];
      process.stdout.write([report === null ? 'none' : verdictOf(report), ...features].join(' '));`,
    );
    return (args) => {
      const ran = spawnSync(process.execPath, [program, ...args], { encoding: 'utf8' });
      expect(ran.stderr).toBe('');
      return ran.stdout;
    };
  }

  it('verifies the file that Latchkey keeps for it, and no other', async () => {
    const { app, place, text } = await licensed('offline');
    const run = software();
    const { x = '' } = app.engine.profile.serverKeys.find(({ use }) => use === 'sig') ?? {};
    const seatId = (await app.view()).seatId ?? '';
    expect(run([place.file, x, seatId])).toBe('valid export');
    const hex = Buffer.from(x, 'base64url').toString('hex');
    expect(run([place.file, hex, seatId])).toBe('valid export');
    expect(run([place.file, hex, 'another'])).toBe('otherDevice export');
    expect(run([place.file, Buffer.from(makeKeys().raw).toString('hex'), seatId])).toBe('invalid');
    writeFileSync(place.file, text.replace('BEGIN', 'BEGUN'));
    expect(run([place.file, hex, seatId])).toBe('none');
  });
});
