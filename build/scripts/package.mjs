/** `npm run package -- --profile FILE [options of electron-builder]`: the vendor's installers, in release/. */
import { ALL_TARGETS, ensureBuilt } from './lib/build.mjs';
import { nodePath } from './lib/node-path.mjs';
import { inRoot } from './lib/root.mjs';
import { become, script } from './lib/run.mjs';

await script(async () => {
  const args = process.argv.slice(2);
  const at = args.indexOf('--profile');
  if (at >= 0) {
    const [, file] = args.splice(at, 2);
    if (file === undefined) throw new Error('--profile needs a file.');
    process.env['LATCHKEY_PROFILE'] = file;
  }
  await ensureBuilt(ALL_TARGETS);
  await become(nodePath(), [
    inRoot('node_modules/electron-builder/cli.js'),
    '--config',
    inRoot('build/electron-builder.config.mjs'),
    ...args,
  ]);
});
