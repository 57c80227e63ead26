import type {
  Account,
  CreateAccountRequest,
  UpdateAccountRequest,
} from '../../../shared/licensing-api/generated/types.gen.ts';
import { lockedUntil } from '../accounts/lock-out.ts';
import { hashPassword } from '../accounts/password.ts';
import { invalidField, refuseWith, type Answer } from '../answer.ts';
import { withBody, type ApiRequest, type Context, type Handler } from '../context.ts';
import { newId } from '../secrets.ts';
import type { StoredAccount } from '../store/accounts.ts';
import { pageOf } from './page.ts';

/** The end users who activate with a password or by OpenID. */

function accountView(context: Context, account: StoredAccount): Account {
  const { id, username, openIdSubject, disabled, created, entitlementIds } = account;
  const attempts = context.store.signIns.attempts(username);
  const until = lockedUntil(context.lockOut, attempts, context.now());
  return {
    id,
    username,
    hasPassword: account.passwordHash !== null,
    ...(openIdSubject === null ? {} : { openIdSubject }),
    disabled,
    locked: until !== null,
    ...(until === null ? {} : { lockedUntil: new Date(until).toISOString() }),
    entitlementIds: [...entitlementIds],
    created: new Date(created).toISOString(),
  };
}

/** What the contract can't say about an account; null = nothing is wrong. */
function refusalOf(context: Context, account: StoredAccount): Answer | null {
  const { accounts, entitlements } = context.store;
  const unknown = account.entitlementIds.findIndex((id) => entitlements.byId(id) === null);
  if (unknown >= 0) return invalidField(`entitlementIds.${unknown}`, 'is not an entitlement', 'unknown');
  const named = accounts.byUsername(account.username);
  if (named !== null && named.id !== account.id) return refuseWith(409, 'The user name is taken.');
  const subject = account.openIdSubject === null ? null : accounts.byOpenIdSubject(account.openIdSubject);
  if (subject !== null && subject.id !== account.id) return refuseWith(409, 'The OpenID subject is taken.');
  return null;
}

export const createAccount: Handler = withBody<CreateAccountRequest>(async (context, request) => {
  const { username, password, openIdSubject = null, entitlementIds = [] } = request.body;
  const passwordHash = password === undefined ? null : await hashPassword(password);
  return context.store.transaction(() => {
    const created = context.now();
    const id = newId('acc');
    const account = { id, username, passwordHash, openIdSubject, disabled: false, created, entitlementIds };
    const refusal = refusalOf(context, account);
    if (refusal !== null) return refusal;
    context.store.accounts.save(account);
    return { status: 201, body: accountView(context, account) };
  });
});

export const listAccounts: Handler = (context, request) => {
  const { accounts } = context.store;
  const { limit, offset } = pageOf(request);
  const items = accounts.list(limit, offset).map((it) => accountView(context, it));
  return { status: 200, body: { items, total: accounts.count() } };
};

/** Runs a change on the account of the path; a change answers with the account as it shall be, or with a refusal. */
function onAccount(
  context: Context,
  request: ApiRequest,
  change: (account: StoredAccount) => StoredAccount | Answer,
): Answer {
  return context.store.transaction(() => {
    const account = context.store.accounts.byId(request.param('accountId'));
    if (account === null) return refuseWith(404, 'There is no such account.');
    const changed = change(account);
    return 'status' in changed ? changed : { status: 200, body: accountView(context, changed) };
  });
}

export const getAccount: Handler = (context, request) => onAccount(context, request, (account) => account);

export const updateAccount: Handler = withBody<UpdateAccountRequest>(async (context, request) => {
  const { password, openIdSubject, entitlementIds, disabled } = request.body;
  const hash = typeof password === 'string' ? await hashPassword(password) : null;
  return onAccount(context, request, (account) => {
    const changed: StoredAccount = {
      ...account,
      ...(password === undefined ? {} : { passwordHash: hash }),
      ...(openIdSubject === undefined ? {} : { openIdSubject }),
      ...(entitlementIds === undefined ? {} : { entitlementIds }),
      ...(disabled === undefined ? {} : { disabled }),
    };
    const refusal = refusalOf(context, changed);
    if (refusal !== null) return refusal;
    context.store.accounts.save(changed);
    return changed;
  });
});

export const deleteAccount: Handler = (context, request) =>
  onAccount(context, request, (account) => {
    context.store.accounts.remove(account.id);
    return { status: 204 };
  });

export const unlockAccount: Handler = (context, request) =>
  onAccount(context, request, (account) => {
    context.store.signIns.forgetAttempts(account.username);
    return account;
  });
