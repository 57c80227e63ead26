/** `npm run -s licensing-api -- --data DIR [--port N]`: the reference Licensing API; stdout is the server's alone. */
import { ensureGenerated } from './lib/build.mjs';
import { nodePath } from './lib/node-path.mjs';
import { inRoot } from './lib/root.mjs';
import { become, script } from './lib/run.mjs';

await script(async () => {
  await ensureGenerated();
  await become(nodePath(), [inRoot('tests/licensing-api/main.ts'), ...process.argv.slice(2)]);
});
