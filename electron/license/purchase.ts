import * as v from 'valibot';
import { isSameServer, type LocalServer } from '../../shared/local-server.ts';
import { usernameKey } from '../../shared/license/username.ts';
import type { Credentials } from '../api/credentials.ts';
import type { Secret } from '../support/secret.ts';

/**
 * Whose account a seat was taken with, by the provider's subject or the user name. Neither a password nor a token is ever
 * written down: what they could repair takes the user to sign in again.
 */
export const accountSchema = v.strictObject({
  method: v.picklist(['openIdToken', 'password']),
  subject: v.pipe(v.string(), v.maxLength(255)),
});

type Account = v.InferOutput<typeof accountSchema>;

/**
 * What a seat is taken with: a code, which may be written down, or an account, of which only the name is. The password
 * or token of an account is there while somebody signs in, and in no file.
 */
export type Purchase = ({ readonly code: Secret<'activationCode'> } | { readonly account: Account }) & {
  /** The Local License Server that it is shown to; absent = the vendor's own. */
  readonly server?: LocalServer | undefined;
};

/** What a user of an account has signed in with. Secret. */
export type ShownAccount =
  /** `subject`: whom the provider has issued the token for. */
  | { readonly type: 'openIdToken'; readonly token: Secret<'identityToken'>; readonly subject: string }
  | { readonly type: 'password'; readonly username: string; readonly password: Secret<'password'> };

/** The same for the operation that is under way, and the server that it is meant for. Secret. */
export type Shown = ShownAccount & { readonly server: LocalServer | undefined };

/** What may be written down of it. */
export function purchaseBy(shown: ShownAccount): { readonly account: Account } {
  const subject = shown.type === 'password' ? usernameKey(shown.username) : shown.subject;
  return { account: { method: shown.type, subject } };
}

/**
 * The same code, or the same account by the same way of signing in. At another server it is another one, with seats of
 * its own.
 */
export function isSamePurchase(one: Purchase, other: Purchase): boolean {
  if (!isSameServer(one.server, other.server)) return false;
  if ('code' in one) return 'code' in other && one.code.isSame(other.code);
  if ('code' in other) return false;
  return one.account.method === other.account.method && one.account.subject === other.account.subject;
}

/**
 * What the server is shown for a purchase; null where it takes the user to sign in first.
 * @param shown what the user has signed in with for the present operation
 */
export function credentialsFor(purchase: Purchase, shown: Shown | undefined): Credentials | null {
  if ('code' in purchase) return { type: 'activationCode', code: purchase.code };
  // What was shown for one server is not sent to another.
  const isTheirs =
    shown !== undefined && isSamePurchase(purchase, { ...purchaseBy(shown), server: shown.server });
  if (!isTheirs) return null;
  return shown.type === 'password'
    ? { type: 'password', username: shown.username, password: shown.password }
    : { type: 'openIdToken', token: shown.token };
}

/** The purchase alone, of something that says more. */
export function purchaseIn(wish: Purchase): Purchase {
  return 'code' in wish ? { code: wish.code } : { account: wish.account };
}
