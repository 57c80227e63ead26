import { parseArgs } from 'node:util';
import { readFileSync, writeFileSync } from 'node:fs';
import { ensureBuilt } from '../../../build/scripts/lib/build.mjs';
import { ensureChromium } from '../../../build/scripts/lib/chromium.mjs';
import { CATALOGUE } from './catalogue.ts';
import { DOCUMENT, withCoverage } from './coverage.ts';
import { playAll } from './play.ts';

/**
 * `npm run -s planted-faults [-- --only TEXT | --document]`: plants every fault of the catalogue and asks window and command
 * line what is the matter. Ends with `faults N, named N`, where only those count that both have named; the exit status is 1
 * unless all were, 2 if it was called wrongly. `--document` plays none, but brings the table of the documentation up to
 * date. Builds what the window is made of, and installs a browser, where they are missing.
 */

async function main(): Promise<number> {
  let values: { only?: string; document?: boolean };
  try {
    values = parseArgs({ options: { only: { type: 'string' }, document: { type: 'boolean' } } }).values;
  } catch {
    process.stderr.write('usage: npm run -s planted-faults [-- --only TEXT | --document]\n');
    return 2;
  }
  const { only = '', document = false } = values;
  if (document) {
    writeFileSync(DOCUMENT, withCoverage(readFileSync(DOCUMENT, 'utf8')));
    return 0;
  }
  await ensureBuilt(['preload', 'renderer']);
  await ensureChromium();
  const faults = CATALOGUE.filter(({ name, code }) => `${code} ${name}`.includes(only));
  const outcomes = await playAll(faults);
  for (const { fault, wrong } of outcomes) {
    for (const line of wrong) process.stdout.write(`${fault.code} (${fault.name}): ${line}\n`);
  }
  const named = outcomes.filter(({ wrong }) => wrong.length === 0).length;
  process.stdout.write(`faults ${outcomes.length}, named ${named}\n`);
  return outcomes.length > 0 && named === outcomes.length ? 0 : 1;
}

process.exitCode = await main();
