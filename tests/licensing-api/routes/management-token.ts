import type { OAuthError, TokenRequest } from '../../../shared/licensing-api/generated/types.gen.ts';
import type { Answer } from '../answer.ts';
import { withBody, type ApiRequest, type Context, type Handler } from '../context.ts';
import { matchesHash } from '../secrets.ts';
import { MANAGEMENT_TOKEN_SECONDS } from '../tokens.ts';

/** OAuth 2.0 client credentials (RFC 6749, sections 2.3.1, 4.4 and 5). */
export const SCOPES = [
  'entitlements:read',
  'entitlements:write',
  'activations:read',
  'activations:write',
  'accounts:read',
  'accounts:write',
  'webhooks:read',
  'webhooks:write',
] as const;

/** Names under which the management client is kept in the settings. */
export const CLIENT_ID_SETTING = 'managementClientId';
export const CLIENT_SECRET_HASH_SETTING = 'managementClientSecretHash';

interface ClientCredentials {
  readonly id: string;
  readonly secret: string;
}

function failed(status: 400 | 401, error: OAuthError['error'], description: string): Answer {
  const body: OAuthError = { error, error_description: description };
  const challenge = { 'WWW-Authenticate': 'Basic realm="management"' };
  return status === 401 ? { status, body, headers: challenge } : { status, body };
}

/** Undoes the form encoding that section 2.3.1 asks for within Basic; null where it is not one. */
function formDecode(value: string): string | null {
  try {
    return decodeURIComponent(value.replaceAll('+', ' '));
  } catch {
    return null;
  }
}

/** The client's credentials from exactly one place; two at once are forbidden by section 2.3. */
function credentialsOf(request: ApiRequest<TokenRequest>): ClientCredentials | 'none' | 'invalid' {
  const { client_id: bodyId, client_secret: bodySecret } = request.body;
  const basic = /^Basic ([A-Za-z0-9+/]{1,1024}={0,2})$/i.exec(request.header('authorization') ?? '')?.[1];
  if (basic === undefined) {
    return bodyId === undefined || bodySecret === undefined ? 'none' : { id: bodyId, secret: bodySecret };
  }
  if (bodySecret !== undefined) return 'invalid';
  const [encodedId, ...rest] = Buffer.from(basic, 'base64').toString('utf8').split(':');
  const id = formDecode(encodedId ?? '');
  const secret = formDecode(rest.join(':'));
  return id === null || secret === null ? 'invalid' : { id, secret };
}

function isTheClient(context: Context, credentials: ClientCredentials): boolean {
  const { settings } = context.store;
  const hash = settings.read(CLIENT_SECRET_HASH_SETTING);
  const known = credentials.id === settings.read(CLIENT_ID_SETTING);
  // The secret is compared for an unknown client too: the answer takes as long.
  return hash !== null && matchesHash(credentials.secret, hash) && known;
}

export const issueManagementToken: Handler = withBody<TokenRequest>(async (context, request) => {
  const credentials = credentialsOf(request);
  if (credentials === 'invalid') {
    return failed(400, 'invalid_request', 'The client has to authenticate in exactly one way.');
  }
  if (credentials === 'none' || !isTheClient(context, credentials)) {
    return failed(401, 'invalid_client', 'The client or its secret is not known.');
  }
  if (request.body.grant_type !== 'client_credentials') {
    return failed(400, 'unsupported_grant_type', 'Only client_credentials is supported.');
  }
  const wanted = (request.body.scope ?? '').split(' ').filter((scope) => scope !== '');
  const scopes = SCOPES.filter((scope) => wanted.length === 0 || wanted.includes(scope));
  if (wanted.length > 0 && !wanted.every((scope) => SCOPES.some((known) => known === scope))) {
    return failed(400, 'invalid_scope', 'A scope is not known.');
  }
  const token = await context.tokens.issueManagement({ clientId: credentials.id, scopes }, context.now());
  return {
    status: 200,
    body: {
      access_token: token,
      token_type: 'Bearer',
      expires_in: MANAGEMENT_TOKEN_SECONDS,
      scope: scopes.join(' '),
    },
    headers: { 'Cache-Control': 'no-store' },
  };
});
