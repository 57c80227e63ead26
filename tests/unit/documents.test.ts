import { existsSync, globSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import packageJson from '../../package.json' with { type: 'json' };

/** Every page of documentation against the tree that it speaks of: what it names has to be there. */

const ROOT = path.resolve(import.meta.dirname, '../..');
const PAGES = globSync(['*.md', '{electron,renderer,shared,tests,build}/**/*.md'], { cwd: ROOT });
const SOURCES = globSync('{electron,renderer,shared,tests,build}/**/*.{ts,tsx,mjs,py,yaml}', {
  cwd: ROOT,
  exclude: ['tests/unit/documents.test.ts'],
});

const FILE_NAMES = new Set(SOURCES.map((file) => path.basename(file)));

/** Every word of the sources: what a page calls by a name of the program is one of them. */
const WORDS = new Set(
  SOURCES.flatMap((file) => readFileSync(path.join(ROOT, file), 'utf8').match(/\w+/gu) ?? []),
);

const found = (text: string, pattern: RegExp): readonly string[] =>
  [...text.matchAll(pattern)].map((match) => match[1] ?? '');

/** What a page names and the tree does not have. */
function missing(page: string, text: string): readonly string[] {
  const folder = path.join(ROOT, path.dirname(page));
  const links = found(text, /\]\(([^)\s#]+)/gu).filter((link) => !/^[a-z]+:/u.test(link));
  const paths = found(text, /(?<![\w@/.`([-])`?((?:electron|renderer|shared|tests|build)\/[\w./-]*\w)/gu);
  const names = found(text, /(?<![\w/`-]|\w\.)`?([a-z][\w-]*(?:\.test)?\.(?:ts|tsx|mjs))\b/gu);
  const words = found(text, /`([a-z]+[A-Z][A-Za-z]*)(?:\(\))?`/gu);
  const scripts = found(text, /npm run (?:-s )?([a-z][a-z0-9:-]*)/gu);
  return [
    ...links.filter((link) => !existsSync(path.join(folder, link))),
    ...paths.filter((file) => !existsSync(path.join(ROOT, file))),
    ...names.filter((name) => !FILE_NAMES.has(name)),
    ...words.filter((word) => !WORDS.has(word)),
    ...scripts.filter((script) => !Object.hasOwn(packageJson.scripts, script)),
  ];
}

describe('the documentation', () => {
  it.each(PAGES)('of %s names nothing that is not there', (page) => {
    expect(missing(page, readFileSync(path.join(ROOT, page), 'utf8'))).toEqual([]);
  });

  it.each([
    ['a link', 'See [how](../no/such/page.md).', '../no/such/page.md'],
    ['a path', 'It lies in `electron/vault/no-such-file.ts`.', 'electron/vault/no-such-file.ts'],
    ['a folder', 'It lies in tests/no-such-folder.', 'tests/no-such-folder'],
    ['a file by its name', 'See `no-such-file.ts`.', 'no-such-file.ts'],
    ['a name of the program', 'That is what `noSuchFunction` is for.', 'noSuchFunction'],
    ['a command', 'Run `npm run -s no-such-command`.', 'no-such-command'],
  ])('would be caught with %s that is not there', (_, text, name) => {
    expect(missing('electron/vault/README.md', text)).toEqual([name]);
  });

  it('may name what is there, in every way', () => {
    const text =
      'See [rules](record-form.ts), `electron/vault/vault.ts`, tests/faults, `vault.ts`, `vault.test.ts`, `startAnew()` and `npm run -s lint`.';
    expect(missing('electron/vault/README.md', text)).toEqual([]);
    expect(PAGES).toContain('electron/vault/README.md');
  });
});
