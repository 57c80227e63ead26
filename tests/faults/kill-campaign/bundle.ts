import path from 'node:path';
import { build } from 'vite';
import { emptyElectron } from '../../../build/vite/empty-electron.ts';
import packageJson from '../../../package.json' with { type: 'json' };

const ROOT = path.resolve(import.meta.dirname, '../../..');

/**
 * Makes one file of a program and everything that it needs: a process that lives for a tenth of a second has no time
 * to look two hundred modules up.
 * @returns the path of the file
 */
export async function bundle(entry: string, outDir: string): Promise<string> {
  await build({
    configFile: false,
    root: ROOT,
    logLevel: 'warn',
    define: { __APP_VERSION__: JSON.stringify(packageJson.version) },
    plugins: [emptyElectron({ environment: 'ssr' })],
    ssr: { noExternal: true },
    build: {
      ssr: true,
      target: 'node24',
      outDir,
      emptyOutDir: true,
      minify: false,
      sourcemap: false,
      rolldownOptions: {
        input: entry,
        output: { format: 'es', entryFileNames: '[name].mjs', codeSplitting: false },
      },
    },
  });
  return path.join(outDir, `${path.parse(entry).name}.mjs`);
}
