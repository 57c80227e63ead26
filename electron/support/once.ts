/** A function whose work is done at the first call and whose promise every later call shares. */
export function once<T>(work: () => Promise<T>): (() => Promise<T>) & { readonly started: () => boolean } {
  let promise: Promise<T> | null = null;
  return Object.assign(() => (promise ??= work()), { started: () => promise !== null });
}
