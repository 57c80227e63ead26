import { describe, expect, it } from 'vitest';
import { fine, type Check } from '../../../electron/support/checks/check.ts';
import { SILENT } from '../../../electron/support/log.ts';
import { runChecks } from '../../../electron/support/run-checks.ts';
import type { CheckResult } from '../../../shared/support/report.ts';

/** A clock and timers that a test moves. */
function fakeTime() {
  let now = 0;
  const timers = new Set<{ readonly at: number; readonly callback: () => void }>();
  return {
    clock: { monotonic: () => now },
    after: (milliseconds: number, callback: () => void) => {
      const timer = { at: now + milliseconds, callback };
      timers.add(timer);
      return () => void timers.delete(timer);
    },
    move: (milliseconds: number) => {
      now += milliseconds;
      for (const timer of timers) {
        if (timer.at > now) continue;
        timers.delete(timer);
        timer.callback();
      }
    },
    waiting: () => timers.size,
  };
}

const never = () => new Promise<never>(() => undefined);

const check = (id: Check['id'], limit: number, run: Check['run']): Check => ({
  id,
  productId: null,
  limit,
  run,
});

function start(checks: readonly Check[]) {
  const time = fakeTime();
  const told: CheckResult[] = [];
  const cancel = new AbortController();
  const done = runChecks(checks, {
    ...time,
    log: SILENT,
    signal: cancel.signal,
    onResult: (result) => told.push(result),
  });
  return { time, told, cancel, done };
}

describe('the checks of a diagnosis', () => {
  it('end alone in their own time, and hold up no other', async () => {
    const { time, told, done } = start([
      check('vault', 3000, never),
      check('profile', 3000, () => Promise.resolve(fine())),
      check('dns', 7000, never),
    ]);
    expect(await settle(told, 1)).toEqual(['profile ok']);
    time.move(2999);
    expect(await settle(told, 1)).toEqual(['profile ok']);
    time.move(1);
    expect(await settle(told, 2)).toEqual(['profile ok', 'vault timedOut']);
    time.move(4000);
    const results = await done;
    expect(results.map(({ id, status, durationMs }) => [id, status, durationMs])).toEqual([
      ['profile', 'ok', 0],
      ['vault', 'timedOut', 3000],
      ['dns', 'timedOut', 7000],
    ]);
    expect(time.waiting()).toBe(0);
  });

  it('tell a defect of one as such, and go on', async () => {
    const { done } = start([
      check('vault', 3000, () => Promise.reject(new Error('broken'))),
      check('profile', 3000, () => Promise.resolve(fine())),
    ]);
    expect((await done).map(({ id, status, cause }) => [id, status, cause?.code])).toEqual([
      ['profile', 'ok', undefined],
      ['vault', 'failed', 'internal'],
    ]);
  });

  it('are cancelled at once: what is not done is missing, and nothing more is told', async () => {
    let late = (): void => undefined;
    const { told, cancel, done } = start([
      check('vault', 3000, () => new Promise((resolve) => (late = () => resolve(fine())))),
      check('profile', 3000, () => Promise.resolve(fine())),
    ]);
    await settle(told, 1);
    cancel.abort();
    expect((await done).map(({ id }) => id)).toEqual(['profile']);
    late();
    await done;
    expect(await settle(told, 1)).toEqual(['profile ok']);
  });

  it('tell a check that ends of its own accord that nobody waits any more', async () => {
    const heard: string[] = [];
    const { time, done } = start([
      check('dns', 10, (signal) => {
        signal.addEventListener('abort', () => heard.push('stop'));
        return never();
      }),
    ]);
    time.move(10);
    await done;
    expect(heard).toEqual(['stop']);
  });
});

/** What was told once so many were, after everything that was due has run. */
async function settle(told: readonly CheckResult[], count: number): Promise<readonly string[]> {
  for (let turn = 0; turn < 50 && told.length < count; turn += 1) await Promise.resolve();
  for (let turn = 0; turn < 50; turn += 1) await Promise.resolve();
  return told.map(({ id, status }) => `${id} ${status}`);
}
