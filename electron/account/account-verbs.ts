import { failure, type Failure } from '../../shared/errors.ts';
import type { LicenseView } from '../../shared/license/schemas.ts';
import type { VendorProfile } from '../../shared/profile.ts';
import { err, type Result } from '../../shared/result.ts';
import type { AccountRequest, Services } from '../services.ts';
import type { BrowserSignIn } from './browser-sign-in.ts';

export interface AccountVerbsOptions {
  readonly profile: VendorProfile;
  readonly browser: BrowserSignIn;
  /** What is known of a license now. */
  readonly viewOf: (productId: string) => Promise<Result<LicenseView>>;
  /** Takes a seat with what was shown. */
  readonly activate: (request: AccountRequest) => Promise<Result<LicenseView>>;
}

/**
 * The ways to activate by signing in. Password and token pass through here once, on their way to the server: nothing
 * keeps them.
 */
export function accountVerbs(
  options: AccountVerbsOptions,
): Pick<Services['license'], 'signIn' | 'cancelSignIn' | 'activateWithPassword'> {
  const { profile, browser, viewOf, activate } = options;
  return {
    signIn: async (request) => {
      const view = await viewOf(request.productId);
      if (!view.ok) return view;
      // Nobody is sent to a browser for what is refused afterwards.
      const refused = refusalIn(view.value);
      if (refused !== null) return err(refused);
      const signed = await browser.begin(request.productId);
      return signed.ok ? activate({ ...request, shown: signed.value }) : signed;
    },
    cancelSignIn: browser.cancel,
    activateWithPassword: async ({ username, password, ...request }) => {
      if (profile.accounts?.password !== true) return err(failure('notAllowedInState'));
      return activate({ ...request, shown: { type: 'password', username: username.trim(), password } });
    },
  };
}

/** Why a license can't be activated by an account now; null = it can. */
function refusalIn({ actions, reasons }: LicenseView): Failure | null {
  if (actions.includes('activateWithAccount')) return null;
  const policy = reasons.find(({ code }) => code === 'deniedByPolicy' || code === 'policyInvalid');
  return failure(
    policy?.code === 'policyInvalid' ? 'policyInvalid' : policy ? 'deniedByPolicy' : 'notAllowedInState',
  );
}
