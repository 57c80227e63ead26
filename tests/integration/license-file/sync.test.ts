import { existsSync, mkdirSync, readdirSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { openLicenseFiles } from '../../../electron/license-file/store.ts';
import { SILENT } from '../../../electron/support/log.ts';
import { codeOf, valueOf } from '../../support/vault.ts';
import { activateOffline, activationId, withServer } from '../offline/exchange.ts';
import { placeOf } from './place.ts';

const { server, install, buy, buyOnline, portal } = withServer();

const ARMORED = /^-----BEGIN LICENSE FILE-----\n[\s\S]+\n-----END LICENSE FILE-----\n$/;

describe('the license file in its place', () => {
  it('comes with an online activation, is renewed by a refresh, and goes with the license', async () => {
    const { code } = await buyOnline();
    const app = install();
    const place = placeOf(app);
    await place.sync();
    expect(await place.lies()).toBeNull();
    expect(await app.activate(code)).toBe('ok');
    await place.sync();
    const first = await place.lies();
    expect(first).toMatch(ARMORED);
    server().setClock(() => Date.now() + 86_400_000);
    expect(await app.refresh()).toBe('ok');
    await place.sync();
    expect(await place.lies()).toMatch(ARMORED);
    expect(await place.lies()).not.toBe(first);
    expect(await app.deactivate()).toBe('ok');
    await place.sync();
    expect(existsSync(place.file)).toBe(false);
    expect(readdirSync(path.dirname(place.file))).toEqual([]);
  });

  it('comes with a response, is renewed by a refresh token, and goes with the receipt', async () => {
    const { code } = await buy();
    const app = install();
    const place = placeOf(app);
    await app.request(code);
    await place.sync();
    expect(await place.lies()).toBeNull();
    await activateOffline(app, portal, code);
    await place.sync();
    const first = await place.lies();
    expect(first).toMatch(ARMORED);
    server().setClock(() => Date.now() + 86_400_000);
    expect(await app.import(await portal.refresh(code, await activationId(app)))).toBe('ok');
    await place.sync();
    expect(await place.lies()).toMatch(ARMORED);
    expect(await place.lies()).not.toBe(first);
    await app.leave();
    await place.sync();
    expect(existsSync(place.file)).toBe(false);
  });

  it('is mended at the next start where it was removed, altered or left half done', async () => {
    const { code } = await buy();
    const app = install();
    await activateOffline(app, portal, code);
    await placeOf(app).sync();
    const good = await placeOf(app).lies();
    for (const spoil of [
      (file: string) => rmSync(file),
      (file: string) => writeFileSync(file, 'x'),
      (file: string) => writeFileSync(`${file}.next`, 'half'),
    ]) {
      const place = placeOf(install({ dataDir: app.dataDir }));
      spoil(place.file);
      await place.sync();
      expect(await place.lies()).toBe(good);
    }
  });

  it('stays where the vault can not be read, since software runs on it', async () => {
    const { code } = await buy();
    const app = install();
    await activateOffline(app, portal, code);
    await placeOf(app).sync();
    const good = await placeOf(app).lies();
    app.damage(/^prod_/);
    const later = placeOf(install({ dataDir: app.dataDir }));
    await later.sync();
    expect(await later.lies()).toBe(good);
  });

  it('that was left behind by a killed deactivation counts no more', async () => {
    const { code } = await buy();
    const app = install();
    await activateOffline(app, portal, code);
    const place = placeOf(app);
    await place.sync();
    expect(await place.check()).toMatchObject({ productId: app.productId });
    await app.leave();
    expect(existsSync(place.file)).toBe(true);
    expect(await place.whyNot()).toEqual({ code: 'licenseFileMissing' });
  });

  it('that somebody else put there for a product that was never activated is left alone', async () => {
    const app = install();
    const place = placeOf(app);
    mkdirSync(path.dirname(place.file), { recursive: true });
    writeFileSync(place.file, 'of another server');
    await place.sync();
    expect(await place.lies()).toBe('of another server');
    expect(await place.whyNot()).toMatchObject({ code: 'licenseFileInvalid' });
  });

  it('that can not be written is logged and harms nothing', async () => {
    const { code } = await buy();
    const app = install();
    await activateOffline(app, portal, code);
    const warned: unknown[] = [];
    const log = { ...SILENT, warn: (...said: unknown[]) => void warned.push(said) };
    const place = placeOf(app, { log });
    mkdirSync(path.dirname(place.file), { recursive: true });
    symlinkSync('elsewhere', place.file);
    await place.sync();
    expect(warned).toHaveLength(1);
    expect(JSON.stringify(warned)).toContain('fileNotSaved');
    expect(JSON.stringify(warned)).not.toContain('LICENSE FILE');
    expect((await app.view()).state).toBe('active');
    rmSync(place.file);
    await place.sync();
    expect(warned).toHaveLength(1);
    expect(await place.lies()).toMatch(ARMORED);
  });

  it('is put under the lock, so that no slower process puts an older one over it', async () => {
    const { code } = await buy();
    const app = install();
    await activateOffline(app, portal, code);
    const other = valueOf(await install({ dataDir: app.dataDir }).engine.vault());
    const files = openLicenseFiles(path.join(app.dataDir, 'license-files'));
    const met: string[] = [];
    const place = placeOf(app, {
      files: {
        ...files,
        put: async (productId, text) => {
          const inside = await other.withLock(() => Promise.resolve({ ok: true, value: null }), {
            timeoutMs: 50,
          });
          met.push(codeOf(inside));
          return files.put(productId, text);
        },
      },
    });
    await place.sync();
    expect(met).toHaveLength(1);
    expect(met).not.toEqual(['ok']);
    expect(await place.lies()).toMatch(ARMORED);
    // Nothing to do: the lock is not taken, and nothing is written.
    await place.sync();
    expect(met).toHaveLength(1);
  });
});
