import { failure } from '../../shared/errors.ts';
import type { VendorProfile } from '../../shared/profile.ts';
import { err, ok, type Result } from '../../shared/result.ts';
import type { Network } from '../api/network.ts';
import { PinnedAgent } from '../api/pinned-agent.ts';
import type { ShownAccount } from '../license/purchase.ts';
import type { Clock, Log, Random } from '../ports.ts';
import { fetchOver } from './https-fetch.ts';
import type { ReturnPage } from './loopback.ts';
import { signIn } from './sign-in.ts';

export interface BrowserSignInOptions {
  readonly profile: VendorProfile;
  readonly network: Network;
  /** PEM of roots that the administrator has added for every server. */
  readonly moreRoots: () => readonly string[];
  /** Opens an address in the user's own browser. */
  readonly openBrowser: (address: string) => Promise<Result<unknown>>;
  /** What the browser shows when it has come back, in the language of now. */
  readonly page: () => ReturnPage;
  /** Told whenever a sign-in begins to wait for the browser, or waits no more. */
  readonly onChange: () => void;
  readonly clock: Clock;
  readonly random: Random;
  readonly log: Log;
  /** Milliseconds that the user has. */
  readonly timeLimit?: number | undefined;
}

/** A sign-in that waits for the user. */
export interface WaitingSignIn {
  readonly productId: string;
  /** Where the browser was sent, for a user whose browser did not open. */
  readonly address: string;
}

export interface BrowserSignIn {
  /**
   * Sends the user to the vendor's identity provider and waits. There is one at a time: a second one ends the first,
   * whose page in the browser is then nobody's any more.
   * @returns Errors: those of `signIn`, `notAllowedInState` where the vendor has no identity provider
   */
  readonly begin: (productId: string) => Promise<Result<ShownAccount>>;
  /** The user has changed their mind; nothing where nothing waits. */
  readonly cancel: () => void;
  readonly waiting: () => WaitingSignIn | null;
}

/** For one call of the provider, in all. */
const CALL_MILLISECONDS = 15_000;

/**
 * Signing in through the browser, as the services of one installation offer it. The provider is reached over the same
 * proxies and trusted by the same roots as the Licensing API; it has no pins, since its certificates are not the vendor's.
 */
export function createBrowserSignIn(options: BrowserSignInOptions): BrowserSignIn {
  const { profile, openBrowser, page, onChange, log, timeLimit } = options;
  let present: { readonly abandon: AbortController; waiting: WaitingSignIn | null } | null = null;

  const begin = async (productId: string): Promise<Result<ShownAccount>> => {
    const provider = profile.accounts?.openId;
    if (provider === undefined) return err(failure('notAllowedInState'));
    present?.abandon.abort();
    const mine = { abandon: new AbortController(), waiting: null as WaitingSignIn | null };
    present = mine;
    const agent = agentFor(options);
    try {
      const signed = await signIn(
        {
          provider: { issuer: provider.issuer, clientId: provider.clientId, scope: provider.scope ?? '' },
          openBrowser: (address) => {
            mine.waiting = { productId, address };
            onChange();
            return openBrowser(address);
          },
          fetch: fetchOver(agent, CALL_MILLISECONDS),
          page: page(),
          log,
          ...(timeLimit === undefined ? {} : { timeLimit }),
        },
        mine.abandon.signal,
      );
      return signed.ok
        ? ok({ type: 'openIdToken', token: signed.value.idToken, subject: signed.value.subject })
        : signed;
    } finally {
      agent.destroy();
      if (present === mine) present = null;
      onChange();
    }
  };

  return {
    begin,
    cancel: () => present?.abandon.abort(),
    waiting: () => present?.waiting ?? null,
  };
}

function agentFor({ profile, network, moreRoots, clock, random, log }: BrowserSignInOptions): PinnedAgent {
  return new PinnedAgent({
    pins: () => [],
    pinning: 'report',
    ca: profile.api.ca,
    moreRoots,
    clock,
    random,
    network,
    onAccepted: ({ issuer }) => log.debug('the identity provider was reached', { issuer }),
  });
}
