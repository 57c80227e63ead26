import '../../support/no-electron.ts';
import { cpSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type * as v from 'valibot';
import { describe, expect, it } from 'vitest';
import { identitiesSchema, importedSchema } from '../../../electron/certificate/records.ts';
import {
  deviceRecordSchema,
  EMPTY_RECORD,
  JOURNAL_FORM,
  journalSchema,
  licenseRecordSchema,
} from '../../../electron/license/records.ts';
import { proxyLoginsSchema } from '../../../electron/settings/proxy-logins.ts';
import { DEVICE, PROXY_LOGINS } from '../../../electron/vault/names.ts';
import { sealedJson } from '../../../electron/vault/sealed-json.ts';
import type { JsonObject, SealableObject, Vault } from '../../../electron/vault/types.ts';
import { isJsonObject } from '../../../shared/license-file/json.ts';
import { bytesIn, codeOf, open, valueOf, vaultFolder } from '../../support/vault.ts';

/** Records in every form that a program has written, by that program, with everything in them that the form knows. */
const FIXTURES = join(import.meta.dirname, '../../fixtures/vault/forms');
const NAME = /^license-(\d+)-journal-(\d+)$/;
const VAULTS = readdirSync(FIXTURES)
  .flatMap((name) => {
    const [, license, journal] = NAME.exec(name) ?? [];
    return license === undefined ? [] : [{ name, license: Number(license), journal: Number(journal) }];
  })
  .toSorted((one, other) => one.license - other.license);
const NEWEST = VAULTS.at(-1)?.name ?? '';

function stored(name: string): string {
  const dir = vaultFolder();
  cpSync(join(FIXTURES, name, 'vault'), dir, { recursive: true });
  return dir;
}

/** What the program was given to seal, by the names of the records. */
const writtenIn = (name: string): Readonly<Record<string, JsonObject>> =>
  JSON.parse(readFileSync(join(FIXTURES, name, 'written.json'), 'utf8'));

function schemaOf(record: string): v.GenericSchema<unknown, SealableObject> {
  if (record === DEVICE) return deviceRecordSchema;
  if (record === PROXY_LOGINS) return proxyLoginsSchema;
  if (record === 'identity') return importedSchema;
  if (record.startsWith('identity-')) return identitiesSchema;
  return record.startsWith('journal-') ? journalSchema : licenseRecordSchema;
}

/** What a record of a fixture has to say today: everything that it said, and what its form did not know yet. */
function today(record: string, value: JsonObject): JsonObject {
  if (record.startsWith('journal-')) return { ...value, schema: JOURNAL_FORM };
  if (!record.startsWith('prod_')) return value;
  const { activation } = value;
  const isWithout = isJsonObject(activation) && !('username' in activation);
  return {
    ...value,
    schema: EMPTY_RECORD.schema,
    ...(isWithout ? { activation: { ...activation, username: null } } : {}),
  };
}

/** With its secrets written out, as they were given. */
function inClear(value: SealableObject): JsonObject {
  const { value: clear }: { readonly value: JsonObject } = JSON.parse(sealedJson({ value }));
  return clear;
}

async function contentsOf(vault: Vault, records: readonly string[]): Promise<Record<string, JsonObject>> {
  const found = await Promise.all(
    records.map(
      async (record) => [record, valueOf(await vault.read(record, schemaOf(record)))?.value] as const,
    ),
  );
  return Object.fromEntries(found.map(([record, value = {}]) => [record, inClear(value)]));
}

/** Writes a record whatever its form. */
const put = (vault: Vault, record: string, value: JsonObject) =>
  vault.withLock((transaction) => transaction.write(record, value, 1));

describe('the stored records', () => {
  it('are there in every form', () => {
    // The first form of the license is in the vaults of versions 1 and 2.
    const forms = (count: number, first: number) =>
      Array.from({ length: count - first + 1 }, (_, index) => first + index);
    expect(VAULTS.map(({ license }) => license)).toEqual(forms(EMPTY_RECORD.schema, 2));
    expect([...new Set(VAULTS.map(({ journal }) => journal))]).toEqual(forms(JOURNAL_FORM, 1));
    for (const { name, license, journal } of VAULTS) {
      for (const [record, value] of Object.entries(writtenIn(name))) {
        if (record.startsWith('prod_')) expect(value['schema']).toBe(license);
        if (record.startsWith('journal-')) expect(value['schema']).toBe(journal);
      }
    }
  });

  it.each(VAULTS.map(({ name }) => name))(
    'of %s are read with all that is in them, and written as of now',
    async (name) => {
      const dir = stored(name);
      const expected = Object.fromEntries(
        Object.entries(writtenIn(name)).map(([record, value]) => [record, today(record, value)]),
      );
      const records = Object.keys(expected);
      const before = bytesIn(dir);
      const vault = await open(dir);
      expect(await contentsOf(vault, records)).toEqual(expected);
      expect(bytesIn(dir)).toEqual(before);
      for (const record of records) valueOf(await put(vault, record, expected[record] ?? {}));
      expect(await contentsOf(await open(dir), records)).toEqual(expected);
    },
  );
});

describe('a record in a form that is not known yet', () => {
  it.each(Object.keys(writtenIn(NEWEST)))('is refused as such and kept: %s', async (record) => {
    const dir = stored(NEWEST);
    const vault = await open(dir);
    const value = today(record, writtenIn(NEWEST)[record] ?? {});
    const later = { ...value, schema: Number(value['schema']) + 1, something: 'of later' };
    valueOf(await put(vault, record, later));
    const before = bytesIn(dir);
    const other = await open(dir);
    expect(codeOf(await other.read(record, schemaOf(record)))).toBe('vaultNewer');
    // Nobody who has heard that writes over it.
    const replaced = await other.withLock(async (transaction) => {
      const found = await transaction.read(record, schemaOf(record));
      return found.ok || found.error.code === 'vaultDamaged' ? transaction.write(record, value, 0) : found;
    });
    expect(codeOf(replaced)).toBe('vaultNewer');
    expect(other.condition(record).vault).toBe('newer');
    expect(bytesIn(dir)).toEqual(before);
    // The same content under the number of today is damage, and no later version's work.
    valueOf(
      await vault.withLock((transaction) =>
        transaction.write(record, { ...later, schema: value['schema'] ?? 0 }, 2),
      ),
    );
    expect(codeOf(await (await open(dir)).read(record, schemaOf(record)))).toBe('vaultDamaged');
  });
});
