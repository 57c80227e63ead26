import { AsyncLocalStorage } from 'node:async_hooks';

/**
 * One after the other within this process, per folder: the lock between processes is held by a process, so two
 * vaults of one process would otherwise wait for each other in its polling.
 */
const tails = new Map<string, Promise<void>>();
const inside = new AsyncLocalStorage<{ readonly folder: string; active: boolean }>();

/** Whether the caller runs inside `runAlone` for this folder, and so would wait for itself. */
export function isInside(folder: string): boolean {
  const here = inside.getStore();
  return here?.folder === folder && here.active;
}

/**
 * Runs work once nothing else in this process is at work in the folder.
 * @param timeoutMs how long to wait for the turn, milliseconds
 * @returns null if the turn did not come in time
 */
export async function runAlone<T>(
  folder: string,
  timeoutMs: number,
  work: () => Promise<T>,
): Promise<{ readonly outcome: T } | null> {
  const before = tails.get(folder) ?? Promise.resolve();
  const { promise: done, resolve: finish } = Promise.withResolvers<void>();
  const tail = Promise.all([before, done]).then(() => undefined);
  tails.set(folder, tail);
  const forget = (): void => {
    if (tails.get(folder) === tail) tails.delete(folder);
  };
  void tail.then(forget);
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<'late'>((resolve) => {
    timer = setTimeout(() => {
      resolve('late');
    }, timeoutMs);
  });
  const here = { folder, active: true };
  try {
    if ((await Promise.race([before, late])) === 'late') return null;
    return { outcome: await inside.run(here, work) };
  } finally {
    here.active = false;
    clearTimeout(timer);
    finish();
  }
}
