import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import type { GenericSchema } from 'valibot';
import { deviceRecordSchema, journalSchema, licenseRecordSchema } from '../../../electron/license/records.ts';
import { copyOf } from '../../../electron/vault/names.ts';
import { DEFAULT_SETTINGS } from '../../../shared/settings.ts';
import { device, install, withServer, type Installation } from '../../integration/license/engine.ts';
import { open, valueOf, vaultFolder } from '../../support/vault.ts';
import { everyByte } from './damage.ts';
import { besideOf, clearAside, filesIn, isAside, writeAll } from './installed.ts';
import { carelessReader, damageEveryByte, memoryFiles, readingOf, type Reading } from './sealed.ts';

/*
 * One bit flipped in every byte, and every shorter beginning, of every file that an installation with a license has.
 * What is sealed is read from memory, in the vault's own way; the rest from the disk.
 */

const { server, buy } = withServer();

let app: Installation;
// The license file alone is some thousand signatures to be checked.
vi.setConfig({ testTimeout: 300_000 });

/** The files of the vault, by name without `.json`. */
const vaultFilesOf = new Map<string, Buffer>();
let cases = 0;

beforeAll(async () => {
  const { code } = await buy();
  app = install({ server: server(), dataDir: mkdtempSync(path.join(tmpdir(), 'latchkey-bytes-')) });
  expect(await app.activate(code)).toBe('ok');
  // An answer that is lost leaves the journal open.
  server().faults.next({ kind: 'cutAfter' }, 'refreshActivation');
  await app.refresh();
  await writeAll(app);
  const dir = path.join(app.dataDir, 'vault');
  for (const entry of readdirSync(dir)) {
    if (entry.endsWith('.json')) {
      vaultFilesOf.set(entry.slice(0, -'.json'.length), readFileSync(path.join(dir, entry)));
    }
  }
});

afterAll(() => {
  rmSync(app.dataDir, { recursive: true, force: true });
  process.stdout.write(`damages of single bytes: ${cases}\n`);
});

const RECORDS: readonly [string, () => string, GenericSchema<unknown, object>][] = [
  ['the license record', () => app.productId, licenseRecordSchema],
  ['the device record', () => 'device', deviceRecordSchema],
  ['the journal', () => `journal-${app.productId}`, journalSchema],
];

/** A reader of one record, and the record as it is. */
async function readerOf(contents: Map<string, Buffer>, name: string, schema: GenericSchema<unknown, object>) {
  const { machineKeys } = device();
  const vault = await open(vaultFolder(), { machineKeys }, { files: memoryFiles(contents) });
  const { value, revision } = valueOf(await vault.read(name, schema)) ?? { value: null, revision: 0 };
  expect(value).not.toBeNull();
  const truth = JSON.stringify({ value, revision });
  return {
    vault,
    read: async (): Promise<Reading> => readingOf(await vault.read(name, schema), truth),
  };
}

describe.each(RECORDS)('every byte of %s', (_, nameOf, schema) => {
  const damaged = async (
    which: (name: string) => readonly string[],
    allowed: readonly Reading[],
    missing = '',
  ) => {
    const contents = new Map(vaultFilesOf);
    const { read } = await readerOf(contents, nameOf(), schema);
    if (missing !== '') contents.delete(missing);
    const campaign = await damageEveryByte(contents, which(nameOf()), read, allowed);
    expect(campaign.violations).toEqual([]);
    expect(campaign.cases).toBe(2 * (vaultFilesOf.get(nameOf())?.length ?? 0));
    cases += campaign.cases;
  };

  it('is missed, and the copy takes over', () => damaged((name) => [name], ['recovered']));
  it('of its copy is not looked at while it is good', () => damaged((name) => [copyOf(name)], ['good']));
  it('of its copy is missed where it is gone', () =>
    damaged((name) => [copyOf(name)], ['vaultDamaged'], nameOf()));
  it('and of its copy is told', () => damaged((name) => [name, copyOf(name)], ['vaultDamaged']));
});

describe('every byte of the key file', () => {
  const damaged = async (names: readonly string[], allowed: readonly Reading[]) => {
    const contents = new Map(vaultFilesOf);
    const { read } = await readerOf(contents, 'device', deviceRecordSchema);
    const campaign = await damageEveryByte(contents, names, read, allowed);
    expect(campaign.violations).toEqual([]);
    cases += campaign.cases;
    return campaign.met;
  };

  it('is missed, and the copy takes over', () => damaged(['keys'], ['good']));
  it('of its copy is not looked at while it is good', () => damaged(['keys.copy'], ['good']));
  it('and of its copy is told', async () => {
    const met = await damaged(['keys', 'keys.copy'], ['vaultDamaged', 'vaultKeyUnavailable']);
    // A flipped salt looks like another machine; all the rest is known for damage.
    expect(met['vaultDamaged']).toBeGreaterThan((met['vaultKeyUnavailable'] ?? 0) * 5);
  });
});

describe('a store that does not authenticate', () => {
  it('believes what was changed, and the campaign finds it out', async () => {
    const contents = new Map(vaultFilesOf);
    const { machineKeys } = device();
    const read = carelessReader(contents, app.productId, machineKeys);
    const campaign = await damageEveryByte(contents, [app.productId], read, ['good', 'refused']);
    expect(campaign.met['believed']).toBeGreaterThan(100);
    expect(campaign.violations.length).toBe(campaign.met['believed']);
    expect(campaign.violations[0]).toContain(': believed');
  });
});

/** Damages a file of the data folder in every byte and looks after each at what is made of it. */
async function onDisk(
  file: string,
  look: () => Promise<unknown>,
  allowed: readonly unknown[],
): Promise<void> {
  const at = path.join(app.dataDir, file);
  const good = readFileSync(at);
  const violations: string[] = [];
  for (const { name, bytes } of everyByte(good)) {
    writeFileSync(at, bytes, { mode: 0o600 });
    const seen = JSON.stringify(await look());
    cases += 1;
    if (!allowed.some((one) => JSON.stringify(one) === seen)) violations.push(`${file}: ${name}: ${seen}`);
    const kept = filesIn(app.dataDir).some(
      (one) => (isAside(one) || one === file) && readFileSync(path.join(app.dataDir, one)).equals(bytes),
    );
    if (!kept) violations.push(`${file}: ${name}: overwritten`);
    clearAside(app.dataDir);
  }
  writeFileSync(at, good, { mode: 0o600 });
  expect(violations).toEqual([]);
}

describe('every byte of what lies beside the vault', () => {
  it('settings: the defaults are served', () =>
    onDisk('settings.json', () => Promise.resolve(besideOf(app).settings.current()), [DEFAULT_SETTINGS]));

  it('bounds of the window: none are taken', () =>
    onDisk('window.json', () => Promise.resolve(besideOf(app).window.read()), [null]));

  it('contacts: none is told', () => {
    const last = () => app.engine.contacts.last({ productId: app.productId, server: undefined });
    expect(last()).not.toBeNull();
    return onDisk('contacts.json', () => Promise.resolve(last()), [null]);
  });

  it('install id: its copy is read, and both are mended', async () => {
    const { installId } = besideOf(app);
    const id = await installId.read();
    await onDisk('install-id', installId.read, [id]);
    await onDisk('install-id', installId.ensure, [id]);
    await onDisk('install-id.copy', installId.ensure, [id]);
  });

  it('install id and its copy: no other one is believed', async () => {
    const { installId } = besideOf(app);
    const copy = path.join(app.dataDir, 'install-id.copy');
    const good = readFileSync(copy);
    for (const { name, bytes } of everyByte(good)) {
      writeFileSync(path.join(app.dataDir, 'install-id'), bytes);
      writeFileSync(copy, bytes);
      expect(await installId.read(), name).toBeNull();
      cases += 1;
    }
    writeFileSync(path.join(app.dataDir, 'install-id'), good);
    writeFileSync(copy, good);
  });

  it('license file: it is not valid, or says the same', async () => {
    const { place } = besideOf(app);
    const good = readFileSync(place.file);
    const truth = JSON.stringify(await place.check());
    for (const { name, bytes } of everyByte(good)) {
      const checked = await place.service.check(app.productId, bytes.toString('latin1'));
      const isRight = !checked.ok || JSON.stringify(checked.value) === truth;
      expect(isRight, name).toBe(true);
      cases += 1;
    }
  });
});
