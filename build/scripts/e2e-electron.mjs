/** `npm run e2e:electron`: the end-to-end tests on Electron itself. */
import { ALL_TARGETS, ensureBuilt } from './lib/build.mjs';
import { ensureElectron } from './lib/electron-binary.mjs';
import { nodePath } from './lib/node-path.mjs';
import { inRoot } from './lib/root.mjs';
import { become, script } from './lib/run.mjs';

await script(async () => {
  await ensureBuilt(ALL_TARGETS);
  const electron = await ensureElectron((text) => process.stderr.write(`${text}\n`));
  if (electron === null) throw new Error('The Electron binary is not there and could not be fetched.');
  process.env['LATCHKEY_HOST'] = 'electron';
  const vitest = [inRoot('node_modules/vitest/vitest.mjs'), 'run', '--config', 'tests/vitest.config.ts'];
  await become(nodePath(), [...vitest, '--project', 'e2e', ...process.argv.slice(2)]);
});
