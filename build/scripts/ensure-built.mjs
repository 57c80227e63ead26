/** `ensure-built.mjs [--force] [main] [preload] [renderer] [cli]`: builds what is missing or stale, else nothing. */
import { ALL_TARGETS, ensureBuilt } from './lib/build.mjs';
import { script } from './lib/run.mjs';

await script(async () => {
  const args = process.argv.slice(2);
  const named = args.filter((arg) => !arg.startsWith('--'));
  const unknown = named.find((name) => !ALL_TARGETS.some((target) => target === name));
  if (unknown !== undefined) throw new Error(`${unknown} is none of ${ALL_TARGETS.join(', ')}.`);
  const wanted = ALL_TARGETS.filter((target) => named.length === 0 || named.includes(target));
  await ensureBuilt(wanted, { force: args.includes('--force') });
});
