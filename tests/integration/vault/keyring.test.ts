import { readFileSync, writeFileSync } from 'node:fs';
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
  PRODUCT,
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

  describe('that takes its time', () => {
    /** A keyring that answers nothing until it is let. */
    const slow = (inner = fakeKeyring()) => {
      const { promise: gate, resolve: letAnswer } = Promise.withResolvers<void>();
      const asked: string[] = [];
      const after = async <T>(what: string, answer: () => Promise<T>): Promise<T> => {
        asked.push(what);
        await gate;
        return answer();
      };
      return {
        asked,
        letAnswer,
        keyring: {
          status: () => after('status', inner.status),
          encrypt: (plain: string) => after('encrypt', () => inner.encrypt(plain)),
          decrypt: (sealed: Uint8Array) => after('decrypt', () => inner.decrypt(sealed)),
        },
      };
    };
    const guarded = async (): Promise<string> => {
      const dir = vaultFolder();
      const keyring = fakeKeyring();
      await put(await open(dir, { keyring }), 'first');
      await put(await open(dir, { keyring }), 'mine');
      return dir;
    };
    const impatient = { patience: 20 };

    it('holds nothing up, is asked once, and its late answer counts', async () => {
      const dir = await guarded();
      const before = bytesIn(dir);
      const { keyring, asked, letAnswer } = slow();
      const vault = await open(dir, { keyring }, impatient);
      expect(await textIn(vault)).toBe('vaultKeyUnavailable');
      expect(codeOf(await put(vault, 'another'))).toBe('vaultKeyUnavailable');
      expect(vault.condition()).toMatchObject({ keyring: 'strong', keyProblem: 'keyringSilent' });
      expect(asked).toEqual(['status']);
      expect(bytesIn(dir)).toEqual(before);
      letAnswer();
      await expect.poll(() => textIn(vault)).toBe('mine');
      expect(asked.filter((what) => what === 'decrypt')).toHaveLength(1);
      expect(vault.condition()).toMatchObject({ keyring: 'strong', keyProblem: null });
      expect(codeOf(await put(vault, 'and written'))).toBe('ok');
    });

    it('for its prompt only, is asked for the value once', async () => {
      const dir = await guarded();
      const inner = fakeKeyring();
      const { keyring, asked, letAnswer } = slow(inner);
      const prompting = { ...keyring, status: inner.status };
      const vault = await open(dir, { keyring: prompting }, impatient);
      for (let round = 0; round < 3; round += 1) expect(await textIn(vault)).toBe('vaultKeyUnavailable');
      expect(asked).toEqual(['decrypt']);
      letAnswer();
      await expect.poll(() => textIn(vault)).toBe('mine');
    });

    it('and then says no is refused, not silent', async () => {
      const dir = await guarded();
      const { keyring, letAnswer } = slow(Object.assign(fakeKeyring(), { secret: 'another' }));
      const vault = await open(dir, { keyring }, impatient);
      expect(vault.condition().keyProblem).toBe('keyringSilent');
      letAnswer();
      await expect
        .poll(async () => {
          await textIn(vault);
          return vault.condition().keyProblem;
        })
        .toBe('keyringRefused');
    });

    it('to take the key gets it another time', async () => {
      const dir = vaultFolder();
      const { keyring, letAnswer } = slow();
      const vault = await open(dir, { keyring }, impatient);
      expect(codeOf(await put(vault, 'mine'))).toBe('ok');
      expect(providerIn(dir)).toBe('machine');
      expect(await textIn(vault)).toBe('mine');
      letAnswer();
      await put(await open(dir, { keyring }), 'moved');
      expect(providerIn(dir)).toBe('keyring');
    });
  });

  it('that was locked and is unlocked later opens in the same process', async () => {
    const dir = vaultFolder();
    const keyring = fakeKeyring();
    await put(await open(dir, { keyring }), 'first');
    await put(await open(dir, { keyring }), 'mine');
    let now = 1000;
    const clock = { now: () => Date.now(), monotonic: () => now };
    keyring.available = false;
    const vault = await open(dir, { keyring, clock });
    expect(await textIn(vault)).toBe('vaultKeyUnavailable');
    keyring.available = true;
    // Not asked at every look.
    expect(await textIn(vault)).toBe('vaultKeyUnavailable');
    now += 10_000;
    expect(await textIn(vault)).toBe('mine');
  });

  it('that refused once is asked again when the user wants something, and not before', async () => {
    const dir = vaultFolder();
    const keyring = fakeKeyring();
    await put(await open(dir, { keyring }), 'first');
    await put(await open(dir, { keyring }), 'mine');
    keyring.secret = 'another';
    const vault = await open(dir, { keyring });
    expect(await textIn(vault)).toBe('vaultKeyUnavailable');
    const { calls } = keyring;
    keyring.secret = 'one';
    expect(await textIn(vault)).toBe('vaultKeyUnavailable');
    expect(keyring.calls).toBe(calls);
    expect(codeOf(await put(vault, 'wanted'))).toBe('ok');
    expect(await textIn(vault)).toBe('wanted');
  });

  it('is used after starting anew', async () => {
    const dir = vaultFolder();
    const keyring = fakeKeyring();
    await put(await open(dir, { keyring }), 'first');
    await put(await open(dir, { keyring }), 'second');
    const vault = await open(dir);
    expect(await textIn(vault)).toBe('vaultKeyUnavailable');
    const third = await vault.startAnew((transaction) => transaction.write(PRODUCT, { text: 'third' }, 0));
    expect(valueOf(third)).toBe(1);
    expect(await textIn(await open(dir, { keyring }))).toBe('third');
  });
});
