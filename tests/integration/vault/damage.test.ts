import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeEach, describe, expect, it } from 'vitest';
import { machine, open, PRODUCT, put, schema, textIn, valueOf, vaultFolder } from '../../support/vault.ts';

/** Three factors, for a key file of moderate length. */
const machineKeys = machine(['disk', 'machineId', 'cpu']);
let dir = '';

beforeEach(async () => {
  dir = vaultFolder();
  await put(await open(dir, { machineKeys }), 'precious');
});

/** Every byte with one of its bits flipped (another bit from byte to byte), and every shorter beginning. */
function* damages(good: Buffer): Generator<Buffer> {
  for (let at = 0; at < good.length; at += 1) {
    const flipped = Buffer.from(good);
    flipped[at] = (flipped[at] ?? 0) ^ (1 << (at % 8));
    yield flipped;
  }
  for (let length = 0; length < good.length; length += 1) yield good.subarray(0, length);
}

describe('a file that means the same and is not the same', () => {
  it.each<[string, (text: string) => string]>([
    ['a blank more', (text) => `${text} `],
    ['a line end more', (text) => `${text}\n`],
    ['a blank inside', (text) => text.replace(':', ': ')],
    ['a doubled name', (text) => text.replace('{', '{"v":1,')],
    ['an escaped letter', (text) => text.replace('"kid"', String.raw`"\u006bid"`)],
    ['a mark at its start', (text) => `\uFEFF${text}`],
  ])('is damaged: %s', async (_, change) => {
    const path = join(dir, `${PRODUCT}.json`);
    const good = readFileSync(path, 'utf8');
    expect(change(good)).not.toBe(good);
    writeFileSync(path, change(good));
    const vault = await open(dir, { machineKeys });
    expect(valueOf(await vault.read(PRODUCT, schema))?.condition).toBe('recovered');
    writeFileSync(path, good);
    expect(valueOf(await vault.read(PRODUCT, schema))?.condition).toBe('good');
  });
});

describe('damage at any byte', () => {
  it('of a record is never accepted; the copy is', async () => {
    const path = join(dir, `${PRODUCT}.json`);
    const good = readFileSync(path);
    const vault = await open(dir, { machineKeys });
    let count = 0;
    for (const damaged of damages(good)) {
      writeFileSync(path, damaged);
      const found = valueOf(await vault.read(PRODUCT, schema));
      expect(found).toEqual({ value: { text: 'precious' }, revision: 1, condition: 'recovered' });
      count += 1;
    }
    expect(count).toBe(good.length * 2);
  });

  it('of a record and its copy is told', async () => {
    const good = readFileSync(join(dir, `${PRODUCT}.json`));
    const vault = await open(dir, { machineKeys });
    for (const damaged of damages(good)) {
      for (const name of [PRODUCT, `${PRODUCT}.copy`]) writeFileSync(join(dir, `${name}.json`), damaged);
      expect(await textIn(vault)).toBe('vaultDamaged');
    }
  });

  it('of the key file is never accepted; its copy is', async () => {
    const path = join(dir, 'keys.json');
    const vault = await open(dir, { machineKeys });
    for (const damaged of damages(readFileSync(path))) {
      writeFileSync(path, damaged);
      expect(await textIn(vault)).toBe('precious');
    }
  });

  it('of the key file and its copy is told, and nothing is made anew by reading', async () => {
    const good = readFileSync(join(dir, 'keys.json'));
    const vault = await open(dir, { machineKeys });
    const outcomes = new Set<string>();
    for (const damaged of damages(good)) {
      for (const name of ['keys', 'keys.copy']) writeFileSync(join(dir, `${name}.json`), damaged);
      outcomes.add(await textIn(vault));
    }
    expect(outcomes).not.toContain('precious');
    // A flipped salt looks like another machine; the rest is known for damage.
    expect([...outcomes].toSorted()).toEqual(['vaultDamaged', 'vaultKeyUnavailable']);
    for (const name of ['keys', 'keys.copy']) writeFileSync(join(dir, `${name}.json`), good);
    expect(await textIn(vault)).toBe('precious');
  });
});
