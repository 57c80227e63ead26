import type { Failure } from '../../shared/errors.ts';

/**
 * A circuit breaker for one origin: after several calls in a row that found no server, calls that nobody waits for are
 * left out for a while. What a person asks for is always tried, and its success closes the circuit.
 */
export interface Breaker {
  /** Calls in a row that found no server. */
  readonly failures: number;
  /** Until when background calls are left out, monotonic milliseconds. */
  readonly openUntil: number;
  /** What the last of them came to; told again while the circuit is open. */
  readonly last: Failure | null;
}

export const CLOSED: Breaker = { failures: 0, openUntil: 0, last: null };

export interface BreakerRules {
  /** Failures in a row that open it. */
  readonly threshold: number;
  /** Milliseconds that it stays open first; doubles with every further failure. */
  readonly base: number;
  readonly longest: number;
}

export const BREAKER: BreakerRules = { threshold: 4, base: 15_000, longest: 15 * 60_000 };

/** Failures that mean that no server is there to ask; a refusal means that there is one. */
const ABSENT: readonly Failure['code'][] = [
  'networkUnavailable',
  'dnsFailed',
  'serverUnreachable',
  'timeout',
  'proxyUnreachable',
  'serverError',
];

/**
 * The breaker after a call.
 * @param failure null = it went well
 * @param now monotonic milliseconds
 * @param random from 0 to 1
 */
export function afterCall(
  before: Breaker,
  failure: Failure | null,
  now: number,
  random: number,
  rules: BreakerRules = BREAKER,
): Breaker {
  if (failure === null || !ABSENT.includes(failure.code)) return CLOSED;
  const failures = before.failures + 1;
  if (failures < rules.threshold) return { failures, openUntil: 0, last: failure };
  // Beyond that many doublings the longest wait is reached anyway.
  const doublings = Math.min(failures - rules.threshold, 30);
  const wait = Math.min(rules.base * 2 ** doublings, rules.longest);
  return { failures, openUntil: now + wait * (0.75 + random / 4), last: failure };
}

/** What a background call is answered with instead of being made; null = it is made. */
export function heldBack({ openUntil, last }: Breaker, now: number): Failure | null {
  if (last === null || now >= openUntil) return null;
  const facts = { ...last.facts, retryAfterSeconds: Math.ceil((openUntil - now) / 1000) };
  return { code: last.code, facts };
}
