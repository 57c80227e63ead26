/**
 * What is built: one entry per Vite environment of vite.config.ts. `inputs` are what the output depends on, apart
 * from COMMON_INPUTS; `output` tells that it was built. All paths are relative to the repository.
 *
 * @typedef {{
 *   readonly name: string,
 *   readonly environment: string,
 *   readonly output: string,
 *   readonly inputs: readonly string[],
 * }} Target
 */

/** @type {Readonly<Record<'main' | 'preload' | 'renderer' | 'cli', Target>>} */
export const TARGETS = {
  main: {
    name: 'main',
    environment: 'main',
    output: 'dist/main/main.js',
    inputs: ['electron', 'shared'],
  },
  preload: {
    name: 'preload',
    environment: 'preload',
    output: 'dist/preload/preload.cjs',
    inputs: ['electron', 'shared'],
  },
  renderer: {
    name: 'renderer',
    environment: 'client',
    output: 'dist/renderer-manifest.json',
    inputs: ['renderer', 'shared'],
  },
  cli: {
    name: 'cli',
    environment: 'cli',
    output: 'dist/cli/latchkey.js',
    inputs: ['electron', 'shared'],
  },
};

/** What every bundle depends on. */
export const COMMON_INPUTS = ['vite.config.ts', 'build/vite', 'package.json', 'package-lock.json'];

/** The types and the JSON of the contract: generated, so an output that says nothing about what is stale. */
export const CONTRACT = {
  name: 'contract',
  output: 'shared/licensing-api/generated/openapi.json',
  folder: 'shared/licensing-api/generated',
  inputs: [
    'shared/licensing-api/openapi.yaml',
    'build/scripts/generate-licensing-api.ts',
    'package-lock.json',
  ],
};
