import { expect } from 'vitest';
import type {
  ActivateRequest,
  ActivateResponse,
  Activation,
  ActivationList,
  ActivationState,
  ApiError,
  CreateEntitlementRequest,
  CreatedEntitlement,
  Entitlement,
  ErrorCode,
  Feature,
  ManagedEntitlement,
} from '../../../shared/licensing-api/generated/types.gen.ts';
import { loadContract } from '../../licensing-api/contract.ts';
import type { LicensingApi } from '../../licensing-api/server.ts';
import { httpsCall, type HttpsAnswer, type HttpsCall } from '../../support/https-call.ts';

/** Calls the server over real HTTPS and holds every answer against the contract. */

export const MINUTE = 60_000;
export const DAY = 24 * 60 * MINUTE;
/** When the tests' server clock starts. */
export const START = Date.parse('2026-03-01T09:00:00.000Z');

const operations = loadContract().map((operation) => ({
  operation,
  pattern: new RegExp(`^${operation.path.replaceAll(/\{\w+\}/g, '[^/]+')}$`),
}));

/** What breaks the contract in an answer; null = nothing. Header names are compared as HTTP does. */
export function contractBreach(method: string, path: string, answer: HttpsAnswer): string | null {
  const plain = path.split('?')[0] ?? '';
  const known = operations.find((it) => it.operation.method === method && it.pattern.test(plain));
  if (known === undefined) return `${method} ${plain} is not in the contract`;
  const headers: Record<string, string> = {};
  for (const name of ['N-Nonce', 'Retry-After']) {
    const value = answer.headers[name.toLowerCase()];
    if (value !== undefined) headers[name] = value;
  }
  const isText = /^(?:text\/plain|application\/pem-certificate-chain)/.test(
    answer.headers['content-type'] ?? '',
  );
  return known.operation.checkAnswer(answer.status, headers, isText ? answer.text : answer.body);
}

export type CallOptions = Partial<Omit<HttpsCall, 'url' | 'ca'>>;

/** What a call of an activation needs, and what its last answer gave. */
export interface Seat {
  readonly id: string;
  readonly token: string;
  nonce: string;
}

/** A typed view on an answer's body, after the contract was checked by `call`. */
// oxlint-disable-next-line typescript/no-unnecessary-type-parameters -- it names the type for the reader
export function bodyOf<T>(answer: HttpsAnswer): T {
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- checked against the contract before
  return answer.body as T;
}

/** Expects a refusal with a code. */
export function expectRefusal(answer: HttpsAnswer, status: number, errorCode?: ErrorCode): void {
  expect({ status: answer.status, errorCode: bodyOf<ApiError>(answer).errorCode }).toEqual({
    status,
    errorCode,
  });
}

export function caller(api: LicensingApi) {
  const call = async (method: string, path: string, options: CallOptions = {}): Promise<HttpsAnswer> => {
    const answer = await httpsCall({ url: api.url + path, method, ca: api.caPem, ...options });
    expect(contractBreach(method, path, answer), `${method} ${path}: ${answer.status}`).toBeNull();
    return answer;
  };

  const activateWith = (
    request: Partial<ActivateRequest>,
    headers: Readonly<Record<string, string>> = {},
  ): Promise<HttpsAnswer> =>
    call('POST', '/api/v1/activate', {
      headers: { 'N-TenantId': api.tenantId, ...headers },
      json: {
        productId: api.productId,
        seatId: 'seat-1',
        activationCredentials: { type: 'activationCode', code: api.activationCode },
        ...request,
      },
    });

  /** Activates and gives what later calls need. */
  const takeSeat = async (code: string, seatId: string, request: Partial<ActivateRequest> = {}) => {
    const credentials = { type: 'activationCode', code } as const;
    const answer = await activateWith({ activationCredentials: credentials, seatId, ...request });
    expect([200, 201]).toContain(answer.status);
    const state = bodyOf<ActivateResponse>(answer);
    const seat: Seat = { id: state.id, token: state.accessToken, nonce: answer.headers['n-nonce'] ?? '' };
    return { seat, state, answer };
  };

  /** A call of a seat, which takes over the next nonce where there is one. */
  const seatCall = async (
    seat: Seat,
    method: string,
    path: string,
    options: CallOptions = {},
  ): Promise<HttpsAnswer> => {
    const answer = await call(method, path, {
      ...options,
      headers: {
        'N-TenantId': api.tenantId,
        'N-Nonce': seat.nonce,
        Authorization: `Bearer ${seat.token}`,
        ...options.headers,
      },
    });
    seat.nonce = answer.headers['n-nonce'] ?? seat.nonce;
    return answer;
  };

  const tokenCall = (
    form: Readonly<Record<string, string>>,
    headers: Readonly<Record<string, string>> = {},
  ) =>
    call('POST', '/oauth2/token', {
      headers: { 'Content-Type': 'application/x-www-form-urlencoded', ...headers },
      raw: new URLSearchParams(form).toString(),
    });

  const managementToken = async (scope?: string): Promise<string> => {
    const answer = await tokenCall({
      grant_type: 'client_credentials',
      client_id: api.management.clientId,
      client_secret: api.management.clientSecret,
      ...(scope === undefined ? {} : { scope }),
    });
    expect(answer.status).toBe(200);
    return bodyOf<{ access_token: string }>(answer).access_token;
  };

  const manage = async (method: string, path: string, options: CallOptions = {}): Promise<HttpsAnswer> =>
    call(method, `/api/v1/management${path}`, {
      headers: { Authorization: `Bearer ${await managementToken()}` },
      ...options,
    });

  /** Creates an entitlement of the demo product: one seat, a year from its creation. */
  const createEntitlement = async (
    request: Partial<CreateEntitlementRequest> = {},
  ): Promise<CreatedEntitlement> => {
    const answer = await manage('POST', '/entitlements', {
      json: {
        productId: api.productId,
        seatCount: 1,
        plan: subscription('EntitlementCreation'),
        ...request,
      },
    });
    expect(answer.status, answer.text).toBe(201);
    return bodyOf<CreatedEntitlement>(answer);
  };

  const change = async (id: string, action: string, json?: unknown): Promise<ManagedEntitlement> => {
    const answer = await manage('POST', `/entitlements/${id}/${action}`, json === undefined ? {} : { json });
    expect(answer.status, answer.text).toBe(200);
    return bodyOf<ManagedEntitlement>(answer);
  };

  return {
    call,
    activateWith,
    takeSeat,
    seatCall,
    tokenCall,
    managementToken,
    manage,
    createEntitlement,
    change,
    getEntitlement: async (id: string) =>
      bodyOf<ManagedEntitlement>(await manage('GET', `/entitlements/${id}`)),
    listSeats: async (id: string, query = '') =>
      bodyOf<ActivationList>(await manage('GET', `/entitlements/${id}/activations${query}`)),
    state: async (seat: Seat) => bodyOf<ActivationState>(await seatCall(seat, 'GET', '/api/v1/activation')),
    refresh: (seat: Seat) => seatCall(seat, 'PATCH', '/api/v1/activation'),
    refreshed: async (seat: Seat) => bodyOf<Activation>(await seatCall(seat, 'PATCH', '/api/v1/activation')),
    deactivate: (seat: Seat) => seatCall(seat, 'DELETE', '/api/v1/activation'),
    entitlement: async (seat: Seat) =>
      bodyOf<Entitlement>(await seatCall(seat, 'GET', '/api/v1/activation/entitlement')),
    checkout: (seat: Seat, key: string, amount: number) =>
      seatCall(seat, 'PATCH', '/api/v1/activation/features/checkout', { json: { key, amount } }),
    giveBack: (seat: Seat, key: string, amount: number) =>
      seatCall(seat, 'PATCH', '/api/v1/activation/features/return', { json: { key, amount } }),
    track: (seat: Seat, key: string, headers: Readonly<Record<string, string>> = {}) =>
      seatCall(seat, 'POST', '/api/v1/activation/features/usage', { json: { key }, headers }),
  };
}

export type Caller = ReturnType<typeof caller>;

/** A plan of one year. */
export function subscription(
  licenseStartType: CreateEntitlementRequest['plan']['licenseStartType'],
): CreateEntitlementRequest['plan'] {
  return {
    name: 'Yearly',
    licenseType: 'Subscription',
    licenseStartType,
    licenseDuration: { type: 'Year', count: 1 },
  };
}

/** A feature of a state by its key. */
export function featureOf(
  state: { readonly features: readonly Feature[] },
  key: string,
): Feature | undefined {
  return state.features.find((feature) => feature.key === key);
}
