import {
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { DEVICE, deviceRecordSchema } from '../../../electron/license/records.ts';
import { install, withServer, type Installation } from '../../integration/license/engine.ts';
import { valueOf } from '../../support/vault.ts';
import { typicalDamages, type Damage } from './damage.ts';
import { asideIn, besideOf, clearAside, filesIn, isAside, writeAll } from './installed.ts';

/*
 * The whole engine on damaged files: an application that is started on them believes nothing that was changed, tells the
 * user, keeps what was damaged for support, and has its license back, by the copy or by the server, in the same seat.
 */

vi.setConfig({ testTimeout: 300_000, hookTimeout: 120_000 });

const { server, buy } = withServer();

let dataDir = '';
let otherDir = '';
let purchase: Awaited<ReturnType<typeof buy>>;
let seatId = '';
let cases = 0;

/** Milliseconds that pass at every look at the clock, where a test does not want to wait for them. */
let haste = 0;

const open = (dir = dataDir): Installation => {
  let passed = 0;
  return install({ server: server(), dataDir: dir, elapsed: () => (passed += haste) });
};

beforeAll(async () => {
  dataDir = mkdtempSync(path.join(tmpdir(), 'latchkey-damaged-'));
  otherDir = mkdtempSync(path.join(tmpdir(), 'latchkey-other-'));
  purchase = await buy();
  const app = open();
  expect(await app.activate(purchase.code)).toBe('ok');
  await writeAll(app);
  seatId = (await app.view()).seatId ?? '';
  const other = open(otherDir);
  expect(await other.activate((await buy()).code)).toBe('ok');
  await writeAll(other);
});

afterAll(() => {
  for (const dir of [dataDir, otherDir]) rmSync(dir, { recursive: true, force: true });
  process.stdout.write(`starts on damaged files: ${cases}\n`);
});

/** Puts something in the place of a file. */
const spoil = (file: string, { bytes }: Pick<Damage, 'bytes'>): void => {
  const at = path.join(dataDir, file);
  rmSync(at, { recursive: true, force: true });
  writeFileSync(at, bytes, { mode: 0o600 });
};

/** Everything that a license shows and that a damage must not change. */
async function shownBy(app: Installation): Promise<string> {
  const { activation } = await app.view();
  return JSON.stringify(
    activation === null ? null : { ...activation, describedAt: 0, lastLeaseAt: 0, leaseExpiry: 0 },
  );
}

interface Expectation {
  /** Reasons of which the user is told one; none where there is nothing to be done and support is told. */
  readonly told: readonly string[];
  /** Whether what was damaged has to be found again afterwards. */
  readonly isKept: boolean;
}

/** Starts the application on damaged files and goes on until it has its license. */
async function liveThrough(what: string, damaged: readonly Buffer[], expected: Expectation): Promise<void> {
  cases += 1;
  const app = open();
  const { place, settings, window, installId } = besideOf(app);
  const before = await shownBy(app);
  expect(['null', truth], what).toContain(before);
  const { reasons } = await app.view();
  settings.current();
  window.read();
  await installId.ensure();
  const checked = await place.service.check(app.productId, null);
  await place.sync();
  expect(checked.ok || checked.error.code.startsWith('licenseFile'), what).toBe(true);
  const refreshed = await app.refresh();
  expect(['ok', 'notAllowedInState', 'vaultKeyUnavailable', 'vaultDamaged'], what).toContain(refreshed);
  if (refreshed !== 'ok') expect(await app.activate(purchase.code), what).toBe('ok');
  await place.sync();

  if (expected.told.length > 0) {
    expect(
      reasons.some(({ code }) => expected.told.includes(code)),
      `${what}: ${JSON.stringify(reasons)}`,
    ).toBe(true);
  }
  // A license file without its last line end is whole, and replaced as an older one is.
  if (expected.isKept && !(what.includes('.lic') && checked.ok)) {
    const kept = filesIn(dataDir).map((name) => readFileSync(path.join(dataDir, name)));
    for (const bytes of damaged)
      expect(
        kept.some((one) => one.equals(bytes)),
        `${what}: kept`,
      ).toBe(true);
    const asideInVault = filesIn(dataDir).filter((name) => name.startsWith('vault') && isAside(name));
    const { setAside } = valueOf(await app.engine.vault()).condition();
    expect(setAside.toSorted(), what).toEqual(asideInVault.map((name) => path.basename(name)).toSorted());
  }
  expect(await shownBy(app), what).toBe(truth);
  expect((await app.view()).state, what).toBe('active');
  expect(await place.check(), what).toMatchObject({ productId: app.productId });
  const seats = await purchase.seats();
  expect(
    seats.map((seat) => seat.seatId),
    what,
  ).toEqual([seatId]);
  const again = open();
  expect((await again.view()).state, what).toBe('active');
  expect(await again.refresh(), what).toBe('ok');
  clearAside(dataDir);
  await writeAll(again);
}

let truth = '';

const RECOVERED: Expectation = { told: ['vaultRecovered'], isKept: true };
const SILENT_REPAIR: Expectation = { told: [], isKept: true };
const DAMAGED: Expectation = { told: ['vaultDamaged', 'deviceChanged'], isKept: true };

/** Files that are damaged together, as paths in the data folder; the product's id is in the names of some. */
const KINDS: readonly [string, (id: string) => readonly string[], Expectation][] = [
  ['the license', (id) => [`vault/${id}.json`], RECOVERED],
  ['the copy of the license', (id) => [`vault/${id}.copy.json`], SILENT_REPAIR],
  ['the license and its copy', (id) => [`vault/${id}.json`, `vault/${id}.copy.json`], DAMAGED],
  ['the device', () => ['vault/device.json'], SILENT_REPAIR],
  ['the device and its copy', () => ['vault/device.json', 'vault/device.copy.json'], SILENT_REPAIR],
  ['the key', () => ['vault/keys.json'], SILENT_REPAIR],
  ['the copy of the key', () => ['vault/keys.copy.json'], SILENT_REPAIR],
  ['the key and its copy', () => ['vault/keys.json', 'vault/keys.copy.json'], DAMAGED],
  ['settings', () => ['settings.json'], SILENT_REPAIR],
  ['contacts', () => ['contacts.json'], SILENT_REPAIR],
  ['the bounds of the window', () => ['window.json'], SILENT_REPAIR],
  ['the install id', () => ['install-id'], SILENT_REPAIR],
  ['the install id and its copy', () => ['install-id', 'install-id.copy'], SILENT_REPAIR],
  ['the license file', (id) => [`license-files/${id}.lic`], SILENT_REPAIR],
  [
    'everything at once',
    (id) => [`vault/${id}.json`, 'vault/device.json', 'vault/keys.json', 'settings.json'],
    RECOVERED,
  ],
];

describe.each(KINDS)('%s, damaged', (_, filesOf, expected) => {
  it('costs neither the seat nor what was damaged', async () => {
    const files = filesOf(server().productId);
    truth = await shownBy(open());
    expect(truth).not.toBe('null');
    const first = readFileSync(path.join(dataDir, files[0] ?? ''));
    for (const [index, { name }] of typicalDamages(first, 2).entries()) {
      // Files change with every case: the damage is done to what is there now.
      const spoiled = files.map((file) => {
        const good = readFileSync(path.join(dataDir, file));
        const damage = typicalDamages(good, 2)[index] ?? { name, bytes: Buffer.alloc(0) };
        spoil(file, damage);
        return damage.bytes;
      });
      await liveThrough(`${files.join(' and ')}: ${name}`, spoiled, expected);
    }
  });

  it('by another installation’s, or a folder, is no better', async () => {
    const files = filesOf(server().productId);
    truth = await shownBy(open());
    const isPlain = /settings|contacts|window|install-id/.test(files.join());
    if (!isPlain) {
      const foreign = files.map((file) => readFileSync(path.join(otherDir, file)));
      files.forEach((file, index) => spoil(file, { bytes: foreign[index] ?? Buffer.alloc(0) }));
      // A whole license file is another purchase's, and no damage.
      const isLicenseFile = files.join().endsWith('.lic');
      await liveThrough(
        `${files.join()}: foreign`,
        foreign,
        isLicenseFile ? { told: [], isKept: false } : expected,
      );
    }
    const inside = files.map((file) => {
      const at = path.join(dataDir, file);
      rmSync(at);
      mkdirSync(at, { mode: 0o700 });
      const bytes = Buffer.from(`in ${file}`);
      writeFileSync(path.join(at, 'theirs'), bytes, { mode: 0o600 });
      return bytes;
    });
    cases += 1;
    const app = open();
    if ((await app.refresh()) !== 'ok') expect(await app.activate(purchase.code)).toBe('ok');
    const { place, settings, window, installId } = besideOf(app);
    settings.current();
    window.read();
    await installId.ensure();
    await place.sync();
    const kept = asideIn(dataDir);
    for (const bytes of inside) expect(kept.some((one) => one.equals(bytes))).toBe(true);
    expect(await shownBy(open())).toBe(truth);
    expect(await purchase.seatsUsed()).toBe(1);
    // What was lost beyond its copy is begun anew, so that time and device are watched as before.
    const record = await valueOf(await app.engine.vault()).read(DEVICE, deviceRecordSchema);
    expect(valueOf(record)?.value.seatId).toBe(seatId);
    clearAside(dataDir);
    await writeAll(app);
  });
});

describe('files in each other’s place', () => {
  it('are none of them believed', async () => {
    const id = server().productId;
    truth = await shownBy(open());
    const read = (name: string) => readFileSync(path.join(dataDir, 'vault', name));
    const pairs = [
      [`${id}.json`, 'device.json'],
      ['device.json', 'keys.json'],
      [`${id}.json`, 'keys.copy.json'],
    ] as const;
    for (const [one, other] of pairs) {
      const [first, second] = [read(one), read(other)];
      spoil(`vault/${one}`, { bytes: second });
      spoil(`vault/${other}`, { bytes: first });
      await liveThrough(`${one} and ${other} exchanged`, [first, second], SILENT_REPAIR);
    }
  });
});

describe('a journal, damaged', () => {
  it.each([['main'], ['copy'], ['both']])('(%s) still tells that an answer was lost', async (which) => {
    const name = `journal-${server().productId}`;
    const files = {
      main: [`${name}.json`],
      copy: [`${name}.copy.json`],
      both: [`${name}.json`, `${name}.copy.json`],
    };
    const those = files[which as keyof typeof files];
    for (let index = 0; index < 5; index += 1) {
      server().faults.next({ kind: 'cutAfter' }, 'refreshActivation');
      expect(await open().refresh()).not.toBe('ok');
      truth = await shownBy(open());
      for (const file of those) {
        const good = readFileSync(path.join(dataDir, 'vault', file));
        const damage = typicalDamages(good, 2)[index];
        if (damage !== undefined) spoil(`vault/${file}`, damage);
      }
      // A journal goes when it is settled, and its copy with it: nothing in it is worth keeping then.
      await liveThrough(`${those.join()} ${index}`, [], { told: [], isKept: false });
      expect(readdirSync(path.join(dataDir, 'vault')).filter((file) => file.startsWith('journal'))).toEqual(
        [],
      );
    }
  });
});

describe('lock files and leftovers, damaged', () => {
  it('hold nobody up for long', async () => {
    truth = await shownBy(open());
    haste = 1000;
    const dir = path.join(dataDir, 'vault');
    const highest = () =>
      readdirSync(dir)
        .filter((name) => /^lock\.\d+$/.test(name))
        .toSorted((a, b) => Number(a.slice(5)) - Number(b.slice(5)))
        .at(-1) ?? '';
    const damages = typicalDamages(readFileSync(path.join(dir, highest())), 4);
    for (const damage of damages) {
      const lock = path.join('vault', highest());
      spoil(lock, damage);
      utimesSync(path.join(dataDir, lock), 1, 1);
      await liveThrough(`${lock}: ${damage.name}`, [], { told: [], isKept: false });
    }
    const folder = path.join(dir, highest());
    rmSync(folder);
    mkdirSync(folder, { mode: 0o700 });
    utimesSync(folder, 1, 1);
    await liveThrough('a folder as the lock', [], { told: [], isKept: false });
    haste = 0;
  });

  it('are swept away and never read', async () => {
    truth = await shownBy(open());
    const id = server().productId;
    for (const name of [
      `vault/${id}.next.json`,
      'vault/keys.next.json',
      `vault/${id}.next.json.tmp-0011223344556677`,
    ]) {
      for (const damage of typicalDamages(readFileSync(path.join(dataDir, `vault/${id}.json`)), 0).slice(
        -3,
      )) {
        writeFileSync(path.join(dataDir, name), damage.bytes, { mode: 0o600 });
        await liveThrough(`${name}: ${damage.name}`, [], { told: [], isKept: false });
        expect(filesIn(dataDir)).not.toContain(name);
      }
    }
  });
});
