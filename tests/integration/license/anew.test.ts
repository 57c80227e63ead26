import { readdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { activated, device, OTHER_DEVICE, withServer, type Installation } from './engine.ts';
import { fakeKeyring } from '../../support/vault.ts';

const { server, install, buy } = withServer();

const filesOf = ({ dataDir }: Installation) => readdirSync(path.join(dataDir, 'vault')).toSorted();
const setAside = (app: Installation) => filesOf(app).filter((name) => /\.damaged-|^aside-/.test(name));
const damage = ({ dataDir }: Installation, pattern: RegExp) => {
  for (const name of readdirSync(path.join(dataDir, 'vault'))) {
    if (pattern.test(name)) writeFileSync(path.join(dataDir, 'vault', name), 'x');
  }
};

describe('files that can not be read', () => {
  it.each([
    ['the license', /^prod_/],
    ['the key', /^keys/],
    ['everything', /\.json$/],
  ] as const)('(%s) are told as damage, and activating again finds the same seat', async (_name, pattern) => {
    const { code, seats } = await buy();
    const before = await activated(install(), code);
    const [seat] = await seats();
    damage(before, pattern);
    const app = install({ dataDir: before.dataDir });
    expect(await app.told()).toEqual(['notActivated', 'vaultDamaged']);
    expect((await app.view()).actions).toContain('activateWithCode');
    expect(await app.refresh()).toBe('notAllowedInState');
    expect(await app.activate(code)).toBe('ok');
    expect(await app.told()).toEqual(['active']);
    expect(await app.refresh()).toBe('ok');
    expect((await seats()).map(({ id }) => id)).toEqual([seat?.id]);
    expect(setAside(app).length).toBeGreaterThan(0);
  });

  it('are still there when the activation is refused', async () => {
    const { code } = await buy();
    const before = await activated(install(), code);
    damage(before, /^prod_/);
    const app = install({ dataDir: before.dataDir });
    const { records } = app.stored();
    expect(await app.activate('ORBIT-AAAA-BBBB-CCCC-DDDD')).toBe('activationCodeInvalid');
    expect(app.stored().records).toEqual(records);
  });

  it('of the journal do not make the next call take us for a clone', async () => {
    const { code, seatsUsed } = await buy();
    const before = await activated(install(), code);
    server().faults.next({ kind: 'cutAfter' }, 'refreshActivation');
    await before.refresh();
    damage(before, /^journal/);
    const app = install({ dataDir: before.dataDir });
    expect(await app.refresh()).toBe('ok');
    expect(await app.told()).toEqual(['active']);
    expect(await seatsUsed()).toBe(1);
  });
});

describe('a key that is in a keyring', () => {
  /** Activated under a keyring; the vault moves its key there with the second process. */
  const guarded = async () => {
    const bought = await buy();
    const keyring = fakeKeyring();
    const first = await activated(install({ keyring }), bought.code);
    const app = install({ dataDir: first.dataDir, keyring });
    expect(await app.refresh()).toBe('ok');
    const third = install({ dataDir: first.dataDir, keyring });
    expect(await third.refresh()).toBe('ok');
    return { ...bought, keyring, dataDir: first.dataDir };
  };

  it('which this process has not got stays where it is: the window can open it', async () => {
    const { code, keyring, dataDir } = await guarded();
    const commandLine = install({ dataDir });
    expect(await commandLine.told()).toEqual(['uninitialized', 'vaultUnavailable', 'keyringChanged']);
    expect((await commandLine.view()).actions).toEqual([]);
    const before = filesOf(commandLine);
    expect(await commandLine.activate(code)).toBe('vaultKeyUnavailable');
    expect(filesOf(commandLine).filter((name) => !name.startsWith('lock.'))).toEqual(
      before.filter((name) => !name.startsWith('lock.')),
    );
    expect(await install({ dataDir, keyring }).refresh()).toBe('ok');
  });

  it.each([
    ['has lost its own key', { secret: 'another', backend: 'gnome_libsecret' }],
    ['is gone for good', { secret: 'one', backend: 'basic_text' }],
  ] as const)('that %s is no dead end', async (_name, changes) => {
    const { code, dataDir, seats } = await guarded();
    const keyring = Object.assign(fakeKeyring(), changes);
    const app = install({ dataDir, keyring });
    expect((await app.told()).slice(0, 2)).toEqual(['uninitialized', 'vaultUnavailable']);
    expect((await app.view()).actions).toEqual(['activateWithCode', 'makeOfflineRequest']);
    expect(await app.refresh()).toBe('vaultKeyUnavailable');
    expect(await app.activate(code)).toBe('ok');
    expect((await app.view()).state).toBe('active');
    expect(await app.refresh()).toBe('ok');
    expect(await seats()).toHaveLength(1);
    expect(setAside(app).length).toBeGreaterThan(0);
  });

  it('is not given up for a wish that can not come true', async () => {
    const { dataDir } = await guarded();
    const app = install({ dataDir, keyring: Object.assign(fakeKeyring(), { secret: 'another' }) });
    expect(await app.activate('no code')).toBe('activationCodeMalformed');
    expect(setAside(app)).toEqual([]);
  });

  it('comes back when the activation is refused, and a keyring that returns finds its license', async () => {
    const { dataDir, keyring, seatsUsed } = await guarded();
    const app = install({ dataDir, keyring: Object.assign(fakeKeyring(), { secret: 'another' }) });
    const { records } = app.stored();
    expect(await app.activate('ORBIT-AAAA-BBBB-CCCC-DDDD')).toBe('activationCodeInvalid');
    expect(app.stored()).toEqual({ records, open: false });
    expect(setAside(app)).toEqual([]);
    expect((await app.told()).slice(0, 2)).toEqual(['uninitialized', 'vaultUnavailable']);
    const again = install({ dataDir, keyring });
    expect(await again.told()).toEqual(['active']);
    expect(await again.refresh()).toBe('ok');
    expect(await seatsUsed()).toBe(1);
  });

  it('stays aside when nobody knows how the activation ended, and the seat is found again', async () => {
    const { code, dataDir, seatsUsed } = await guarded();
    const keyring = Object.assign(fakeKeyring(), { secret: 'another' });
    const app = install({ dataDir, keyring });
    server().faults.next({ kind: 'cutAfter' }, 'activate');
    expect(await app.activate(code)).not.toBe('ok');
    expect(setAside(app)).toHaveLength(1);
    const again = install({ dataDir, keyring });
    expect(await again.reconcile()).toBe('ok');
    expect((await again.view()).state).toBe('active');
    expect(await seatsUsed()).toBe(1);
  });

  it('that opens again meanwhile is not given up', async () => {
    const { code, keyring, dataDir } = await guarded();
    keyring.secret = 'another';
    const app = install({ dataDir, keyring });
    expect((await app.view()).state).toBe('uninitialized');
    keyring.secret = 'one';
    const again = install({ dataDir, keyring });
    expect((await again.view()).state).toBe('active');
    expect(await again.activate(code)).toBe('notAllowedInState');
    expect(setAside(again)).toEqual([]);
  });
});

describe('a vault from another machine', () => {
  it('is set aside as a whole by activating, and comes back when the code is refused', async () => {
    const { code } = await buy();
    const first = await activated(install(), code);
    const moved = install({ dataDir: first.dataDir, fingerprint: device(OTHER_DEVICE) });
    expect(await moved.activate('ORBIT-AAAA-BBBB-CCCC-DDDD')).toBe('activationCodeInvalid');
    expect(await moved.told()).toEqual(['notActivated', 'deviceChanged']);
    expect(await install({ dataDir: first.dataDir }).told()).toEqual(['active']);
    expect(await moved.activate(code)).toBe('ok');
    expect(await moved.told()).toEqual(['active']);
  });
});
