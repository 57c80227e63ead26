import { createServer } from 'node:https';
import type { AddressInfo } from 'node:net';
import { Provider } from 'oidc-provider';
import { makeAuthority, makeKeyPem, makeServerCertificate } from '../licensing-api/tls/certificates.ts';

/** Longer than any demo is left open. */
const CERTIFICATE_LIFE_MS = 7 * 24 * 60 * 60_000;
/** Seconds. */
const HOUR = 3600;

export interface IdentityProvider {
  readonly issuer: string;
  readonly clientId: string;
  /** PEM of the CA that its certificate comes from. */
  readonly ca: string;
  readonly close: () => Promise<void>;
}

/**
 * A certified OpenID provider (oidc-provider) over HTTPS on this machine, with one native client as a desktop
 * application has it: no secret, PKCE, and a loopback redirect on any port. Whoever comes is signed in under the name
 * that they give; its keys are made for this process alone.
 */
export async function startIdentityProvider(): Promise<IdentityProvider> {
  const now = new Date();
  const authority = await makeAuthority('Identity test CA', now);
  const key = await makeKeyPem();
  const certificate = await makeServerCertificate({
    authority,
    key,
    names: [{ type: 'ip', value: '127.0.0.1' }],
    notBefore: new Date(now.getTime() - 60_000),
    notAfter: new Date(now.getTime() + CERTIFICATE_LIFE_MS),
  });
  const server = createServer({ key, cert: certificate });
  await new Promise<void>((resolve) => {
    server.listen(0, '127.0.0.1', resolve);
  });
  const { port } = server.address() as AddressInfo;
  const issuer = `https://127.0.0.1:${port}`;
  const clientId = 'latchkey-desktop';
  const provider = new Provider(issuer, {
    clients: [
      {
        client_id: clientId,
        application_type: 'native',
        token_endpoint_auth_method: 'none',
        grant_types: ['authorization_code'],
        response_types: ['code'],
        redirect_uris: ['http://127.0.0.1/signed-in'],
      },
    ],
    claims: { openid: ['sub'], email: ['email'] },
    pkce: { required: () => true },
    ttl: { AccessToken: HOUR, Grant: HOUR, IdToken: HOUR, Interaction: HOUR, Session: HOUR },
    cookies: { keys: [crypto.randomUUID()] },
    findAccount: (_context, id) => ({
      accountId: id,
      claims: () => ({ sub: id, email: id }),
    }),
  });
  const handle = provider.callback();
  server.on('request', (request, response) => void handle(request, response));
  return {
    issuer,
    clientId,
    ca: authority.certificate,
    close: async () => {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}
