import { refuse, type Answer } from '../answer.ts';
import type { Context } from '../context.ts';
import { usernameKey, type StoredAccount } from '../store/accounts.ts';
import { afterFailure, lockedUntil } from './lock-out.ts';
import { isPassword } from './password.ts';

export type SignedIn =
  | { readonly account: StoredAccount; readonly refusal: null }
  | { readonly account: null; readonly refusal: Answer };

const refused = (refusal: Answer): SignedIn => ({ account: null, refusal });
const WRONG = refuse('credentialsInvalid', 'The user name or the password is wrong.');

/**
 * Signs in with a password. Names that don't exist are counted, locked, hashed and answered just like those that do:
 * nobody learns here which names are known. Attempts with one name take turns, so that many at once are no more than
 * many in a row.
 */
export function signInWithPassword(context: Context, username: string, password: string): Promise<SignedIn> {
  return context.signInTurns.take(usernameKey(username), () => attempt(context, username, password));
}

async function attempt(context: Context, username: string, password: string): Promise<SignedIn> {
  const { lockOut, store } = context;
  const { accounts, signIns } = store;
  const now = context.now();
  signIns.purgeAttempts(now - 2 * lockOut.milliseconds);
  const attempts = signIns.attempts(username);
  const until = lockedUntil(lockOut, attempts, now);
  if (until !== null) {
    // The password is not even looked at: whoever goes on guessing learns nothing, not even by the right one.
    const headers = { 'Retry-After': String(Math.max(1, Math.ceil((until - now) / 1000))) };
    return refused({ ...refuse('accountLocked', 'Too many wrong passwords.'), headers });
  }
  const known = accounts.byUsername(username);
  const isRight = await isPassword(password, known?.passwordHash ?? null);
  // Read again: the account can have been disabled, or its password changed, meanwhile.
  const account = known === null ? null : accounts.byId(known.id);
  if (!isRight || account === null || account.disabled || account.passwordHash !== known?.passwordHash) {
    signIns.setAttempts(username, afterFailure(lockOut, attempts, now));
    return refused(WRONG);
  }
  signIns.forgetAttempts(username);
  return { account, refusal: null };
}
