import { registerHooks } from 'node:module';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { ROOT } from './options.ts';

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

// As Electron has it when it runs an application that isn't packaged.
process.argv = [process.execPath, ENTRY, ...process.argv.slice(2)];
Object.assign(process, { resourcesPath: path.join(ROOT, 'dist/resources') });

const { startControl } = await import('./control.ts');
startControl();
await import(pathToFileURL(ENTRY).href);
