import { X509Certificate } from 'node:crypto';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { ApiError } from '../../../shared/licensing-api/generated/types.gen.ts';
import { startLicensingApi, type LicensingApi } from '../../licensing-api/server.ts';
import { makeAuthority } from '../../licensing-api/tls/certificates.ts';
import { issueClientCertificate } from '../../licensing-api/tls/client-certificates.ts';
import {
  DAY,
  MINUTE,
  START,
  bodyOf,
  caller,
  expectRefusal,
  type CallOptions,
  type Caller,
  type Seat,
} from './caller.ts';
import { deviceKey, showing, spoiled, type DeviceKey } from './device-identity.ts';

let api: LicensingApi;
let calls: Caller;

beforeAll(async () => {
  api = await startLicensingApi({
    clock: START,
    requireClientCertificate: true,
    clientCertificateLifeMs: 2 * DAY,
  });
  calls = caller(api);
});
beforeEach(() => {
  api.setClock(START);
});
afterAll(() => api.close());

const PATH = '/api/v1/activation/certificate';
const enrol = (seat: Seat, csr: string, options: CallOptions = {}) =>
  calls.seatCall(seat, 'POST', PATH, { json: { csr }, ...options });
const refresh = (seat: Seat, options: CallOptions = {}) =>
  calls.seatCall(seat, 'PATCH', '/api/v1/activation', options);

interface Enrolled {
  readonly seat: Seat;
  readonly code: string;
  readonly seatId: string;
  readonly device: DeviceKey;
  readonly chain: string;
}

/** An activation of an entitlement of its own, with its first certificate. */
async function enrolled(): Promise<Enrolled> {
  const { activationCode: code } = await calls.createEntitlement({ seatCount: 5 });
  const seatId = 'seat-1';
  const { seat } = await calls.takeSeat(code, seatId);
  const device = await deviceKey();
  const answer = await enrol(seat, device.csr);
  expect(answer.status, answer.text).toBe(201);
  return { seat, code, seatId, device, chain: answer.text };
}

const required = (answer: Parameters<typeof expectRefusal>[0]) =>
  expectRefusal(answer, 403, 'clientCertificateRequired');

describe('a client certificate', () => {
  it('is issued to the key of the request, in the name that the server decides', async () => {
    const { seat, device, chain } = await enrolled();
    const [leaf = '', authority = ''] = chain.split(/(?<=-----END CERTIFICATE-----)\n/);
    const certificate = new X509Certificate(leaf);
    expect(certificate.subject).toBe(`O=${api.tenantId}\nCN=${seat.id}`);
    expect(certificate.checkIssued(new X509Certificate(authority))).toBe(true);
    expect(certificate.publicKey.asymmetricKeyDetails?.namedCurve).toBe('prime256v1');
    expect(certificate.ca).toBe(false);
    expect(certificate.keyUsage).toEqual(['1.3.6.1.5.5.7.3.2']);
    expect(certificate.validToDate.getTime()).toBe(START + 2 * DAY);
    // Another CA than the server's own: neither can pass for the other.
    expect(authority.trim()).not.toBe(api.caPem.trim());
    expect(new X509Certificate(authority).publicKey.equals(new X509Certificate(api.caPem).publicKey)).toBe(
      false,
    );
    expect((await refresh(seat, showing(device, chain))).status).toBe(200);
  });

  it.each<[string, () => Promise<string>]>([
    ['another curve', async () => (await deviceKey('P-384')).csr],
    ['RSA', async () => (await deviceKey('RSA')).csr],
    ['a wrong signature', async () => spoiled((await deviceKey()).csr)],
    ['a certificate', () => Promise.resolve(api.caPem)],
    ['no PEM', () => Promise.resolve('csr')],
  ])('is not issued for %s, and the next call goes on', async (_what, make) => {
    const { activationCode } = await calls.createEntitlement();
    const { seat } = await calls.takeSeat(activationCode, 'seat-1');
    const refused = await enrol(seat, await make());
    expectRefusal(refused, 422);
    expect(bodyOf<ApiError>(refused).validationErrors).toMatchObject([{ propertyName: 'csr' }]);
    expect((await enrol(seat, (await deviceKey()).csr)).status).toBe(201);
  });

  it('is not issued without the token, with another nonce, or after the seat was given back', async () => {
    const { activationCode } = await calls.createEntitlement();
    const { seat } = await calls.takeSeat(activationCode, 'seat-1');
    const device = await deviceKey();
    const { csr } = device;
    expectRefusal(await enrol({ ...seat, token: `${seat.token}x` }, csr), 401, 'accessTokenInvalid');
    expectRefusal(await enrol({ ...seat, nonce: 'some-other-nonce' }, csr), 409, 'nonceMismatch');
    const { text } = await enrol(seat, csr);
    const identity = showing(device, text);
    expect((await calls.seatCall(seat, 'DELETE', '/api/v1/activation', identity)).status).toBe(204);
    expectRefusal(await enrol(seat, csr, identity), 401, 'accessTokenInvalid');
  });
});

describe('calls of an activation', () => {
  it.each([
    ['GET', '/api/v1/activation', undefined],
    ['PATCH', '/api/v1/activation', undefined],
    ['DELETE', '/api/v1/activation', undefined],
    ['GET', '/api/v1/activation/entitlement', undefined],
    ['POST', '/api/v1/activation/license-file', {}],
    ['PATCH', '/api/v1/activation/features/checkout', { key: 'a', amount: 1 }],
    ['PATCH', '/api/v1/activation/features/return', { key: 'a', amount: 1 }],
    ['POST', '/api/v1/activation/features/usage', { key: 'a' }],
  ])('%s %s needs it, and a refusal spends no nonce', async (method, path, json) => {
    const { seat, device, chain } = await enrolled();
    const body = json === undefined ? {} : { json };
    const { nonce } = seat;
    required(await calls.seatCall(seat, method, path, body));
    expect(seat.nonce).toBe(nonce);
    const answer = await calls.seatCall(seat, method, path, { ...body, ...showing(device, chain) });
    expect([200, 204, 404]).toContain(answer.status);
    expect(bodyOf<ApiError | undefined>(answer)?.errorCode).not.toBe('clientCertificateRequired');
  });

  it('refuse the certificate of another activation, also one of the same seat before', async () => {
    const one = await enrolled();
    const two = await enrolled();
    required(await refresh(one.seat, showing(two.device, two.chain)));
    const identity = showing(one.device, one.chain);
    expect((await calls.seatCall(one.seat, 'DELETE', '/api/v1/activation', identity)).status).toBe(204);
    const { seat } = await calls.takeSeat(one.code, one.seatId);
    expect(seat.id).not.toBe(one.seat.id);
    required(await refresh(seat, identity));
  });

  it('refuse one that has run out, until the device has fetched another', async () => {
    const { seat, device, chain } = await enrolled();
    api.setClock(START + 2 * DAY - 1000);
    expect((await refresh(seat, showing(device, chain))).status).toBe(200);
    api.setClock(START + 2 * DAY);
    required(await refresh(seat, showing(device, chain)));
    const next = await deviceKey();
    const renewed = await enrol(seat, next.csr, showing(device, chain));
    expect(renewed.status).toBe(201);
    expect((await refresh(seat, showing(next, renewed.text))).status).toBe(200);
  });

  it('refuse one that is not in force yet', async () => {
    const { seat, device, chain } = await enrolled();
    const state = () => calls.seatCall(seat, 'GET', '/api/v1/activation', showing(device, chain));
    api.setClock(START - 6 * MINUTE);
    required(await state());
    api.setClock(START - 4 * MINUTE);
    expect((await state()).status).toBe(200);
  });

  it('refuse one of a CA that only calls itself the same', async () => {
    const { seat, device, chain } = await enrolled();
    const forged = await issueClientCertificate(
      await makeAuthority('Latchkey reference client CA', new Date(START)),
      device.csr,
      { tenantId: api.tenantId, activationId: seat.id },
      { now: START, lifeMs: DAY },
    );
    required(await refresh(seat, showing(device, forged?.chain ?? '')));
    expect((await refresh(seat, showing(device, chain))).status).toBe(200);
  });

  it('still ask for it when the server has changed its own certificate', async () => {
    const { seat, device, chain } = await enrolled();
    await api.setCertificate('backupKey');
    required(await refresh(seat));
    expect((await refresh(seat, showing(device, chain))).status).toBe(200);
    await api.setCertificate('valid');
  });

  it('refuse one that was revoked, and enrolment until the device has activated again', async () => {
    const { seat, code, seatId, device, chain } = await enrolled();
    const identity = showing(device, chain);
    expect((await calls.manage('DELETE', `/activations/${seat.id}/certificates`)).status).toBe(204);
    required(await refresh(seat, identity));
    const again = await calls.takeSeat(code, seatId);
    expect(again.seat.id).toBe(seat.id);
    required(await refresh(again.seat, identity));
    const renewed = await enrol(again.seat, device.csr);
    expect((await refresh(again.seat, showing(device, renewed.text))).status).toBe(200);
    expectRefusal(await calls.manage('DELETE', '/activations/act_AAAAAAAAAAAAAAAAAAAAAA/certificates'), 404);
  });

  it('tell a released seat, and take a deactivation that is repeated, with or without one', async () => {
    const one = await enrolled();
    expect((await calls.manage('DELETE', `/activations/${one.seat.id}`)).status).toBe(204);
    expectRefusal(await refresh(one.seat), 404, 'seatReleased');
    const two = await enrolled();
    const deactivate = (options: CallOptions = {}) =>
      calls.seatCall(two.seat, 'DELETE', '/api/v1/activation', options);
    expect((await deactivate(showing(two.device, two.chain))).status).toBe(204);
    expect((await deactivate(showing(two.device, two.chain))).status).toBe(204);
    expect((await deactivate()).status).toBe(204);
  });
});

describe('renewal', () => {
  it('needs the present certificate, so that a stolen token is not enough', async () => {
    const { seat } = await enrolled();
    const thief = await deviceKey();
    required(await enrol(seat, thief.csr));
    const other = await enrolled();
    required(await enrol(seat, thief.csr, showing(other.device, other.chain)));
  });

  it('leaves the old one good until the new one is used', async () => {
    const { seat, device, chain } = await enrolled();
    const old = showing(device, chain);
    const next = await deviceKey();
    const renewed = await enrol(seat, next.csr, old);
    expect(renewed.status).toBe(201);
    expect((await refresh(seat, old)).status).toBe(200);
    expect((await refresh(seat, showing(next, renewed.text))).status).toBe(200);
    required(await refresh(seat, old));
    expect((await refresh(seat, showing(next, renewed.text))).status).toBe(200);
  });

  it('whose answer was lost is repaired by activating again, and what was lost is worth nothing', async () => {
    const { seat, code, seatId, device, chain } = await enrolled();
    const next = await deviceKey();
    const lost = await enrol({ ...seat }, next.csr, showing(device, chain));
    const again = await calls.takeSeat(code, seatId);
    const third = await deviceKey();
    const fetched = await enrol(again.seat, third.csr);
    expect(fetched.status).toBe(201);
    required(await refresh(again.seat, showing(next, lost.text)));
    required(await refresh(again.seat, showing(device, chain)));
    expect((await refresh(again.seat, showing(third, fetched.text))).status).toBe(200);
    required(await enrol(again.seat, next.csr));
  });
});

describe('a server that does not ask for certificates', () => {
  it('issues them all the same, and works without', async () => {
    const plain = await startLicensingApi({ clock: START });
    const plainCalls = caller(plain);
    const { seat } = await plainCalls.takeSeat(plain.activationCode, 'seat-1');
    const { csr } = await deviceKey();
    expect((await plainCalls.seatCall(seat, 'POST', PATH, { json: { csr } })).status).toBe(201);
    expect((await plainCalls.refresh(seat)).status).toBe(200);
    await plain.close();
  });
});

describe('the rest of the server', () => {
  it('needs none: portal, offline calls, management, readiness', async () => {
    expect((await calls.call('GET', '/health/ready')).status).toBe(200);
    expect(await calls.managementToken()).toBeTypeOf('string');
    expect(
      (await calls.call('GET', '/api/v1/keys', { headers: { 'N-TenantId': api.tenantId } })).status,
    ).toBe(200);
  });
});
