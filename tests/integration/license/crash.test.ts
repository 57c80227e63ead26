import { describe, expect, it } from 'vitest';
import { activated, failingDisk, withServer } from './engine.ts';
import type { LicensingApi } from '../../../electron/api/client.ts';

const { install, buy } = withServer();

/** What a process that is killed leaves: everything that it had written, and nothing of what it was about to do. */
class Killed extends Error {}

/** Dies at a call: before it is sent, or with its answer in hand. */
const killedAt =
  (name: 'activate' | 'deactivate' | 'refresh' | 'entitlement', when: 'before' | 'after') =>
  (api: LicensingApi): LicensingApi => {
    const call = api[name] as (...given: readonly unknown[]) => Promise<unknown>;
    const dying = async (...given: readonly unknown[]) => {
      if (when === 'after') await call(...given);
      throw new Killed();
    };
    return { ...api, [name]: dying };
  };

const dies = (work: Promise<unknown>) => expect(work).rejects.toBeInstanceOf(Killed);

describe('killed in the middle of an activation', () => {
  it.each([
    ['before the call is sent', 'activate', 'before', 0],
    ['with the answer in hand', 'activate', 'after', 1],
    ['before the terms are asked for', 'entitlement', 'before', 1],
    ['with the terms in hand', 'entitlement', 'after', 1],
  ] as const)('%s: the next start ends with one seat, in step', async (_name, call, when, taken) => {
    const { code, seatsUsed } = await buy();
    const app = install({ api: killedAt(call, when) });
    await dies(app.activate(code));
    expect(await seatsUsed()).toBe(taken);
    const later = install({ dataDir: app.dataDir });
    expect(await later.reconcile()).toBe('ok');
    for (const step of ['refresh', 'pullState'] as const) expect(await later[step]()).toBe('ok');
    expect(await later.told()).toEqual(['active']);
    expect(await seatsUsed()).toBe(1);
    expect(later.stored().open).toBe(false);
  });

  it('and never started again: nothing is told that is not so', async () => {
    const { code } = await buy();
    const app = install({ api: killedAt('activate', 'after') });
    await dies(app.activate(code));
    expect(await install({ dataDir: app.dataDir }).told()).toEqual([
      'notActivated',
      'neverActivated',
      'activationInterrupted',
    ]);
  });
});

describe('killed in the middle of a deactivation', () => {
  it.each([
    ['before the call is sent', 'before', 1],
    ['with the answer in hand', 'after', 0],
  ] as const)('%s: the next start gives the seat back', async (_name, when, left) => {
    const { code, seatsUsed } = await buy();
    const before = await activated(install(), code);
    await dies(install({ dataDir: before.dataDir, api: killedAt('deactivate', when) }).deactivate());
    expect(await seatsUsed()).toBe(left);
    const later = install({ dataDir: before.dataDir });
    expect(await later.told()).toEqual(['active', 'deactivationInterrupted']);
    expect(await later.reconcile()).toBe('ok');
    expect(await later.told()).toEqual(['notActivated', 'deactivated']);
    expect(await seatsUsed()).toBe(0);
    expect(later.stored().open).toBe(false);
  });
});

describe('killed in the middle of a refresh', () => {
  it.each(['before', 'after'] as const)('%s the server acted: the next call goes well', async (when) => {
    const { code, seatsUsed } = await buy();
    const before = await activated(install(), code);
    await dies(install({ dataDir: before.dataDir, api: killedAt('refresh', when) }).refresh());
    const later = install({ dataDir: before.dataDir });
    expect(await later.reconcile()).toBe('ok');
    expect(await later.refresh()).toBe('ok');
    expect(await later.told()).toEqual(['active']);
    expect(await seatsUsed()).toBe(1);
  });
});

describe('a disk that is full', () => {
  it('when the intent is to be written down: no call is made', async () => {
    const { code, seatsUsed } = await buy();
    const dir = install().dataDir;
    const app = install({ dataDir: dir, parts: failingDisk(dir, /^journal/) });
    expect(await app.activate(code)).toBe('vaultDiskFull');
    expect(await seatsUsed()).toBe(0);
    expect((await app.view()).state).toBe('notActivated');
  });

  it.each([
    ['device', /^device$/],
    ['license', /^prod_/],
  ] as const)('when the %s is to be written: the seat is found again later', async (_name, pattern) => {
    const { code, seatsUsed } = await buy();
    const dir = install().dataDir;
    const app = install({ dataDir: dir, parts: failingDisk(dir, pattern) });
    expect(await app.activate(code)).toBe('vaultDiskFull');
    expect(await seatsUsed()).toBe(1);
    expect(await app.told()).toContain('activationInterrupted');
    const later = install({ dataDir: dir });
    expect(await later.reconcile()).toBe('ok');
    expect(await later.refresh()).toBe('ok');
    expect(await seatsUsed()).toBe(1);
  });

  it('when the next nonce is to be written: the chain is repaired later', async () => {
    const { code, seatsUsed } = await buy();
    const { dataDir } = await activated(install(), code);
    const full = install({ dataDir, parts: failingDisk(dataDir, /^prod_/) });
    expect(await full.refresh()).toBe('vaultDiskFull');
    const later = install({ dataDir });
    expect(await later.refresh()).toBe('ok');
    expect(await later.told()).toEqual(['active']);
    expect(await seatsUsed()).toBe(1);
  });

  it('when a deactivation is to be written: the seat is free, and the next start says so', async () => {
    const { code, seatsUsed } = await buy();
    const { dataDir } = await activated(install(), code);
    const full = install({ dataDir, parts: failingDisk(dataDir, /^prod_/) });
    expect(await full.deactivate()).toBe('vaultDiskFull');
    expect(await seatsUsed()).toBe(0);
    const later = install({ dataDir });
    expect(await later.told()).toContain('deactivationInterrupted');
    expect(await later.reconcile()).toBe('ok');
    expect(await later.told()).toEqual(['notActivated', 'deactivated']);
  });
});
