import { describe, expect, it } from 'vitest';
import { startServices } from '../../support/services.ts';
import { folder, withServer } from '../license/engine.ts';
import type { Host } from '../../../electron/fingerprint/host.ts';
import { createDeviceReader } from '../../../electron/fingerprint/read-fingerprint.ts';
import { systemRandom } from '../../../electron/platform/system.ts';
import { SILENT } from '../../../electron/support/log.ts';
import type { LicenseView } from '../../../shared/license/schemas.ts';
import { fakeHost } from '../../unit/fingerprint/fake-host.ts';
import { MAC, WINDOWS } from '../../unit/fingerprint/machines.ts';
import { typedCode } from '../../support/typed-secrets.ts';

/** A machine whose programs answer only when they are let go; `runs` counts how often each was started. */
function slowHost(host: Host) {
  let letGo = (): void => undefined;
  const gate = new Promise<void>((resolve) => {
    letGo = resolve;
  });
  const runs: string[] = [];
  const slow: Host = {
    ...host,
    run: async (program, args) => {
      runs.push(program);
      await gate;
      return host.run(program, args);
    },
  };
  return { host: slow, letGo, runs };
}

const NEVER: Host['run'] = () => new Promise(() => undefined);
const salt = Buffer.alloc(32, 1).toString('base64url');
const readerOf = (host: Host, timeLimit = 20_000) =>
  createDeviceReader({ salt, dataDir: folder(), random: systemRandom, log: SILENT, host, timeLimit });

describe('the reader of a device with slow programs', () => {
  it('tells what files say at once and the rest as soon as it is there, asking each program once', async () => {
    const { host, letGo, runs } = slowHost(fakeHost(WINDOWS));
    const reader = readerOf(host);
    const first = await reader.current();
    expect(Object.keys(first.factors)).toEqual(['machineId', 'cpu']);
    expect([first.pending, first.unreadable]).toEqual([['board', 'disk', 'mac', 'os'], []]);
    expect(reader.isComplete()).toBe(false);
    const fuller = new Promise<void>((resolve) => void reader.onChange(resolve));
    letGo();
    await fuller;
    const [now, complete] = await Promise.all([reader.current(), reader.complete()]);
    expect(Object.keys(complete.factors)).toEqual(['board', 'disk', 'mac', 'machineId', 'os', 'cpu']);
    expect([now, complete.pending]).toEqual([complete, []]);
    expect(complete.seatId).not.toBe(first.seatId);
    expect(runs).toHaveLength(1);
  });

  it('tells what each program says apart from those that are slower', async () => {
    const mac = fakeHost(MAC);
    const reader = readerOf({
      ...mac,
      run: (program, args) => (program.endsWith('diskutil') ? NEVER(program, args) : mac.run(program, args)),
    });
    const { factors, pending } = await reader.current();
    expect(Object.keys(factors)).toEqual(['board', 'disk', 'mac', 'machineId', 'cpu']);
    expect(pending).toEqual(['os']);
    reader.stop();
  });

  it('gives up a program that hangs, and does not wait for one after it was stopped', async () => {
    const hanging: Host = { ...fakeHost(WINDOWS), run: NEVER };
    const late = await readerOf(hanging, 20).complete();
    expect([late.pending, late.unreadable]).toEqual([[], ['board', 'disk', 'mac', 'os']]);
    const reader = readerOf(hanging);
    await reader.current();
    reader.stop();
    expect((await reader.complete()).unreadable).toEqual(['board', 'disk', 'mac', 'os']);
  });
});

describe('a start on a device with slow programs', () => {
  const { server, buy } = withServer();
  const start = (dataDir: string, host: Host) =>
    startServices({ profile: server().profile, dataDir }, { host });
  const shown = ({ state, reasons }: LicenseView) => [state, ...reasons.map(({ code }) => code)];
  const told = async ({ snapshot }: Awaited<ReturnType<typeof start>>) => {
    const [license] = (await snapshot()).licenses;
    return license === undefined ? [] : shown(license);
  };

  it('is shown without waiting, says nothing that may be wrong, and tells the license once it is known', async () => {
    const { code } = await buy();
    const { productId } = server();
    const dataDir = folder();
    const before = await start(dataDir, fakeHost(WINDOWS));
    expect(await before.license.activate({ productId, code: typedCode(code) })).toMatchObject({ ok: true });
    await before.close();

    const { host, letGo, runs } = slowHost(fakeHost(WINDOWS));
    const services = await start(dataDir, host);
    expect(await told(services)).toEqual(['uninitialized', 'keyringWeak', 'testEnvironment']);
    const heard = new Promise<readonly string[]>((resolve) => {
      services.onChange(({ licenses: [license] }) => {
        if (license?.state === 'active') resolve(shown(license));
      });
    });
    letGo();
    expect(await heard).toEqual(['active', 'keyringWeak', 'testEnvironment']);
    expect(runs).toHaveLength(1);
    await services.close();
  });

  it('opens the vault with what is there where that is enough', async () => {
    const { code } = await buy();
    const { productId } = server();
    const dataDir = folder();
    const before = await start(dataDir, fakeHost(MAC));
    expect(await before.license.activate({ productId, code: typedCode(code) })).toMatchObject({ ok: true });
    await before.close();

    const mac = fakeHost(MAC);
    const services = await start(dataDir, {
      ...mac,
      run: (program, args) => (program.endsWith('diskutil') ? NEVER(program, args) : mac.run(program, args)),
    });
    expect(await told(services)).toEqual(['active', 'keyringWeak', 'testEnvironment']);
    await services.close();
  });

  it('takes no seat before the device is read, and then the one that a quick start takes', async () => {
    const { code, seats } = await buy();
    const { productId } = server();
    const { host, letGo } = slowHost(fakeHost(WINDOWS));
    const services = await start(folder(), host);
    const [license] = (await services.snapshot()).licenses;
    expect([license?.state, license?.seatId]).toEqual(['notActivated', null]);
    const activated = services.license.activate({ productId, code: typedCode(code) });
    expect(await seats()).toEqual([]);
    letGo();
    expect(await activated).toMatchObject({ ok: true });
    await services.close();
    const quick = await start(folder(), fakeHost(WINDOWS));
    await quick.ready();
    const [other] = (await quick.snapshot()).licenses;
    expect((await seats()).map(({ seatId }) => seatId)).toEqual([other?.seatId]);
    await quick.close();
  });

  it('that never gets its answers says that the device can not be read, not that it is another', async () => {
    const { code } = await buy();
    const { productId } = server();
    const dataDir = folder();
    const before = await start(dataDir, fakeHost(WINDOWS));
    expect(await before.license.activate({ productId, code: typedCode(code) })).toMatchObject({ ok: true });
    await before.close();

    const services = await start(dataDir, { ...fakeHost(WINDOWS), run: () => Promise.resolve(null) });
    await services.ready();
    expect(await told(services)).toEqual(['uninitialized', 'deviceUnread', 'keyringWeak', 'testEnvironment']);
    expect(await services.license.refresh(productId)).toMatchObject({
      error: { code: 'vaultKeyUnavailable' },
    });
    await services.close();
    const again = await start(dataDir, fakeHost(WINDOWS));
    expect(await told(again)).toEqual(['active', 'keyringWeak', 'testEnvironment']);
    await again.close();
  });
});
