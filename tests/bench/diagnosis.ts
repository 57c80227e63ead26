import { withWorld } from '../faults/planted/world.ts';

/**
 * `npm run -s bench:diagnosis`: how long a whole diagnosis takes, milliseconds, with a server that answers, with one
 * that refuses, and where everything that is sent disappears; and for how long at a time it keeps the event loop, which a
 * window would feel.
 */

const RUNS = 7;

interface Figures {
  readonly median: number;
  readonly longest: number;
  /** The longest time in which nothing else could run. */
  readonly blocked: number;
}

/** Runs something so many times, with a heartbeat beside it. */
async function measure(runs: number, work: () => Promise<unknown>): Promise<Figures> {
  const times: number[] = [];
  let blocked = 0;
  let last = performance.now();
  const heart = setInterval(() => {
    const now = performance.now();
    blocked = Math.max(blocked, now - last);
    last = now;
  }, 1);
  for (let run = 0; run < runs; run += 1) {
    const begun = performance.now();
    await work();
    times.push(performance.now() - begun);
  }
  clearInterval(heart);
  const sorted = times.toSorted((a, b) => a - b);
  return { median: sorted[runs >> 1] ?? Number.NaN, longest: sorted.at(-1) ?? Number.NaN, blocked };
}

await withWorld({}, async ({ activate, services, front }) => {
  await activate();
  const diagnose = () => services().support.diagnose();
  const print = (what: string, { median, longest, blocked }: Figures) => {
    const [a, b, c] = [median, longest, blocked].map((time) => Math.round(time));
    process.stdout.write(`${what}: median ${a} ms, longest ${b} ms, event loop kept for ${c} ms at most\n`);
  };
  await diagnose();
  print('reachable', await measure(RUNS, diagnose));
  front.set({ kind: 'shut' });
  print('refused', await measure(RUNS, diagnose));
  front.set({ kind: 'silent' });
  print('black-holed', await measure(2, diagnose));
});
