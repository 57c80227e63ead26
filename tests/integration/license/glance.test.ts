import { writeFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import type { Snapshot } from '../../../shared/contract.ts';
import type { Keyring } from '../../../electron/ports.ts';
import type { ServiceParts } from '../../../electron/create-services.ts';
import { startServices } from '../../support/services.ts';
import { fakeKeyring } from '../../support/vault.ts';
import { folder, withServer } from './engine.ts';
import { typedCode } from '../../support/typed-secrets.ts';

const { server, buy } = withServer();

/** A keyring that asks the user for a password: nothing is answered until they have typed it. */
function promptingKeyring(keyring: Keyring) {
  const prompt = Promise.withResolvers<void>();
  const answered =
    <Given extends readonly unknown[], T>(ask: (...given: Given) => Promise<T>) =>
    async (...given: Given): Promise<T> => {
      await prompt.promise;
      return ask(...given);
    };
  return {
    keyring: {
      status: answered(keyring.status),
      encrypt: answered(keyring.encrypt),
      decrypt: answered(keyring.decrypt),
    },
    typePassword: prompt.resolve,
  };
}

const start = (dataDir: string, keyring: Keyring, parts?: ServiceParts) =>
  startServices({ profile: server().profile, dataDir, keyring }, parts);

/** An installation that was activated and closed. */
async function activated(keyring: Keyring): Promise<string> {
  const { code } = await buy();
  const dataDir = folder();
  const services = await start(dataDir, keyring);
  expect(
    await services.license.activate({ productId: server().productId, code: typedCode(code) }),
  ).toMatchObject({
    ok: true,
  });
  await services.close();
  return dataDir;
}

describe('a window that opens while the keyring asks for its password', () => {
  it('shows at once what was known, and the license itself as soon as it can be read', async () => {
    const keyring = fakeKeyring();
    const dataDir = await activated(keyring);
    const prompting = promptingKeyring(keyring);
    const services = await start(dataDir, prompting.keyring);
    const told = Promise.withResolvers<Snapshot>();
    services.onChange(told.resolve);

    const first = await services.glance();
    expect(first.licenses[0]).toMatchObject({
      state: 'uninitialized',
      lastKnown: { state: 'active', leaseExpiry: expect.any(Number) as unknown },
      actions: [],
      activation: null,
    });
    prompting.typePassword();
    const second = await told.promise;
    expect(second.sequence).toBeGreaterThan(first.sequence);
    expect(second.licenses[0]).toMatchObject({ state: 'active', lastKnown: null });
    await services.close();
  });

  it('shows nothing as known where nothing was, and lets nothing be done', async () => {
    const prompting = promptingKeyring(fakeKeyring());
    const services = await start(folder(), prompting.keyring);
    const [license] = (await services.glance()).licenses;
    expect(license).toMatchObject({ state: 'uninitialized', lastKnown: null, actions: [] });
    prompting.typePassword();
    expect((await services.snapshot()).licenses[0]?.state).toBe('notActivated');
    await services.close();
  });

  it('believes nothing that somebody else wrote: only the vault tells whether the license is active', async () => {
    const dataDir = folder();
    const { productId } = server();
    const forged = { [productId]: { state: 'active', leaseExpiry: null, at: Date.now() } };
    writeFileSync(path.join(dataDir, 'last-known.json'), JSON.stringify({ content: forged }), {
      mode: 0o600,
    });
    const prompting = promptingKeyring(fakeKeyring());
    const services = await start(dataDir, prompting.keyring);
    const [license] = (await services.glance()).licenses;
    expect(license).toMatchObject({ state: 'uninitialized', actions: [], activation: null });
    prompting.typePassword();
    expect((await services.snapshot()).licenses[0]).toMatchObject({ state: 'notActivated', lastKnown: null });
    await services.close();
  });

  it('is served from a damaged note as from none', async () => {
    const keyring = fakeKeyring();
    const dataDir = await activated(keyring);
    writeFileSync(path.join(dataDir, 'last-known.json'), '{"content":{"prod', { mode: 0o600 });
    const prompting = promptingKeyring(keyring);
    const services = await start(dataDir, prompting.keyring);
    expect((await services.glance()).licenses[0]?.lastKnown).toBeNull();
    prompting.typePassword();
    expect((await services.snapshot()).licenses[0]?.state).toBe('active');
    await services.close();
  });
});

describe('a window that opens where the vault can be read', () => {
  it('shows the license itself', async () => {
    const keyring = fakeKeyring();
    const patience = () => new Promise<void>(() => undefined);
    const services = await start(await activated(keyring), keyring, { patience });
    expect((await services.glance()).licenses[0]).toMatchObject({ state: 'active', lastKnown: null });
    await services.close();
  });
});
