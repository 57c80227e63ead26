import { ensureInstalled } from './install.mjs';
import { withLock } from './lock.mjs';
import { nodePath } from './node-path.mjs';
import { ROOT, inRoot } from './root.mjs';
import { run } from './run.mjs';
import { fingerprint, isStale, markMade } from './staleness.mjs';
import { COMMON_INPUTS, CONTRACT, TARGETS } from './targets.mjs';

/** @typedef {keyof typeof TARGETS} TargetName */

/** @type {readonly TargetName[]} */
export const ALL_TARGETS = ['main', 'preload', 'renderer', 'cli'];

/** @param {import('./targets.mjs').Target} target */
const printOf = (target) => fingerprint(ROOT, [...COMMON_INPUTS, ...target.inputs], [CONTRACT.folder]);

const contractPrint = () => fingerprint(ROOT, CONTRACT.inputs);

/** @param {readonly TargetName[]} names @param {boolean} force */
const staleOf = (names, force) =>
  names
    .map((name) => TARGETS[name])
    .map((target) => ({ target, print: printOf(target) }))
    .filter(({ target, print }) => force || isStale(ROOT, target, print));

async function generateContract() {
  const print = contractPrint();
  if (!isStale(ROOT, CONTRACT, print)) return;
  const code = await run(nodePath(), [inRoot('build/scripts/generate-licensing-api.ts')]);
  if (code !== 0) throw new Error('The types of the Licensing API could not be made; the message is above.');
  markMade(ROOT, CONTRACT, print);
}

/** Installs and makes what is generated from the contract, which sources import. */
export async function ensureGenerated() {
  await ensureInstalled();
  if (!isStale(ROOT, CONTRACT, contractPrint())) return;
  await withLock(inRoot('.cache/build.lock'), generateContract);
}

/**
 * Installs and builds what is missing or stale. Everything it says goes to stderr.
 *
 * @param {readonly TargetName[]} names
 * @param {{ force?: boolean }} [options] force: build it all the same
 * @returns {Promise<void>}
 * @throws {Error} one sentence for the user, when the build fails
 */
export async function ensureBuilt(names, options = {}) {
  await ensureInstalled();
  const force = options.force === true;
  if (staleOf(names, force).length === 0 && !isStale(ROOT, CONTRACT, contractPrint())) return;
  await withLock(inRoot('.cache/build.lock'), async () => {
    await generateContract();
    const stale = staleOf(names, force);
    if (stale.length === 0) return;
    const list = stale.map(({ target }) => target.name);
    process.stderr.write(`Building ${list.join(', ')} ...\n`);
    const code = await run(
      nodePath(),
      [inRoot('node_modules/vite/bin/vite.js'), 'build', '--app', '--logLevel', 'warn'],
      { env: { LATCHKEY_BUILD: list.join(','), NODE_ENV: 'production' } },
    );
    if (code !== 0) throw new Error(`The build failed with exit code ${code}; its message is above.`);
    for (const { target, print } of stale) markMade(ROOT, target, print);
  });
}
