import { mkdirSync, mkdtempSync, rmSync, utimesSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { fingerprint, isStale, markMade } from '../../../build/scripts/lib/staleness.mjs';

let root = '';
const write = (file: string, text: string) => {
  mkdirSync(path.dirname(path.join(root, file)), { recursive: true });
  writeFileSync(path.join(root, file), text);
};
const print = () => fingerprint(root, ['source', 'one.json', 'absent'], ['source/generated']);

beforeEach(() => {
  root = mkdtempSync(path.join(tmpdir(), 'latchkey-stale-'));
  write('source/a.ts', 'a');
  write('source/deep/b.ts', 'b');
  write('source/generated/c.ts', 'c');
  write('one.json', '{}');
});

afterEach(() => {
  rmSync(root, { recursive: true, force: true });
});

describe('fingerprint', () => {
  it('stays the same while nothing changes', () => {
    expect(print()).toBe(print());
  });

  it.each<[string, () => void]>([
    ['a file was written', () => write('source/deep/b.ts', 'longer')],
    ['a file was added', () => write('source/new.ts', '')],
    ['a file was removed', () => rmSync(path.join(root, 'source/a.ts'))],
    ['a file of the list was written', () => write('one.json', '{"a":1}')],
    ['a missing one came', () => write('absent', '')],
    ['only the time changed', () => utimesSync(path.join(root, 'source/a.ts'), 1, 1)],
  ])('changes when %s', (_name, change) => {
    const before = print();
    change();
    expect(print()).not.toBe(before);
  });

  it.each(['source/generated/d.ts', 'source/.swap', 'elsewhere/e.ts'])('leaves %s out', (file) => {
    const before = print();
    write(file, 'x');
    expect(print()).toBe(before);
  });
});

describe('isStale', () => {
  const made = { name: 'thing', output: 'dist/thing.js', inputs: ['source'] };

  it('is not, once made from these inputs', () => {
    write(made.output, '');
    markMade(root, made, 'print');
    expect(isStale(root, made, 'print')).toBe(false);
  });

  it('is, when it was never made', () => {
    write(made.output, '');
    expect(isStale(root, made, 'print')).toBe(true);
  });

  it('is, when the inputs have changed', () => {
    write(made.output, '');
    markMade(root, made, 'print');
    expect(isStale(root, made, 'other')).toBe(true);
  });

  it('is, when the output is gone', () => {
    markMade(root, made, 'print');
    expect(isStale(root, made, 'print')).toBe(true);
  });
});
