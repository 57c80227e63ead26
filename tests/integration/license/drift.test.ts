import { describe, expect, it } from 'vitest';
import { activated, DAY, device, withServer, type Installation } from './engine.ts';
import type { Fingerprint } from '../../../electron/fingerprint/types.ts';
import { DEVICE, deviceRecordSchema } from '../../../electron/license/records.ts';

const { install, buy, server } = withServer();

/** The device over the years: no two of these differ by more than is tolerated, the first and the last in all. */
const YEARS = [
  device({ disk: 1 }),
  device({ disk: 1, mac: 1 }),
  device({ disk: 1, mac: 1, machineId: 1, os: 1 }),
  device({ disk: 1, mac: 1, machineId: 1, os: 1, cpu: 1 }),
  device({ disk: 1, mac: 1, machineId: 1, os: 1, cpu: 1, board: 1 }),
] as const;

async function recordOf({ engine }: Installation) {
  const vault = await engine.vault();
  const read = vault.ok ? await vault.value.read(DEVICE, deviceRecordSchema) : vault;
  return read.ok ? (read.value?.value ?? null) : null;
}

const hiding = (fingerprint: Fingerprint, name: 'os' | 'board'): Fingerprint => ({
  ...fingerprint,
  factors: Object.fromEntries(Object.entries(fingerprint.factors).filter(([factor]) => factor !== name)),
  machineKeys: fingerprint.machineKeys.filter((key) => key.name !== name),
  unreadable: [name],
});

/** One start after another on the same data folder, each on the device as it is by then. */
async function live(
  first: Installation,
  years: readonly Fingerprint[],
  each: (app: Installation) => Promise<string>,
): Promise<Installation> {
  let app = first;
  for (const fingerprint of years) {
    app = install({ dataDir: first.dataDir, fingerprint });
    expect(await each(app)).toBe('ok');
  }
  return app;
}

describe('a device that changes over the years', () => {
  it('keeps its license and its seat until nothing of it is as it was, also where an answer is lost then', async () => {
    const { code, seatsUsed } = await buy();
    const before = await activated(install(), code);
    const app = await live(before, YEARS, (year) => year.refresh());
    server().faults.next({ kind: 'cutAfter' }, 'refreshActivation');
    expect(await app.refresh()).not.toBe('ok');
    expect(await app.refresh()).toBe('ok');
    expect(await app.told()).toEqual(['active', 'deviceDrifted']);
    expect(await seatsUsed()).toBe(1);
  });

  it('would be another one, had it changed so all at once', async () => {
    const { code } = await buy();
    const { dataDir } = await activated(install(), code);
    const app = install({ dataDir, fingerprint: device({ disk: 1, mac: 1, machineId: 1, os: 1 }) });
    expect(await app.told()).toEqual(['notActivated', 'deviceChanged']);
    expect(await app.refresh()).toBe('vaultKeyUnavailable');
  });

  it('is told the server in one call more, and only where it has changed', async () => {
    const { code } = await buy();
    const { dataDir } = await activated(install(), code);
    const calls: string[] = [];
    const changed = install({
      dataDir,
      fingerprint: device({ mac: 1 }),
      api: (api) => ({
        ...api,
        activate: (...args) => {
          calls.push('activate');
          return api.activate(...args);
        },
      }),
    });
    expect(await changed.refresh()).toBe('ok');
    expect(await changed.refresh()).toBe('ok');
    expect(calls).toEqual(['activate']);
  });

  it('keeps the renewed lease where the server is not to be told', async () => {
    const { code } = await buy();
    const { dataDir } = await activated(install(), code);
    const app = install({ dataDir, fingerprint: device({ mac: 1 }) });
    for (const fault of [
      { kind: 'status', status: 500 },
      { kind: 'cutAfter' },
      { kind: 'cutBefore' },
    ] as const) {
      server().faults.next(fault, 'activate');
      expect(await app.refresh()).toBe('ok');
    }
    expect(await app.refresh()).toBe('ok');
    expect(await app.told()).toEqual(['active', 'deviceDrifted']);
  });

  it('is learned with its date, tells it for a month, and then it is as if it had never been otherwise', async () => {
    const { code } = await buy();
    const { dataDir } = await activated(install(), code);
    let offset = 0;
    const fingerprint = device({ mac: 1 });
    const app = install({ dataDir, fingerprint, clockOffset: () => offset });
    expect(await app.reconcile()).toBe('ok');
    const record = await recordOf(app);
    expect(record?.enrolled).toEqual(fingerprint.factors);
    expect(record?.drift).toMatchObject([{ changed: ['mac'], added: [], learned: true, confirmed: false }]);
    expect(await app.told()).toEqual(['active', 'deviceDrifted']);
    expect((await app.view()).reasons.find((it) => it.code === 'deviceDrifted')?.facts?.factors).toEqual([
      'mac',
    ]);
    expect(await app.refresh()).toBe('ok');
    expect((await recordOf(app))?.drift).toMatchObject([{ changed: ['mac'], confirmed: true }]);
    offset = 31 * DAY;
    expect(await app.told()).not.toContain('deviceDrifted');
  });

  it('without the server is followed no farther than it might be at once, by record and vault alike', async () => {
    const { code } = await buy();
    const before = await activated(install(), code);
    const steps = [device({ disk: 1, mac: 1 }), device({ disk: 1, mac: 1, board: 1 })];
    const app = await live(before, steps, (year) => year.reconcile());
    expect((await recordOf(app))?.drift?.map(({ learned }) => learned)).toEqual([true, false]);
    expect(await app.told()).toEqual(['active', 'deviceDrifted']);
    const walked = device({ disk: 1, mac: 1, board: 1, machineId: 1 });
    const elsewhere = install({ dataDir: before.dataDir, fingerprint: walked });
    expect(await elsewhere.told()).toEqual(['notActivated', 'deviceChanged']);
    // Nor by the server, which knows the first of these devices only; the lease that it gave is good all the same.
    expect(await app.refresh()).toBe('ok');
    expect((await recordOf(app))?.drift?.map(({ confirmed }) => confirmed)).toEqual([false, false]);
    expect(await app.told()).toEqual(['active', 'deviceDrifted']);
  });
});

describe('a factor that is hidden for a while', () => {
  it('is neither forgotten nor held against the device, by the server no more than here', async () => {
    const { code, seatsUsed } = await buy();
    const before = await activated(install(), code);
    const hidden = hiding(hiding(device({ mac: 1 }), 'os'), 'board');
    const app = install({ dataDir: before.dataDir, fingerprint: hidden });
    expect((await app.view()).state).toBe('uninitialized');
    const less = install({ dataDir: before.dataDir, fingerprint: hiding(device({ mac: 1 }), 'os') });
    server().faults.next({ kind: 'cutAfter' }, 'refreshActivation');
    expect(await less.refresh()).not.toBe('ok');
    // Repaired by activating again, with what is hidden as it was enrolled.
    expect(await less.refresh()).toBe('ok');
    expect((await recordOf(less))?.enrolled).toEqual(device({ mac: 1 }).factors);
    const again = install({ dataDir: before.dataDir, fingerprint: device({ mac: 1 }) });
    expect(await again.refresh()).toBe('ok');
    expect(await seatsUsed()).toBe(1);
  });
});
