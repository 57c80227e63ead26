import { createDecipheriv, createHash, createPublicKey, verify } from 'node:crypto';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import * as v from 'valibot';
import type { LicenseFileRequest } from '../../../shared/licensing-api/generated/types.gen.ts';
import { startLicensingApi, type LicensingApi } from '../../licensing-api/server.ts';
import { DAY, START, caller, expectRefusal, type Caller, type Seat } from './caller.ts';
import { makeDevice } from './offline-device.ts';
import { offlineCaller } from './offline-caller.ts';

/** License files as a reader without any code of ours takes them apart: node:crypto and the written format. */

const envelopeSchema = v.strictObject({ enc: v.string(), sig: v.string(), alg: v.string() });
const datasetSchema = v.strictObject({
  data: v.strictObject({
    id: v.string(),
    type: v.literal('licenses'),
    attributes: v.looseObject({ seatId: v.string() }),
  }),
  included: v.array(v.strictObject({ id: v.string(), type: v.literal('features'), attributes: v.unknown() })),
  meta: v.strictObject({ issued: v.string(), expiry: v.string(), ttl: v.number() }),
});

let api: LicensingApi;
let calls: Caller;

beforeAll(async () => {
  api = await startLicensingApi({ clock: START });
  calls = caller(api);
});
beforeEach(() => {
  api.setClock(START);
});
afterAll(() => api.close());

function envelopeOf(text: string) {
  expect(text).toMatch(
    /^-----BEGIN LICENSE FILE-----\n(?:[A-Za-z0-9+/=]{1,64}\n)+-----END LICENSE FILE-----\n$/,
  );
  const base64 = text.split('\n').slice(1, -2).join('');
  return v.parse(envelopeSchema, JSON.parse(Buffer.from(base64, 'base64').toString()));
}

function isSigned({ enc, sig }: { enc: string; sig: string }, prefix = 'license/'): boolean {
  const { x = '' } = api.profile.serverKeys.find((it) => it.use === 'sig') ?? {};
  const key = createPublicKey({ format: 'jwk', key: { kty: 'OKP', crv: 'Ed25519', x } });
  return verify(null, Buffer.from(prefix + enc), key, Buffer.from(sig, 'base64'));
}

const datasetOf = (json: string) => v.parse(datasetSchema, JSON.parse(json));

const checkOut = (seat: Seat, json?: LicenseFileRequest) =>
  calls.seatCall(seat, 'POST', '/api/v1/activation/license-file', json === undefined ? {} : { json });

const FINGERPRINT = { board: 'board-digest-0000001', disk: 'disk-digest-00000001' };

async function newSeat() {
  const entitlement = await calls.createEntitlement({
    features: [{ key: 'editor', type: 'bool' }],
    attributes: [{ key: 'tier', type: 'string', value: 'gold' }],
    offlineLeasePeriod: { type: 'Day', count: 30 },
  });
  const code = entitlement.activationCode;
  return { code, ...(await calls.takeSeat(code, 'seat-1', { fingerprint: FINGERPRINT })) };
}

describe('a license file', () => {
  it('is signed, ends after 14 days, and says what the license is and for which device', async () => {
    const { seat } = await newSeat();
    const answer = await checkOut(seat);
    expect(answer.headers['content-type']).toBe('text/plain; charset=utf-8');
    const envelope = envelopeOf(answer.text);
    expect(envelope.alg).toBe('base64+ed25519');
    expect([isSigned(envelope), isSigned(envelope, 'machine/')]).toEqual([true, false]);
    expect(isSigned({ ...envelope, enc: envelope.enc.replace(/^./, 'f') })).toBe(false);
    expect(datasetOf(Buffer.from(envelope.enc, 'base64').toString())).toMatchObject({
      data: {
        id: seat.id,
        attributes: {
          seatId: 'seat-1',
          fingerprint: FINGERPRINT,
          activation: { id: seat.id, mode: 'online', attributes: [{ key: 'tier', value: 'gold' }] },
          entitlement: { productName: 'Orbit Studio', seatCount: 1 },
        },
      },
      included: [{ id: 'editor', type: 'features', attributes: { type: 'bool', available: 1 } }],
      meta: {
        issued: new Date(START).toISOString(),
        expiry: new Date(START + 14 * DAY).toISOString(),
        ttl: 1_209_600,
      },
    });
  });

  it('carries the chain of nonces on', async () => {
    const { seat } = await newSeat();
    const { nonce } = seat;
    expect((await checkOut(seat)).status).toBe(200);
    expect(seat.nonce).not.toBe(nonce);
    expect((await calls.refresh(seat)).status).toBe(200);
    expectRefusal(await checkOut({ ...seat, nonce }), 409, 'nonceMismatch');
  });

  it('has the TTL that was asked for, within the lease', async () => {
    const { seat } = await newSeat();
    const metaOf = async (ttlSeconds: number) =>
      datasetOf(Buffer.from(envelopeOf((await checkOut(seat, { ttlSeconds })).text).enc, 'base64').toString())
        .meta;
    expect(await metaOf(3600)).toMatchObject({ ttl: 3600, expiry: '2026-03-01T10:00:00.000Z' });
    expect(await metaOf(31_000_000)).toMatchObject({ ttl: 30 * 86_400, expiry: '2026-03-31T09:00:00.000Z' });
    expectRefusal(await checkOut(seat, { ttlSeconds: 1 }), 422);
    expectRefusal(await checkOut(seat, { ttlSeconds: 1e9 }), 422);
  });

  it('is encrypted with the activation code, if asked', async () => {
    const { seat, code } = await newSeat();
    const envelope = envelopeOf((await checkOut(seat, { encrypt: true })).text);
    expect([envelope.alg, isSigned(envelope)]).toEqual(['aes-256-gcm+ed25519', true]);
    const decrypt = (licenseKey: string) => {
      const [ciphertext = '', iv = '', tag = ''] = envelope.enc.split('.');
      const key = createHash('sha256').update(licenseKey).digest();
      const decipher = createDecipheriv('aes-256-gcm', key, Buffer.from(iv, 'base64'), { authTagLength: 16 });
      decipher.setAuthTag(Buffer.from(tag, 'base64'));
      return Buffer.concat([decipher.update(Buffer.from(ciphertext, 'base64')), decipher.final()]).toString();
    };
    expect(datasetOf(decrypt(code)).data.id).toBe(seat.id);
    expect(() => decrypt(`${code}A`)).toThrow();
  });

  it('is not for a lease that has ended, a seat given back, or an entitlement that is disabled', async () => {
    const { seat, state } = await newSeat();
    api.setClock(START + 30 * DAY);
    expectRefusal(await checkOut(seat), 409);
    api.setClock(START);
    await calls.change(state.entitlementId ?? '', 'disable');
    expectRefusal(await checkOut(seat), 403, 'entitlementDisabled');
    await calls.change(state.entitlementId ?? '', 'enable');
    await calls.deactivate(seat);
    expectRefusal(await checkOut(seat), 401, 'accessTokenInvalid');
  });

  it('that is carried offline is good for the whole lease', async () => {
    const { code, seat } = await newSeat();
    await calls.deactivate(seat);
    const device = await makeDevice({ api, code });
    const { claims } = await offlineCaller(api, calls).answered(device);
    const envelope = envelopeOf(claims.licenseFile);
    expect([envelope.alg, isSigned(envelope)]).toEqual(['base64+ed25519', true]);
    const { data, meta } = datasetOf(Buffer.from(envelope.enc, 'base64').toString());
    expect(data).toMatchObject({ id: claims.activation.id, attributes: { activation: { mode: 'offline' } } });
    expect(meta.expiry).toBe(claims.activation.leaseExpiry);
  });
});
