import type {
  OfflineRefreshRequest,
  OfflineTokenRequest,
} from '../../../shared/licensing-api/generated/types.gen.ts';
import { refuse, type Answer } from '../answer.ts';
import { withBody, type Handler } from '../context.ts';
import { exchangeGuarded, refreshWithCode, type Exchanged } from '../offline/doors.ts';

/** The same exchange that the portal's pages do, as calls. */

function answerOf(exchanged: Exchanged): Answer {
  if (exchanged.kind === 'refused') return exchanged.refusal;
  if (exchanged.kind === 'deactivation') {
    if (exchanged.before === 'released') return refuse('seatReleased', 'The seat was released.');
    const isTaken = exchanged.before === null || exchanged.before === 'takenAgain';
    return isTaken ? { status: 204 } : refuse('tokenReplayed', 'The seat is free already.');
  }
  return { status: 200, body: { token: exchanged.token } };
}

export const exchangeOfflineToken: Handler = withBody<OfflineTokenRequest>(async (context, request) =>
  answerOf(await exchangeGuarded(context, request.address, request.body.token)),
);

/** There is no session here: whoever has the activation code may fetch the refresh, as in the portal. */
export const refreshOfflineActivation: Handler = withBody<OfflineRefreshRequest>(async (context, request) => {
  const { activationCode, deviceKid = null } = request.body;
  const what = { activationCode, activationId: request.param('activationId'), deviceKid };
  return answerOf(await refreshWithCode(context, request.address, what));
});
