import '../../support/no-electron.ts';
import { readdirSync, readFileSync, utimesSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { failure, type ErrorCode } from '../../../shared/errors.ts';
import { err } from '../../../shared/result.ts';
import { fileFailure } from '../../../electron/vault/file-errors.ts';
import { vaultFiles, type VaultFiles } from '../../../electron/vault/files.ts';
import { lockFiles } from '../../../electron/vault/lock-files.ts';
import { bytesIn, codeOf, open, PRODUCT, put, textIn, vaultFolder } from '../../support/vault.ts';

/** The real files, of which the steps that `fails` picks fail. */
function failing(dir: string, fails: (step: string, name: string) => ErrorCode | null): VaultFiles {
  const real = vaultFiles(dir);
  return {
    ...real,
    save: async (name, value) => {
      const code = fails('save', name);
      return code === null ? real.save(name, value) : err(failure(code));
    },
    remove: async (name) => {
      const code = fails('remove', name);
      return code === null ? real.remove(name) : err(failure(code));
    },
    setAside: async (name, stamp) => {
      const code = fails('setAside', name);
      return code === null ? real.setAside(name, stamp) : err(failure(code));
    },
  };
}

describe('a fault of the disk', () => {
  it.each(['vaultDiskFull', 'vaultReadOnly'] as const)('%s leaves every file as it was', async (code) => {
    const dir = vaultFolder();
    await put(await open(dir), 'mine');
    const before = bytesIn(dir);
    const vault = await open(dir, {}, { files: failing(dir, () => code) });
    expect(codeOf(await put(vault, 'next'))).toBe(code);
    expect(codeOf(await vault.withLock((transaction) => transaction.remove(PRODUCT, 1)))).toBe(code);
    expect(await textIn(vault)).toBe('mine');
    expect(vault.condition().vault).toBe(code === 'vaultReadOnly' ? 'readOnly' : 'full');
    expect(bytesIn(dir)).toEqual(before);
    expect(codeOf(await put(await open(dir), 'next'))).toBe('ok');
  });

  it('at the first write leaves nothing half made', async () => {
    const dir = vaultFolder();
    for (const broken of ['keys', PRODUCT]) {
      const files = failing(dir, (_, name) => (name === broken ? 'vaultDiskFull' : null));
      expect(codeOf(await put(await open(dir, {}, { files }), 'mine'))).toBe('vaultDiskFull');
      expect(await textIn(await open(dir))).toBe('nothing');
    }
    expect(codeOf(await put(await open(dir), 'mine'))).toBe('ok');
  });

  it('that hits only the copy does not undo what is durable', async () => {
    const dir = vaultFolder();
    const files = failing(dir, (_, name) => (name.endsWith('.copy') ? 'vaultDiskFull' : null));
    const vault = await open(dir, {}, { files });
    expect(codeOf(await put(vault, 'mine'))).toBe('ok');
    expect(await textIn(await open(dir))).toBe('mine');
  });

  it('while a damaged record is replaced leaves it where it is', async () => {
    const dir = vaultFolder();
    await put(await open(dir), 'mine');
    for (const name of [PRODUCT, `${PRODUCT}.copy`]) writeFileSync(join(dir, `${name}.json`), 'damaged');
    const before = bytesIn(dir);
    const files = failing(dir, (step) => (step === 'setAside' ? 'vaultReadOnly' : null));
    expect(codeOf(await put(await open(dir, {}, { files }), 'new'))).toBe('vaultReadOnly');
    expect(bytesIn(dir)).toEqual(before);
  });

  it('in the lock is told', async () => {
    const dir = vaultFolder();
    await put(await open(dir), 'mine');
    const refuse = (): Promise<never> => Promise.reject(Object.assign(new Error('full'), { code: 'ENOSPC' }));
    const vault = await open(dir, {}, { lockFiles: { ...lockFiles(dir), create: refuse } });
    expect(codeOf(await put(vault, 'next'))).toBe('vaultDiskFull');
    expect(await textIn(vault)).toBe('mine');
  });

  it('that made others think us dead lets us write no more', async () => {
    const dir = vaultFolder();
    await put(await open(dir), 'mine');
    const before = bytesIn(dir);
    const real = lockFiles(dir);
    let overtaken = false;
    const list = async (): Promise<readonly number[]> => [
      ...(await real.list()),
      ...(overtaken ? [1_000_000] : []),
    ];
    const vault = await open(dir, {}, { lockFiles: { ...real, list } });
    for (const change of ['write', 'remove'] as const) {
      const result = await vault.withLock<unknown>(async (transaction) => {
        overtaken = true;
        return change === 'write'
          ? transaction.write(PRODUCT, { text: 'too late' }, 1)
          : transaction.remove(PRODUCT, 1);
      });
      expect(codeOf(result)).toBe('vaultConflict');
      overtaken = false;
    }
    expect(bytesIn(dir)).toEqual(before);
    expect(codeOf(await put(vault, 'in time'))).toBe('ok');
  });

  it('names the system error and nothing else', () => {
    const thrown = Object.assign(new Error('/home/someone/secret'), { code: 'EROFS', path: '/home/someone' });
    expect(fileFailure(thrown)).toEqual({ code: 'vaultReadOnly', facts: { system: 'EROFS' } });
    expect(fileFailure(new Error('/home/someone'))).toEqual({ code: 'internal' });
    expect(fileFailure({ code: 'not a code' })).toEqual({ code: 'internal' });
  });
});

describe('what an interrupted write leaves', () => {
  it('is swept away and never read', async () => {
    const dir = vaultFolder();
    await put(await open(dir), 'mine');
    const good = readFileSync(join(dir, `${PRODUCT}.json`));
    const leftovers = [`${PRODUCT}.next.json`, `${PRODUCT}.next.json.tmp-1234567890abcdef`];
    for (const name of leftovers) writeFileSync(join(dir, name), good.subarray(0, 40));
    const vault = await open(dir);
    expect(await textIn(vault)).toBe('mine');
    expect(codeOf(await put(vault, 'next'))).toBe('ok');
    for (const name of leftovers) expect(Object.keys(bytesIn(dir))).not.toContain(name);
  });

  it('of the lock is swept away when it is old, and left when it is young', async () => {
    const dir = vaultFolder();
    await put(await open(dir), 'mine');
    writeFileSync(join(dir, 'lock.tmp-old'), 'x');
    writeFileSync(join(dir, 'lock.tmp-young'), 'x');
    utimesSync(join(dir, 'lock.tmp-old'), 1, 1);
    await put(await open(dir), 'next');
    expect(readdirSync(dir).filter((name) => name.startsWith('lock.tmp-'))).toEqual(['lock.tmp-young']);
  });
});
