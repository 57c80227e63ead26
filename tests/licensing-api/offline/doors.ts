import type { Context } from '../context.ts';
import { judgeCode } from '../credentials.ts';
import { signInWithPassword } from '../accounts/sign-in.ts';
import type { StoredAccount } from '../store/accounts.ts';
import type { StoredEntitlement } from '../store/entitlements.ts';
import { denied, exchangeToken, refreshOffline, type Exchanged, type Refused } from './exchange.ts';

export type { Exchanged } from './exchange.ts';

/** The ways into the exchange for somebody without a session. Wrong activation codes are counted at each of them. */

const refusalOf = (result: Exchanged | SignedIn) => (result.kind === 'refused' ? result.refusal : null);

export type SignedIn = { readonly kind: 'signedIn'; readonly entitlement: StoredEntitlement } | Refused;

function judge(context: Context, code: string): SignedIn {
  const { entitlement, refusal } = judgeCode(context, code);
  return refusal === null ? { kind: 'signedIn', entitlement } : { kind: 'refused', refusal };
}

/** Takes a token that a device made. @param address of the caller */
export function exchangeGuarded(context: Context, address: string, text: string): Promise<Exchanged> {
  return context.codeAttempts.guard(address, null, () => exchangeToken(context, text), refusalOf);
}

/** The entitlement of an activation code. */
export function signInWithCode(context: Context, address: string, code: string): Promise<SignedIn> {
  return context.codeAttempts.guard(address, code, () => Promise.resolve(judge(context, code)), refusalOf);
}

export type AccountSignedIn = { readonly kind: 'account'; readonly account: StoredAccount } | Refused;

/** The account of a name and password. */
export function signInWithAccount(
  context: Context,
  address: string,
  username: string,
  password: string,
): Promise<AccountSignedIn> {
  const work = async (): Promise<AccountSignedIn> => {
    const { account, refusal } = await signInWithPassword(context, username, password);
    return account === null ? { kind: 'refused', refusal } : { kind: 'account', account };
  };
  return context.codeAttempts.guard(address, username, work, (it) =>
    it.kind === 'refused' ? it.refusal : null,
  );
}

export async function refreshWithCode(
  context: Context,
  address: string,
  what: { readonly activationCode: string; readonly activationId: string; readonly deviceKid: string | null },
): Promise<Exchanged> {
  const signedIn = await signInWithCode(context, address, what.activationCode);
  if (signedIn.kind === 'refused') return denied(context, signedIn.refusal, 'refresh');
  return await refreshOffline(context, signedIn.entitlement, what.activationId, what.deviceKid);
}
