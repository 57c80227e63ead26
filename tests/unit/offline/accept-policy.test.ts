import { describe, expect, it } from 'vitest';
import {
  problemOfRefresh,
  problemOfResponse,
  type RefreshClaims,
  type ResponseClaims,
} from '../../../electron/offline/accept-policy.ts';
import { findKey, type FoundKey } from '../../../electron/offline/device-keys.ts';
import { NO_EXCHANGE, type Exchange, type PendingRequest } from '../../../electron/offline/records.ts';
import { makeDeviceKeys, storeDeviceKeys, type DeviceKeys } from '../../../shared/token/keys.ts';
import { random } from '../token/samples.ts';
import { typedCode } from '../../support/typed-secrets.ts';

const ADDRESS = { tenantId: 't_1', productId: 'prod_1' };
const [ours, held, other, strange] = [1, 2, 3, 4].map(() => makeDeviceKeys(random)) as [
  DeviceKeys,
  DeviceKeys,
  DeviceKeys,
  DeviceKeys,
];

const request: PendingRequest = {
  id: 'request-of-16-chars',
  madeAt: 0,
  token: '',
  code: typedCode('CODE'),
  seatId: 'seat-1',
  seatName: null,
  editionId: null,
  keys: storeDeviceKeys(ours),
};
const pending: Exchange = { ...NO_EXCHANGE, requests: [request] };
const active: Exchange = {
  ...NO_EXCHANGE,
  held: { rid: request.id, seq: 3, keys: storeDeviceKeys(held), others: [storeDeviceKeys(other)] },
};
const activation = { id: 'act_1', seatId: 'seat-1' };
const wire = { id: 'act_1', seatId: 'seat-1', mode: 'offline', productId: 'prod_1' };
const common = { jti: 'token-of-16-characters', iat: 0, ...ADDRESS, entitlement: {} };

const response = (changes: Partial<ResponseClaims> = {}, state: object = {}): ResponseClaims => ({
  ...common,
  rid: request.id,
  seq: 1,
  activation: { ...wire, ...state },
  ...changes,
});
const refresh = (changes: Partial<RefreshClaims> = {}, state: object = {}): RefreshClaims => ({
  ...common,
  activationId: 'act_1',
  seq: 4,
  activation: { ...wire, ...state },
  ...changes,
});
const byRequest: FoundKey = { keys: ours, request };
const byHeld: FoundKey = { keys: held, request: null };

describe('findKey', () => {
  it('finds the key of a request and of the activation, and no other', () => {
    const both = { ...active, requests: [request] };
    expect(findKey(both, ours.encrypt.kid)?.request).toBe(request);
    expect(findKey(both, held.encrypt.kid)).toMatchObject({ request: null });
    expect(findKey(both, other.encrypt.kid)).toMatchObject({ request: null });
    expect(findKey(both, strange.encrypt.kid)).toBeNull();
    expect(findKey(both, ours.sign.kid)).toBeNull();
    expect(findKey(NO_EXCHANGE, ours.encrypt.kid)).toBeNull();
    expect(findKey(both, '')).toBeNull();
  });
});

describe('problemOfResponse', () => {
  const problem = (claims: ResponseClaims, key = byRequest, exchange = pending) =>
    problemOfResponse(claims, key, exchange, ADDRESS)?.code ?? null;

  it('has none with the response to a pending request, whatever its count', () => {
    expect(problem(response())).toBeNull();
    expect(problem(response({ seq: 900 }))).toBeNull();
    expect(problem(response({}, { productId: undefined }))).toBeNull();
  });

  it.each([
    [
      'another tenant, before anything else',
      response({ tenantId: 't_2', productId: 'x' }),
      'tokenForOtherTenant',
    ],
    ['another product', response({ productId: 'prod_2' }), 'tokenForOtherProduct'],
    ['a state of another product', response({}, { productId: 'prod_2' }), 'tokenForOtherProduct'],
    ['another request', response({ rid: 'another-of-16-chars' }), 'tokenForOtherDevice'],
    ['another seat', response({}, { seatId: 'seat-2' }), 'tokenForOtherDevice'],
    ['an online state', response({}, { mode: 'online' }), 'tokenMalformed'],
    ['a state without a mode', response({}, { mode: undefined }), 'tokenMalformed'],
  ] as const)('has one with %s', (_name, claims, code) => {
    expect(problem(claims)).toBe(code);
  });

  it('knows the response that was applied from others that come to the keys of the activation', () => {
    expect(problem(response(), byHeld, active)).toBe('tokenReplayed');
    expect(problem(response({ rid: 'another-of-16-chars' }), byHeld, active)).toBe('tokenForOtherDevice');
  });
});

describe('problemOfRefresh', () => {
  const problem = (
    claims: RefreshClaims,
    key = byHeld,
    exchange = active,
    on: typeof activation | null = activation,
  ) => problemOfRefresh(claims, key, exchange, on, ADDRESS)?.code ?? null;

  it('has none with a later count', () => {
    expect(problem(refresh())).toBeNull();
    expect(problem(refresh({ seq: Number.MAX_SAFE_INTEGER }))).toBeNull();
  });

  it.each([
    ['another tenant', refresh({ tenantId: 't_2' }), 'tokenForOtherTenant'],
    ['another product', refresh({ productId: 'prod_2' }), 'tokenForOtherProduct'],
    ['a state of another product', refresh({}, { productId: 'prod_2' }), 'tokenForOtherProduct'],
    ['another activation', refresh({ activationId: 'act_2' }), 'tokenForOtherDevice'],
    ['a state of another activation', refresh({}, { id: 'act_2' }), 'tokenForOtherDevice'],
    ['another seat', refresh({}, { seatId: 'seat-2' }), 'tokenForOtherDevice'],
    ['the count that was applied', refresh({ seq: 3 }), 'tokenReplayed'],
    ['an older count', refresh({ seq: 2 }), 'tokenStale'],
    ['an online state', refresh({}, { mode: 'online' }), 'tokenMalformed'],
  ] as const)('has one with %s', (_name, claims, code) => {
    expect(problem(claims)).toBe(code);
  });

  it('is of no use without an offline activation, or to the keys of a request', () => {
    expect(problem(refresh(), byRequest, { ...active, requests: [request] })).toBe('tokenForOtherDevice');
    expect(problem(refresh(), byHeld, active, null)).toBe('tokenForOtherDevice');
    expect(problem(refresh(), byHeld, NO_EXCHANGE)).toBe('tokenForOtherDevice');
  });
});
