import * as oidc from 'openid-client';
import { failure, type Failure } from '../../shared/errors.ts';
import { err, ok, type Result } from '../../shared/result.ts';
import { ConnectFailure, failureOfError, systemCodeOf } from '../api/connect-failure.ts';
import type { Log } from '../ports.ts';
import { Secret } from '../support/secret.ts';
import { listenForReturn, type ReturnPage } from './loopback.ts';

/** The vendor's identity provider, as the profile names it. Native clients have no secret (RFC 8252, section 8.5). */
export interface IdentityProvider {
  readonly issuer: string;
  readonly clientId: string;
  /** Space-separated; `openid` is always asked for. */
  readonly scope: string;
}

export interface SignInOptions {
  readonly provider: IdentityProvider;
  /** Opens an address in the user's own browser, where the user sees whom the password goes to. */
  readonly openBrowser: (url: string) => Promise<Result<unknown>>;
  readonly fetch: oidc.CustomFetch;
  /** Shown in the browser when it has come back. */
  readonly page: ReturnPage;
  readonly log: Log;
  /** Milliseconds that the user has; an abandoned sign-in must not listen for ever. */
  readonly timeLimit?: number;
}

/** Secret: whoever has it can activate in the name of the account until it ends. */
export interface SignedIn {
  /** Compact JWS; the licensing server verifies it again. */
  readonly idToken: Secret<'identityToken'>;
  /** Whom the provider has issued it for (`sub`). */
  readonly subject: string;
}

const TIME_LIMIT = 5 * 60_000;
/** For one call of the provider. */
const CALL_SECONDS = 20;
/** Seconds that the clocks of the provider and of this device may differ by, as much as for a lease. */
const CLOCK_TOLERANCE = 300;

/**
 * Signs the user in: authorization code with PKCE (RFC 7636) through the system's browser and a loopback redirect
 * (RFC 8252), with `state` and `nonce` (OpenID Connect Core, section 3.1). Issuer, audience, signature, nonce and time of
 * the identity token are checked before anybody sees it.
 * @param signal the user has changed their mind
 * @returns Errors: `cancelled`, `signInAbandoned`, `signInRefused`, `signInClockWrong`, `browserNotOpened`, and those of a
 *   connection
 */
export async function signIn(options: SignInOptions, signal: AbortSignal): Promise<Result<SignedIn>> {
  const { provider, log, timeLimit = TIME_LIMIT } = options;
  const late = AbortSignal.timeout(timeLimit);
  const over = AbortSignal.any([signal, late]);
  try {
    const signedIn = await runFlow(options, over);
    log.info('signed in', { issuer: provider.issuer });
    return ok(signedIn);
  } catch (error) {
    if (signal.aborted) return err(failure('cancelled'));
    if (late.aborted) return err(failure('signInAbandoned'));
    const why = failureOfFlow(error, new URL(provider.issuer).host);
    log.warn('sign-in failed', { issuer: provider.issuer, code: why.code, system: why.facts?.system });
    return err(why);
  }
}

/** Carries a failure out of the flow, past the library's own errors. */
class FlowFailure extends Error {
  readonly failure: Failure;
  constructor(reason: Failure) {
    super(reason.code);
    this.failure = reason;
  }
}

async function runFlow(
  { provider, openBrowser, fetch, page }: SignInOptions,
  over: AbortSignal,
): Promise<SignedIn> {
  const metadata = { [oidc.clockTolerance]: CLOCK_TOLERANCE };
  const config = await oidc.discovery(new URL(provider.issuer), provider.clientId, metadata, oidc.None(), {
    [oidc.customFetch]: fetch,
    timeout: CALL_SECONDS,
  });
  const verifier = new Secret('verifier', oidc.randomPKCECodeVerifier());
  const [state, nonce] = [oidc.randomState(), oidc.randomNonce()];
  const loopback = await listenForReturn(state, page, over);
  try {
    const address = oidc.buildAuthorizationUrl(config, {
      redirect_uri: loopback.redirectUri,
      response_type: 'code',
      scope: withOpenId(provider.scope),
      code_challenge: await oidc.calculatePKCECodeChallenge(verifier.reveal()),
      code_challenge_method: 'S256',
      state,
      nonce,
    });
    if (address.protocol !== 'https:') throw new FlowFailure(failure('signInRefused'));
    const opened = await openBrowser(address.href);
    if (!opened.ok) throw new FlowFailure(failure('browserNotOpened', opened.error.facts));
    const tokens = await oidc.authorizationCodeGrant(config, await loopback.returned, {
      pkceCodeVerifier: verifier.reveal(),
      expectedState: state,
      expectedNonce: nonce,
      idTokenExpected: true,
    });
    const subject = tokens.claims()?.sub;
    if (tokens.id_token === undefined || subject === undefined) {
      throw new FlowFailure(failure('signInRefused'));
    }
    return { idToken: new Secret('identityToken', tokens.id_token), subject };
  } finally {
    loopback.close();
  }
}

/** The library's word for a token that is over, or not valid yet. */
const TIME_CHECK_FAILED = 'OAUTH_JWT_TIMESTAMP_CHECK_FAILED';

function withOpenId(scope: string): string {
  const words = scope.split(' ').filter((word) => word !== '');
  return [...new Set(['openid', ...words])].join(' ');
}

/** What the flow threw, in our words: the provider said no, or it could not be reached. */
function failureOfFlow(error: unknown, host: string): Failure {
  if (error instanceof FlowFailure) return error.failure;
  if (error instanceof oidc.AuthorizationResponseError) {
    // The provider's own words are for nobody: they are free text from outside.
    return failure(error.error === 'access_denied' ? 'cancelled' : 'signInRefused');
  }
  if (error instanceof oidc.ClientError && error.code === TIME_CHECK_FAILED) {
    return failure('signInClockWrong');
  }
  // The library wraps what the connection failed with.
  const cause = error instanceof oidc.ClientError ? error.cause : error;
  const isConnection = cause instanceof ConnectFailure || systemCodeOf(cause)?.startsWith('E') === true;
  if (!isConnection) return failure('signInRefused');
  const { code, facts } = failureOfError(cause, true);
  return failure(code, { host, ...facts });
}
