import { getRefresh, showActivations, signIn, signOut } from './account.ts';
import { bringToken, downloadAnswer, showCode, showCodes, showResult } from './exchange.ts';
import { homePage } from './pages/home.ts';
import { supportCodePage } from './pages/support-code.ts';
import { htmlReply, type Reply, type Visit } from './visit.ts';

export interface Route {
  readonly method: 'GET' | 'POST';
  /** Below the address of the portal. */
  readonly path: string;
  /** In the log. */
  readonly name: string;
  readonly handler: (visit: Visit) => Reply | Promise<Reply>;
}

const home = (visit: Visit) =>
  htmlReply(homePage(visit.frame, { hasAccounts: visit.context.store.accounts.count() > 0 }));

const askSupportCode = (visit: Visit) => htmlReply(supportCodePage(visit.frame, null));
const readSupportCode = (visit: Visit) =>
  htmlReply(supportCodePage(visit.frame, (visit.form.fields['supportCode'] ?? '').slice(0, 60)));

/** The pages of the portal. Every POST is a form of the visitor's own. */
export const ROUTES: readonly Route[] = [
  { method: 'GET', path: '/', name: 'home', handler: home },
  { method: 'POST', path: '/tokens', name: 'bringToken', handler: bringToken },
  { method: 'GET', path: '/answers/:id', name: 'showResult', handler: showResult },
  { method: 'GET', path: '/answers/:id/file', name: 'downloadAnswer', handler: downloadAnswer },
  { method: 'GET', path: '/answers/:id/codes', name: 'showCodes', handler: showCodes },
  { method: 'GET', path: '/answers/:id/codes/:code', name: 'showCode', handler: showCode },
  { method: 'POST', path: '/session', name: 'signIn', handler: signIn },
  { method: 'POST', path: '/session/end', name: 'signOut', handler: signOut },
  { method: 'GET', path: '/support-code', name: 'askSupportCode', handler: askSupportCode },
  { method: 'POST', path: '/support-code', name: 'readSupportCode', handler: readSupportCode },
  { method: 'GET', path: '/activations', name: 'showActivations', handler: showActivations },
  { method: 'POST', path: '/activations/:id/refresh', name: 'getRefresh', handler: getRefresh },
];
