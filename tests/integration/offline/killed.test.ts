import { spawnSync } from 'node:child_process';
import { existsSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { createLicenseFileService } from '../../../electron/license-file/service.ts';
import { openLicenseFiles } from '../../../electron/license-file/store.ts';
import { copyOf, failingDisk, folder } from '../license/engine.ts';
import { activateOffline, withServer, type OfflineInstallation } from './exchange.ts';
import type { Orders } from './killed-child.ts';
import { typedCode } from '../../support/typed-secrets.ts';

const { server, install, buy, portal } = withServer();

const here = import.meta.dirname;

/** Runs an operation in a process of its own. @returns the writes that it has begun, and what it said at the end */
async function run(
  app: OfflineInstallation,
  order: Pick<Orders, 'verb' | 'text' | 'dieAt'>,
): Promise<{ readonly writes: readonly string[]; readonly said: string; readonly killed: boolean }> {
  const fingerprint = await app.engine.fingerprint();
  const machineKeys = fingerprint.machineKeys.map((key) => ({
    ...key,
    material: Buffer.from(key.material).toString('base64'),
  }));
  const orders: Orders = {
    ...order,
    dataDir: app.dataDir,
    profile: app.engine.profile,
    fingerprint: { ...fingerprint, machineKeys },
    productId: app.productId,
  };
  const file = path.join(folder(), 'orders.json');
  writeFileSync(file, JSON.stringify(orders));
  const preload = path.join(here, '../../support/no-electron.ts');
  const child = spawnSync(process.execPath, ['--import', preload, path.join(here, 'killed-child.ts'), file], {
    encoding: 'utf8',
  });
  expect(child.stderr).toBe('');
  const lines = child.stdout.trimEnd().split('\n');
  const killed = child.signal === 'SIGKILL';
  return { writes: killed ? lines : lines.slice(0, -1), said: killed ? '' : (lines.at(-1) ?? ''), killed };
}

const copied = (app: OfflineInstallation): OfflineInstallation => install({ dataDir: copyOf(app) });

/** Kills a copy of the installation at every write of an operation, on both sides of it. */
async function killedEverywhere(
  app: OfflineInstallation,
  order: Pick<Orders, 'verb' | 'text'>,
  expectRight: (killed: OfflineInstallation, where: string) => Promise<void>,
): Promise<readonly string[]> {
  const whole = await run(copied(app), { ...order, dieAt: null });
  expect(whole.said).toBe('done');
  for (const [index, name] of whole.writes.entries()) {
    for (const side of ['before', 'after'] as const) {
      const victim = copied(app);
      const { writes, killed } = await run(victim, { ...order, dieAt: { write: index + 1, side } });
      expect({ killed, writes }).toEqual({ killed: true, writes: whole.writes.slice(0, index + 1) });
      await expectRight(install({ dataDir: victim.dataDir }), `${side} ${name}`);
    }
  }
  return whole.writes;
}

const placeOf = (app: OfflineInstallation) => openLicenseFiles(path.join(app.dataDir, 'license-files'));

/** The next start, as far as license files are concerned. */
async function started(app: OfflineInstallation): Promise<string | null> {
  const files = placeOf(app);
  await createLicenseFileService(app.engine, files).sync(app.productId);
  return files.read(app.productId);
}

const licenseWrites = ({ productId }: OfflineInstallation) => [`save ${productId}`, `save ${productId}.copy`];

// Up to twenty processes each, on machines that may be busy with more.
describe('killed at every write', { timeout: 240_000 }, () => {
  it('of a request: it is there and answered, or it can be made again', async () => {
    const { code } = await buy();
    const app = install();
    let [there, gone] = [0, 0];
    await killedEverywhere(app, { verb: 'request', text: code }, async (later, where) => {
      const [request] = (await later.view()).offline.requests;
      if (request === undefined) gone += 1;
      else there += 1;
      const token =
        request === undefined
          ? await later.offline.makeRequest({ productId: later.productId, code: typedCode(code) })
          : await later.offline.token(later.productId, request.id);
      expect(await later.import(await portal.answer(token.ok ? token.value.armored : '')), where).toBe('ok');
      expect(await later.told(), where).toEqual(['active', 'offlineLease']);
    });
    expect([there > 0, gone > 0]).toEqual([true, true]);
  });

  it('of an import: the response still counts, or the license is there', async () => {
    const { code, seatsUsed } = await buy();
    const app = install();
    const response = await portal.answer((await app.request(code)).armored);
    const outcomes = new Set<string>();
    const writes = await killedEverywhere(app, { verb: 'import', text: response }, async (later, where) => {
      const told = await later.told();
      const again = await later.import(response);
      outcomes.add(`${told[0]} ${again}`);
      expect(
        told[0] === 'active' ? again === 'tokenReplayed' : again === 'ok' && told.includes('requestPending'),
        where,
      ).toBe(true);
      expect(await later.told(), where).toEqual(['active', 'offlineLease']);
      expect(await started(later), where).toMatch(/^-----BEGIN LICENSE FILE-----/);
      expect((await later.leave()).kind, where).toBe('deactivation');
    });
    expect(writes).toEqual(['save device', 'save device.copy', ...licenseWrites(app), 'place']);
    expect([...outcomes].toSorted()).toEqual(['active tokenReplayed', 'notActivated ok']);
    expect(await seatsUsed()).toBe(1);
  });

  it('of an import that leaves a cut off activation behind: both seats are known afterwards', async () => {
    const [first, second] = [await buy(), await buy()];
    const app = install();
    server().faults.next({ kind: 'cutAfter' }, 'activate');
    expect(await app.activate(first.code)).toBe('serverUnreachable');
    const response = await portal.answer((await app.request(second.code)).armored);
    await killedEverywhere(app, { verb: 'import', text: response }, async (later, where) => {
      const done = await later.import(response);
      expect(['ok', 'tokenReplayed'], where).toContain(done);
      expect(await later.reconcile(), where).toBe('ok');
      expect((await later.view()).activation?.mode, where).toBe('offline');
      expect([await first.seatsUsed(), await second.seatsUsed()], where).toEqual([0, 1]);
      // For the next victim the first seat is taken again, as the lost answer had it.
      expect(await install().activate(first.code)).toBe('ok');
    });
  });

  it('of a refresh: the token still counts, or the lease has moved', async () => {
    const { code } = await buy();
    const app = install();
    await activateOffline(app, portal, code);
    const { activation } = await app.view();
    server().setClock(() => Date.now() + 86_400_000);
    const token = await portal.refresh(code, activation?.id ?? '');
    await killedEverywhere(app, { verb: 'import', text: token }, async (later, where) => {
      const lease = (await later.view()).activation?.leaseExpiry ?? 0;
      const moved = lease > (activation?.leaseExpiry ?? Number.NaN);
      expect(await later.import(token), where).toBe(moved ? 'tokenReplayed' : 'ok');
      expect((await later.view()).activation?.leaseExpiry, where).toBeGreaterThan(
        activation?.leaseExpiry ?? 0,
      );
      expect((await later.view()).activation?.id, where).toBe(activation?.id);
    });
  });

  it('of a deactivation: the license is there, or its receipt is', async () => {
    const { code } = await buy();
    const app = install();
    await activateOffline(app, portal, code);
    expect(await started(app)).not.toBeNull();
    const id = (await app.view()).activation?.id;
    const states = new Set<string>();
    const writes = await killedEverywhere(app, { verb: 'deactivate', text: '' }, async (later, where) => {
      const { state, offline } = await later.view();
      states.add(state);
      if (state === 'active') {
        expect(offline.receipts, where).toEqual([]);
        expect(await started(later), where).not.toBeNull();
        await later.leave();
      } else expect(state, where).toBe('notActivated');
      const [receipt, ...others] = (await later.view()).offline.receipts;
      expect([receipt?.activationId, others], where).toEqual([id, []]);
      const token = await later.offline.token(later.productId, receipt?.id ?? '');
      // The seat is free from the first of these deactivations on; each of them is the device's own word.
      expect(['ok', 'tokenReplayed'], where).toContain(
        await portal.take(token.ok ? token.value.armored : ''),
      );
      expect(await started(later), where).toBeNull();
      expect(existsSync(placeOf(later).pathOf(later.productId)), where).toBe(false);
    });
    expect(writes).toEqual([...licenseWrites(app), 'place']);
    expect([...states].toSorted()).toEqual(['active', 'notActivated']);
  });
});

describe('a disk that is full or can not be written to', () => {
  it('leaves the response usable and the license as it was', async () => {
    const { code } = await buy();
    const app = install();
    const response = await portal.answer((await app.request(code)).armored);
    for (const pattern of [/^device$/, /^prod_/]) {
      const full = install({ dataDir: app.dataDir, parts: failingDisk(app.dataDir, pattern) });
      expect(await full.import(response)).toBe('vaultDiskFull');
      expect(await full.told()).toContain('requestPending');
    }
    expect(await app.import(response)).toBe('ok');
    const full = install({ dataDir: app.dataDir, parts: failingDisk(app.dataDir, /^prod_/) });
    const before = app.stored();
    expect(await full.tryLeave()).toBe('vaultDiskFull');
    expect(app.stored()).toEqual(before);
    expect((await app.view()).state).toBe('active');
    expect(await app.tryLeave()).toBe('ok');
  });

  it('makes no request', async () => {
    const { code } = await buy();
    const { dataDir } = install();
    const full = install({ dataDir, parts: failingDisk(dataDir, /^prod_/) });
    expect(await full.tryRequest(code)).toBe('vaultDiskFull');
    expect((await full.view()).offline.requests).toEqual([]);
  });
});
