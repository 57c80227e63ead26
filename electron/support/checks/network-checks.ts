import type { Failure } from '../../../shared/errors.ts';
import { reason } from '../../../shared/license/reasons.ts';
import { causeOfReason } from '../../../shared/support/causes.ts';
import { CHECK_IDS, CHECKS, type CheckId } from '../../../shared/support/checks.ts';
import type { Evidence } from '../../../shared/support/evidence.ts';
import { stepOfFailure } from '../../../shared/support/reason-checks.ts';
import { nameOf } from '../../api/network.ts';
import { PROBE_DEADLINE, type ServerProbe } from '../../api/probe.ts';
import type { AcceptedPeer } from '../../api/verified-socket.ts';
import { count, fine, instant, skipped, system, troubled, word, type Check, type Finding } from './check.ts';

/** Milliseconds: the attempt itself ends before. */
export const NETWORK_LIMIT = PROBE_DEADLINE + 500;

/** Steps of the way to the server, in their order. */
const STEPS = CHECK_IDS.filter((id) => CHECKS[id] === 'network');

/** The way to the server, step by step. All of them look at one and the same attempt. */
export function networkChecks(probe: () => ServerProbe, server: string): readonly Check[] {
  const step = (id: CheckId, run: () => Promise<Finding>): Check => ({
    id,
    productId: null,
    limit: NETWORK_LIMIT,
    run,
  });
  const withPeer = (id: CheckId, look: (peer: AcceptedPeer) => Finding) =>
    step(id, async () => {
      const peer = await probe().peer;
      return peer.ok ? look(peer.value) : stuckAt(id, peer.error);
    });
  return [
    step('route', async () => {
      const { routes, peer } = probe();
      const ways = await routes;
      const [first = null] = ways;
      const evidence: readonly Evidence[] = [
        ...word('route', first === null ? 'direct' : first.scheme),
        ...(first === null ? [] : [{ kind: 'address', name: 'proxy', value: nameOf(first) } as const]),
        ...count('routes', ways.length),
      ];
      const found = await peer;
      return found.ok ? fine(evidence) : stuckAt('route', found.error, evidence);
    }),
    step('dns', async () => {
      const { addresses, peer } = probe();
      const [looked, found] = await Promise.all([addresses, peer]);
      if (!found.ok && stepOfFailure(found.error.code) === 'dns') return stuckAt('dns', found.error);
      if (looked.ok) return looked.value === null ? skipped() : fine([...count('addresses', looked.value)]);
      // A way was found all the same, or another one was stuck at first: that is told there.
      return found.ok
        ? { ...fine(system(looked.error.facts?.system)), status: 'notice' }
        : stuckAt('dns', found.error);
    }),
    withPeer('connection', () => fine([{ kind: 'address', name: 'server', value: server }])),
    withPeer('encryption', ({ protocol }) =>
      fine(protocol === null ? [] : [{ kind: 'version', name: 'tlsVersion', value: protocol }]),
    ),
    withPeer('certificate', ({ issuer, validFrom, validUntil }) =>
      fine([...issuerOf(issuer), ...instant('validFrom', validFrom), ...instant('validUntil', validUntil)]),
    ),
    withPeer('pin', (peer) => lookAtPin(peer, server)),
    step('clientCertificate', async () => afterAnswer('clientCertificate', await probe().answer, skipped())),
    step('server', async () => {
      const answer = await probe().answer;
      if (!answer.ok) return stuckAt('server', answer.error);
      const { status, apiVersion } = answer.value;
      return afterAnswer(
        'server',
        answer,
        fine([
          ...count('httpStatus', status),
          ...(apiVersion !== null && /^[\w.+-]{1,40}$/.test(apiVersion)
            ? [{ kind: 'version', name: 'serverApiVersion', value: apiVersion } as const]
            : []),
        ]),
      );
    }),
    step('requestLimit', async () => afterAnswer('requestLimit', await probe().answer, fine())),
  ];
}

type Answer = Awaited<ServerProbe['answer']>;

/** A step that only the server's answer can tell of. */
function afterAnswer(id: CheckId, answer: Answer, otherwise: Finding): Finding {
  const problem = answer.ok ? answer.value.problem : answer.error;
  return problem === null ? otherwise : stuckAt(id, problem);
}

function lookAtPin({ isPinned, matchedPin, issuer }: AcceptedPeer, host: string): Finding {
  const pinned = { kind: 'flag', name: 'pinned', value: isPinned } as const;
  if (isPinned)
    return fine([
      pinned,
      ...(matchedPin === null ? [] : [{ kind: 'pin', name: 'matchedPin', value: matchedPin } as const]),
    ]);
  // The profile asks to report only: somebody may read along, and that is no fault.
  const cause = causeOfReason(
    reason('connectionInspected', { host, ...(issuer === undefined ? {} : { issuer }) }),
  );
  return { status: 'warning', cause, evidence: [pinned, ...issuerOf(issuer)] };
}

/** What one step has to say of an attempt that failed: it passed, it was stuck there, or it never came so far. */
function stuckAt(id: CheckId, problem: Failure, evidence: readonly Evidence[] = []): Finding {
  const stuck = stepOfFailure(problem.code);
  const { facts } = problem;
  if (stuck === id)
    return troubled(problem, [
      ...evidence,
      ...system(facts?.system),
      ...issuerOf(facts?.issuer),
      ...count('httpStatus', facts?.status),
      ...waitOf(facts?.retryAfterSeconds),
    ]);
  return STEPS.indexOf(id) < STEPS.indexOf(stuck) ? fine(evidence) : skipped(evidence);
}

function issuerOf(value: string | undefined): readonly Evidence[] {
  return value === undefined ? [] : [{ kind: 'issuer', name: 'issuer', value: value.slice(0, 200) }];
}

function waitOf(seconds: number | undefined): readonly Evidence[] {
  return seconds === undefined ? [] : [{ kind: 'duration', name: 'retryAfter', value: seconds * 1000 }];
}
