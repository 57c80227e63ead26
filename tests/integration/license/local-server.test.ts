import { describe, expect, it } from 'vitest';
import { DAY } from './engine.ts';
import { withServers, type ServerName } from './local-server.ts';
import type { LicensingApi } from '../../../electron/api/client.ts';
import { licenseRecordSchema } from '../../../electron/license/records.ts';
import { failure } from '../../../shared/errors.ts';
import { err } from '../../../shared/result.ts';

const { server, installAt, buyAt } = withServers();

const heldAt = async (app: ReturnType<typeof installAt>) => (await app.view()).heldAt?.kind ?? null;

describe.each(['cloud', 'local'] as const)('a license that is taken from the %s server', (name) => {
  it('lives there from the first call to the last', async () => {
    const start = Math.floor(Date.now() / 1000) * 1000;
    server(name).setClock(start);
    const { code, seatsUsed } = await buyAt(name);
    const app = installAt(name);
    expect(await app.activate(code)).toBe('ok');
    expect(await app.told()).toEqual(['active']);
    expect(await heldAt(app)).toBe(name);
    expect(await seatsUsed()).toBe(1);
    expect((await app.view()).activation?.leaseExpiry).toBe(start + 30 * DAY);

    server(name).setClock(start + DAY);
    expect(await app.refresh()).toBe('ok');
    expect((await app.view()).activation?.leaseExpiry).toBe(start + 31 * DAY);
    expect(await app.pullState()).toBe('ok');
    expect(await app.reconcile()).toBe('ok');
    expect(await app.deactivate()).toBe('ok');
    expect(await seatsUsed()).toBe(0);
    expect(app.stored().open).toBe(false);
  });

  it('goes on there, whatever is chosen for new ones', async () => {
    const { code, seatsUsed } = await buyAt(name);
    const before = installAt(name);
    expect(await before.activate(code)).toBe('ok');
    const other: ServerName = name === 'cloud' ? 'local' : 'cloud';
    const app = installAt(other, { dataDir: before.dataDir });
    expect(await app.told()).toEqual(['active', 'heldAtOtherServer']);
    expect(await heldAt(app)).toBe(name);
    for (const call of ['refresh', 'pullState'] as const) expect(await app[call]()).toBe('ok');
    expect(await seatsUsed()).toBe(1);
    expect(await app.deactivate()).toBe('ok');
    expect(await seatsUsed()).toBe(0);
  });

  it('is found again there after a cut, whatever is chosen by then', async () => {
    const { code, seatsUsed } = await buyAt(name);
    server(name).faults.next({ kind: 'cutAfter' }, 'activate');
    const before = installAt(name);
    expect(await before.activate(code)).not.toBe('ok');
    expect(await seatsUsed()).toBe(1);
    const other: ServerName = name === 'cloud' ? 'local' : 'cloud';
    const app = installAt(other, { dataDir: before.dataDir });
    expect(await app.told()).toContain('activationInterrupted');
    expect(await app.reconcile()).toBe('ok');
    expect(await heldAt(app)).toBe(name);
    expect(await app.told()).toEqual(['active', 'heldAtOtherServer']);
    expect(await seatsUsed()).toBe(1);
  });

  it('is given back there where another purchase is used at the other server after a cut', async () => {
    const lost = await buyAt(name);
    server(name).faults.next({ kind: 'cutAfter' }, 'activate');
    const before = installAt(name);
    expect(await before.activate(lost.code)).not.toBe('ok');
    expect(await lost.seatsUsed()).toBe(1);
    const other: ServerName = name === 'cloud' ? 'local' : 'cloud';
    const next = await buyAt(other);
    const app = installAt(other, { dataDir: before.dataDir });
    expect(await app.activate(next.code)).toBe('ok');
    expect([await lost.seatsUsed(), await next.seatsUsed()]).toEqual([0, 1]);
    expect(await app.told()).toEqual(['active']);
  });
});

describe('a license that moves', () => {
  it('from the cloud to the local server and back loses no seat', async () => {
    const cloud = await buyAt('cloud', { seatCount: 1 });
    const local = await buyAt('local', { seatCount: 1 });
    const seats = async () => [await cloud.seatsUsed(), await local.seatsUsed()];
    const first = installAt('cloud');
    expect(await first.activate(cloud.code)).toBe('ok');
    expect(await seats()).toEqual([1, 0]);

    const onTheSpot = installAt('local', { dataDir: first.dataDir });
    // Not beside each other: what is held has to be given back first.
    expect(await onTheSpot.activate(local.code)).toBe('notAllowedInState');
    expect(await seats()).toEqual([1, 0]);
    expect(await onTheSpot.deactivate()).toBe('ok');
    expect(await onTheSpot.activate(local.code)).toBe('ok');
    expect(await seats()).toEqual([0, 1]);

    const back = installAt('cloud', { dataDir: first.dataDir });
    expect(await back.deactivate()).toBe('ok');
    expect(await back.activate(cloud.code)).toBe('ok');
    expect(await seats()).toEqual([1, 0]);
    expect(await heldAt(back)).toBe('cloud');
  });
});

describe('a server that somebody has made', () => {
  it('gives no license, and its seat is given back', async () => {
    const { code, seatsUsed } = await buyAt('foreign');
    const app = installAt('foreign');
    expect(await app.activate(code)).toBe('localServerNotVendors');
    expect(await app.told()).toEqual(['notActivated', 'deactivated']);
    expect(await seatsUsed()).toBe(0);
    expect(app.stored().open).toBe(false);
  });

  it('gives none either if it hands out no license file', async () => {
    const { code, seatsUsed } = await buyAt('local');
    server('local').faults.next({ kind: 'status', status: 404 }, 'checkOutLicenseFile');
    const app = installAt('local');
    expect(await app.activate(code)).toBe('localServerNotVendors');
    expect(await seatsUsed()).toBe(0);
  });

  it('gives none with the license file of another seat or product', async () => {
    const genuine = await buyAt('local');
    const first = installAt('local');
    expect(await first.activate(genuine.code)).toBe('ok');
    const stolen = await fileOf(first);
    const { code, seatsUsed } = await buyAt('foreign');
    const app = installAt('foreign', { local: withFile(stolen) });
    expect(await app.activate(code)).toBe('localServerNotVendors');
    expect(await seatsUsed()).toBe(0);
  });

  it('counts for nothing where the process ends before it was asked for a proof', async () => {
    const { code, seatsUsed } = await buyAt('foreign');
    const dying = installAt('foreign', { local: killedAtLicenseFile });
    await expect(dying.activate(code)).rejects.toThrow('killed');
    const app = installAt('foreign', { dataDir: dying.dataDir });
    expect(await app.told()).toEqual(['leaseExpired', 'leaseExpired', 'localServerUnproven']);
    expect(await app.reconcile()).toBe('localServerNotVendors');
    expect(await seatsUsed()).toBe(0);
    expect((await app.view()).state).toBe('notActivated');
  });

  it('counts again at the vendor’s where only the connection was lost before the proof', async () => {
    const { code, seatsUsed } = await buyAt('local');
    const dying = installAt('local', { local: killedAtLicenseFile });
    await expect(dying.activate(code)).rejects.toThrow('killed');
    const app = installAt('local', { dataDir: dying.dataDir });
    expect((await app.view()).state).toBe('leaseExpired');
    expect(await app.reconcile()).toBe('ok');
    expect(await app.told()).toEqual(['active']);
    expect(await seatsUsed()).toBe(1);
  });
});

describe('a lease at a local server', () => {
  it('counts as far as the vendor has signed, whatever the server says', async () => {
    const start = Math.floor(Date.now() / 1000) * 1000;
    server('local').setClock(start);
    const { code } = await buyAt('local');
    const honest = installAt('local');
    expect(await honest.activate(code)).toBe('ok');
    const old = await fileOf(honest);
    server('local').setClock(start + DAY);
    // From now on somebody in between answers with the license file of before.
    const app = installAt('local', { dataDir: honest.dataDir, local: withFile(old) });
    expect(await app.refresh()).toBe('localServerNotVendors');
    expect((await app.view()).activation?.leaseExpiry).toBe(start + 30 * DAY);
    expect(await honest.refresh()).toBe('ok');
    expect((await honest.view()).activation?.leaseExpiry).toBe(start + 31 * DAY);
  });

  it('comes no nearer by a server that says that it is last year', async () => {
    const { code } = await buyAt('local');
    let offset = 0;
    const app = installAt('local', { clockOffset: () => offset });
    expect(await app.activate(code)).toBe('ok');
    offset = -DAY;
    server('local').setDate(Date.now() - DAY);
    await app.pullState();
    expect(await app.told()).toContain('clockRolledBack');
  });

  it('is not taken from the license file that a call without an answer has left', async () => {
    const { code, seatsUsed } = await buyAt('local');
    const app = installAt('local', {
      local: (api) => ({
        ...api,
        licenseFile: () =>
          Promise.resolve(
            err({ failure: failure('serverUnreachable'), end: 'unsent', nonce: null, serverTime: null }),
          ),
      }),
    });
    expect(await app.activate(code)).toBe('serverUnreachable');
    expect(await seatsUsed()).toBe(0);
    expect((await app.view()).state).toBe('notActivated');
  });
});

async function fileOf(app: ReturnType<typeof installAt>): Promise<string> {
  const vault = await app.engine.vault();
  const read = vault.ok ? await vault.value.read(app.productId, licenseRecordSchema) : vault;
  const file = read.ok ? read.value?.value.licenseFile : null;
  if (typeof file !== 'string') throw new Error('there is no license file');
  return file;
}

/** Answers with one license file whatever is asked; everything else is as it was. */
const withFile =
  (file: string) =>
  (api: LicensingApi): LicensingApi => ({
    ...api,
    licenseFile: async (...given) => {
      const answer = await api.licenseFile(...given);
      return answer.ok ? { ok: true, value: { ...answer.value, value: file } } : answer;
    },
  });

const killedAtLicenseFile = (api: LicensingApi): LicensingApi => ({
  ...api,
  licenseFile: () => Promise.reject(new Error('killed')),
});
