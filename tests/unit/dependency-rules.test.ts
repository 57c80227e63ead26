import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import config from '../../.dependency-cruiser.mjs';

/** Small trees of files, cruised with the real rules: one in which all is well, and one in which nothing is. */

type Tree = Readonly<Record<string, string>>;

interface Violation {
  readonly from: string;
  readonly rule: { readonly name: string };
}

const root = path.resolve(import.meta.dirname, '../..');

const PACKAGES: Tree = {
  'package.json': JSON.stringify({
    dependencies: { valibot: '1', 'electron-store': '1', react: '1' },
    devDependencies: { electron: '1', fastify: '1' },
  }),
  'tsconfig.json': JSON.stringify({ compilerOptions: { allowImportingTsExtensions: true } }),
  ...Object.fromEntries(
    ['valibot', 'electron-store', 'react', 'electron', 'fastify'].flatMap((name) => [
      [`node_modules/${name}/package.json`, JSON.stringify({ name, version: '1.0.0', main: 'index.js' })],
      [`node_modules/${name}/index.js`, 'module.exports = {};'],
    ]),
  ),
};

const GOOD: Tree = {
  'shared/result.ts': "import * as v from 'valibot';\nexport const schema = v;",
  'shared/k-two.ts': "import type { K } from './k-three.ts';\nexport type L = K;",
  'shared/k-three.ts': "export type { K } from './k-one.ts';",
  'shared/token/examples/open.mjs': "import 'node:crypto';",
  'renderer/main.tsx': "import react from 'react';\nimport '../shared/result.ts';\nexport default react;",
  'electron/main.ts': "import { app } from 'electron';\nimport './service.ts';\napp.quit();",
  'electron/preload.ts': "import { ipcRenderer } from 'electron';\nipcRenderer.send('x');",
  'electron/platform/keyring.ts':
    "import { safeStorage } from 'electron';\nexport const storage = safeStorage;",
  'electron/service.ts':
    "import fs from 'node:fs';\nimport './pin-policy.ts';\nimport Store from 'electron-store';\nexport const all = [fs, Store];",
  'electron/pin-policy.ts': "import '../shared/result.ts';\nexport const rule = 1;",
  'tests/unit/some.test.ts': "import '../../electron/service.ts';\nimport 'fastify';\nimport 'electron';",
  'tests/support/app.ts':
    "import '../../electron/service.ts';\nexport interface App {\n  readonly id: string;\n}",
  'tests/e2e/app/bench.ts': "import '../../support/app.ts';",
  'tests/e2e/app/some.test.ts':
    "import './bench.ts';\nimport type { App } from '../../support/app.ts';\nexport type N = App;",
  'build/scripts/some.mjs': "import 'node:fs';\nimport '../../shared/result.ts';",
};

/** For each rule the files that break it; nothing else may be reported of them. */
const BAD: Readonly<Record<string, Tree>> = {
  'shared-stands-alone': {
    'shared/a-main.ts': "import '../electron/service.ts';",
    'shared/a-type.ts': "import type { all } from '../electron/service.ts';\nexport type A = typeof all;",
    'shared/a-window.ts': "import '../renderer/main.tsx';",
    'shared/a-test.ts': "import '../tests/unit/some.test.ts';",
    'shared/a-build.ts': "import '../build/scripts/some.mjs';",
  },
  'shared-runs-anywhere': {
    'shared/b-fs.ts': "import 'node:fs';",
    'shared/b-buffer.ts': "import { Buffer } from 'buffer';\nexport const b = Buffer;",
  },
  'examples-stand-alone': {
    'shared/token/examples/own.mjs': "import '../../result.ts';",
    'shared/token/examples/npm.mjs': "import 'valibot';",
  },
  'renderer-only-shared': {
    'renderer/c-main.ts': "import '../electron/service.ts';",
    'renderer/c-type.ts':
      "import type { rule } from '../electron/pin-policy.ts';\nexport type C = typeof rule;",
    'renderer/c-test.ts': "import '../tests/unit/some.test.ts';",
  },
  'renderer-no-node': { 'renderer/d.ts': "import path from 'node:path';\nexport const d = path;" },
  'electron-in-one-place': {
    'electron/e-value.ts': "import { app } from 'electron';\napp.quit();",
    'electron/e-type.ts': "import type { App } from 'electron';\nexport type E = App;",
    'electron/cli/e.ts': "import { app } from 'electron';\napp.quit();",
    'renderer/e.ts': "import { ipcRenderer } from 'electron';\nipcRenderer.send('x');",
    'shared/e.ts': "import type { App } from 'electron';\nexport type E = App;",
  },
  'e2e-searched-for-secrets': {
    'tests/e2e/n.test.ts': "import '../support/app.ts';",
    'tests/e2e/app/n.test.ts': "import './bench.ts';\nimport '../../support/app.ts';",
  },
  'main-process-alone': {
    'electron/f-window.ts': "import '../renderer/main.tsx';",
    'electron/f-test.ts': "import '../tests/unit/some.test.ts';",
    'electron/f-build.ts': "import '../build/scripts/some.mjs';",
  },
  'build-without-tests': { 'build/scripts/g.mjs': "import '../../tests/unit/some.test.ts';" },
  'policy-no-node': {
    'electron/h/h-policy.ts': "import path from 'node:path';\nexport const h = path;",
    'electron/h/policy.ts': "import path from 'path';\nexport const h = path;",
  },
  'policy-pure-libraries': {
    'electron/i-policy.ts': "import react from 'react';\nexport const i = react;",
  },
  'policy-no-io-behind': { 'electron/j-policy.ts': "import './service.ts';" },
  // A cycle is reported at one of its files only, so the others are in GOOD.
  'no-cycles': { 'shared/k-one.ts': "import './k-two.ts';\nexport type K = 1;" },
  'ships-with-the-application': {
    'electron/l.ts': "import 'fastify';",
    'renderer/l.ts': "import 'fastify';",
  },
  resolvable: { 'electron/m.ts': "import './nowhere.ts';" },
};

const folders: string[] = [];

/** Rule and file of each violation, such as `no-cycles shared/k-one.ts`. */
function cruise(...trees: readonly Tree[]): readonly string[] {
  const folder = mkdtempSync(path.join(tmpdir(), 'latchkey-rules-'));
  folders.push(folder);
  for (const [file, text] of trees.flatMap((tree) => Object.entries(tree))) {
    mkdirSync(path.dirname(path.join(folder, file)), { recursive: true });
    writeFileSync(path.join(folder, file), `${text}\n`);
  }
  const { stdout, stderr } = spawnSync(
    process.execPath,
    [
      path.join(root, 'node_modules/dependency-cruiser/bin/dependency-cruise.mjs'),
      '--config',
      path.join(root, '.dependency-cruiser.mjs'),
      '--output-type',
      'json',
      'electron',
      'renderer',
      'shared',
      'tests',
      'build',
    ],
    { cwd: folder, encoding: 'utf8' },
  );
  if (!stdout.startsWith('{')) throw new Error(stderr);
  const result = JSON.parse(stdout) as { summary: { violations: readonly Violation[] } };
  return [...new Set(result.summary.violations.map(({ rule, from }) => `${rule.name} ${from}`))].toSorted();
}

afterAll(() => {
  for (const folder of folders) rmSync(folder, { recursive: true, force: true });
});

describe('the dependency rules', () => {
  let found: readonly string[] = [];
  beforeAll(() => {
    found = cruise(PACKAGES, GOOD, ...Object.values(BAD));
  });

  it('find nothing where all is well', () => {
    expect(cruise(PACKAGES, GOOD, { 'shared/k-one.ts': 'export type K = 1;' })).toEqual([]);
  });

  it('are all tried here', () => {
    expect(new Set(config.forbidden?.map(({ name }) => name))).toEqual(new Set(Object.keys(BAD)));
  });

  it.each(Object.entries(BAD))('%s: refuses each of its files', (name, tree) => {
    const ofRule = found.filter((violation) => violation.startsWith(`${name} `));
    expect(ofRule).toEqual(expect.arrayContaining(Object.keys(tree).map((file) => `${name} ${file}`)));
  });

  it('report none of the good files', () => {
    const files = found.map((violation) => violation.split(' ')[1]);
    expect(files.filter((file) => file !== undefined && Object.hasOwn(GOOD, file))).toEqual([]);
  });
});
