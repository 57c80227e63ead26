import { existsSync, readdirSync, readFileSync, renameSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import * as v from 'valibot';
import { describe, expect, it } from 'vitest';
import { ok, type Result } from '../../../shared/result.ts';
import {
  bytesIn,
  codeOf,
  open,
  OTHER_PRODUCT,
  PRODUCT,
  put,
  schema,
  textIn,
  valueOf,
  vaultFolder,
} from '../../support/vault.ts';

const onPosix = process.platform !== 'win32';

describe('a record', () => {
  it('is written, and read by another opening of the vault', async () => {
    const dir = vaultFolder();
    const vault = await open(dir);
    expect(valueOf(await vault.read(PRODUCT, schema))).toBeNull();
    expect(existsSync(dir)).toBe(false);
    expect(valueOf(await put(vault, 'first'))).toBe(1);
    expect(valueOf(await put(vault, 'second'))).toBe(2);
    expect(valueOf(await (await open(dir)).read(PRODUCT, schema))).toEqual({
      value: { text: 'second' },
      revision: 2,
      condition: 'good',
    });
    expect(vault.condition()).toEqual({
      keyring: 'weak',
      vault: 'good',
      provider: 'machine',
      backend: 'none',
      keyProblem: null,
      drifted: false,
      witness: 'good',
      setAside: [],
    });
  });

  it('lies there sealed, for this user alone', async () => {
    const dir = vaultFolder();
    await put(await open(dir), 'a very secret text');
    const names = readdirSync(dir).filter((name) => !name.startsWith('lock.'));
    expect(names).toEqual(['keys.copy.json', 'keys.json', `${PRODUCT}.copy.json`, `${PRODUCT}.json`]);
    for (const name of readdirSync(dir)) {
      expect(readFileSync(join(dir, name), 'utf8')).not.toContain('secret');
      if (onPosix) expect(statSync(join(dir, name)).mode & 0o777).toBe(0o600);
    }
    if (onPosix) expect(statSync(dir).mode & 0o777).toBe(0o700);
  });

  it('is written only over the revision that was read', async () => {
    const dir = vaultFolder();
    const vault = await open(dir);
    await put(vault, 'first');
    await put(vault, 'second');
    const before = bytesIn(dir);
    for (const expected of [0, 1, 3]) {
      const write = await vault.withLock((transaction) =>
        transaction.write(PRODUCT, { text: 'lost' }, expected),
      );
      expect(codeOf(write)).toBe('vaultConflict');
      const removal = await vault.withLock((transaction) => transaction.remove(PRODUCT, expected));
      expect(codeOf(removal)).toBe('vaultConflict');
    }
    expect(bytesIn(dir)).toEqual(before);
  });

  it('is removed with its copy', async () => {
    const dir = vaultFolder();
    const vault = await open(dir);
    await put(vault, 'gone soon');
    await put(vault, 'stays', OTHER_PRODUCT);
    expect(codeOf(await vault.withLock((transaction) => transaction.remove(PRODUCT, 1)))).toBe('ok');
    expect(await textIn(vault)).toBe('nothing');
    expect(await textIn(vault, OTHER_PRODUCT)).toBe('stays');
    expect(readdirSync(dir).filter((name) => name.startsWith(PRODUCT))).toEqual([]);
    expect(codeOf(await vault.withLock((transaction) => transaction.remove(PRODUCT, 0)))).toBe('ok');
  });

  it.each([
    '../device',
    'keys',
    'device.copy',
    'prod_short',
    'journal-device',
    'DEVICE',
    '',
    'prod_/../../../etc/passwd1',
  ])('is not called %j', async (name) => {
    const dir = vaultFolder();
    const vault = await open(dir);
    expect(codeOf(await vault.read(name, schema))).toBe('requestInvalid');
    expect(codeOf(await vault.withLock((transaction) => transaction.write(name, { text: '' }, 0)))).toBe(
      'requestInvalid',
    );
    expect(bytesIn(dir)).toEqual({});
  });

  it('is not passed off as another one or as an older one', async () => {
    const dir = vaultFolder();
    const vault = await open(dir);
    await put(vault, 'mine');
    await put(vault, 'other', OTHER_PRODUCT);
    const swap = (name: string): void =>
      writeFileSync(
        join(dir, `${PRODUCT}${name}.json`),
        readFileSync(join(dir, `${OTHER_PRODUCT}${name}.json`)),
      );
    swap('');
    expect(valueOf(await vault.read(PRODUCT, schema))).toEqual({
      value: { text: 'mine' },
      revision: 1,
      condition: 'recovered',
    });
    swap('.copy');
    expect(await textIn(vault)).toBe('vaultDamaged');
  });
});

describe('a transaction', () => {
  it('can not be begun inside itself, nor used when it is over', async () => {
    const vault = await open(vaultFolder());
    const inner = await vault.withLock(() => put(vault, 'inside'));
    expect(codeOf(inner)).toBe('busy');
    let kept: Parameters<Parameters<typeof vault.withLock>[0]>[0] | undefined;
    await vault.withLock((transaction) => {
      kept = transaction;
      return Promise.resolve(ok(undefined));
    });
    expect(kept === undefined ? '' : codeOf(await kept.write(PRODUCT, { text: 'late' }, 0))).toBe('internal');
    expect(codeOf(await put(vault, 'after'))).toBe('ok');
  });

  it('releases the lock when its work throws', async () => {
    const vault = await open(vaultFolder());
    await expect(vault.withLock(() => Promise.reject(new Error('a defect')))).rejects.toThrow('a defect');
    expect(codeOf(await put(vault, 'after'))).toBe('ok');
  });

  it('waits for its turn, and not for ever', async () => {
    const dir = vaultFolder();
    const [one, two] = [await open(dir), await open(dir)];
    const { promise: gate, resolve: openGate } = Promise.withResolvers<void>();
    const long = one.withLock(async () => {
      await gate;
      return ok('long');
    });
    expect(codeOf(await two.withLock(() => Promise.resolve(ok('short')), { timeoutMs: 20 }))).toBe(
      'vaultLockTimeout',
    );
    const queued = put(two, 'queued');
    openGate();
    expect(valueOf(await long)).toBe('long');
    expect(codeOf(await queued)).toBe('ok');
  });

  it('loses no update of many at once', async () => {
    const dir = vaultFolder();
    const counter = v.strictObject({ count: v.number() });
    const countUp = async (): Promise<Result<number>> =>
      (await open(dir)).withLock(async (transaction) => {
        const found = valueOf(await transaction.read('device', counter));
        const count = (found?.value.count ?? 0) + 1;
        return transaction.write('device', { count }, found?.revision ?? 0);
      });
    const results = await Promise.all(Array.from({ length: 30 }, countUp));
    expect(results.map(codeOf)).toEqual(Array.from({ length: 30 }, () => 'ok'));
    expect(valueOf(await (await open(dir)).read('device', counter))?.value).toEqual({ count: 30 });
  });

  it('is refused once the vault is closed', async () => {
    const vault = await open(vaultFolder());
    await put(vault, 'a value');
    vault.close();
    expect(await textIn(vault)).toBe('internal');
    expect(codeOf(await put(vault, 'another'))).toBe('internal');
  });
});

describe('a damaged record', () => {
  it('is read from its copy without touching a file, and mended under the lock', async () => {
    const dir = vaultFolder();
    await put(await open(dir), 'precious');
    writeFileSync(join(dir, `${PRODUCT}.json`), '{"v":1', { mode: 0o600 });
    const before = bytesIn(dir);
    const vault = await open(dir);
    expect(valueOf(await vault.read(PRODUCT, schema))?.condition).toBe('recovered');
    expect(bytesIn(dir)).toEqual(before);
    expect(vault.condition(PRODUCT).vault).toBe('recovered');
    expect(vault.condition(OTHER_PRODUCT).vault).toBe('good');

    expect(valueOf(await put(vault, 'next'))).toBe(2);
    const aside = vault.condition().setAside;
    expect(aside).toHaveLength(1);
    expect(readFileSync(join(dir, aside[0] ?? ''), 'utf8')).toBe('{"v":1');
    const later = await open(dir);
    expect(valueOf(await later.read(PRODUCT, schema))).toEqual({
      value: { text: 'next' },
      revision: 2,
      condition: 'good',
    });
    expect(later.condition().setAside).toEqual(aside);
  });

  it('is read from its copy when it is gone', async () => {
    const dir = vaultFolder();
    await put(await open(dir), 'precious');
    rmSync(join(dir, `${PRODUCT}.json`));
    expect(await textIn(await open(dir))).toBe('precious');
    renameSync(join(dir, `${PRODUCT}.copy.json`), join(dir, 'elsewhere.json'));
    expect(await textIn(await open(dir))).toBe('nothing');
  });

  it('without a copy is given up only by who was told, and set aside', async () => {
    const dir = vaultFolder();
    await put(await open(dir), 'lost');
    for (const name of [PRODUCT, `${PRODUCT}.copy`])
      writeFileSync(join(dir, `${name}.json`), `not json ${name}`);
    const vault = await open(dir);
    const before = bytesIn(dir);
    expect(await textIn(vault)).toBe('vaultDamaged');
    expect(vault.condition().vault).toBe('damaged');
    const blind = await vault.withLock((transaction) => transaction.write(PRODUCT, { text: 'blind' }, 0));
    expect(codeOf(blind)).toBe('vaultDamaged');
    expect(bytesIn(dir)).toEqual(before);
    // Above the revision that was lost, of which the witness knows.
    expect(valueOf(await put(vault, 'new'))).toBe(2);
    expect(await textIn(vault)).toBe('new');
    expect(vault.condition().vault).toBe('good');
    const kept = vault.condition().setAside.map((name) => readFileSync(join(dir, name), 'utf8'));
    expect(kept.toSorted()).toEqual([`not json ${PRODUCT}`, `not json ${PRODUCT}.copy`]);
  });

  it('is also one whose content the schema refuses; its revision goes on', async () => {
    const dir = vaultFolder();
    const vault = await open(dir);
    await put(vault, 'old form');
    const other = v.strictObject({ number: v.number() });
    expect(codeOf(await vault.read(PRODUCT, other))).toBe('vaultDamaged');
    const replaced = await vault.withLock(async (transaction) => {
      expect(codeOf(await transaction.read(PRODUCT, other))).toBe('vaultDamaged');
      return transaction.write(PRODUCT, { number: 1 }, 0);
    });
    expect(valueOf(replaced)).toBe(2);
    expect(valueOf(await vault.read(PRODUCT, other))?.value).toEqual({ number: 1 });
    expect(vault.condition().setAside).toHaveLength(2);
  });

  it('that a later version has written is neither read nor touched', async () => {
    const dir = vaultFolder();
    await put(await open(dir), 'old');
    writeFileSync(join(dir, `${PRODUCT}.json`), '{"v":3,"other":"fields"}');
    const before = bytesIn(dir);
    const vault = await open(dir);
    expect(await textIn(vault)).toBe('vaultNewer');
    expect(codeOf(await put(vault, 'mine'))).toBe('vaultNewer');
    expect(vault.condition().vault).toBe('newer');
    expect(bytesIn(dir)).toEqual(before);
  });
});
