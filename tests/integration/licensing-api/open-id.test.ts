import { createServer } from 'node:http';
import { exportJWK, generateKeyPair, SignJWT } from 'jose';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { ActivateResponse } from '../../../shared/licensing-api/generated/types.gen.ts';
import { openIdVerifier } from '../../licensing-api/accounts/open-id.ts';
import { startLicensingApi, type LicensingApi } from '../../licensing-api/server.ts';
import { bodyOf, caller, expectRefusal, type Caller } from './caller.ts';
import { startOpenIdProvider, type OpenIdProvider } from './openid-provider.ts';

let provider: OpenIdProvider;
let api: LicensingApi;
let calls: Caller;

beforeAll(async () => {
  provider = await startOpenIdProvider();
  api = await startLicensingApi({ openId: { issuer: provider.issuer, audience: provider.clientId } });
  calls = caller(api);
});
beforeEach(() => {
  api.setClock(Date.now);
});
afterAll(async () => {
  await api.close();
  await provider.close();
});

let count = 0;
/** Somebody who is known at the provider and has an account with two seats here. */
async function person() {
  const subject = `subject-${(count += 1)}`;
  const { id } = await calls.createEntitlement({ seatCount: 2 });
  const json = { username: `${subject}@orbit.example`, openIdSubject: subject, entitlementIds: [id] };
  const answer = await calls.manage('POST', '/accounts', { json });
  return { subject, username: json.username, accountId: bodyOf<{ id: string }>(answer).id };
}

const activate = (token: string, seatId = 'seat-1') =>
  calls.activateWith({ seatId, activationCredentials: { type: 'openIdToken', token } });

describe('an ID token of a certified provider', () => {
  it('activates as the account of its subject', async () => {
    const { subject, username } = await person();
    const answer = await activate(await provider.signIn(subject));
    expect(answer.status, answer.text).toBe(201);
    expect(bodyOf<ActivateResponse>(answer)).toMatchObject({ activationMethod: 'openIdToken', username });
  });

  it('repairs a lost answer on the same seat, and takes no other', async () => {
    const { subject } = await person();
    const token = await provider.signIn(subject);
    expect((await activate(token)).status).toBe(201);
    expect((await activate(token)).status).toBe(200);
    expectRefusal(await activate(token, 'seat-2'), 401, 'credentialsInvalid');
    expect((await activate(await provider.signIn(subject), 'seat-2')).status).toBe(201);
  });

  it('without a nonce, of somebody unknown, or of a disabled account is refused', async () => {
    const { subject, accountId } = await person();
    expectRefusal(await activate(await provider.signIn(subject, null)), 401, 'credentialsInvalid');
    expectRefusal(await activate(await provider.signIn('nobody')), 401, 'credentialsInvalid');
    await calls.manage('PATCH', `/accounts/${accountId}`, { json: { disabled: true } });
    expectRefusal(await activate(await provider.signIn(subject)), 401, 'credentialsInvalid');
  });

  it('that has run out is refused', async () => {
    const { subject } = await person();
    const token = await provider.signIn(subject);
    api.setClock(Date.now() + 2 * 60 * 60_000);
    expectRefusal(await activate(token), 401, 'credentialsInvalid');
    api.setClock(Date.now);
    expect((await activate(token)).status).toBe(201);
  });

  it('can be brought again where the provider can not be reached', async () => {
    const token = await provider.signIn('anybody');
    // Port 9 of a loopback address: nobody answers there.
    const other = await startLicensingApi({ openId: { issuer: 'http://127.0.0.1:9', audience: 'app' } });
    const credentials = { type: 'openIdToken', token } as const;
    const refused = await caller(other).activateWith({ activationCredentials: credentials });
    expectRefusal(refused, 503);
    expect(refused.headers['retry-after']).toBe('30');
    await other.close();
  });

  it('is refused by a server that trusts no provider', async () => {
    const other = await startLicensingApi();
    const token = await provider.signIn('anybody');
    const refused = await caller(other).activateWith({
      activationCredentials: { type: 'openIdToken', token },
    });
    expectRefusal(refused, 401, 'credentialsInvalid');
    await other.close();
  });
});

/** A provider whose tokens are whatever a test makes them. */
async function forger() {
  const [good, other] = await Promise.all([
    generateKeyPair('ES256', { extractable: true }),
    generateKeyPair('ES256', { extractable: true }),
  ]);
  const jwk = { ...(await exportJWK(good.publicKey)), kid: 'good', alg: 'ES256', use: 'sig' };
  let named: string | undefined;
  let fetched = 0;
  const server = createServer((request, response) => {
    fetched += 1;
    const base = `http://${request.headers.host ?? ''}`;
    const isKeys = request.url === '/keys';
    const body = isKeys ? { keys: [jwk] } : { issuer: named ?? base, jwks_uri: `${base}/keys` };
    response.writeHead(200, { 'Content-Type': 'application/json' }).end(JSON.stringify(body));
  });
  const port = await new Promise<number>((resolve) => {
    server.listen(0, '127.0.0.1', () => {
      const address = server.address();
      resolve(typeof address === 'object' && address !== null ? address.port : 0);
    });
  });
  const issuer = `http://127.0.0.1:${port}`;
  const now = Math.floor(Date.now() / 1000);
  const claims = {
    iss: issuer,
    aud: 'app',
    sub: 'me',
    iat: now,
    exp: now + 60,
    nonce: 'a-nonce-of-16-chars',
  };
  const make = (change: Readonly<Record<string, unknown>>, header = {}, key = good.privateKey) =>
    new SignJWT({ ...claims, ...change })
      .setProtectedHeader({ alg: 'ES256', kid: 'good', ...header })
      .sign(key);
  return {
    issuer,
    make,
    now,
    other: other.privateKey,
    fetched: () => fetched,
    callItself: (name: string) => {
      named = name;
    },
    close: () => new Promise((resolve) => server.close(resolve)),
  };
}

describe('the verifier', () => {
  it('takes a token that is right in everything, and none that is wrong in one thing', async () => {
    const forge = await forger();
    const verifier = openIdVerifier({ issuer: forge.issuer, audience: 'app' });
    const verify = (token: string) => verifier.verify(token, Date.now());
    expect(await verify(await forge.make({}))).toEqual({ subject: 'me', expires: (forge.now + 60) * 1000 });
    expect(await verify(await forge.make({ aud: ['app'] }))).not.toBeNull();
    expect(await verify(await forge.make({ aud: ['app', 'b'], azp: 'app' }))).not.toBeNull();
    const wrong: Readonly<Record<string, string>> = {
      issuer: await forge.make({ iss: 'https://elsewhere.example' }),
      audience: await forge.make({ aud: 'another' }),
      'audience among others': await forge.make({ aud: ['app', 'b'] }),
      'authorized party': await forge.make({ azp: 'b' }),
      expiry: await forge.make({ exp: forge.now - 61 }),
      'no nonce': await forge.make({ nonce: undefined }),
      'short nonce': await forge.make({ nonce: 'x' }),
      'no subject': await forge.make({ sub: undefined }),
      'empty subject': await forge.make({ sub: '' }),
      key: await forge.make({}, {}, forge.other),
      'unknown key': await forge.make({}, { kid: 'other' }, forge.other),
      'no signature': `${Buffer.from('{"alg":"none","kid":"good"}').toString('base64url')}.${(await forge.make({})).split('.')[1] ?? ''}.`,
      'no token': 'token',
    };
    for (const [what, token] of Object.entries(wrong)) expect(await verify(token), what).toBeNull();
    await forge.close();
  });

  it('asks the provider once, not for every unknown key', async () => {
    const forge = await forger();
    const verifier = openIdVerifier({ issuer: forge.issuer, audience: 'app' });
    for (let index = 0; index < 5; index += 1) {
      await verifier.verify(await forge.make({}, { kid: `unknown-${index}` }, forge.other), Date.now());
    }
    expect(forge.fetched()).toBe(2);
    await forge.close();
  });

  it('trusts no provider that calls itself by another name, or that is not safe to reach', async () => {
    const forge = await forger();
    forge.callItself('https://elsewhere.example');
    const token = await forge.make({});
    const verify = (issuer: string) => openIdVerifier({ issuer, audience: 'app' }).verify(token, Date.now());
    await expect(verify(forge.issuer)).rejects.toThrow('another name');
    await expect(verify('http://provider.example')).rejects.toThrow('has to be https');
    await forge.close();
  });
});
