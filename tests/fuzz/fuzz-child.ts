import { parentPort } from 'node:worker_threads';
import { runCases } from './run-cases.ts';

/** A thread that runs the seeds it is given, one after the other. */
parentPort?.on('message', ({ seed, cases }: { readonly seed: number; readonly cases: number }) => {
  parentPort?.postMessage(runCases(seed, cases), []);
});
