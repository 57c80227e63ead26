/**
 * `npm test`: installs what is missing, builds, runs every check and every test, and ends with one line
 * `N passed, N failed, N skipped`. What failed is shown in full, what passed in one line.
 */
import { mkdirSync, readFileSync, rmSync } from 'node:fs';
import { ALL_TARGETS, ensureBuilt } from './lib/build.mjs';
import { ensureChromium } from './lib/chromium.mjs';
import { ensureInstalled } from './lib/install.mjs';
import { nodePath } from './lib/node-path.mjs';
import { NO_PYTHON, ensurePython } from './lib/python.mjs';
import { inRoot } from './lib/root.mjs';
import { capture } from './lib/run.mjs';
import { closingLine, fromVitest, single, sum, verdict } from './lib/tally.mjs';

/** @typedef {import('./lib/tally.mjs').Tally} Tally */

/** Checks that look at the sources only. Each is one test. */
const CHECKS = [
  { name: 'format', file: 'prettier/bin/prettier.cjs', args: ['--check', '.'] },
  { name: 'lint', file: 'oxlint/bin/oxlint', args: ['--type-aware'] },
  { name: 'types', file: 'typescript/bin/tsc', args: ['-p', '.'] },
  { name: 'types of shared', file: 'typescript/bin/tsc', args: ['-p', 'shared'] },
  {
    name: 'dependency rules',
    file: 'dependency-cruiser/bin/dependency-cruise.mjs',
    args: '--config .dependency-cruiser.mjs electron renderer shared tests build vite.config.ts'.split(' '),
  },
  { name: 'dead code', file: 'knip/bin/knip.js', args: ['--no-progress'] },
];

const PROJECTS = ['unit', 'integration', 'security', 'faults', 'e2e'];

/** @param {string} text */
const say = (text) => process.stdout.write(`${text}\n`);

/**
 * @param {string} name
 * @param {number} started epoch milliseconds
 * @param {Tally} tally
 * @param {string} output shown when something failed
 */
function report(name, started, tally, output) {
  const seconds = ((Date.now() - started) / 1000).toFixed(1);
  if (tally.failed > 0) say(`\n${output.trimEnd()}\n`);
  say(`${name.padEnd(18)} ${closingLine(tally)} (${seconds} s)`);
}

/** @param {string} name @param {() => Promise<unknown>} work @returns {Promise<Tally>} */
async function step(name, work) {
  const started = Date.now();
  try {
    await work();
    report(name, started, single(true), '');
    return single(true);
  } catch (error) {
    report(name, started, single(false), error instanceof Error ? error.message : String(error));
    return single(false);
  }
}

/** @param {(typeof CHECKS)[number]} check @returns {Promise<Tally>} */
async function runCheck({ name, file, args }) {
  const started = Date.now();
  const { code, output } = await capture(nodePath(), [inRoot('node_modules', file), ...args]);
  const tally = single(code === 0);
  report(name, started, tally, output);
  return tally;
}

/** Two at a time: more would only make the machine swap. @returns {Promise<Tally>} */
async function runChecks() {
  const waiting = [...CHECKS];
  /** @type {Tally[]} */
  const tallies = [];
  const work = async () => {
    for (let check = waiting.shift(); check !== undefined; check = waiting.shift()) {
      tallies.push(await runCheck(check));
    }
  };
  await Promise.all([work(), work()]);
  return sum(tallies);
}

/**
 * Mutated tokens and license files, none of which may be accepted. The seed is fixed, so that a failure can be had
 * again; `npm run -s fuzz -- --cases N --seed S` runs others.
 * @returns {Promise<Tally>}
 */
async function runFuzz() {
  const started = Date.now();
  const args = [inRoot('tests/fuzz/main.ts'), '--cases', '200000', '--seed', '1'];
  const { code, output } = await capture(nodePath(), args);
  const tally = single(code === 0);
  report('fuzz', started, tally, output);
  return tally;
}

/** @param {string} project @returns {Promise<Tally>} */
async function runProject(project) {
  const started = Date.now();
  const file = inRoot('.cache/test', `${project}.json`);
  rmSync(file, { force: true });
  const vitest = [inRoot('node_modules/vitest/vitest.mjs'), 'run', '--config', 'tests/vitest.config.ts'];
  const reporters = ['--reporter=default', '--reporter=json', `--outputFile.json=${file}`];
  const { code, output } = await capture(nodePath(), [...vitest, '--project', project, ...reporters], {
    env: { NODE_ENV: 'test' },
  });
  let text = '';
  try {
    text = readFileSync(file, 'utf8');
  } catch {
    // Vitest ended before it could write one; that counts as failed.
  }
  const tally = fromVitest(text, code);
  report(project, started, tally, output);
  return tally;
}

/** Every test is to use the same one. */
async function prepareChromium() {
  process.env['LATCHKEY_CHROMIUM'] = await ensureChromium({ display: true });
}

/** Every test is to use the same one. Without one the tests of the examples in Python are skipped, and say so. */
async function preparePython() {
  const python = await ensurePython();
  if (python === null) say(`${NO_PYTHON}: the examples in Python are not tested.`);
  else process.env['LATCHKEY_PYTHON'] = python;
}

/** @returns {Promise<Tally>} */
async function main() {
  await ensureInstalled();
  mkdirSync(inRoot('.cache/test'), { recursive: true });
  const tallies = [
    await step('chromium', prepareChromium),
    await step('python', preparePython),
    await step('build', () => ensureBuilt(ALL_TARGETS)),
    await runChecks(),
    await runFuzz(),
  ];
  for (const project of PROJECTS) tallies.push(await runProject(project));
  return sum(tallies);
}

/** @type {Tally} */
let tally;
try {
  tally = await main();
} catch (error) {
  say(error instanceof Error ? error.message : String(error));
  tally = single(false);
}
say(closingLine(tally));
process.exitCode = verdict(tally);
