import path from 'node:path';
import react from '@vitejs/plugin-react';
import { defineConfig, type EnvironmentOptions } from 'vite';
import { emptyElectron } from './build/vite/empty-electron.ts';
import { onlyImports } from './build/vite/only-imports.ts';
import { rendererManifest } from './build/vite/renderer-manifest.ts';
import packageJson from './package.json' with { type: 'json' };
import { TARGETS } from './build/scripts/lib/targets.mjs';

const here = import.meta.dirname;

interface NodeBundle {
  readonly entry: string;
  readonly outDir: string;
  readonly fileName: string;
  readonly format: 'es' | 'cjs';
  readonly sourcemap: boolean;
  readonly external: readonly string[];
}

/** One file with every npm dependency in it: what ships needs no node_modules, and nothing is loaded from there. */
function nodeBundle(bundle: NodeBundle): EnvironmentOptions {
  return {
    consumer: 'server',
    resolve: { noExternal: true },
    build: {
      ssr: true,
      target: 'node24',
      outDir: path.join(here, bundle.outDir),
      emptyOutDir: true,
      copyPublicDir: false,
      minify: false,
      sourcemap: bundle.sourcemap,
      rolldownOptions: {
        input: path.join(here, bundle.entry),
        external: [...bundle.external],
        output: { format: bundle.format, entryFileNames: bundle.fileName, codeSplitting: false },
      },
    },
  };
}

/**
 * Everything that is built, with one command: `vite build --app`. LATCHKEY_BUILD, a comma separated list of
 * environments, builds only those (build/scripts/ensure-built.mjs gives the stale ones).
 */
export default defineConfig({
  root: path.join(here, 'renderer'),
  publicDir: false,
  cacheDir: path.join(here, '.cache/vite'),
  define: { __APP_VERSION__: JSON.stringify(packageJson.version) },
  plugins: [
    react(),
    emptyElectron({ environment: 'cli' }),
    onlyImports({ environment: 'preload', allowed: ['electron'] }),
    rendererManifest({ environment: 'client', file: path.join(here, 'dist/renderer-manifest.json') }),
  ],
  builder: {
    async buildApp(builder) {
      const wanted = (process.env['LATCHKEY_BUILD'] ?? Object.keys(TARGETS).join(',')).split(',');
      for (const target of Object.values(TARGETS).filter(({ name }) => wanted.includes(name))) {
        const environment = builder.environments[target.environment];
        if (environment === undefined) throw new Error(`no build environment ${target.environment}`);
        await builder.build(environment);
      }
    },
  },
  environments: {
    client: {
      build: {
        // Electron's Chromium is newer; the Chromium host may run a distribution's older one.
        target: 'chrome140',
        outDir: path.join(here, 'dist/renderer'),
        emptyOutDir: true,
        // A data: address would need a hole in the content security policy.
        assetsInlineLimit: 0,
        modulePreload: { polyfill: false },
        sourcemap: false,
        chunkSizeWarningLimit: 2000,
      },
    },
    main: nodeBundle({
      entry: 'electron/main.ts',
      outDir: 'dist/main',
      fileName: 'main.js',
      format: 'es',
      sourcemap: true,
      external: ['electron'],
    }),
    preload: nodeBundle({
      entry: 'electron/preload.ts',
      outDir: 'dist/preload',
      fileName: 'preload.cjs',
      format: 'cjs',
      sourcemap: false,
      external: ['electron'],
    }),
    cli: nodeBundle({
      entry: 'electron/cli/main.ts',
      outDir: 'dist/cli',
      fileName: 'latchkey.js',
      format: 'es',
      sourcemap: true,
      external: [],
    }),
  },
});
