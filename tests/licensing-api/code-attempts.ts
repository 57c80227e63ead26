import { refuse, type Answer } from './answer.ts';
import { countRequest, type RateLimit, type RateWindow } from './policy/rate-limit.ts';
import { errorCodeOf } from './request-log.ts';
import { hashSecret, normalizeCode } from './secrets.ts';
import type { Instant } from '../../shared/license/types.ts';

/** Ten wrong codes of one address in a quarter of an hour: enough for typing mistakes, hopeless for guessing. */
export const DEFAULT_CODE_ATTEMPTS: RateLimit = { requests: 10, perMilliseconds: 15 * 60_000 };
/** Addresses and codes that are remembered; the oldest are forgotten first, so that memory has an end. */
const MAX_KEYS = 10_000;

/** Counts wrong activation codes where somebody without a session can try them. */
export interface CodeAttempts {
  /**
   * Runs work that tries a code or a password, unless too many wrong ones came from its address, or that very code or
   * account was tried too often from anywhere; counts it if it was wrong.
   * @param tried the code, or the name of the account; null where it is not known before
   */
  readonly guard: <T>(
    address: string,
    tried: string | null,
    work: () => Promise<T>,
    refusalOf: (result: T) => Answer | null,
  ) => Promise<T | { readonly kind: 'refused'; readonly refusal: Answer }>;
}

export function codeAttempts(limit: RateLimit, now: () => Instant): CodeAttempts {
  const windows = new Map<string, RateWindow>();
  const count = (key: string): void => {
    // Read again: attempts that ran meanwhile count too.
    const { window } = countRequest(limit, windows.get(key), now());
    windows.delete(key);
    windows.set(key, window);
    const [oldest] = windows.keys();
    if (windows.size > MAX_KEYS && oldest !== undefined) windows.delete(oldest);
  };
  const waitFor = (key: string): number =>
    countRequest(limit, windows.get(key), now()).retryAfterSeconds ?? 0;
  return {
    guard: async (address, tried, work, refusalOf) => {
      const keys = [`address ${address}`];
      if (tried !== null) keys.push(`tried ${hashSecret(normalizeCode(tried))}`);
      const wait = Math.max(...keys.map(waitFor));
      if (wait > 0) {
        const headers = { 'Retry-After': String(wait) };
        const refusal = {
          ...refuse('rateLimited', 'Too many wrong activation codes or passwords.'),
          headers,
        };
        return { kind: 'refused', refusal };
      }
      const result = await work();
      if (isWrong(refusalOf(result))) keys.forEach(count);
      return result;
    },
  };
}

const WRONG = ['activationCodeInvalid', 'credentialsInvalid'];

function isWrong(refusal: Answer | null): boolean {
  return refusal !== null && WRONG.includes(errorCodeOf(refusal) ?? '');
}
