import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { withExitStatuses } from '../../build/readme/exit-statuses.ts';
import { readSupportCode } from '../../shared/support-code/support-code.ts';

const ROOT = path.resolve(import.meta.dirname, '../..');
const readme = readFileSync(path.join(ROOT, 'README.md'), 'utf8');
const manifest = JSON.parse(readFileSync(path.join(ROOT, 'package.json'), 'utf8')) as Record<
  'dependencies' | 'devDependencies',
  Record<string, string>
>;

describe('the README', () => {
  it('lists every exit status as it is now', () => {
    expect(withExitStatuses(readme)).toBe(readme);
    expect(withExitStatuses(readme.replace('`pinMismatch`', '`pinMissmatch`'))).toBe(readme);
    expect(() => withExitStatuses('# Latchkey')).toThrow('no place');
  });

  it('points only at files that are there', () => {
    const targets = [...readme.matchAll(/\]\(([^)#]+)\)|(?:src|srcset)="([^"]+)"/gu)]
      .map((match) => match[1] ?? match[2] ?? '')
      .filter((target) => !target.startsWith('https:'));
    expect(targets.length).toBeGreaterThan(20);
    expect(targets.filter((target) => !existsSync(path.join(ROOT, target)))).toEqual([]);
  });

  it('points only at headings that are there', () => {
    const headings = [...readme.matchAll(/^#+ (.+)$/gmu)].map((match) =>
      (match[1] ?? '')
        .toLowerCase()
        .replaceAll(/[^a-z0-9 -]/gu, '')
        .replaceAll(' ', '-'),
    );
    const targets = [...readme.matchAll(/\]\(#([^)]+)\)/gu)].map((match) => match[1]);
    expect(targets.length).toBeGreaterThan(0);
    expect(targets.filter((target) => !headings.includes(target ?? ''))).toEqual([]);
  });

  it('shows a support code that can be read', () => {
    const [code = ''] = /`[0-9A-Z]{4}-[0-9A-Z]{4}-[0-9A-Z]{4}`/u.exec(readme) ?? [];
    expect(readSupportCode(code.slice(1, -1))?.facts.state).toBe('active');
    expect(readSupportCode('AAAA-AAAA-AAAA')).toBeNull();
  });

  it('gives a reason for every dependency', () => {
    const rows = readme.split('\n').filter((line) => line.startsWith('| '));
    const names = rows.flatMap((row) => (row.split('|')[1] ?? '').split(',').map((name) => name.trim()));
    const all = [...Object.keys(manifest.dependencies), ...Object.keys(manifest.devDependencies)];
    expect(all.filter((name) => !name.startsWith('@types/') && !names.includes(name))).toEqual([]);
  });
});
