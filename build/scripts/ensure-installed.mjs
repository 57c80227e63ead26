/** Installs what is missing (all output on stderr) and prints the path of the Node to run everything with. */
import { ensureInstalled } from './lib/install.mjs';
import { nodePath } from './lib/node-path.mjs';
import { script } from './lib/run.mjs';

await script(async () => {
  await ensureInstalled();
  process.stdout.write(`${nodePath()}\n`);
});
