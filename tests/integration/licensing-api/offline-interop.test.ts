import { randomBytes } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { parsePublicKey } from '../../../shared/license-file/public-key.ts';
import { verdictOf, verifyLicenseFile } from '../../../shared/license-file/verify.ts';
import { deviceJwks, makeDeviceKeys } from '../../../shared/token/keys.ts';
import { armorToken } from '../../../shared/token/armor.ts';
import { openToken } from '../../../shared/token/open.ts';
import { recogniseToken } from '../../../shared/token/recognise.ts';
import { joinQr, splitForQr } from '../../../shared/token/qr-series.ts';
import { makeTokenId, sealToken } from '../../../shared/token/seal.ts';
import { joinCodes, splitIntoCodes } from '../../licensing-api/offline/qr-series.ts';
import { startLicensingApi, type LicensingApi } from '../../licensing-api/server.ts';
import { DAY, START, bodyOf, caller, expectRefusal, type Caller } from './caller.ts';
import { offlineCaller, type OfflineCaller } from './offline-caller.ts';
import { visitor } from './portal-visitor.ts';

/** The client's codec and the server's, which share no code, over the real exchange: they have to agree. */

const random = { bytes: (count: number) => new Uint8Array(randomBytes(count)) };
const SEAT = 'interop-seat';

let api: LicensingApi;
let calls: Caller;
let offline: OfflineCaller;

beforeAll(async () => {
  api = await startLicensingApi({ clock: START });
  calls = caller(api);
  offline = offlineCaller(api, calls);
});
afterAll(() => api.close());

function valueOf<T>(result: { readonly ok: true; readonly value: T } | { readonly ok: false }): T {
  if (!result.ok) throw new Error(`refused: ${JSON.stringify(result)}`);
  return result.value;
}

function clientDevice() {
  const keys = makeDeviceKeys(random);
  const serverKey = (use: 'sig' | 'enc') => {
    const key = api.profile.serverKeys.find((it) => it.use === use);
    return { kid: key?.kid ?? '', publicKey: new Uint8Array(Buffer.from(key?.x ?? '', 'base64url')) };
  };
  const common = () => ({
    jti: makeTokenId(random),
    iat: START / 1000,
    tenantId: api.tenantId,
    productId: api.productId,
  });
  const sealed = { signWith: keys.sign, encryptTo: serverKey('enc'), random };
  return {
    request: (activationCode: string) =>
      valueOf(
        sealToken({
          kind: 'activation-request',
          claims: { ...common(), activationCode, seatId: SEAT, deviceKeys: deviceJwks(keys) },
          ...sealed,
        }),
      ),
    deactivation: (activationId: string) =>
      valueOf(
        sealToken({
          kind: 'deactivation',
          claims: { ...common(), activationId, seatId: SEAT, seq: 2 },
          ...sealed,
        }),
      ),
    open: (jwe: string) =>
      openToken(jwe, {
        expect: ['activation-response', 'refresh'],
        decryptWith: (kid) => (kid === keys.encrypt.kid ? keys.encrypt.secretKey : null),
        verifyWith: (kid) => (kid === serverKey('sig').kid ? serverKey('sig').publicKey : null),
        now: START,
      }),
  };
}

describe('the two codecs', () => {
  it('agree on all four kinds of token and on the license file', async () => {
    const entitlement = await calls.createEntitlement({ offlineLeasePeriod: { type: 'Day', count: 30 } });
    const code = entitlement.activationCode;
    const device = clientDevice();
    const request = armorToken('activation-request', device.request(code), { Product: 'Orbit Studio' });
    const { claims } = valueOf(device.open(await offline.token(request)));
    expect(claims).toMatchObject({ seq: 1, activation: { seatId: SEAT, mode: 'offline' } });

    const { x = '' } = api.profile.serverKeys.find((it) => it.use === 'sig') ?? {};
    const key = parsePublicKey(Buffer.from(x, 'base64url').toString('hex'));
    const check = (now: number) => {
      const report = verifyLicenseFile(claims.licenseFile ?? '', {
        publicKeys: key === null ? [] : [key],
        now,
        compareDevice: ({ seatId }) => (seatId === SEAT ? 'same' : 'different'),
      });
      return report === null ? 'none' : verdictOf(report);
    };
    expect(check(START + 29 * DAY)).toBe('valid');
    expect(check(START + 30 * DAY)).not.toBe('valid');

    const id = String(claims.activation['id']);
    const refresh = bodyOf<{ token: string }>(await offline.refresh(code, id)).token;
    expect(valueOf(device.open(refresh))).toMatchObject({
      kind: 'refresh',
      claims: { seq: 2, activationId: id },
    });
    expect(clientDevice().open(refresh)).toMatchObject({ ok: false, error: { code: 'tokenForOtherDevice' } });
    expectRefusal(await offline.send(refresh), 422, 'tokenWrongKind');

    expect((await offline.send(device.deactivation(id))).status).toBe(204);
    expect((await calls.getEntitlement(entitlement.id)).seatsUsed).toBe(0);
  });

  it('agree on files and QR codes', async () => {
    const entitlement = await calls.createEntitlement({ offlineLeasePeriod: { type: 'Day', count: 30 } });
    const device = clientDevice();
    const request = device.request(entitlement.activationCode);
    expect(joinCodes(valueOf(splitForQr(request)).join('\n'))).toEqual({ kind: 'complete', jwe: request });
    const person = visitor(api);
    const file = await person.click(await person.bring({ file: request }), 'Download');
    const { kind, jwe } = valueOf(recogniseToken(file.text));
    expect(kind).toBe('activation-response');
    expect(device.open(jwe).ok).toBe(true);
    expect(joinQr(splitIntoCodes(jwe) ?? [])).toEqual({ ok: true, value: jwe });
  });
});
