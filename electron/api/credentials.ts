import type * as wire from '../../shared/licensing-api/generated/types.gen.ts';
import type { Secret } from '../support/secret.ts';

/** What a seat is asked for with. */
export type Credentials =
  | { readonly type: 'activationCode'; readonly code: Secret<'activationCode'> }
  | { readonly type: 'openIdToken'; readonly token: Secret<'identityToken'> }
  | { readonly type: 'password'; readonly username: string; readonly password: Secret<'password'> };

/** The same as the server is told. */
export function credentialsOnTheWire(shown: Credentials): wire.ActivationCredentials {
  switch (shown.type) {
    case 'activationCode':
      return { type: shown.type, code: shown.code.reveal() };
    case 'openIdToken':
      return { type: shown.type, token: shown.token.reveal() };
    case 'password':
      return { type: shown.type, username: shown.username, password: shown.password.reveal() };
  }
}
