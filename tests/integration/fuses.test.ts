import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { readFuses } from '../../electron/platform/read-fuses.ts';
import { looseFuses } from '../../electron/support/fuse-policy.ts';
import { DEFAULT_WIRE, fuseWire, PACKAGED_WIRE } from '../support/fuse-wire.ts';

/* What is in a file; tests/integration/packaging.test.ts reads a binary whose fuses Electron's own tool has set. */

const folder = mkdtempSync(path.join(tmpdir(), 'latchkey-fuses-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const MEGABYTE = 1024 * 1024;
const never = new AbortController().signal;

function binary(name: string, ...parts: readonly (Buffer | number)[]): string {
  const file = path.join(folder, name);
  const bytes = parts.map((part) => (typeof part === 'number' ? Buffer.alloc(part, 0x90) : part));
  writeFileSync(file, Buffer.concat(bytes));
  return file;
}

describe('the fuses of a binary', () => {
  it.each([0, 1, 33, 34, 43, 44, MEGABYTE, 2 * MEGABYTE + 17])(
    'are found %i bytes before the end of what is read at once, or after it',
    async (offset) => {
      const place = Math.abs(MEGABYTE - offset);
      const file = binary('one', place, fuseWire(PACKAGED_WIRE), 5 * MEGABYTE);
      expect(await readFuses(file, never)).toEqual([PACKAGED_WIRE]);
    },
  );

  it('are those of both halves of a universal binary', async () => {
    const file = binary('two', 100, fuseWire(PACKAGED_WIRE), 3 * MEGABYTE, fuseWire(DEFAULT_WIRE), 100);
    expect(await readFuses(file, never)).toEqual([PACKAGED_WIRE, DEFAULT_WIRE]);
    expect(looseFuses(await readFuses(file, never))).toContain('runAsNode');
  });

  it('are none where there is no mark, or the file ends within them', async () => {
    expect(await readFuses(binary('none', 3 * MEGABYTE), never)).toEqual([]);
    expect(await readFuses(binary('empty'), never)).toEqual([]);
    const whole = fuseWire(PACKAGED_WIRE);
    const cut = binary('cut', MEGABYTE, whole.subarray(0, -1));
    expect(await readFuses(cut, never)).toEqual([]);
    expect(looseFuses(await readFuses(cut, never))).toBeNull();
    expect(await readFuses(binary('whole', MEGABYTE, whole), never)).toEqual([PACKAGED_WIRE]);
  });

  it('are not read on once nobody wants to know', async () => {
    const file = binary('long', 3 * MEGABYTE);
    await expect(readFuses(file, AbortSignal.abort())).rejects.toMatchObject({ name: 'AbortError' });
    await expect(readFuses(path.join(folder, 'missing'), never)).rejects.toMatchObject({ code: 'ENOENT' });
  });
});
