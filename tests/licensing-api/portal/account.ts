import { refuse } from '../answer.ts';
import { signInWithCode } from '../offline/doors.ts';
import { refreshOffline } from '../offline/exchange.ts';
import { entitlementStatus } from '../policy/entitlement.ts';
import { seatsUsed } from '../policy/seats.ts';
import type { StoredEntitlement } from '../store/entitlements.ts';
import { activationsPage } from './pages/activations.ts';
import { homePage } from './pages/home.ts';
import { problemPage } from './pages/problem.ts';
import { NOT_FOUND, problemOf } from './problems.ts';
import { htmlReply, redirect, refusalReply, type Reply, type Visit } from './visit.ts';

/** What a visitor does who has shown an activation code. */

export async function signIn(visit: Visit): Promise<Reply> {
  const code = visit.form.fields['code'] ?? '';
  const result =
    code.trim() === '' || code.length > 100
      ? ({ kind: 'refused', refusal: refuse('activationCodeInvalid', 'No code was given.') } as const)
      : await signInWithCode(visit.context, visit.address, code);
  if (result.kind === 'refused') {
    const { refusal } = result;
    const text = homePage(visit.frame, {
      signIn: { problem: problemOf(refusal.body), code: code.slice(0, 100) },
    });
    return htmlReply(text, refusal.status, {
      refusal,
      headers: { 'Content-Type': 'text/html; charset=utf-8', ...refusal.headers },
    });
  }
  const visitor = visit.sessions.signIn(visit.visitor, result.entitlement.id, visit.now);
  return redirect('/portal/activations', visitor);
}

export function signOut(visit: Visit): Reply {
  return redirect('/portal', visit.sessions.signOut(visit.visitor));
}

const entitlementOf = (visit: Visit): StoredEntitlement | null =>
  visit.visitor.entitlementId === null
    ? null
    : visit.context.store.entitlements.byId(visit.visitor.entitlementId);

/** Devices in the order in which they came, the newest first; each with the keys that a refresh can be made for. */
export function showActivations(visit: Visit): Reply {
  const entitlement = entitlementOf(visit);
  if (entitlement === null) return redirect('/portal');
  const { context, frame, now } = visit;
  const { store } = context;
  const live = store.activations.live(entitlement.id);
  const product = store.settings.products().find((it) => it.id === entitlement.productId);
  return htmlReply(
    activationsPage(
      frame,
      {
        offeringName: entitlement.terms.offeringName,
        productName: product?.name ?? '',
        seatsUsed: seatsUsed(live, entitlement.terms.lingerPeriod, now),
        seatCount: entitlement.terms.seatCount,
        expiry: entitlement.expiry,
        status: entitlementStatus(entitlement, now),
        activations: live
          .toReversed()
          .map((activation) => ({ activation, keys: store.offline.keysOf(activation.id) })),
      },
      now,
    ),
  );
}

export async function getRefresh(visit: Visit): Promise<Reply> {
  const entitlement = entitlementOf(visit);
  if (entitlement === null) return redirect('/portal');
  const deviceKid = visit.form.fields['deviceKid'] ?? null;
  const result = await refreshOffline(visit.context, entitlement, visit.param('id'), deviceKid);
  if (result.kind !== 'refused') {
    return redirect(`/portal/answers/${visit.results.keep(visit.visitor.id, result, visit.now)}`);
  }
  const { refusal } = result;
  const isUnknown = refusal.status === 404 && problemOf(refusal.body) === problemOf(null);
  return isUnknown
    ? htmlReply(problemPage(visit.frame, NOT_FOUND, 'activations'), 404)
    : refusalReply(visit, refusal, 'activations');
}
