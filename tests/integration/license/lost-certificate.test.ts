import '../../support/no-electron.ts';
import { describe, expect, it } from 'vitest';
import { readSecrets } from '../../../electron/support/known-secrets.ts';
import { failure } from '../../../shared/errors.ts';
import { err } from '../../../shared/result.ts';
import { caller } from '../licensing-api/caller.ts';
import { certificatesOf } from './certificates.ts';
import { activated, DAY, withServer, type Installation } from './engine.ts';

/** Seats that have to be given back and have no certificate that is good. */

const LIFE = 6 * DAY;
const { server, install, buy } = withServer({
  requireClientCertificate: true,
  clientCertificateLifeMs: LIFE,
});

/** An installation whose certificate the vendor has revoked. */
async function revoked() {
  const purchase = await buy();
  const app = await activated(install(), purchase.code);
  const [seat] = await purchase.seats();
  await caller(server()).manage('DELETE', `/activations/${seat?.id}/certificates`);
  return { app, purchase };
}

describe('giving a seat back whose certificate has to be fetched anew', () => {
  it.each(['activate', 'issueClientCertificate'])(
    'is finished at the next start where the answer to %s was lost',
    async (operation) => {
      const { app, purchase } = await revoked();
      server().faults.next({ kind: 'cutAfter' }, operation);
      expect(await app.deactivate()).toBe('serverUnreachable');
      expect(app.stored().open).toBe(true);
      expect(await purchase.seatsUsed()).toBe(1);
      expect(await install({ dataDir: app.dataDir }).reconcile()).toBe('ok');
      expect(await app.told()).toEqual(['notActivated', 'deactivated']);
      expect(await purchase.seatsUsed()).toBe(0);
    },
  );

  it('is not carried out later behind the user’s back where nothing left the machine', async () => {
    const { app, purchase } = await revoked();
    const error = {
      failure: failure('serverUnreachable'),
      end: 'unsent',
      nonce: null,
      serverTime: null,
    } as const;
    const cutOff = install({
      dataDir: app.dataDir,
      api: (api) => ({ ...api, activate: () => Promise.resolve(err(error)) }),
    });
    expect(await cutOff.deactivate()).toBe('serverUnreachable');
    expect(app.stored().open).toBe(false);
    expect(await app.reconcile()).toBe('ok');
    expect(await purchase.seatsUsed()).toBe(1);
    expect(await app.refresh()).toBe('ok');
    expect(await app.told()).toEqual(['active']);
  });

  it('leaves nothing open where the vendor says no, and says why', async () => {
    const { app, purchase } = await revoked();
    await purchase.change('disable');
    expect(await app.deactivate()).toBe('entitlementDisabled');
    expect(app.stored().open).toBe(false);
    expect(await purchase.seatsUsed()).toBe(1);
    await purchase.change('enable');
    expect(await app.refresh()).toBe('ok');
    expect(await app.deactivate()).toBe('ok');
    expect(await purchase.seatsUsed()).toBe(0);
  });
});

/** Another purchase takes the place of one that the vendor puts on hold. */
async function goOnWithAnother(app: Installation, first: Awaited<ReturnType<typeof buy>>) {
  await first.change('disable');
  expect(await app.refresh()).toBe('entitlementDisabled');
  const second = await buy();
  return { second, used: async () => [await first.seatsUsed(), await second.seatsUsed()] };
}

describe('the seat of an earlier activation', () => {
  it('that never got its certificate is given back as soon as the vendor relents', async () => {
    const first = await buy();
    const app = install();
    server().faults.next({ kind: 'cutAfter' }, 'issueClientCertificate');
    expect(await app.activate(first.code)).toBe('ok');
    expect(await certificatesOf(app)).toEqual([]);
    const { second, used } = await goOnWithAnother(app, first);
    expect(await app.activate(second.code)).toBe('ok');
    expect(await app.reconcile()).toBe('ok');
    expect(await used()).toEqual([1, 1]);
    await first.change('enable');
    expect(await app.reconcile()).toBe('ok');
    expect(await used()).toEqual([0, 1]);
    expect(await app.refresh()).toBe('ok');
    expect(await app.told()).toEqual(['active']);
  });

  it('is given back with its own certificate at the next start, and nothing of its key is left', async () => {
    const first = await buy();
    const app = await activated(install(), first.code);
    const { second, used } = await goOnWithAnother(app, first);
    server().faults.next({ kind: 'status', status: 503 }, 'deactivate');
    expect(await app.activate(second.code)).toBe('ok');
    expect(await used()).toEqual([1, 1]);
    expect(await certificatesOf(app)).toHaveLength(2);
    expect(await app.reconcile()).toBe('ok');
    expect(await used()).toEqual([0, 1]);
    const left = (await certificatesOf(app)).map(({ subject }) => subject);
    expect(left).toEqual([`O=${server().tenantId}\nCN=${(await app.view()).activation?.id}`]);
  });

  it('whose certificate has run out meanwhile is given back all the same, and its code is kept from leaving', async () => {
    const first = await buy();
    let ahead = 0;
    const app = await activated(install({ clockOffset: () => ahead, elapsed: () => ahead }), first.code);
    const { second, used } = await goOnWithAnother(app, first);
    server().faults.next({ kind: 'status', status: 503 }, 'deactivate');
    expect(await app.activate(second.code)).toBe('ok');
    expect(await used()).toEqual([1, 1]);
    const secrets = await readSecrets(app.engine.vault, [app.productId]);
    expect(secrets.map(({ value }) => value)).toContain(first.code);
    server().faults.clear();
    await first.change('enable');
    ahead = LIFE + DAY;
    server().setClock(() => Date.now() + ahead);
    server().setDate(() => Date.now() + ahead);
    expect(await app.refresh()).toBe('ok');
    expect(await app.reconcile()).toBe('ok');
    expect(await used()).toEqual([0, 1]);
  });
});
