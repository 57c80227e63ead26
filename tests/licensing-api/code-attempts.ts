import { refuse, type Answer } from './answer.ts';
import { countRequest, type RateLimit, type RateWindow } from './policy/rate-limit.ts';
import type { Instant } from '../../shared/license/types.ts';

/** Ten wrong codes of one address in a quarter of an hour: enough for typing mistakes, hopeless for guessing. */
export const DEFAULT_CODE_ATTEMPTS: RateLimit = { requests: 10, perMilliseconds: 15 * 60_000 };
/** Addresses that are remembered; the oldest are forgotten first, so that memory has an end. */
const MAX_ADDRESSES = 10_000;

/** Counts wrong activation codes where somebody without a session can try them. */
export interface CodeAttempts {
  /** Runs work that tries a code, unless its address has tried too many; counts it if the code was wrong. */
  readonly guard: <T>(
    address: string,
    work: () => Promise<T>,
    refusalOf: (result: T) => Answer | null,
  ) => Promise<T | { readonly kind: 'refused'; readonly refusal: Answer }>;
}

export function codeAttempts(limit: RateLimit, now: () => Instant): CodeAttempts {
  const windows = new Map<string, RateWindow>();
  return {
    guard: async (address, work, refusalOf) => {
      const window = windows.get(address);
      const { retryAfterSeconds } = countRequest(limit, window, now());
      if (retryAfterSeconds !== null) {
        const headers = { 'Retry-After': String(retryAfterSeconds) };
        const refusal = { ...refuse('rateLimited', 'Too many wrong activation codes.'), headers };
        return { kind: 'refused', refusal };
      }
      const result = await work();
      if (isWrongCode(refusalOf(result))) {
        // Read again: attempts that ran meanwhile count too.
        const counted = countRequest(limit, windows.get(address), now());
        windows.delete(address);
        windows.set(address, counted.window);
        const [oldest] = windows.keys();
        if (windows.size > MAX_ADDRESSES && oldest !== undefined) windows.delete(oldest);
      }
      return result;
    },
  };
}

function isWrongCode(refusal: Answer | null): boolean {
  const body = refusal?.body;
  return (
    typeof body === 'object' &&
    body !== null &&
    'errorCode' in body &&
    body.errorCode === 'activationCodeInvalid'
  );
}
