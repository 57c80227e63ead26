import { failure } from '../../shared/errors.ts';
import { CHECK_IDS } from '../../shared/support/checks.ts';
import { remedyOfCause } from '../../shared/support/causes.ts';
import type { CheckResult } from '../../shared/support/report.ts';
import type { Clock, Log } from '../ports.ts';
import { troubled, type Check, type Finding } from './checks/check.ts';

export interface RunOptions {
  readonly clock: Pick<Clock, 'monotonic'>;
  readonly log: Log;
  /** Calls back once after so many milliseconds; the returned function takes that back. */
  readonly after: (milliseconds: number, callback: () => void) => () => void;
  readonly signal: AbortSignal;
  /** Told of each check as soon as it has ended. */
  readonly onResult: (result: CheckResult) => void;
}

/**
 * Runs checks all at once, each alone with its own time limit: one that hangs, or breaks, takes nothing from the others.
 * Once the signal is aborted nothing more is told, and what was not done is missing.
 * @returns the results in the order of checks.ts, and of the products as they were given
 */
export async function runChecks(
  checks: readonly Check[],
  options: RunOptions,
): Promise<readonly CheckResult[]> {
  const { signal } = options;
  const results: CheckResult[] = [];
  const stopped = new Promise<void>((resolve) => {
    if (signal.aborted) resolve();
    signal.addEventListener('abort', () => resolve(), { once: true });
  });
  const all = checks.map(async (check) => {
    const result = await runOne(check, options);
    if (signal.aborted) return;
    results.push(result);
    options.onResult(result);
  });
  await Promise.race([Promise.all(all), stopped]);
  const place = (result: CheckResult) =>
    checks.findIndex(({ id, productId }) => id === result.id && productId === result.productId);
  return results.toSorted((a, b) => CHECK_IDS.indexOf(a.id) - CHECK_IDS.indexOf(b.id) || place(a) - place(b));
}

async function runOne(
  { id, productId, limit, run }: Check,
  { clock, log, after, signal }: RunOptions,
): Promise<CheckResult> {
  const begun = clock.monotonic();
  const ending = new AbortController();
  let takeBack = (): void => undefined;
  const late = new Promise<null>((resolve) => {
    takeBack = after(limit, () => resolve(null));
  });
  const attempt = async (): Promise<Finding> => {
    try {
      return await run(AbortSignal.any([signal, ending.signal]));
    } catch (error) {
      log.error('A check of the diagnosis broke', { check: id, error });
      return troubled(failure('internal'));
    }
  };
  try {
    const found = await Promise.race([attempt(), late]);
    const { status, cause, evidence } = found ?? { status: 'timedOut', cause: null, evidence: [] };
    return {
      id,
      productId,
      status,
      cause,
      remedy: cause === null ? null : remedyOfCause(cause),
      evidence: [...evidence],
      durationMs: Math.max(0, Math.round(clock.monotonic() - begun)),
    };
  } finally {
    takeBack();
    ending.abort();
  }
}
