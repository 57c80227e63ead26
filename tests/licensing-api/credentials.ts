import type { ActivationCredentials } from '../../shared/licensing-api/generated/types.gen.ts';
import { refuse, type Answer } from './answer.ts';
import type { Context } from './context.ts';
import { hashSecret, normalizeCode } from './secrets.ts';
import type { StoredEntitlement } from './store/entitlements.ts';

/** Which entitlement a caller may activate, or why none. */
export type CredentialVerdict =
  | { readonly entitlement: StoredEntitlement; readonly refusal: null }
  | { readonly entitlement: null; readonly refusal: Answer };

/**
 * The one place where credentials are judged. Activation codes are looked up by their hash, so neither the database
 * nor its timing knows a code. Accounts don't exist yet: their credentials are always wrong.
 */
export function judgeCredentials(context: Context, credentials: ActivationCredentials): CredentialVerdict {
  if (credentials.type !== 'activationCode') {
    const refusal = refuse('credentialsInvalid', 'This server knows no accounts yet.');
    return { entitlement: null, refusal };
  }
  const hash = hashSecret(normalizeCode(credentials.code));
  const entitlement = context.store.entitlements.byCodeHash(hash);
  return entitlement === null
    ? { entitlement, refusal: refuse('activationCodeInvalid', 'There is no such activation code.') }
    : { entitlement, refusal: null };
}
