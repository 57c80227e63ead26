import { availableParallelism } from 'node:os';
import path from 'node:path';
import { defineConfig, type TestProjectConfiguration } from 'vitest/config';
import packageJson from '../package.json' with { type: 'json' };

const root = path.resolve(import.meta.dirname, '..');

interface Project {
  readonly name: string;
  /** Milliseconds for one test and for one hook. */
  readonly timeout: number;
  /** Files at once; a browser with a server and an application per file is about a core's worth. */
  readonly workers?: number;
}

const project = ({ name, timeout, workers }: Project): TestProjectConfiguration => ({
  root,
  define: { __APP_VERSION__: JSON.stringify(packageJson.version) },
  cacheDir: path.join(root, '.cache/vitest'),
  test: {
    name,
    include: [`tests/${name}/**/*.test.{ts,tsx}`],
    environment: 'node',
    setupFiles: ['tests/support/equal-secrets.ts'],
    testTimeout: timeout,
    hookTimeout: timeout,
    // What is waited for comes soon, but a machine that is busy with more takes its time.
    expect: { poll: { timeout: timeout / 4 } },
    pool: 'forks',
    restoreMocks: true,
    unstubEnvs: true,
    ...(workers === undefined ? {} : { maxWorkers: workers }),
  },
});

/** One project per folder, so that `npm run unit` and its sisters run alone. */
export default defineConfig({
  root,
  test: {
    passWithNoTests: true,
    allowOnly: false,
    projects: [
      project({ name: 'unit', timeout: 20_000 }),
      // Most of them wait for a process or a server of theirs.
      project({ name: 'integration', timeout: 60_000, workers: Math.max(2, availableParallelism()) }),
      project({ name: 'security', timeout: 90_000, workers: 1 }),
      project({ name: 'faults', timeout: 90_000, workers: 1 }),
      project({ name: 'e2e', timeout: 120_000, workers: 2 }),
    ],
  },
});
