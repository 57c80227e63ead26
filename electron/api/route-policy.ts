import type { Failure } from '../../shared/errors.ts';
import type { Route } from './network.ts';

/** What came of one way. */
export interface Attempt {
  readonly route: Route;
  readonly failure: Failure;
}

/**
 * Whether the next way may be tried after one has failed. A proxy that answered has spoken for the network: going
 * round it would evade a rule, and a second one would be asked for a login that the first already wants.
 */
export function mayTryNext({ failure }: Attempt): boolean {
  return failure.code !== 'proxyAuthRequired' && failure.code !== 'proxyRefused';
}

/** What a straight way fails with in a network that lets out through its proxy only. */
const SHUT_IN: readonly Failure['code'][] = ['dnsFailed', 'networkUnavailable', 'timeout'];

/**
 * The one failure to tell when every way has failed. The last way's, unless it was the straight one and failed as it
 * does in a network that has to be left through a proxy: then the proxy is what somebody can mend.
 * @param attempts in order, at least one
 */
export function failureOfAll(attempts: readonly [Attempt, ...Attempt[]]): Failure {
  const last = attempts.at(-1) ?? attempts[0];
  if (last.route !== null) return attempts[0].failure;
  const unheard = last.failure.facts?.system === 'ETIMEDOUT' || last.failure.facts?.system === 'EHOSTUNREACH';
  const shutIn = SHUT_IN.includes(last.failure.code) || unheard;
  const proxy = attempts.find(({ route }) => route !== null);
  return shutIn && proxy !== undefined ? proxy.failure : last.failure;
}
