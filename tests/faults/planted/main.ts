import { parseArgs } from 'node:util';
import { CATALOGUE } from './catalogue.ts';
import { playAll } from './play.ts';

/**
 * `npm run -s planted-faults [-- --only TEXT]`: plants every fault of the catalogue and asks the diagnosis what is the
 * matter. Ends with `faults N, named N`; the exit status is 1 unless all were named, 2 if it was called wrongly.
 */

async function main(): Promise<number> {
  let only = '';
  try {
    only = parseArgs({ options: { only: { type: 'string' } } }).values.only ?? '';
  } catch {
    process.stderr.write('usage: npm run -s planted-faults [-- --only TEXT]\n');
    return 2;
  }
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
