import '../../support/no-electron.ts';
import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { failure } from '../../../shared/errors.ts';
import { err, ok } from '../../../shared/result.ts';
import { asideFolders, type AsideFolders } from '../../../electron/vault/aside-folders.ts';
import type { Vault } from '../../../electron/vault/types.ts';
import type { VaultParts } from '../../../electron/vault/vault.ts';
import {
  bytesIn,
  codeOf,
  DESKTOP,
  fakeKeyring,
  machine,
  open,
  OTHER_PRODUCT,
  PRODUCT,
  put,
  textIn,
  valueOf,
  vaultFolder,
} from '../../support/vault.ts';

const ELSEWHERE = { machineKeys: machine(DESKTOP, { board: 1, disk: 1, mac: 1 }) };

/** A vault of another machine with two records. */
async function foreign(): Promise<string> {
  const dir = vaultFolder();
  await put(await open(dir), 'old');
  await put(await open(dir), 'old, too', OTHER_PRODUCT);
  return dir;
}

const begin = (vault: Vault, text = 'new') =>
  vault.startAnew((transaction) => transaction.write(PRODUCT, { text }, 0));
/** An activation that is refused: its intent is written and struck again. */
const beginInVain = (vault: Vault) =>
  vault.startAnew(async (transaction) => {
    const intent = `journal-${PRODUCT}`;
    const written = valueOf(await transaction.write(intent, { text: 'wished' }, 0));
    valueOf(await transaction.remove(intent, written));
    return err(failure('activationCodeInvalid'));
  });
const foldersIn = (dir: string): readonly string[] =>
  readdirSync(dir, { withFileTypes: true }).flatMap((entry) => (entry.isDirectory() ? [entry.name] : []));

describe('beginning anew', () => {
  it('sets the old files aside for good where it leaves a record', async () => {
    const dir = await foreign();
    const vault = await open(dir, ELSEWHERE);
    expect(await textIn(vault)).toBe('vaultKeyUnavailable');
    expect(valueOf(await begin(vault))).toBe(1);
    expect(await textIn(vault)).toBe('new');
    expect(await textIn(vault, OTHER_PRODUCT)).toBe('nothing');
    expect(foldersIn(dir)).toEqual([expect.stringMatching(/^aside-\w+Z$/)]);
    const later = await open(dir, ELSEWHERE);
    for (const one of [vault, later]) {
      const aside = one.condition().setAside;
      expect(aside).toHaveLength(6);
      for (const name of aside) expect(existsSync(join(dir, name))).toBe(true);
    }
  });

  it('brings them back, every byte, where it was refused', async () => {
    const dir = await foreign();
    const before = bytesIn(dir);
    const vault = await open(dir, ELSEWHERE);
    expect(codeOf(await beginInVain(vault))).toBe('activationCodeInvalid');
    expect(bytesIn(dir)).toEqual(before);
    expect(foldersIn(dir)).toEqual([]);
    expect(vault.condition()).toMatchObject({ keyProblem: 'otherMachine', setAside: [] });
    expect(await textIn(vault)).toBe('vaultKeyUnavailable');
    expect([await textIn(await open(dir)), await textIn(await open(dir), OTHER_PRODUCT)]).toEqual([
      'old',
      'old, too',
    ]);
    // And it may be tried again.
    expect(valueOf(await begin(vault))).toBe(1);
  });

  it('brings them back where the work throws', async () => {
    const dir = await foreign();
    const before = bytesIn(dir);
    const vault = await open(dir, ELSEWHERE);
    await expect(vault.startAnew(() => Promise.reject(new Error('a defect')))).rejects.toThrow('a defect');
    expect(bytesIn(dir)).toEqual(before);
  });

  it('sets nothing aside where the key opens by now', async () => {
    const dir = await foreign();
    const vault = await open(dir);
    const done = await vault.startAnew((transaction) => transaction.write(PRODUCT, { text: 'next' }, 1));
    expect(valueOf(done)).toBe(2);
    expect(foldersIn(dir)).toEqual([]);
  });

  it('waits for a keyring that has still to answer', async () => {
    const dir = vaultFolder();
    const keyring = fakeKeyring();
    for (const text of ['first', 'second']) await put(await open(dir, { keyring }), text);
    const silent = { ...keyring, decrypt: () => new Promise<never>(() => undefined) };
    const vault = await open(dir, { keyring: silent }, { patience: 20 });
    const before = bytesIn(dir);
    expect(codeOf(await begin(vault))).toBe('vaultKeyUnavailable');
    expect(bytesIn(dir)).toEqual(before);
  });
});

describe('a kill while beginning anew', () => {
  /** The folders of a process that is killed at its n-th change of them. */
  const dying = (dir: string, at: number): { parts: Partial<VaultParts>; died: () => boolean } => {
    const real = asideFolders(dir);
    let changes = 0;
    const mortal =
      <A extends readonly unknown[], R>(change: (...given: A) => Promise<R>) =>
      (...given: A): Promise<R> => {
        changes += 1;
        return changes > at ? Promise.reject(new Error('killed')) : change(...given);
      };
    const folders: AsideFolders = {
      ...real,
      make: mortal(real.make),
      move: mortal(real.move),
      rename: mortal(real.rename),
      discard: mortal(real.discard),
      remove: mortal(real.remove),
    };
    return { parts: { asideFolders: folders }, died: () => changes > at };
  };

  it('at any step of one that is refused loses nothing', async () => {
    for (let at = 0; ; at += 1) {
      const dir = await foreign();
      const before = bytesIn(dir);
      const { parts, died } = dying(dir, at);
      await beginInVain(await open(dir, ELSEWHERE, parts));
      if (!died()) {
        expect(at).toBeGreaterThan(15);
        break;
      }
      const next = await open(dir);
      expect(codeOf(await next.withLock(() => Promise.resolve(ok(undefined))))).toBe('ok');
      expect(bytesIn(dir)).toEqual(before);
      expect(foldersIn(dir)).toEqual([]);
      expect(await textIn(next)).toBe('old');
    }
  });

  it('at any step of one that goes well leaves the old or the new, whole', async () => {
    const outcomes = new Set<string>();
    for (let at = 0; ; at += 1) {
      const dir = await foreign();
      const { parts, died } = dying(dir, at);
      const begun = await begin(await open(dir, ELSEWHERE, parts));
      if (!died()) break;
      const [mine, theirs] = [await open(dir, ELSEWHERE), await open(dir)];
      await mine.withLock(() => Promise.resolve(ok(undefined)));
      const found = [await textIn(mine), await textIn(theirs), await textIn(theirs, OTHER_PRODUCT)].join();
      expect(found).toBe(begun.ok ? 'new,vaultKeyUnavailable,nothing' : 'vaultKeyUnavailable,old,old, too');
      expect(foldersIn(dir)).toHaveLength(begun.ok ? 1 : 0);
      outcomes.add(found);
    }
    expect(outcomes.size).toBe(2);
  });
});
