import type { ApplicationView } from '../../shared/contract.ts';
import type { LicenseView } from '../../shared/license/schemas.ts';

/** How a seat can be asked for. */
export type Way = 'code' | 'browser' | 'password';

/** The ways that are open for a license: what the vendor offers, and what its state allows. */
export function waysFor(
  { actions }: Pick<LicenseView, 'actions'>,
  { accounts }: Pick<ApplicationView, 'accounts'>,
): readonly Way[] {
  const mayCode = actions.includes('activateWithCode');
  const maySignIn = actions.includes('activateWithAccount');
  // While an activation runs the state may have moved on; then the code's form stays as it was.
  if (!mayCode && !maySignIn) return ['code'];
  return [
    ...(mayCode ? (['code'] as const) : []),
    ...(maySignIn && accounts?.openId === true ? (['browser'] as const) : []),
    ...(maySignIn && accounts?.password === true ? (['password'] as const) : []),
  ];
}

/** The caption of a way: an account is just that where there is one way to sign in. */
export function captionOf(way: Way, ways: readonly Way[]): Way | 'account' {
  return way !== 'code' && ways.filter((other) => other !== 'code').length === 1 ? 'account' : way;
}
