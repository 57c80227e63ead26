import { failure, type Failure } from '../../shared/errors.ts';
import { err } from '../../shared/result.ts';
import type { Call, CallFailure, CallOptions, LicensingApi } from '../api/client.ts';
import { aroundEachCall } from '../api/around-each-call.ts';
import type { LocalServer } from '../../shared/local-server.ts';
import type { Clock } from '../ports.ts';

/**
 * Milliseconds that the calls of one turn may take together. A turn keeps the vault's lock: without a limit an
 * activation, its terms, its license file and the seats to give back would each wait for a dead network, and every
 * other window and program would fail meanwhile.
 */
export const CALL_BUDGET = 30_000;

/**
 * With less left no call is begun: one that our own impatience cuts off may have taken effect unheard, and has to be
 * repaired the next time.
 */
const LEAST_WORTH = 3000;

type ApiOf = (server: LocalServer | undefined) => LicensingApi;

export interface BudgetedApi {
  readonly apiOf: ApiOf;
  /** Whether calls that are good to have, and no more, are worth making: there is time, and the last one got through. */
  readonly mayFollowUp: () => boolean;
}

/** The Licensing API for one turn, from now on; all servers that are called share the budget. */
export function withBudget(apiOf: ApiOf, clock: Clock): BudgetedApi {
  const end = clock.monotonic() + CALL_BUDGET;
  let isDown = false;

  const left = (): number => end - clock.monotonic();
  const within = async <T>(
    options: CallOptions | undefined,
    call: (limits: CallOptions) => Call<T>,
  ): Call<T> => {
    const timeoutMs = Math.floor(Math.min(left(), options?.timeoutMs ?? CALL_BUDGET));
    if (timeoutMs < LEAST_WORTH) return err(unsent(failure('timeout')));
    const answer = await call({ ...options, timeoutMs });
    isDown = !answer.ok && isOfNetwork(answer.error);
    return answer;
  };

  return {
    apiOf: (server) => aroundEachCall(apiOf(server), within),
    mayFollowUp: () => !isDown && left() >= LEAST_WORTH,
  };
}

function unsent(reason: Failure): CallFailure {
  return { failure: reason, end: 'unsent', nonce: null, serverTime: null };
}

/** Whether a call failed on its way, so that the next would wait as long for as little. */
function isOfNetwork({ end, failure: { code } }: CallFailure): boolean {
  return end === 'unsent' || code === 'timeout';
}
