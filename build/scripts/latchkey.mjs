#!/usr/bin/env node
/** The `latchkey` command: builds what is missing and runs the command line under Node 24. */
import { ensureBuilt } from './lib/build.mjs';
import { nodePath } from './lib/node-path.mjs';
import { inRoot } from './lib/root.mjs';
import { become, script } from './lib/run.mjs';
import { TARGETS } from './lib/targets.mjs';

await script(async () => {
  await ensureBuilt(['cli']);
  await become(nodePath(), ['--enable-source-maps', inRoot(TARGETS.cli.output), ...process.argv.slice(2)]);
});
