import '../../support/no-electron.ts';
import { chmodSync, cpSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setImmediate } from 'node:timers/promises';
import { describe, expect, it } from 'vitest';
import { failure } from '../../../shared/errors.ts';
import { err } from '../../../shared/result.ts';
import { vaultFiles } from '../../../electron/vault/files.ts';
import type { Vault } from '../../../electron/vault/types.ts';
import { keepCopy } from '../../support/put-back.ts';
import {
  codeOf,
  fakeKeyring,
  machine,
  open,
  OTHER_PRODUCT,
  PRODUCT,
  put,
  schema,
  textIn,
  valueOf,
  vaultFolder,
} from '../../support/vault.ts';

const folderOf = (dir: string): string => join(dir, '..', 'witness');
const filesIn = (dir: string): readonly string[] => readdirSync(folderOf(dir)).toSorted();
const witnessIn = (dir: string): string => join(folderOf(dir), filesIn(dir)[0] ?? 'none');

/** A vault at revision 3, and what puts it back to revision 1. */
async function putBackLater(): Promise<{ dir: string; putBack: () => void }> {
  const dir = vaultFolder();
  await put(await open(dir), 'first');
  const putBack = keepCopy(dir);
  await put(await open(dir), 'second');
  await put(await open(dir), 'third');
  return { dir, putBack };
}

/** Reads, and tells whether what was read is an earlier state. */
async function seenBy(vault: Vault, name = PRODUCT): Promise<readonly [string, boolean]> {
  return [await textIn(vault, name), vault.isOutdated(name)];
}

const confirm = (vault: Vault, text: string, name = PRODUCT) =>
  vault.withLock(async (transaction) => {
    const revision = valueOf(await transaction.read(name, schema))?.revision ?? 0;
    return transaction.write(name, { text }, revision, { confirmed: true });
  });

describe('an earlier state that was put back', () => {
  it('is noticed by a later process, and what was not put back is not accused', async () => {
    const { dir, putBack } = await putBackLater();
    expect(await seenBy(await open(dir))).toEqual(['third', false]);
    putBack();
    const vault = await open(dir);
    expect(await seenBy(vault)).toEqual(['first', true]);
    expect(vault.condition(PRODUCT)).toMatchObject({ vault: 'rolledBack', witness: 'good' });
    expect(vault.condition(OTHER_PRODUCT).vault).toBe('good');
    expect(await seenBy(vault, OTHER_PRODUCT)).toEqual(['nothing', false]);
  });

  it('of the device concerns every product', async () => {
    const dir = vaultFolder();
    await put(await open(dir), 'first', 'device');
    const putBack = keepCopy(dir);
    await put(await open(dir), 'second', 'device');
    putBack();
    const vault = await open(dir);
    expect(await seenBy(vault, 'device')).toEqual(['first', true]);
    expect(vault.condition(PRODUCT).vault).toBe('rolledBack');
  });

  it('is noticed by a process that was running, also when the witness is gone', async () => {
    const { dir, putBack } = await putBackLater();
    const vault = await open(dir);
    expect(await seenBy(vault)).toEqual(['third', false]);
    putBack();
    rmSync(folderOf(dir), { recursive: true });
    expect(await seenBy(vault)).toEqual(['first', true]);
    // No other process could know.
    expect(await seenBy(await open(dir))).toEqual(['first', false]);
  });

  it('stays so through every write, whatever number is reached and though the witness goes', async () => {
    const { dir, putBack } = await putBackLater();
    putBack();
    for (let count = 0; count < 4; count += 1) {
      const vault = await open(dir);
      expect(valueOf(await put(vault, `write ${count}`))).toBe(4 + count);
      expect(await seenBy(vault)).toEqual([`write ${count}`, true]);
    }
    rmSync(folderOf(dir), { recursive: true });
    expect(await seenBy(await open(dir))).toEqual(['write 3', true]);
  });

  it('is over with a write that is confirmed, for every process', async () => {
    const { dir, putBack } = await putBackLater();
    putBack();
    const vault = await open(dir);
    expect(await seenBy(vault)).toEqual(['first', true]);
    expect(valueOf(await confirm(vault, 'as the server says'))).toBe(4);
    expect(await seenBy(vault)).toEqual(['as the server says', false]);
    expect(vault.condition().vault).toBe('good');
    expect(await seenBy(await open(dir))).toEqual(['as the server says', false]);
    putBack();
    expect(await seenBy(await open(dir))).toEqual(['first', true]);
  });

  it('without the record at all is noticed, too', async () => {
    const dir = vaultFolder();
    await put(await open(dir), 'other', OTHER_PRODUCT);
    const putBack = keepCopy(dir);
    await put(await open(dir), 'mine');
    putBack();
    const vault = await open(dir);
    expect(await seenBy(vault)).toEqual(['nothing', true]);
    expect(valueOf(await confirm(vault, 'again'))).toBe(2);
    expect(await seenBy(await open(dir))).toEqual(['again', false]);
  });

  it('is also an old copy that takes the place of a damaged record', async () => {
    const { dir, putBack } = await putBackLater();
    const kept = readFileSync(join(dir, `${PRODUCT}.json`));
    putBack();
    const old = readFileSync(join(dir, `${PRODUCT}.json`));
    writeFileSync(join(dir, `${PRODUCT}.json`), kept);
    writeFileSync(join(dir, `${PRODUCT}.copy.json`), old);
    expect(await seenBy(await open(dir))).toEqual(['third', false]);
    writeFileSync(join(dir, `${PRODUCT}.json`), 'damaged');
    expect(await seenBy(await open(dir))).toEqual(['first', true]);
  });
});

describe('nobody is accused', () => {
  it('when a kill has left the witness behind the record; the next transaction brings it up', async () => {
    const dir = vaultFolder();
    await put(await open(dir), 'first');
    const behind = readFileSync(witnessIn(dir));
    await put(await open(dir), 'second');
    const abreast = readFileSync(witnessIn(dir));
    writeFileSync(witnessIn(dir), behind);
    const vault = await open(dir);
    expect(await seenBy(vault)).toEqual(['second', false]);
    await vault.withLock((transaction) => transaction.read(PRODUCT, schema));
    expect(readFileSync(witnessIn(dir))).toEqual(abreast);
  });

  it('when folders were cleaned: that is told to support, and the witness begins again', async () => {
    const { dir, putBack } = await putBackLater();
    rmSync(folderOf(dir), { recursive: true });
    const vault = await open(dir);
    expect(await seenBy(vault)).toEqual(['third', false]);
    expect(vault.condition()).toMatchObject({ vault: 'good', witness: 'missing' });
    await vault.withLock((transaction) => transaction.read(PRODUCT, schema));
    expect(vault.condition().witness).toBe('good');
    putBack();
    expect(await seenBy(await open(dir))).toEqual(['first', true]);
  });

  it.each<[string, (good: string) => string]>([
    ['no JSON', () => 'x'],
    ['nothing', () => ''],
    ['of a later version', () => '{"v":2}'],
    ['with a higher number', (good) => good.replace(/"(prod_\w+)":3/, '"$1":9')],
    ['of another key', (good) => good.replace(/"kid":"\w{16}"/, '"kid":"0123456789abcdef"')],
    ['with a changed tag', (good) => good.replace(/"tag":"..../, '"tag":"AAAA')],
  ])('by a witness that is %s', async (_, change) => {
    const { dir } = await putBackLater();
    const good = readFileSync(witnessIn(dir), 'utf8');
    expect(change(good)).not.toBe(good);
    writeFileSync(witnessIn(dir), change(good));
    const vault = await open(dir);
    expect(await seenBy(vault)).toEqual(['third', false]);
    expect(vault.condition().witness).toBe('damaged');
    expect(valueOf(await put(vault, 'fourth'))).toBe(4);
    expect(vault.condition()).toMatchObject({ vault: 'good', witness: 'good' });
  });

  it('by the witness of another vault', async () => {
    const [one, other] = [await putBackLater(), await putBackLater()];
    for (let count = 0; count < 5; count += 1) await put(await open(other.dir), 'far ahead');
    cpSync(witnessIn(other.dir), witnessIn(one.dir));
    const vault = await open(one.dir);
    expect(await seenBy(vault)).toEqual(['third', false]);
    expect(vault.condition().witness).toBe('damaged');
  });

  it('when the vault moves to another user’s folder without the witness', async () => {
    const { dir } = await putBackLater();
    const elsewhere = vaultFolder();
    cpSync(dir, elsewhere, { recursive: true });
    expect(await seenBy(await open(elsewhere))).toEqual(['third', false]);
  });

  it('when a new key was begun: it has a witness of its own', async () => {
    const { dir } = await putBackLater();
    const vault = await open(dir, { machineKeys: machine(['machineId'], { machineId: 9 }) });
    const begun = await vault.startAnew((transaction) => transaction.write(PRODUCT, { text: 'new' }, 0));
    expect(valueOf(begun)).toBe(1);
    expect(await seenBy(vault)).toEqual(['new', false]);
    expect(filesIn(dir)).toHaveLength(2);
  });

  it('when the key moves to the keyring', async () => {
    const { dir } = await putBackLater();
    const keyring = fakeKeyring();
    for (const text of ['moved', 'proven']) {
      const vault = await open(dir, { keyring });
      await put(vault, text);
      expect(await seenBy(vault)).toEqual([text, false]);
    }
    expect(filesIn(dir)).toHaveLength(1);
  });

  it('when a record was removed and written anew', async () => {
    const { dir } = await putBackLater();
    const vault = await open(dir);
    expect(codeOf(await vault.withLock((transaction) => transaction.remove(PRODUCT, 3)))).toBe('ok');
    expect(await seenBy(vault)).toEqual(['nothing', false]);
    expect(valueOf(await put(vault, 'anew'))).toBe(1);
    expect(await seenBy(await open(dir))).toEqual(['anew', false]);
  });

  it('when a damaged record is given up', async () => {
    const { dir } = await putBackLater();
    for (const name of [PRODUCT, `${PRODUCT}.copy`]) writeFileSync(join(dir, `${name}.json`), 'x');
    const vault = await open(dir);
    expect(await seenBy(vault)).toEqual(['vaultDamaged', false]);
    expect(valueOf(await put(vault, 'found again'))).toBe(4);
    expect(await seenBy(await open(dir))).toEqual(['found again', false]);
  });

  it('while others write', async () => {
    const dir = vaultFolder();
    await put(await open(dir), 'text 0');
    const [writer, reader] = [await open(dir), await open(dir)];
    const written: string[] = [];
    const writes = async (): Promise<void> => {
      for (let count = 1; count <= 40; count += 1) {
        await put(writer, `text ${count}`);
        written.push(`text ${count}`);
      }
    };
    let reads = 0;
    const readAll = async (): Promise<void> => {
      while (written.length < 40) {
        expect((await seenBy(reader))[1]).toBe(false);
        reads += 1;
        // Reading alone never lets the writer's files have their turn.
        await setImmediate();
      }
    };
    await Promise.all([writes(), readAll()]);
    expect(reads).toBeGreaterThan(0);
    expect(await seenBy(reader)).toEqual(['text 40', false]);
  });
});

describe('a folder of witnesses that can not be used', () => {
  it('stops no write', async () => {
    const dir = vaultFolder();
    const real = vaultFiles(folderOf(dir));
    const witnessFiles = { ...real, save: () => Promise.resolve(err(failure('vaultReadOnly'))) };
    const vault = await open(dir, {}, { witnessFiles });
    expect(valueOf(await put(vault, 'first'))).toBe(1);
    expect(valueOf(await put(vault, 'second'))).toBe(2);
    expect(await seenBy(vault)).toEqual(['second', false]);
    expect(vault.condition()).toMatchObject({ vault: 'good', witness: 'missing' });
    expect(codeOf(await put(await open(dir), 'third'))).toBe('ok');
    expect(filesIn(dir)).toHaveLength(1);
  });

  it('since others can write to it, is not believed and not written', async () => {
    const { dir } = await putBackLater();
    const before = readFileSync(witnessIn(dir));
    chmodSync(folderOf(dir), 0o777);
    const vault = await open(dir);
    expect(await seenBy(vault)).toEqual(['third', false]);
    expect(vault.condition().witness).toBe('unusable');
    expect(valueOf(await put(vault, 'fourth'))).toBe(4);
    chmodSync(folderOf(dir), 0o700);
    expect(readFileSync(witnessIn(dir))).toEqual(before);
  });

  it('may be another than the one beside the vault', async () => {
    const dir = vaultFolder();
    const witnessDir = join(dir, '..', 'elsewhere', 'witness');
    mkdirSync(join(dir, '..', 'elsewhere'));
    await put(await open(dir, { witnessDir }), 'first');
    const putBack = keepCopy(dir);
    await put(await open(dir, { witnessDir }), 'second');
    putBack();
    expect(await seenBy(await open(dir, { witnessDir }))).toEqual(['first', true]);
    expect(await seenBy(await open(dir))).toEqual(['first', false]);
  });
});
