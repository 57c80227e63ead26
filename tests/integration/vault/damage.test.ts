import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeEach, describe, expect, it } from 'vitest';
import { machine, open, PRODUCT, put, schema, valueOf, vaultFolder } from '../../support/vault.ts';

/** Three factors, for a key file of moderate length. */
const machineKeys = machine(['disk', 'machineId', 'cpu']);
let dir = '';

beforeEach(async () => {
  dir = vaultFolder();
  await put(await open(dir, { machineKeys }), 'precious');
});

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
