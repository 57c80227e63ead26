import { describe, expect, it } from 'vitest';
import { startServices } from '../../support/services.ts';
import { folder, withServer } from './engine.ts';
import { typedCode } from '../../support/typed-secrets.ts';

const { server, buy } = withServer();

/** The services as window and command line have them, with this machine's own fingerprint. */
const start = (dataDir: string) => startServices({ profile: server().profile, dataDir });

describe('a start', () => {
  it('shows what is known while something that was left open waits for a slow server', async () => {
    const { code, seatsUsed } = await buy();
    const dataDir = folder();
    const { productId } = server();
    const before = await start(dataDir);
    server().faults.next({ kind: 'cutAfter' }, 'activate');
    expect(await before.license.activate({ productId, code: typedCode(code) })).toMatchObject({ ok: false });
    await before.close();

    const services = await start(dataDir);
    const order: string[] = [];
    server().faults.next({ kind: 'delay', milliseconds: 2000 }, 'activate');
    const reconciled = services.reconcile().then(() => order.push('reconciled'));
    const { licenses } = await services.snapshot();
    order.push('shown');
    expect(licenses[0]?.reasons.map((reason) => reason.code)).toContain('activationInterrupted');
    await reconciled;
    expect(order).toEqual(['shown', 'reconciled']);
    expect((await services.snapshot()).licenses[0]?.state).toBe('active');
    expect(await seatsUsed()).toBe(1);
    await services.close();
  });

  it('without a server needs none, and tells the windows when an operation has changed something', async () => {
    const { code } = await buy();
    const dataDir = folder();
    const { productId } = server();
    const before = await start(dataDir);
    expect(await before.license.activate({ productId, code: typedCode(code) })).toMatchObject({ ok: true });
    await before.close();

    await server().setCertificate('newKey');
    const services = await start(dataDir);
    await services.reconcile();
    expect((await services.snapshot()).licenses[0]?.state).toBe('active');
    const heard: (string | null | undefined)[] = [];
    const stop = services.onChange(({ licenses }) => heard.push(licenses[0]?.busy));
    expect(await services.license.refresh(productId)).toMatchObject({ error: { code: 'pinMismatch' } });
    stop();
    expect(heard.at(-1)).toBeNull();
    expect((await services.snapshot()).licenses[0]).toMatchObject({ state: 'active', busy: null });
    await services.close();
  });

  it('finishes an activation that was left open although an offline request was made since', async () => {
    const { code, seatsUsed } = await buy();
    const dataDir = folder();
    const { productId } = server();
    const services = await start(dataDir);
    server().faults.next({ kind: 'cutAfter' }, 'activate');
    expect(await services.license.activate({ productId, code: typedCode(code) })).toMatchObject({
      ok: false,
    });
    expect(await services.offline.makeRequest({ productId, code: typedCode(code) })).toMatchObject({
      ok: true,
    });
    await services.reconcile();
    expect((await services.snapshot()).licenses[0]?.state).toBe('active');
    expect(await services.license.refresh(productId)).toMatchObject({ ok: true });
    expect(await seatsUsed()).toBe(1);
    await services.close();
  });

  it('takes one operation at a time for a product, and says so', async () => {
    const { code } = await buy();
    const { productId } = server();
    const services = await start(folder());
    const [first, second] = await Promise.all([
      services.license.activate({ productId, code: typedCode(code) }),
      services.license.activate({ productId, code: typedCode(code) }),
    ]);
    expect(first).toMatchObject({ ok: true, value: { state: 'active' } });
    expect(second).toMatchObject({ ok: false, error: { code: 'busy' } });
    await services.close();
  });
});
