import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { NO_KEYRING } from '../../../electron/ports.ts';
import {
  adoptDevice,
  bytesIn,
  codeOf,
  DESKTOP,
  fakeKeyring,
  machine,
  open,
  put,
  textIn,
  valueOf,
  vaultFolder,
} from '../../support/vault.ts';

const keyFile = (dir: string, name = 'keys'): string => readFileSync(join(dir, `${name}.json`), 'utf8');
const providerIn = (dir: string, name = 'keys'): unknown => JSON.parse(keyFile(dir, name)).provider;

describe('a keyring', () => {
  it('guards the key from the first write, and is asked once for many reads', async () => {
    const dir = vaultFolder();
    const keyring = fakeKeyring();
    const vault = await open(dir, { keyring });
    await put(vault, 'mine');
    expect(vault.condition()).toMatchObject({
      keyring: 'strong',
      provider: 'keyring',
      backend: 'gnome_libsecret',
    });
    expect(providerIn(dir)).toBe('keyring');
    const later = await open(dir, { keyring });
    const calls = keyring.calls;
    for (let round = 0; round < 5; round += 1) expect(await textIn(later)).toBe('mine');
    expect(keyring.calls).toBe(calls);
  });

  it.each(['basic_text', 'none', 'unknown'])(
    'called %s guards nothing, and that is said',
    async (backend) => {
      const dir = vaultFolder();
      const vault = await open(dir, { keyring: fakeKeyring(backend) });
      await put(vault, 'mine');
      expect(vault.condition()).toMatchObject({ keyring: 'weak', provider: 'machine', backend });
      expect(providerIn(dir)).toBe('machine');
    },
  );

  it('that appears takes the key over; the old copy stays until another process has opened the new file', async () => {
    const dir = vaultFolder();
    await put(await open(dir), 'mine');
    expect(providerIn(dir)).toBe('machine');
    const keyring = fakeKeyring();
    const moving = await open(dir, { keyring });
    expect(await textIn(moving)).toBe('mine');
    expect(providerIn(dir)).toBe('machine');
    await put(moving, 'moved');
    await put(moving, 'moved again');
    expect([providerIn(dir), providerIn(dir, 'keys.copy')]).toEqual(['keyring', 'machine']);
    expect(moving.condition()).toMatchObject({ keyring: 'strong', provider: 'keyring' });

    const next = await open(dir, { keyring });
    await put(next, 'proven');
    expect(keyFile(dir, 'keys.copy')).toBe(keyFile(dir));
    expect(await textIn(await open(dir, { keyring }))).toBe('proven');
  });

  it('that can not give back what it took does not get the key', async () => {
    const dir = vaultFolder();
    const keyring = { ...fakeKeyring(), decrypt: () => Promise.reject(new Error('locked')) };
    const vault = await open(dir, { keyring });
    await put(vault, 'mine');
    expect(providerIn(dir)).toBe('machine');
    expect(vault.condition()).toMatchObject({ keyring: 'weak', provider: 'machine' });
    const forgetful = {
      ...fakeKeyring(),
      decrypt: () => Promise.resolve({ plain: 'something else', renew: false }),
    };
    await put(await open(dir, { keyring: forgetful }), 'mine too');
    expect(providerIn(dir)).toBe('machine');
  });

  it('that does not answer counts as none', async () => {
    const dir = vaultFolder();
    const vault = await open(dir, {
      keyring: { ...NO_KEYRING, status: () => Promise.reject(new Error('no bus')) },
    });
    expect(codeOf(await put(vault, 'mine'))).toBe('ok');
    expect(vault.condition().keyring).toBe('weak');
  });

  describe('that guards the key', () => {
    /** A vault whose key and copy are both under the keyring. */
    const guarded = async (): Promise<{ dir: string; keyring: ReturnType<typeof fakeKeyring> }> => {
      const dir = vaultFolder();
      const keyring = fakeKeyring();
      await put(await open(dir, { keyring }), 'first');
      await put(await open(dir, { keyring }), 'mine');
      expect([providerIn(dir), providerIn(dir, 'keys.copy')]).toEqual(['keyring', 'keyring']);
      return { dir, keyring };
    };

    it.each<[string, Parameters<typeof open>[1], string]>([
      ['is gone', {}, 'keyringUnavailable'],
      ['has become basic_text', { keyring: fakeKeyring('basic_text') }, 'keyringUnavailable'],
      [
        'is another one',
        { keyring: Object.assign(fakeKeyring('kwallet6'), { secret: 'two' }) },
        'keyringRefused',
      ],
    ])('and %s: nothing opens, nothing is written, nothing new is made', async (_, options, problem) => {
      const { dir, keyring } = await guarded();
      const before = bytesIn(dir);
      const vault = await open(dir, options);
      expect(await textIn(vault)).toBe('vaultKeyUnavailable');
      expect(codeOf(await put(vault, 'another'))).toBe('vaultKeyUnavailable');
      expect(codeOf(await put(vault, 'another', 'device'))).toBe('vaultKeyUnavailable');
      expect(vault.condition()).toMatchObject({
        keyring: 'changed',
        vault: 'unavailable',
        keyProblem: problem,
        provider: null,
      });
      expect(bytesIn(dir)).toEqual(before);
      expect(await textIn(await open(dir, { keyring }))).toBe('mine');
    });

    it('does so only on this machine', async () => {
      const { dir, keyring } = await guarded();
      const machineKeys = machine(DESKTOP, { board: 1, disk: 1, mac: 1 });
      const copied = await open(dir, { keyring, machineKeys });
      expect(await textIn(copied)).toBe('vaultKeyUnavailable');
      expect(copied.condition().keyProblem).toBe('otherMachine');
    });

    it('and asks for renewal gets it', async () => {
      const { dir, keyring } = await guarded();
      const old = keyFile(dir);
      keyring.generation = 2;
      const vault = await open(dir, { keyring });
      expect(await textIn(vault)).toBe('mine');
      expect(keyFile(dir)).toBe(old);
      await put(vault, 'renewed');
      expect(keyFile(dir)).not.toBe(old);
      expect(keyFile(dir, 'keys.copy')).toBe(old);
      const renewed = keyFile(dir);
      await put(await open(dir, { keyring }), 'and proven');
      expect([keyFile(dir), keyFile(dir, 'keys.copy')]).toEqual([renewed, renewed]);
    });

    it('under another name than before is told, and noted in the file', async () => {
      const { dir, keyring } = await guarded();
      keyring.backend = 'kwallet6';
      const vault = await open(dir, { keyring });
      expect(await textIn(vault)).toBe('mine');
      expect(vault.condition()).toMatchObject({ keyring: 'changed', vault: 'good', backend: 'kwallet6' });
      await put(vault, 'next');
      expect(vault.condition().keyring).toBe('changed');
      expect((await open(dir, { keyring })).condition().keyring).toBe('strong');
    });

    it('has its words in clear checked against those that it keeps', async () => {
      const { dir, keyring } = await guarded();
      const file = JSON.parse(keyFile(dir));
      for (const tampered of [
        { ...file, backend: 'kwallet6' },
        { ...file, kid: '0000000000000000' },
        { ...file, v: 3 },
      ]) {
        for (const name of ['keys', 'keys.copy'])
          writeFileSync(join(dir, `${name}.json`), JSON.stringify(tampered));
        expect(await textIn(await open(dir, { keyring }))).toBe('vaultDamaged');
      }
    });

    it('is bound to a changed device again', async () => {
      const { dir, keyring } = await guarded();
      const changed = await open(dir, { keyring, machineKeys: machine(DESKTOP, { board: 1 }) });
      await put(changed, 'new board');
      expect(codeOf(await adoptDevice(changed))).toBe('ok');
      const twice = await open(dir, { keyring, machineKeys: machine(DESKTOP, { board: 1, mac: 1 }) });
      expect(await textIn(twice)).toBe('new board');
    });
  });

  it('is used after starting anew', async () => {
    const dir = vaultFolder();
    const keyring = fakeKeyring();
    await put(await open(dir, { keyring }), 'first');
    await put(await open(dir, { keyring }), 'second');
    const vault = await open(dir);
    expect(await textIn(vault)).toBe('vaultKeyUnavailable');
    expect(codeOf(await vault.startAnew())).toBe('ok');
    expect(existsSync(join(dir, 'keys.json'))).toBe(false);
    expect(valueOf(await put(vault, 'third'))).toBe(1);
    expect(await textIn(await open(dir, { keyring }))).toBe('third');
  });
});
