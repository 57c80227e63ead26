import type { Result } from '../../shared/result.ts';

/**
 * A function whose work is done at the first call and whose success every later call shares. After a failure the next
 * call tries again: what was in the way, such as a folder with wrong permissions, may be gone.
 */
export function once<T>(
  work: () => Promise<Result<T>>,
): (() => Promise<Result<T>>) & { readonly started: () => boolean } {
  let promise: Promise<Result<T>> | null = null;
  const attempt = async (): Promise<Result<T>> => {
    const result = await work();
    if (!result.ok) promise = null;
    return result;
  };
  return Object.assign(() => (promise ??= attempt()), { started: () => promise !== null });
}
