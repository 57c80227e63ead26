import { generateKeyPair } from 'jose';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { armor } from '../../licensing-api/offline/armor.ts';
import { startLicensingApi, type LicensingApi } from '../../licensing-api/server.ts';
import type { ErrorCode } from '../../../shared/licensing-api/generated/types.gen.ts';
import { DAY, MINUTE, START, caller, expectRefusal, type Caller } from './caller.ts';
import { encode, makeDevice, newJti, type Changes, type Device } from './offline-device.ts';
import { offlineCaller, type OfflineCaller } from './offline-caller.ts';

let api: LicensingApi;
let calls: Caller;
let offline: OfflineCaller;
let code: string;
let entitlementId: string;
let device: Device;

beforeAll(async () => {
  api = await startLicensingApi({ clock: START, codeAttempts: { requests: 1000, perMilliseconds: DAY } });
  calls = caller(api);
  offline = offlineCaller(api, calls);
  const entitlement = await calls.createEntitlement({ offlineLeasePeriod: { type: 'Day', count: 30 } });
  code = entitlement.activationCode;
  entitlementId = entitlement.id;
  device = await makeDevice({ api, code });
});
afterAll(() => api.close());

const LOW_ORDER = Buffer.alloc(32).toString('base64url');
const iat = Math.floor(START / 1000);

describe('a request that is not right', () => {
  const cases: readonly [string, () => Changes, ErrorCode, number][] = [
    [
      'a wrong code',
      () => ({ claims: { activationCode: 'ORBIT-AAAA-AAAA-AAAA-AAAA' } }),
      'activationCodeInvalid',
      404,
    ],
    ['another tenant', () => ({ claims: { tenantId: `t_${'A'.repeat(22)}` } }), 'tokenForOtherTenant', 422],
    ['another product', () => ({ claims: { productId: `prod_${'A'.repeat(22)}` } }), 'productMismatch', 422],
    ['an end that has come', () => ({ claims: { exp: iat } }), 'tokenExpired', 422],
    ['no jti', () => ({ claims: { jti: undefined } }), 'tokenMalformed', 400],
    ['a short jti', () => ({ claims: { jti: 'AAAA' } }), 'tokenMalformed', 400],
    ['no seat', () => ({ claims: { seatId: '' } }), 'tokenMalformed', 400],
    ['no code', () => ({ claims: { activationCode: undefined } }), 'tokenMalformed', 400],
    ['no device keys', () => ({ claims: { deviceKeys: undefined } }), 'tokenMalformed', 400],
    [
      'a private device key',
      () => ({
        claims: { deviceKeys: { sign: { ...device.sign.jwk, d: 'AA' }, encrypt: device.encrypt.jwk } },
      }),
      'tokenMalformed',
      400,
    ],
    [
      'a device key of low order',
      () => ({
        claims: { deviceKeys: { sign: device.sign.jwk, encrypt: { ...device.encrypt.jwk, x: LOW_ORDER } } },
      }),
      'tokenMalformed',
      400,
    ],
    [
      'a device key written in another way',
      () => {
        // The last of 43 characters has two bits to spare; this one sets them.
        const x = `${device.encrypt.jwk.x.slice(0, -1)}9`;
        return { claims: { deviceKeys: { sign: device.sign.jwk, encrypt: { ...device.encrypt.jwk, x } } } };
      },
      'tokenMalformed',
      400,
    ],
    ['claims that are no object', () => ({ payload: '[]' }), 'tokenMalformed', 400],
    ['claims that are no JSON', () => ({ payload: '{' }), 'tokenMalformed', 400],
    ['no JWS inside', () => ({ plaintext: 'hello' }), 'tokenMalformed', 400],
    ['another key id of the server', () => ({ outer: { kid: 'unknown' } }), 'tokenKeyUnknown', 422],
    ['another key of the server', () => ({ encryptTo: { x: device.encrypt.jwk.x } }), 'tokenMalformed', 400],
    [
      'another kind outside',
      () => ({ outer: { typ: 'latchkey-deactivation-v1+jwt' } }),
      'tokenMalformed',
      400,
    ],
    [
      'another kind inside',
      () => ({ inner: { typ: 'latchkey-deactivation-v1+jwt' } }),
      'tokenMalformed',
      400,
    ],
    ['no kind', () => ({ outer: { typ: 'JWT' }, inner: { typ: 'JWT' } }), 'tokenMalformed', 400],
    [
      'a kind that is for the application',
      () => ({ outer: { typ: 'latchkey-refresh-v1+jwt' }, inner: { typ: 'latchkey-refresh-v1+jwt' } }),
      'tokenWrongKind',
      422,
    ],
    ['another content type', () => ({ outer: { cty: 'json' } }), 'tokenMalformed', 400],
    ['another content encryption', () => ({ outer: { enc: 'A128GCM' } }), 'tokenMalformed', 400],
    ['a key id that is not of the key', () => ({ inner: { kid: 'other' } }), 'tokenSignatureInvalid', 422],
  ];
  it.each(cases)('with %s is refused', async (_name, changes, errorCode, status) => {
    expectRefusal(await offline.send(await device.request(changes())), status, errorCode);
  });

  it('signed by another key is refused', async () => {
    const { privateKey } = await generateKeyPair('Ed25519');
    const forged = await device.request({ signWith: privateKey });
    expectRefusal(await offline.send(forged), 422, 'tokenSignatureInvalid');
  });

  it('with an algorithm of no signature is refused', async () => {
    const payload = Buffer.from(JSON.stringify({ jti: newJti() })).toString('base64url');
    for (const alg of ['none', 'HS256', 'ES256']) {
      const header = { alg, typ: 'latchkey-activation-request-v1+jwt', kid: device.sign.kid };
      const head = Buffer.from(JSON.stringify(header)).toString('base64url');
      const plaintext = `${head}.${payload}.${payload}`;
      expectRefusal(await offline.send(await device.request({ plaintext })), 400, 'tokenMalformed');
    }
  });

  it('with a name that stands twice is refused, wherever it stands', async () => {
    const claims = `{"jti":"${newJti()}","iat":${iat},"tenantId":"x","tenantId":"${api.tenantId}"}`;
    expectRefusal(await offline.send(await device.request({ payload: claims })), 400, 'tokenMalformed');
    const [head = '', ...rest] = (await device.request()).split('.');
    const header = Buffer.from(head, 'base64url').toString();
    const doubled = Buffer.from(header.replace('{', '{"cty":"JWT",')).toString('base64url');
    expectRefusal(await offline.send([doubled, ...rest].join('.')), 400, 'tokenMalformed');
  });

  it('that was changed on the way is refused', async () => {
    const token = await device.request();
    for (const at of [10, 200, token.length - 3]) {
      const other = token[at] === 'A' ? 'B' : 'A';
      const changed = token.slice(0, at) + other + token.slice(at + 1);
      const answer = await offline.send(changed);
      expect(answer.status, `at ${at}`).toBeGreaterThanOrEqual(400);
      expect(answer.status, `at ${at}`).toBeLessThan(500);
    }
    expectRefusal(await offline.send(token.slice(0, -200)), 400, 'tokenMalformed');
  });

  it.each([
    ['nothing to read', ' ', 400, 'tokenMalformed'],
    ['another text', 'Dear portal, please activate me.', 400, 'tokenMalformed'],
    ['another armor', '-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----', 400, 'tokenMalformed'],
    ['too much', 'eyJ'.repeat(22_000), 413, 'tokenTooLarge'],
    ['many beginnings', 'eyJ'.repeat(21_000), 400, 'tokenMalformed'],
  ] as const)('of %s is refused', async (_name, text, status, errorCode) => {
    expectRefusal(await offline.send(text), status, errorCode);
  });

  it('takes no seat', async () => {
    expect((await calls.getEntitlement(entitlementId)).seatsUsed).toBe(0);
    expect((await offline.send(await device.request())).status).toBe(200);
    expect((await calls.getEntitlement(entitlementId)).seatsUsed).toBe(1);
  });
});

describe('a request that is right', () => {
  it('may be signed under the older name of the algorithm', async () => {
    expect((await offline.send(await device.request({ inner: { alg: 'EdDSA' } }))).status).toBe(200);
  });

  it('may say more than this server knows, and end later', async () => {
    const request = await device.request({ claims: { later: { a: 1 }, exp: iat + 1 }, outer: { note: 'x' } });
    expect((await offline.send(request)).status).toBe(200);
  });
});

describe('armor', () => {
  const HEADERS = { Product: 'HeyJude Studio', Made: '2026-03-02T09:30:00Z' };
  const damage: readonly [string, (text: string) => string][] = [
    ['nothing', (text) => text],
    ['Windows', (text) => text.replaceAll('\n', '\r\n')],
    ['a byte order mark', (text) => `\uFEFF${text}`],
    ['a reply', (text) => text.replaceAll(/^/gm, '> ')],
    ['a reply to a reply', (text) => text.replaceAll(/^/gm, '> > ')],
    ['indentation', (text) => text.replaceAll(/^/gm, '\t  ')],
    ['lost line breaks', (text) => text.replaceAll('\n', ' ')],
    ['lost white space', (text) => text.replaceAll('\n', '')],
    ['shorter lines', (text) => text.replaceAll(/([\w-]{40})(?=[\w-])/g, '$1\n')],
    ['dashes', (text) => text.replaceAll('-', '–')],
    ['dashes of double width', (text) => text.replaceAll('--', '—')],
    ['minus signs', (text) => text.replaceAll('-', '−')],
    ['invisible characters', (text) => text.replaceAll(/([\w-]{30})/g, '$1\u200B')],
    ['hard spaces', (text) => text.replaceAll(' ', '\u00A0')],
    ['words around it', (text) => `Hello,\n\nplease see below.\n\n${text}\n-- \nThe bridge`],
  ];
  it.each(damage)('is read after %s', async (_name, change) => {
    const jwe = await device.request();
    expect((await offline.send(change(armor('activation-request', jwe, HEADERS)))).status).toBe(200);
  });

  it('is not needed', async () => {
    const jwe = await device.request();
    expect((await offline.send(jwe)).status).toBe(200);
    expect((await offline.send(`Here it is: ${jwe.replaceAll(/(.{76})/g, '$1\r\n')}\r\nBye.`)).status).toBe(
      200,
    );
  });

  it('with the label of another kind is refused', async () => {
    const jwe = await device.request();
    for (const kind of ['deactivation', 'refresh'] as const) {
      expectRefusal(await offline.send(armor(kind, jwe, HEADERS)), 400, 'tokenMalformed');
    }
  });

  it('has lines that mail does not break, and headers of one line', () => {
    const text = armor('activation-response', 'A'.repeat(130), { Product: 'Two\nlines' });
    expect(text.split('\n')).toEqual([
      '-----BEGIN LATCHKEY ACTIVATION RESPONSE-----',
      'Product: Two lines',
      '',
      'A'.repeat(64),
      'A'.repeat(64),
      'AA',
      '-----END LATCHKEY ACTIVATION RESPONSE-----',
      '',
    ]);
    expect(encode(text).length).toBe(text.length);
  });
});

describe('wrong activation codes', () => {
  it('are counted, in requests and at the refresh alike, and right ones are not', async () => {
    const strict = await startLicensingApi({ clock: START });
    try {
      const there = offlineCaller(strict, caller(strict));
      const right = await makeDevice({ api: strict, code: strict.activationCode });
      const wrong = await makeDevice({ api: strict, code: 'ORBIT-AAAA-AAAA-AAAA-AAAA' });
      for (let time = 0; time < 12; time += 1) {
        expect((await there.send(await right.request())).status).toBe(200);
      }
      for (let time = 0; time < 5; time += 1) {
        expectRefusal(await there.send(await wrong.request()), 404, 'activationCodeInvalid');
        const refresh = await there.refresh('ORBIT-AAAA-AAAA-AAAA-AAAA', `act_${'A'.repeat(22)}`);
        expectRefusal(refresh, 404, 'activationCodeInvalid');
      }
      const blocked = await there.send(await right.request());
      expectRefusal(blocked, 429, 'rateLimited');
      expect(blocked.headers['retry-after']).toBe('900');
      strict.setClock(START + 15 * MINUTE);
      expect((await there.send(await right.request())).status).toBe(200);
    } finally {
      await strict.close();
    }
  });
});
