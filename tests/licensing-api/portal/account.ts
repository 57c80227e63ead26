import { refuse, type Answer } from '../answer.ts';
import { signInWithAccount, signInWithCode } from '../offline/doors.ts';
import { refreshOffline } from '../offline/exchange.ts';
import { entitlementStatus } from '../policy/entitlement.ts';
import { seatsUsed } from '../policy/seats.ts';
import type { StoredEntitlement } from '../store/entitlements.ts';
import { activationsPage, type Listed } from './pages/activations.ts';
import { homePage } from './pages/home.ts';
import { problemPage } from './pages/problem.ts';
import { NOT_FOUND, problemOf } from './problems.ts';
import type { SignedInAs } from './sessions.ts';
import { htmlReply, redirect, refusalReply, type Reply, type Visit } from './visit.ts';

/** What a visitor does who has shown an activation code, or signed in with an account. */

/** As long as a name or a password can be at most. */
const MAX_NAME = 254;
const MAX_PASSWORD = 1024;

type Refused = { readonly kind: 'refused'; readonly refusal: Answer };

async function byCode(visit: Visit, code: string): Promise<{ readonly as: SignedInAs } | Refused> {
  if (code.trim() === '' || code.length > 100) {
    return { kind: 'refused', refusal: refuse('activationCodeInvalid', 'No code was given.') };
  }
  const result = await signInWithCode(visit.context, visit.address, code);
  return result.kind === 'refused' ? result : { as: { kind: 'code', entitlementId: result.entitlement.id } };
}

async function byAccount(
  visit: Visit,
  username: string,
  password: string,
): Promise<{ readonly as: SignedInAs } | Refused> {
  const isPossible = username.trim() !== '' && username.length <= MAX_NAME && password.length <= MAX_PASSWORD;
  if (!isPossible) return { kind: 'refused', refusal: refuse('credentialsInvalid', 'No name was given.') };
  const result = await signInWithAccount(visit.context, visit.address, username, password);
  return result.kind === 'refused' ? result : { as: { kind: 'account', accountId: result.account.id } };
}

/** By the form that was sent: the one for accounts has a name in it. */
export async function signIn(visit: Visit): Promise<Reply> {
  const { code = '', username, password = '' } = visit.form.fields;
  const result =
    username === undefined ? await byCode(visit, code) : await byAccount(visit, username, password);
  if ('refusal' in result) {
    const { refusal } = result;
    const problem = problemOf(refusal.body);
    const hasAccounts = visit.context.store.accounts.count() > 0;
    const state =
      username === undefined
        ? { signIn: { problem, code: code.slice(0, 100) } }
        : { account: { problem, username: username.slice(0, MAX_NAME) } };
    return htmlReply(homePage(visit.frame, { hasAccounts, ...state }), refusal.status, {
      refusal,
      headers: { 'Content-Type': 'text/html; charset=utf-8', ...refusal.headers },
    });
  }
  const visitor = visit.sessions.signIn(visit.visitor, result.as, visit.now);
  return redirect(`${visit.frame.base}/activations`, visitor);
}

export function signOut(visit: Visit): Reply {
  return redirect(visit.frame.base, visit.sessions.signOut(visit.visitor));
}

/** What the visitor may see; null = not signed in, or the account is gone since. */
function entitlementsOf(visit: Visit): readonly StoredEntitlement[] | null {
  const { as } = visit.visitor;
  const { accounts, entitlements } = visit.context.store;
  if (as === null) return null;
  const account = as.kind === 'account' ? accounts.byId(as.accountId) : null;
  if (as.kind === 'account' && (account === null || account.disabled)) return null;
  const ids = as.kind === 'code' ? [as.entitlementId] : (account?.entitlementIds ?? []);
  return ids.flatMap((id) => entitlements.byId(id) ?? []);
}

/** Somebody whose account is gone is not signed in any more. */
const toStart = (visit: Visit): Reply =>
  redirect(visit.frame.base, visit.visitor.as === null ? undefined : visit.sessions.signOut(visit.visitor));

function listedOf(visit: Visit, entitlement: StoredEntitlement): Listed {
  const { store } = visit.context;
  const live = store.activations.live(entitlement.id);
  const product = store.settings.products().find((it) => it.id === entitlement.productId);
  return {
    offeringName: entitlement.terms.offeringName,
    productName: product?.name ?? '',
    seatsUsed: seatsUsed(live, entitlement.terms.lingerPeriod, visit.now),
    seatCount: entitlement.terms.seatCount,
    expiry: entitlement.expiry,
    status: entitlementStatus(entitlement, visit.now),
    activations: live
      .toReversed()
      .map((activation) => ({ activation, keys: store.offline.keysOf(activation.id) })),
  };
}

/** Devices in the order in which they came, the newest first; each with the keys that a refresh can be made for. */
export function showActivations(visit: Visit): Reply {
  const entitlements = entitlementsOf(visit);
  if (entitlements === null) return toStart(visit);
  const listed = entitlements.map((it) => listedOf(visit, it));
  return htmlReply(activationsPage(visit.frame, listed, visit.now));
}

export async function getRefresh(visit: Visit): Promise<Reply> {
  const entitlements = entitlementsOf(visit);
  if (entitlements === null) return toStart(visit);
  const id = visit.param('id');
  const owner = visit.context.store.activations.byId(id)?.entitlementId;
  const entitlement = entitlements.find((it) => it.id === owner);
  if (entitlement === undefined) {
    return htmlReply(problemPage(visit.frame, NOT_FOUND, 'activations'), 404);
  }
  const deviceKid = visit.form.fields['deviceKid'] ?? null;
  const result = await refreshOffline(visit.context, entitlement, id, deviceKid);
  if (result.kind !== 'refused') {
    return redirect(`${visit.frame.base}/answers/${visit.results.keep(visit.visitor.id, result, visit.now)}`);
  }
  return refusalReply(visit, result.refusal, 'activations');
}
