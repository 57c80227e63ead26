import { createLocalJWKSet, decodeProtectedHeader, jwtVerify } from 'jose';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it, onTestFinished, vi } from 'vitest';
import { fetchOver } from '../../../electron/account/https-fetch.ts';
import { signIn, type SignInOptions } from '../../../electron/account/sign-in.ts';
import { STRAIGHT } from '../../../electron/api/network.ts';
import { PinnedAgent } from '../../../electron/api/pinned-agent.ts';
import { systemClock, systemRandom } from '../../../electron/platform/system.ts';
import { SILENT } from '../../../electron/support/log.ts';
import { failure } from '../../../shared/errors.ts';
import { err, ok, type Result } from '../../../shared/result.ts';
import { browserTrusting, signInAs } from '../../support/browser.ts';
import { startIdentityProvider, type IdentityProvider } from '../../support/identity-provider.ts';

const MINUTE = 60_000;

let provider: IdentityProvider;
beforeAll(async () => {
  provider = await startIdentityProvider();
});
afterAll(async () => provider.close());

const browser = () => browserTrusting(provider.ca);
const person = (address: string, name?: string) => signInAs(browser(), address, name);

function options(change: Partial<SignInOptions> = {}): SignInOptions {
  const agent = new PinnedAgent({
    pins: () => [],
    pinning: 'report',
    ca: provider.ca,
    clock: systemClock,
    random: systemRandom,
    network: STRAIGHT,
    onAccepted: () => undefined,
  });
  onTestFinished(() => agent.destroy());
  return {
    provider: { issuer: provider.issuer, clientId: provider.clientId, scope: 'email' },
    openBrowser: async (url) => {
      void person(url);
      return ok(null);
    },
    fetch: fetchOver(agent, 5000),
    page: { language: 'en', title: 'You are <signed> in', text: 'Go back to the application.' },
    log: SILENT,
    ...change,
  };
}

const never = new AbortController().signal;
const codeOf = (result: Result<unknown>) => (result.ok ? 'ok' : result.error.code);

describe('signing in through the browser', () => {
  it('brings a token of the provider for this client and this person', async () => {
    const result = await signIn(options(), never);
    expect(codeOf(result)).toBe('ok');
    const token = result.ok ? result.value.idToken.reveal() : '';
    expect(result.ok && result.value.subject).toBe('user@example.com');
    const keys = (await browser().go(`${provider.issuer}/jwks`)).page.text;
    const { payload } = await jwtVerify(token, createLocalJWKSet(JSON.parse(keys) as never), {
      issuer: provider.issuer,
      audience: provider.clientId,
    });
    expect(payload.sub).toBe('user@example.com');
    expect(decodeProtectedHeader(token).alg).not.toBe('none');
  });

  it('asks with PKCE, state and nonce, and for no more than it needs', async () => {
    const opened: URL[] = [];
    const openBrowser = (url: string) => {
      opened.push(new URL(url));
      void person(url);
      return Promise.resolve(ok(null));
    };
    expect(codeOf(await signIn(options({ openBrowser }), never))).toBe('ok');
    const asked = Object.fromEntries(opened[0]?.searchParams ?? []);
    expect(asked).toMatchObject({
      response_type: 'code',
      scope: 'openid email',
      code_challenge_method: 'S256',
      client_id: provider.clientId,
    });
    expect(asked['redirect_uri']).toMatch(/^http:\/\/127\.0\.0\.1:\d+\/signed-in$/);
    for (const name of ['state', 'nonce', 'code_challenge']) expect(asked[name]).toMatch(/^[\w-]{43}$/);
    expect(asked['client_secret']).toBeUndefined();
  });

  it('tells the person in the browser that it is done, with text that is text', async () => {
    const back = Promise.withResolvers<string>();
    const openBrowser = (url: string) => {
      person(url).then(({ page }) => back.resolve(page.text), back.reject);
      return Promise.resolve(ok(null));
    };
    expect(codeOf(await signIn(options({ openBrowser }), never))).toBe('ok');
    expect(await back.promise).toContain('<h1>You are &lt;signed> in</h1>');
  });
});

/** Comes back with what a test makes of the address that the browser was sent to. */
const comingBack = (make: (asked: URL, redirect: URL) => URL): SignInOptions['openBrowser'] => {
  return (url) => {
    const asked = new URL(url);
    void browser().go(make(asked, new URL(asked.searchParams.get('redirect_uri') ?? '')));
    return Promise.resolve(ok(null));
  };
};

const withQuery = (url: URL, query: Readonly<Record<string, string>>): URL => {
  for (const [name, value] of Object.entries(query)) url.searchParams.set(name, value);
  return url;
};

describe('a clock that is wrong', () => {
  /** Turns the clock of this device once the provider has answered with the token. */
  const turningTheClock = (milliseconds: number): SignInOptions['fetch'] => {
    const { fetch } = options();
    return async (address, request) => {
      const answer = await fetch(address, request);
      if (address.endsWith('/token')) vi.setSystemTime(Date.now() + milliseconds);
      return answer;
    };
  };
  beforeEach(() => vi.useFakeTimers({ toFake: ['Date'] }));
  afterEach(() => vi.useRealTimers());

  it.each([64 * MINUTE, -60 * MINUTE])(
    'by a little, or behind, does not matter to a token of an hour (%d)',
    async (by) => {
      expect(codeOf(await signIn(options({ fetch: turningTheClock(by) }), never))).toBe('ok');
    },
  );

  it.each([66 * MINUTE])('is told as such (%d)', async (by) => {
    expect(codeOf(await signIn(options({ fetch: turningTheClock(by) }), never))).toBe('signInClockWrong');
  });
});

describe('signing in is refused', () => {
  it.each([
    ['a code that another page made up', { code: 'made-up' }, 'signInRefused'],
    ['a wrong issuer', { code: 'made-up', iss: 'https://evil.example' }, 'signInRefused'],
    ['an error of the provider', { error: 'server_error' }, 'signInRefused'],
    ['a person who said no', { error: 'access_denied' }, 'cancelled'],
    ['nothing at all', {}, 'signInRefused'],
  ])('with %s', async (_, query, code) => {
    const openBrowser = comingBack((asked, redirect) =>
      withQuery(redirect, {
        state: asked.searchParams.get('state') ?? '',
        iss: provider.issuer,
        ...query,
      }),
    );
    expect(codeOf(await signIn(options({ openBrowser }), never))).toBe(code);
  });

  it('with the code of somebody else’s sign-in', async () => {
    const stolen = Promise.withResolvers<URL>();
    const victim = options({
      openBrowser: async (url) => {
        // The thief sees where the browser is sent back to and gets there first; the code was bound to the verifier.
        const asked = new URL(url);
        const elsewhere = new URL(asked);
        elsewhere.searchParams.set('code_challenge', 'A'.repeat(43));
        stolen.resolve((await person(elsewhere.href, 'other@example.com')).url);
        return ok(null);
      },
    });
    expect(codeOf(await signIn(victim, never))).toBe('signInRefused');
    expect((await stolen.promise).searchParams.get('code')).not.toBeNull();
  });

  it.each([
    ['another path', (url: URL) => new URL(`/guess${url.search}`, url)],
    ['another state', (url: URL) => withQuery(url, { state: 'A'.repeat(43) })],
    ['no state', (url: URL) => new URL(url.pathname, url)],
    [
      'another name for this machine',
      (url: URL) => new URL(`http://localhost:${url.port}${url.pathname}${url.search}`),
    ],
  ])('is not ended by a call with %s', async (_, wrong) => {
    const seen: number[] = [];
    const openBrowser = async (url: string) => {
      const asked = new URL(url);
      const redirect = new URL(asked.searchParams.get('redirect_uri') ?? '');
      const state = asked.searchParams.get('state') ?? '';
      const { page } = await browser().go(wrong(withQuery(redirect, { code: 'x', state })));
      seen.push(page.status);
      void person(url);
      return ok(null);
    };
    expect(codeOf(await signIn(options({ openBrowser }), never))).toBe('ok');
    expect(seen).toEqual([404]);
  });

  it('when the user has changed their mind, and listens no more', async () => {
    const mind = new AbortController();
    const redirects: URL[] = [];
    const openBrowser = (url: string) => {
      redirects.push(new URL(new URL(url).searchParams.get('redirect_uri') ?? ''));
      mind.abort();
      return Promise.resolve(ok(null));
    };
    expect(codeOf(await signIn(options({ openBrowser }), mind.signal))).toBe('cancelled');
    await expect(browser().go(redirects[0] ?? '')).rejects.toMatchObject({ code: 'ECONNREFUSED' });
  });

  it('when nobody comes back in time', async () => {
    const openBrowser = () => Promise.resolve(ok(null));
    expect(codeOf(await signIn(options({ openBrowser, timeLimit: 1500 }), never))).toBe('signInAbandoned');
  });

  it('when no browser opens', async () => {
    const openBrowser = () => Promise.resolve(err(failure('internal')));
    expect(codeOf(await signIn(options({ openBrowser }), never))).toBe('browserNotOpened');
  });

  it('when the provider is not there, or is somebody else', async () => {
    const nobody = { issuer: 'https://127.0.0.1:9', clientId: 'x', scope: '' };
    expect(codeOf(await signIn(options({ provider: nobody }), never))).toBe('serverUnreachable');
    const { fetch } = options();
    const other = await startIdentityProvider();
    onTestFinished(() => other.close());
    const stranger = { issuer: other.issuer, clientId: other.clientId, scope: '' };
    expect(codeOf(await signIn(options({ provider: stranger, fetch }), never))).toBe('certificateUntrusted');
  });
});
