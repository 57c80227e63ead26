import type { X509Certificate } from 'node:crypto';
import { invalid, refuse, refuseWith, type Answer } from './answer.ts';
import type { ApiRequest, Context, Handler } from './context.ts';
import { describeErrors, type Operation } from './contract.ts';
import type { AccessClaims, ManagementClaims } from './tokens.ts';

/** From a request to an answer: authentication, contract, tenant, handler, contract again. Knows no HTTP library. */

/** A request as it came; nothing of it has been checked. */
export interface RawRequest {
  readonly body: unknown;
  readonly address: string;
  readonly certificate: X509Certificate | null;
  readonly headers: Readonly<Record<string, string | string[] | undefined>>;
  readonly query: Readonly<Record<string, unknown>>;
  readonly params: Readonly<Record<string, unknown>>;
}

type Principal =
  | { readonly access: AccessClaims | null; readonly management: ManagementClaims | null }
  | { readonly refusal: Answer };

/** A header or query value; one that was given twice counts as not given. */
const single = (value: unknown): string | undefined => (typeof value === 'string' ? value : undefined);

/** The token of a request; empty where there is none. */
export const bearer = (request: RawRequest): string =>
  /^Bearer ([A-Za-z0-9._-]{1,8192})$/i.exec(single(request.headers['authorization']) ?? '')?.[1] ?? '';

async function authenticate(context: Context, operation: Operation, request: RawRequest): Promise<Principal> {
  const { security } = operation;
  if (security.kind === 'none') return { access: null, management: null };
  if (security.kind === 'access') {
    const access = await context.tokens.verifyAccess(bearer(request), context.now());
    return access === null
      ? { refusal: refuse('accessTokenInvalid', 'The access token is missing or not good.') }
      : { access, management: null };
  }
  const management = await context.tokens.verifyManagement(bearer(request), context.now());
  if (management === null) {
    const challenge = { 'WWW-Authenticate': 'Bearer realm="management", error="invalid_token"' };
    return { refusal: refuseWith(401, 'The management token is missing or not good.', challenge) };
  }
  if (!security.scopes.every((scope) => management.scopes.includes(scope))) {
    const challenge = {
      'WWW-Authenticate': `Bearer error="insufficient_scope", scope="${security.scopes.join(' ')}"`,
    };
    return { refusal: refuseWith(403, 'The management token lacks the scope of this call.', challenge) };
  }
  return { access: null, management };
}

function validate(operation: Operation, request: RawRequest): Answer | null {
  const errors = operation.parameters.flatMap((it) => {
    const source = { header: request.headers, query: request.query, path: request.params }[it.in];
    const value = source[it.in === 'header' ? it.name.toLowerCase() : it.name];
    if (value === undefined) {
      return it.required ? [{ propertyName: it.name, message: 'is required', code: 'required' }] : [];
    }
    return describeErrors(it.check(value) ?? [], it.name);
  });
  const { body } = operation;
  if (body !== null && request.body === undefined) {
    if (body.required) errors.push({ propertyName: 'body', message: 'is required', code: 'required' });
  } else if (body !== null) {
    errors.push(...describeErrors(body.check(request.body) ?? []));
  }
  return errors.length === 0 ? null : invalid(errors);
}

/** A known tenant, where the operation names one. Every tenant of this server is the one it was made for. */
function wrongTenant(context: Context, operation: Operation, request: RawRequest): Answer | null {
  const named = operation.parameters.some((it) => it.name === 'N-TenantId');
  return named && request.headers['n-tenantid'] !== context.tenantId
    ? refuseWith(404, 'There is no such tenant.')
    : null;
}

/**
 * Answers one request.
 * @param pause runs once the caller is known and counted, before the call is looked at; a fault for tests
 * @throws if the handler has a defect or its answer breaks the contract
 */
export async function dispatch(
  context: Context,
  operation: Operation,
  handler: Handler,
  raw: RawRequest,
  pause: () => Promise<void>,
): Promise<Answer> {
  const principal = await authenticate(context, operation, raw);
  const access = 'refusal' in principal ? null : principal.access;
  const admission = access === null ? null : context.activationLimiter.enter(access.activationId);
  if (admission !== null && 'refusal' in admission) return admission.refusal;
  try {
    await pause();
    return await answerTo(context, operation, handler, raw, principal);
  } finally {
    admission?.leave();
  }
}

async function answerTo(
  context: Context,
  operation: Operation,
  handler: Handler,
  raw: RawRequest,
  principal: Principal,
): Promise<Answer> {
  const refusal =
    'refusal' in principal
      ? principal.refusal
      : (validate(operation, raw) ?? wrongTenant(context, operation, raw));
  const answer = refusal ?? (await handler(context, readable(raw, principal)));
  const broken = operation.checkAnswer(answer.status, answer.headers ?? {}, answer.body);
  if (broken !== null) throw new Error(`${operation.id} answers against its contract: ${broken}`);
  return answer;
}

function readable(raw: RawRequest, principal: Principal): ApiRequest {
  const known = 'refusal' in principal ? { access: null, management: null } : principal;
  return {
    ...known,
    body: raw.body,
    address: raw.address,
    certificate: raw.certificate,
    header: (name) => single(raw.headers[name]),
    query: (name) => single(raw.query[name]),
    param: (name) => single(raw.params[name]) ?? '',
  };
}
