import { reason } from '../../../shared/license/reasons.ts';
import { causeOfReason } from '../../../shared/support/causes.ts';
import type { Evidence } from '../../../shared/support/evidence.ts';
import type { ServerProbe } from '../../api/probe.ts';
import { BELIEVED, CLOCK_TOLERANCE } from '../../license/clock-policy.ts';
import type { Clock } from '../../ports.ts';
import { fine, fromReasons, instant, LOCAL_LIMIT, skipped, type Check, type Finding } from './check.ts';
import type { Look } from './look.ts';
import { NETWORK_LIMIT } from './network-checks.ts';

const MINUTE = 60_000;
const DAY = 24 * 60 * MINUTE;
/** Milliseconds: whoever was away for less is not asked whether the clock is right. */
const LONG_AWAY = 14 * DAY;

/** The clock against what is known for certain, and against the server. */
export function timeChecks(
  clock: Pick<Clock, 'now'>,
  look: () => Promise<Look>,
  probe: () => ServerProbe,
): readonly Check[] {
  return [
    { id: 'clock', productId: null, limit: LOCAL_LIMIT, run: async () => checkClock(clock, await look()) },
    {
      id: 'serverTime',
      productId: null,
      limit: NETWORK_LIMIT,
      run: async () => {
        const answer = await probe().answer;
        if (!answer.ok || answer.value.serverTime === null) return skipped();
        return compareWithServer(answer.value.localTime, answer.value.serverTime);
      },
    },
  ];
}

function checkClock(clock: Pick<Clock, 'now'>, { reasons, clock: trusted, device }: Look): Finding {
  const duration = (name: 'behindBy' | 'aheadBy', value: number): readonly Evidence[] =>
    value > 0 ? [{ kind: 'duration', name, value }] : [];
  const evidence = [
    ...instant('localTime', clock.now()),
    ...instant('trustedTime', device?.mark),
    ...duration('behindBy', trusted.behindBy),
    ...duration('aheadBy', trusted.ahead?.by ?? 0),
  ];
  const found = fromReasons('clock', reasons, evidence);
  const { ahead = null } = trusted;
  if (found.cause !== null || ahead === null || ahead.by < LONG_AWAY) return found;
  // A license asks only once the server could not be reached; whoever looks for a cause has to know at once.
  const at = Math.floor(ahead.known / MINUTE) * MINUTE;
  const cause = causeOfReason(reason('clockAhead', { at, count: Math.floor(ahead.by / DAY) }));
  return { status: 'warning', cause, evidence };
}

/** The connection vouches for the server's time. What a day is ahead is believed here, and what is behind is not. */
function compareWithServer(local: number, server: number): Finding {
  const ahead = local - server;
  const evidence: readonly Evidence[] = [
    ...instant('localTime', local),
    ...instant('serverTime', server),
    { kind: 'duration', name: 'serverDifference', value: Math.abs(ahead) },
  ];
  const at = Math.floor(server / MINUTE) * MINUTE;
  if (-ahead > CLOCK_TOLERANCE) {
    const cause = causeOfReason(reason('clockRolledBack', { at, count: Math.ceil(-ahead / MINUTE) }));
    return { status: 'warning', cause, evidence };
  }
  if (ahead > BELIEVED) {
    const cause = causeOfReason(reason('clockAhead', { at, count: Math.floor(ahead / DAY) }));
    return { status: 'warning', cause, evidence };
  }
  return ahead > CLOCK_TOLERANCE ? { status: 'notice', cause: null, evidence } : fine(evidence);
}
