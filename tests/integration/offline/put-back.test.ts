import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { keepCopy } from '../../support/put-back.ts';
import { activateOffline, activationId, withServer, type OfflineInstallation } from './exchange.ts';

const { install, buy, portal } = withServer();

const keep = ({ dataDir }: OfflineInstallation) => keepCopy(path.join(dataDir, 'vault'));
const again = (app: OfflineInstallation) => install({ dataDir: app.dataDir });

describe('a vault from before an offline deactivation that is put back', () => {
  it('is no license, and a refresh that was kept back does not make it one', async () => {
    const { code } = await buy();
    const first = install();
    await activateOffline(first, portal, code);
    const hoarded = await portal.refresh(code, await activationId(first));
    const putBack = keep(first);
    const { armored } = await first.leave();
    expect(await portal.take(armored)).toBe('ok');
    putBack();
    const app = again(first);
    expect((await app.told()).slice(0, 2)).toEqual(['leaseExpired', 'vaultRolledBack']);
    expect(await app.import(hoarded)).toBe('ok');
    expect((await app.told()).slice(0, 2)).toEqual(['leaseExpired', 'vaultRolledBack']);
    expect((await again(app).told()).slice(0, 2)).toEqual(['leaseExpired', 'vaultRolledBack']);
  });

  it('is left by deactivating and a request of now; nothing is lost', async () => {
    const { code, seatsUsed } = await buy();
    const first = install();
    await activateOffline(first, portal, code);
    const putBack = keep(first);
    await first.leave();
    putBack();
    const app = again(first);
    expect((await app.view()).actions).toContain('deactivate');
    const receipt = await app.leave();
    expect(await app.told()).toEqual(['notActivated', 'deactivated', 'receiptPending']);
    expect(await portal.take(receipt.armored)).toBe('ok');
    expect(await seatsUsed()).toBe(0);
    await activateOffline(app, portal, code);
    expect((await app.view()).state).toBe('active');
    expect((await again(app).view()).state).toBe('active');
    expect(await seatsUsed()).toBe(1);
  });
});

describe('a vault from before a response was applied that is put back', () => {
  it('does not take that response a second time, but the response to a request of now', async () => {
    const { code } = await buy();
    const first = install();
    const { armored } = await first.request(code);
    const response = await portal.answer(armored);
    const putBack = keep(first);
    expect(await first.import(response)).toBe('ok');
    await first.leave();
    putBack();
    const app = again(first);
    expect((await app.view()).state).toBe('notActivated');
    expect(await app.import(response)).toBe('tokenForOtherDevice');
    expect((await app.view()).state).toBe('notActivated');
    const fresh = await app.request(code);
    expect((await app.view()).offline.requests).toHaveLength(1);
    expect(await app.import(response)).toBe('tokenForOtherDevice');
    expect(await app.import(await portal.answer(fresh.armored))).toBe('ok');
    expect((await again(app).view()).state).toBe('active');
  });

  it('takes it as ever where nothing was put back', async () => {
    const { code } = await buy();
    const first = install();
    const { armored } = await first.request(code);
    const response = await portal.answer(armored);
    expect(await again(first).import(response)).toBe('ok');
    expect((await again(first).view()).state).toBe('active');
  });
});
