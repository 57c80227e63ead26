import { rmSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { keepCopy } from '../../support/put-back.ts';
import { activated, DAY, withServer, type Installation } from './engine.ts';

const { server, install, buy } = withServer();

const vaultOf = ({ dataDir }: Installation): string => path.join(dataDir, 'vault');
const again = (app: Installation): Installation => install({ dataDir: app.dataDir });
const forgetWitness = ({ dataDir }: Installation): void =>
  rmSync(path.join(dataDir, 'witness'), { recursive: true });

describe('a vault from before the deactivation that is put back', () => {
  it('is no license, not even without a network, and online it ends with a cause of its own', async () => {
    const { code, seatsUsed, seats } = await buy();
    const first = await activated(install(), code);
    const putBack = keepCopy(vaultOf(first));
    expect(await first.deactivate()).toBe('ok');
    putBack();
    const app = again(first);
    expect(await app.told()).toEqual(['leaseExpired', 'vaultRolledBack']);
    expect((await app.view()).actions).toEqual(['refresh', 'deactivate']);
    // Nothing is taken again without being asked.
    expect(await app.reconcile()).toBe('ok');
    expect(await seatsUsed()).toBe(0);
    expect(await app.refresh()).toBe('vaultOutdated');
    expect(await app.told()).toEqual(['notActivated', 'vaultOutdated']);
    expect(await seatsUsed()).toBe(0);
    expect(await app.activate(code)).toBe('ok');
    expect(await app.told()).toEqual(['active']);
    expect(await again(app).told()).toEqual(['active']);
    expect(await seats()).toHaveLength(1);
  });

  it('is not revived by the clock, by restarts or by what the program writes itself', async () => {
    const { code } = await buy();
    const first = await activated(install(), code);
    const putBack = keepCopy(vaultOf(first));
    expect(await first.deactivate()).toBe('ok');
    putBack();
    for (let day = 0; day < 6; day += 1) {
      const app = install({ dataDir: first.dataDir, clockOffset: () => day * DAY });
      await app.keepTime();
      server().faults.next({ kind: 'cutBefore' }, 'refreshActivation');
      expect(await app.refresh()).not.toBe('ok');
      const [state, ...reasons] = await app.told();
      expect(state).toBe('leaseExpired');
      expect(reasons).toContain('vaultRolledBack');
    }
  });

  it('can not be told from an honest one when the witness goes with it; the server can', async () => {
    const { code, seatsUsed } = await buy();
    const first = await activated(install(), code);
    const putBack = keepCopy(first.dataDir);
    expect(await first.deactivate()).toBe('ok');
    putBack();
    const app = again(first);
    expect(await app.told()).toEqual(['active']);
    expect(await app.refresh()).toBe('accessTokenInvalid');
    expect((await app.view()).state).toBe('notActivated');
    expect(await seatsUsed()).toBe(0);
  });
});

describe('an honest backup that is restored', () => {
  it('since which the server was not asked works at once and is current again', async () => {
    const { code } = await buy();
    const first = await activated(install(), code);
    const putBack = keepCopy(vaultOf(first));
    // Only the time was written since.
    const later = install({ dataDir: first.dataDir, clockOffset: () => DAY / 2 });
    expect(await later.keepTime()).toBe('ok');
    putBack();
    const app = again(first);
    expect(await app.told()).toEqual(['leaseExpired', 'vaultRolledBack']);
    expect(await app.refresh()).toBe('ok');
    expect(await app.told()).toEqual(['active']);
    expect(await again(app).told()).toEqual(['active']);
    expect(await again(app).refresh()).toBe('ok');
  });

  it('since which the nonce has moved on is not called a clone, and the same seat is found again', async () => {
    const { code, seats } = await buy();
    const first = await activated(install(), code);
    const [seat] = await seats();
    const putBack = keepCopy(vaultOf(first));
    expect(await first.refresh()).toBe('ok');
    putBack();
    const app = again(first);
    expect(await app.refresh()).toBe('vaultOutdated');
    expect(await app.told()).toEqual(['notActivated', 'vaultOutdated']);
    expect(await app.activate(code)).toBe('ok');
    expect((await seats()).map(({ id }) => id)).toEqual([seat?.id]);
    expect(await app.refresh()).toBe('ok');
  });

  it('gives the seat back that was taken anew since', async () => {
    const { code, seatsUsed } = await buy();
    const first = await activated(install(), code);
    const putBack = keepCopy(vaultOf(first));
    expect(await first.deactivate()).toBe('ok');
    expect(await first.activate(code)).toBe('ok');
    expect(await seatsUsed()).toBe(1);
    putBack();
    const app = again(first);
    expect(await app.deactivate()).toBe('ok');
    expect(await app.told()).toEqual(['notActivated', 'deactivated']);
    expect(await seatsUsed()).toBe(0);
  });

  it('does not finish what was open when it was made', async () => {
    const { code, seatsUsed } = await buy();
    const first = install();
    server().faults.next({ kind: 'cutBefore' }, 'activate');
    await first.activate(code);
    const putBack = keepCopy(vaultOf(first));
    expect(await first.reconcile()).toBe('ok');
    expect(await first.deactivate()).toBe('ok');
    expect(await seatsUsed()).toBe(0);
    putBack();
    const app = again(first);
    expect(await app.reconcile()).toBe('ok');
    expect(await seatsUsed()).toBe(0);
    expect(await app.activate(code)).toBe('ok');
    expect(await app.told()).toEqual(['active']);
  });

  it('on a device whose folder of witnesses was cleaned is an ordinary lost nonce', async () => {
    const { code } = await buy();
    const first = await activated(install(), code);
    forgetWitness(first);
    const app = again(first);
    expect(await app.told()).toEqual(['active']);
    expect(await app.refresh()).toBe('ok');
  });
});
