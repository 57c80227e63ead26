import { Secret } from '../../electron/support/secret.ts';

/** What a person types, as the product has it from there on. */
export const typedCode = (code: string) => new Secret('activationCode', code);
export const typedPassword = (password: string) => new Secret('password', password);
/** What a server gives away with a seat. */
export const givenSession = ({
  accessToken,
  nonce,
}: {
  readonly accessToken: string;
  readonly nonce: string;
}) => ({ accessToken: new Secret('accessToken', accessToken), nonce: new Secret('nonce', nonce) });

export const typedLogin = <T extends { readonly password: string }>(login: T) => ({
  ...login,
  password: typedPassword(login.password),
});
