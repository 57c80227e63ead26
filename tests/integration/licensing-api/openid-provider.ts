import { createHash, randomBytes } from 'node:crypto';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { exportJWK, generateKeyPair } from 'jose';
import { Provider } from 'oidc-provider';
import * as v from 'valibot';

/** A certified OpenID provider on a loopback address; whoever asks is signed in at once, as the account that is set. */
export interface OpenIdProvider {
  readonly issuer: string;
  readonly clientId: string;
  /** Signs in as a native application does (code and PKCE), and gives the ID token. @param nonce null = none is sent */
  readonly signIn: (subject: string, nonce?: string | null) => Promise<string>;
  readonly close: () => Promise<void>;
}

const CLIENT_ID = 'latchkey-desktop';
const REDIRECT = 'http://127.0.0.1/signed-in';
const tokens = v.object({ id_token: v.string() });

type Listener = (request: IncomingMessage, response: ServerResponse) => void;

/** Finishes the one interaction that there is, without asking anybody. */
function signInAs(provider: Provider, subject: () => string): Listener {
  const callback = provider.callback();
  return (request, response) => {
    if (request.url?.startsWith('/interaction/') === true) {
      // The provider wants a native application's user to agree each time.
      const result = { login: { accountId: subject() }, consent: {} };
      void provider.interactionFinished(request, response, result);
    } else {
      void callback(request, response);
    }
  };
}

export async function startOpenIdProvider(): Promise<OpenIdProvider> {
  let listener: Listener = (_request, response) => void response.writeHead(503).end();
  let subject = '';
  const server = createServer((request, response) => listener(request, response));
  const port = await new Promise<number>((resolve) => {
    server.listen(0, '127.0.0.1', () => {
      const address = server.address();
      resolve(typeof address === 'object' && address !== null ? address.port : 0);
    });
  });
  const issuer = `http://127.0.0.1:${port}`;
  const { privateKey } = await generateKeyPair('ES256', { extractable: true });
  const jwk = { ...(await exportJWK(privateKey)), kty: 'EC', kid: 'provider-key', use: 'sig', alg: 'ES256' };
  const provider = new Provider(issuer, {
    clients: [
      {
        client_id: CLIENT_ID,
        application_type: 'native',
        token_endpoint_auth_method: 'none',
        id_token_signed_response_alg: 'ES256',
        redirect_uris: [REDIRECT],
        response_types: ['code'],
        grant_types: ['authorization_code'],
      },
    ],
    jwks: { keys: [jwk] },
    cookies: { keys: [randomBytes(32).toString('base64url')] },
    enabledJWA: { idTokenSigningAlgValues: ['ES256'] },
    ttl: {
      AccessToken: 600,
      AuthorizationCode: 60,
      Grant: 600,
      IdToken: 3600,
      Interaction: 600,
      Session: 600,
    },
    features: { devInteractions: { enabled: false } },
    interactions: { url: (_context, interaction) => `/interaction/${interaction.uid}` },
    findAccount: (_context, id) => ({ accountId: id, claims: () => Promise.resolve({ sub: id }) }),
    // Nobody is asked whether the application may know who has signed in.
    loadExistingGrant: async (context) => {
      const grant = new context.oidc.provider.Grant({
        clientId: CLIENT_ID,
        ...(context.oidc.session?.accountId === undefined
          ? {}
          : { accountId: context.oidc.session.accountId }),
      });
      grant.addOIDCScope('openid');
      await grant.save();
      return grant;
    },
  });
  listener = signInAs(provider, () => subject);

  const signIn = async (as: string, nonce: string | null = randomBytes(16).toString('hex')) => {
    subject = as;
    const verifier = randomBytes(32).toString('base64url');
    const query = new URLSearchParams({
      client_id: CLIENT_ID,
      response_type: 'code',
      scope: 'openid',
      redirect_uri: REDIRECT,
      code_challenge: createHash('sha256').update(verifier).digest('base64url'),
      code_challenge_method: 'S256',
      state: randomBytes(16).toString('hex'),
      ...(nonce === null ? {} : { nonce }),
    });
    const cookies = new Map<string, string>();
    let location = `${issuer}/auth?${query.toString()}`;
    for (let hops = 0; !location.startsWith(REDIRECT); hops += 1) {
      if (hops > 10) throw new Error('the provider sends round in circles');
      const cookie = [...cookies].map(([name, value]) => `${name}=${value}`).join('; ');
      const answer = await fetch(new URL(location, issuer), { redirect: 'manual', headers: { cookie } });
      for (const line of answer.headers.getSetCookie()) {
        const [, name = '', value = ''] = /^([^=]+)=([^;]*)/.exec(line) ?? [];
        cookies.set(name, value);
      }
      const next = answer.headers.get('location');
      if (next === null) throw new Error(`the provider answers ${answer.status}: ${await answer.text()}`);
      location = next;
    }
    const answer = await fetch(`${issuer}/token`, {
      method: 'POST',
      body: new URLSearchParams({
        grant_type: 'authorization_code',
        client_id: CLIENT_ID,
        code: new URL(location).searchParams.get('code') ?? '',
        redirect_uri: REDIRECT,
        code_verifier: verifier,
      }),
    });
    return v.parse(tokens, await answer.json()).id_token;
  };

  return {
    issuer,
    clientId: CLIENT_ID,
    signIn,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}
