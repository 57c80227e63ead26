import { registerHooks } from 'node:module';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { OPTIONS, ROOT } from './options.ts';

/**
 * Runs the built application, unmodified, with this host in Electron's place:
 * `node tests/host/main.ts [--profile FILE] [--data DIR] ...`
 */

const ENTRY = path.join(ROOT, 'dist/main/main.js');

registerHooks({
  resolve: (specifier, context, next) =>
    specifier === 'electron'
      ? { url: new URL('electron.ts', import.meta.url).href, shortCircuit: true }
      : next(specifier, context),
});

// As Electron has both: an installed application is its own executable.
const args = process.argv.slice(2);
process.argv = OPTIONS.resources === null ? [process.execPath, ENTRY, ...args] : [process.execPath, ...args];
Object.assign(process, { resourcesPath: OPTIONS.resources ?? path.join(ROOT, 'dist/resources') });

const { startControl } = await import('./control.ts');
startControl();
await import(pathToFileURL(ENTRY).href);
