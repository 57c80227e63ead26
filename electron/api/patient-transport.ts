import { setTimeout as sleep } from 'node:timers/promises';
import type { Failure } from '../../shared/errors.ts';
import { err, type Result } from '../../shared/result.ts';
import type { Clock, Log, Random } from '../ports.ts';
import { afterCall, CLOSED, heldBack, type Breaker } from './breaker-policy.ts';
import { codeOfStatus, retryAfterSeconds } from './error-policy.ts';
import { RETRY, waitBeforeRetry, type RetryRules, type Tried } from './retry-policy.ts';
import type { ApiAnswer, ApiRequest, Transport, TransportFailure } from './transport.ts';

export interface PatientOptions {
  readonly clock: Clock;
  readonly random: Random;
  readonly log: Log;
  /** Milliseconds for a call with all its repeats, where the call itself does not say. */
  readonly deadline: number;
  readonly rules?: RetryRules;
  /** Waits so many milliseconds. */
  readonly wait?: (milliseconds: number) => Promise<unknown>;
}

type Outcome = Result<ApiAnswer, TransportFailure>;

/**
 * A transport that repeats what may be repeated within the time of the call, and leaves out what nobody waits for while
 * the server is known to be down (retry-policy.ts, breaker-policy.ts). Its state is this process's and one per origin.
 */
export function patientTransport(inner: Transport, options: PatientOptions): Transport {
  const { clock, random, log, rules = RETRY, wait = (milliseconds) => sleep(milliseconds) } = options;
  const breakers = new Map<string, Breaker>();
  const fraction = () => (random.bytes(1)[0] ?? 0) / 255;

  const repeated = async (request: ApiRequest): Promise<Outcome> => {
    const budget = Math.min(options.deadline, request.timeoutMs ?? options.deadline);
    const end = clock.monotonic() + budget;
    for (let attempt = 1; ; attempt += 1) {
      const outcome = await inner({ ...request, timeoutMs: Math.max(1, end - clock.monotonic()) });
      const tried = triedOf(outcome, clock);
      const pause =
        tried === null
          ? null
          : waitBeforeRetry(
              tried,
              {
                attempt,
                left: end - clock.monotonic(),
                idempotent: request.idempotent === true,
                random: fraction(),
              },
              rules,
            );
      if (tried === null || pause === null) return outcome;
      log.info('a call is repeated', {
        correlationId: request.headers['X-Correlation-Id'] ?? null,
        attempt,
        code: tried.failure.code,
        milliseconds: pause,
      });
      await wait(pause);
    }
  };

  return async (request) => {
    const { origin } = request.url;
    const held =
      request.background === true ? heldBack(breakers.get(origin) ?? CLOSED, clock.monotonic()) : null;
    if (held !== null) return err({ failure: held, sent: false });
    const outcome = await repeated(request);
    const failed = triedOf(outcome, clock)?.failure ?? null;
    breakers.set(origin, afterCall(breakers.get(origin) ?? CLOSED, failed, clock.monotonic(), fraction()));
    return outcome;
  };
}

/** What an outcome is for patience: nothing if there is an answer to work with. */
function triedOf(outcome: Outcome, clock: Clock): Tried | null {
  if (!outcome.ok) return { ...outcome.error, answered: false };
  const { status, headers } = outcome.value;
  const code = codeOfStatus(status);
  if (code === null) return null;
  const date = Date.parse(headers.date ?? '');
  const asked = retryAfterSeconds(headers['retry-after'], Number.isFinite(date) ? date : clock.now());
  const failure: Failure = asked === undefined ? { code } : { code, facts: { retryAfterSeconds: asked } };
  return { failure, sent: true, answered: true };
}
