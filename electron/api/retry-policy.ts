import type { Failure } from '../../shared/errors.ts';

/** What came of one attempt at a call. */
export interface Tried {
  readonly failure: Failure;
  /** Whether a byte of the request may have left. */
  readonly sent: boolean;
  /** Whether the server answered; what it refused at the door it has not acted on. */
  readonly answered: boolean;
}

export interface RetryRules {
  /** Attempts in all. */
  readonly attempts: number;
  /** Longest wait before the second attempt, milliseconds; it doubles with every further one. */
  readonly base: number;
  /** Longest wait at all. One that the server asks for and that is longer is left to the user or a later refresh. */
  readonly longest: number;
}

export const RETRY: RetryRules = { attempts: 3, base: 400, longest: 3000 };

/** Passing troubles of the way to the server. A certificate or a login is none: it won't be right a second later. */
const PASSING: readonly Failure['code'][] = ['serverUnreachable', 'dnsFailed', 'proxyUnreachable'];

/**
 * Whether an attempt may be repeated without anybody's knowledge, and after how long.
 *
 * Repeated is what the server can't have acted on: what was never sent, and what it turned away (429). A call that
 * may have taken effect is repeated only if twice is the same as once and it carries no nonce; the others are finished
 * by the journal, which knows that the nonce may be used up. A server in trouble (5xx) is left alone unless it names a
 * time itself, so that a storm is not fed.
 * @param attempt number of the one that failed, from 1
 * @param left milliseconds of the call's time that are left
 * @param random from 0 to 1, spreads clients that have failed together
 * @returns milliseconds to wait; null = not again
 */
export function waitBeforeRetry(
  { failure, sent, answered }: Tried,
  around: {
    readonly attempt: number;
    readonly left: number;
    readonly idempotent: boolean;
    readonly random: number;
  },
  rules: RetryRules = RETRY,
): number | null {
  if (around.attempt >= rules.attempts) return null;
  const asked = failure.facts?.retryAfterSeconds;
  const wait = asked === undefined ? backoff(around.attempt, around.random, rules) : asked * 1000;
  if (wait > rules.longest || wait >= around.left) return null;
  const turnedAway = answered && failure.code === 'rateLimited';
  const invited = answered && failure.code === 'serverError' && asked !== undefined && around.idempotent;
  const unheard = !answered && PASSING.includes(failure.code) && (!sent || around.idempotent);
  return (turnedAway && asked !== undefined) || invited || unheard ? wait : null;
}

/** Between half and the whole of a wait that doubles, so that it is never none and never the same for everybody. */
function backoff(attempt: number, random: number, { base, longest }: RetryRules): number {
  const full = Math.min(base * 2 ** (attempt - 1), longest);
  return Math.round(full * (0.5 + random / 2));
}
