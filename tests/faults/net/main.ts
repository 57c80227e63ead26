import { parseArgs } from 'node:util';
import { playEngineMatrix } from './engine-matrix.ts';
import { NET_CASES, playMatrix, randomOf } from './matrix.ts';

/**
 * `npm run -s net-faults -- [--seed S] [--only TEXT]`: hostile and broken networks against real sockets. Ends with
 * `cases N, wrong 0`; the exit status is 1 unless none is wrong, 2 if it was called wrongly.
 */

async function main(): Promise<number> {
  let values: { seed?: string; only?: string };
  try {
    values = parseArgs({ options: { seed: { type: 'string' }, only: { type: 'string' } } }).values;
  } catch {
    process.stderr.write('usage: npm run -s net-faults -- [--seed S] [--only TEXT]\n');
    return 2;
  }
  const { seed = '1', only = '' } = values;
  const cases = NET_CASES.filter(({ name }) => name.includes(only));
  const random = randomOf(seed);
  const calls = await playMatrix({ random, cases });
  const engine = await playEngineMatrix({ random, only });
  const outcome = { cases: calls.cases + engine.cases, wrong: [...calls.wrong, ...engine.wrong] };
  for (const line of outcome.wrong) process.stdout.write(`${line}\n`);
  process.stdout.write(`cases ${outcome.cases}, wrong ${outcome.wrong.length}\n`);
  return outcome.cases > 0 && outcome.wrong.length === 0 ? 0 : 1;
}

process.exitCode = await main();
