import '../../support/no-electron.ts';
import { cpSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import * as v from 'valibot';
import { describe, expect, it } from 'vitest';
import {
  DEVICE,
  deviceRecordSchema,
  journalName,
  journalSchema,
  licenseRecordSchema,
  type ActivationWish,
} from '../../../electron/license/records.ts';
import { ENVELOPE_VERSION } from '../../../electron/vault/envelope.ts';
import { KEY_FILE_VERSION } from '../../../electron/vault/key-file.ts';
import { failure } from '../../../shared/errors.ts';
import { err, ok } from '../../../shared/result.ts';
import { vaultFiles } from '../../../electron/vault/files.ts';
import type { Vault } from '../../../electron/vault/types.ts';
import { versioned } from '../../../electron/vault/record-form.ts';
import {
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

/** Vaults that each version has written, with invented records and sealed for the invented machine of the tests. */
const FIXTURES = join(import.meta.dirname, '../../fixtures/vault');
const VERSIONS = readdirSync(FIXTURES)
  .filter((name) => /^\d+$/.test(name))
  .toSorted();

function stored(version: string, kind: 'machine' | 'keyring'): string {
  const dir = vaultFolder();
  cpSync(join(FIXTURES, version, kind), dir, { recursive: true });
  return dir;
}

const versionIn = (dir: string, name: string): unknown =>
  JSON.parse(readFileSync(join(dir, `${name}.json`), 'utf8')).v;

const codeIn = (wish: ActivationWish | undefined) =>
  wish !== undefined && 'code' in wish ? wish.code.reveal() : null;

/** What the records of a fixture say, in the forms of now. */
async function recordsIn(vault: Vault): Promise<readonly unknown[]> {
  const license = valueOf(await vault.read(PRODUCT, licenseRecordSchema));
  const device = valueOf(await vault.read(DEVICE, deviceRecordSchema));
  const journal = valueOf(await vault.read(journalName(PRODUCT), journalSchema));
  return [license?.value.ended?.cause, device?.value.seatId, codeIn(journal?.value.wish)];
}
const RECORDS = ['seatReleased', 'seat-of-an-invented-machine', 'ORBIT-AAAA-BBBB-CCCC-DDDD'];

const rewrite = (vault: Vault) =>
  vault.withLock(async (transaction) => {
    const found = valueOf(await transaction.read(PRODUCT, licenseRecordSchema));
    return found === null
      ? err(failure('internal'))
      : transaction.write(PRODUCT, found.value, found.revision);
  });

describe('a stored vault', () => {
  it('is there of every version', () => {
    const all = Array.from({ length: ENVELOPE_VERSION }, (_, index) => `${index + 1}`);
    expect(VERSIONS).toEqual(all);
    for (const version of VERSIONS) {
      expect(versionIn(join(FIXTURES, version, 'machine'), PRODUCT)).toBe(Number(version));
      expect(versionIn(join(FIXTURES, version, 'machine'), 'keys')).toBe(Number(version));
    }
  });

  describe.each(VERSIONS)('of version %s', (version) => {
    it.each(['machine', 'keyring'] as const)(
      'opens (%s), and is written as of now by the next write',
      async (kind) => {
        const dir = stored(version, kind);
        const options = kind === 'keyring' ? { keyring: fakeKeyring() } : {};
        const before = bytesIn(dir);
        const vault = await open(dir, options);
        expect(await recordsIn(vault)).toEqual(RECORDS);
        expect(bytesIn(dir)).toEqual(before);
        const revision = valueOf(await vault.read(PRODUCT, licenseRecordSchema))?.revision ?? 0;
        expect(valueOf(await rewrite(vault))).toBe(revision + 1);
        expect(versionIn(dir, PRODUCT)).toBe(ENVELOPE_VERSION);
        expect(versionIn(dir, 'keys')).toBe(KEY_FILE_VERSION);
        expect(await recordsIn(await open(dir, options))).toEqual(RECORDS);
      },
    );

    it('loses nothing when the disk fails in the middle of the change', async () => {
      const dir = stored(version, 'machine');
      for (const step of [PRODUCT, `${PRODUCT}.copy`, 'keys', 'keys.copy']) {
        const real = vaultFiles(dir);
        const files: typeof real = {
          ...real,
          save: (name, value) =>
            name === step ? Promise.resolve(err(failure('vaultDiskFull'))) : real.save(name, value),
        };
        await rewrite(await open(dir, {}, { files }));
        expect(await recordsIn(await open(dir))).toEqual(RECORDS);
      }
    });
  });

  it('bound to a device that has changed keeps its form: what is learned of a device is decided elsewhere', async () => {
    const dir = stored('1', 'machine');
    const vault = await open(dir, { machineKeys: machine(DESKTOP, { mac: 1 }) });
    expect(valueOf(await rewrite(vault))).toBe(3);
    expect(versionIn(dir, 'keys')).toBe(1);
    expect(await recordsIn(await open(dir))).toEqual(RECORDS);
    await rewrite(await open(dir, { machineKeys: machine(DESKTOP.filter((name) => name !== 'cpu')) }));
    expect(versionIn(dir, 'keys')).toBe(1);
    await rewrite(await open(dir, { machineKeys: machine([...DESKTOP, 'install']) }));
    expect(versionIn(dir, 'keys')).toBe(2);
    expect(JSON.parse(readFileSync(join(dir, 'keys.json'), 'utf8')).wrap.enrolled).toEqual(DESKTOP);
  });

  it('is not what it says when its number is changed', async () => {
    for (const [version, other] of [
      ['1', 2],
      ['1', 9],
      ['2', 1],
      ['2', 9],
    ] as const) {
      const dir = stored(version, 'machine');
      const path = join(dir, `${PRODUCT}.json`);
      const file = JSON.parse(readFileSync(path, 'utf8'));
      writeFileSync(path, JSON.stringify({ ...file, v: other }));
      expect(codeOf(await (await open(dir)).read(PRODUCT, licenseRecordSchema))).toBe('vaultDamaged');
      const keys = stored(version, 'machine');
      const keyFile = JSON.parse(readFileSync(join(keys, 'keys.json'), 'utf8'));
      writeFileSync(join(keys, 'keys.json'), JSON.stringify({ ...keyFile, v: other }));
      expect(codeOf(await (await open(keys)).read(PRODUCT, licenseRecordSchema))).toBe('vaultDamaged');
    }
  });
});

describe('the form of a record', () => {
  const second = versioned(
    2,
    { 1: ({ text }) => ({ words: [text ?? ''] }) },
    v.strictObject({ schema: v.literal(2), words: v.array(v.string()) }),
  );
  const third = versioned(
    3,
    { 1: ({ text }) => ({ words: [text ?? ''] }), 2: (record) => ({ ...record, count: 1 }) },
    v.strictObject({ schema: v.literal(3), words: v.array(v.string()), count: v.number() }),
  );
  const write = (vault: Vault, value: { readonly [key: string]: string | number | readonly string[] }) =>
    vault.withLock(async (transaction) => {
      const found = await transaction.read(PRODUCT, v.looseObject({}));
      return transaction.write(PRODUCT, value, found.ok ? (found.value?.revision ?? 0) : 0);
    });

  it('is brought up to date when it is read, one step after the other', async () => {
    const vault = await open(vaultFolder());
    await write(vault, { schema: 1, text: 'old' });
    expect(valueOf(await vault.read(PRODUCT, second))?.value).toEqual({ schema: 2, words: ['old'] });
    expect(valueOf(await vault.read(PRODUCT, third))?.value).toEqual({ schema: 3, words: ['old'], count: 1 });
  });

  it('of a later version is told as such, and neither replaced nor set aside', async () => {
    const dir = vaultFolder();
    const vault = await open(dir);
    await write(vault, { schema: 3, words: ['newer'], count: 1 });
    const before = bytesIn(dir);
    expect(codeOf(await vault.read(PRODUCT, second))).toBe('vaultNewer');
    const replaced = await vault.withLock(async (transaction) => {
      const found = await transaction.read(PRODUCT, second);
      return found.ok || found.error.code === 'vaultDamaged'
        ? transaction.write(PRODUCT, { schema: 2, words: [] }, 0)
        : found;
    });
    expect(codeOf(replaced)).toBe('vaultNewer');
    expect(vault.condition(PRODUCT).vault).toBe('newer');
    expect(bytesIn(dir)).toEqual(before);
  });

  it.each([
    ['no number', { text: 'x' }],
    ['a number that never was', { schema: 0, text: 'x' }],
    ['no number at all', { schema: 'one', text: 'x' }],
    ['the number of another content', { schema: 2, text: 'x' }],
  ])('with %s is damaged', async (_, value) => {
    const vault = await open(vaultFolder());
    await write(vault, value);
    expect(codeOf(await vault.read(PRODUCT, second))).toBe('vaultDamaged');
  });
});

describe('a version before this one, beside it', () => {
  it('says that it is too old and changes nothing', async () => {
    // What it does with a number above its own is what this version does with one above its own.
    const dir = vaultFolder();
    await put(await open(dir), 'mine');
    for (const name of [PRODUCT, `${PRODUCT}.copy`, 'keys', 'keys.copy']) {
      const path = join(dir, `${name}.json`);
      const { kid } = JSON.parse(readFileSync(path, 'utf8'));
      writeFileSync(path, JSON.stringify({ v: 9, kid, something: 'else' }));
    }
    const before = bytesIn(dir);
    const vault = await open(dir);
    expect(await textIn(vault)).toBe('vaultNewer');
    expect(codeOf(await put(vault, 'older'))).toBe('vaultNewer');
    expect(codeOf(await vault.startAnew(() => Promise.resolve(ok(undefined))))).toBe('vaultNewer');
    expect(bytesIn(dir)).toEqual(before);
  });
});
