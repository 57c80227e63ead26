import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type {
  Account,
  AccountList,
  ActivateRequest,
  ActivateResponse,
  ApiError,
  CreateAccountRequest,
} from '../../../shared/licensing-api/generated/types.gen.ts';
import { hashPassword, isPassword } from '../../licensing-api/accounts/password.ts';
import { startLicensingApi, type LicensingApi } from '../../licensing-api/server.ts';
import { MINUTE, START, bodyOf, caller, expectRefusal, type Caller } from './caller.ts';

let api: LicensingApi;
let calls: Caller;

beforeAll(async () => {
  api = await startLicensingApi({ clock: START, lockOut: { failures: 3, milliseconds: 10 * MINUTE } });
  calls = caller(api);
});
beforeEach(() => {
  api.setClock(START);
});
afterAll(() => api.close());

const PASSWORD = 'a long enough password';
let count = 0;
const newName = () => `person-${(count += 1)}@orbit.example`;

async function create(request: Partial<CreateAccountRequest> = {}): Promise<Account> {
  const json = { username: newName(), password: PASSWORD, ...request };
  const answer = await calls.manage('POST', '/accounts', { json });
  expect(answer.status, answer.text).toBe(201);
  return bodyOf<Account>(answer);
}

/** An account that may activate one entitlement with some seats. */
async function withLicense(seatCount = 2) {
  const { id } = await calls.createEntitlement({ seatCount });
  return { entitlementId: id, account: await create({ entitlementIds: [id] }) };
}

const signIn = (username: string, password: string, request: Partial<ActivateRequest> = {}) =>
  calls.activateWith({ activationCredentials: { type: 'password', username, password }, ...request });

describe('a password', () => {
  it('activates, also in capitals and with spaces around the name, and the state names the account', async () => {
    const { account, entitlementId } = await withLicense();
    const answer = await signIn(account.username, PASSWORD);
    expect(answer.status).toBe(201);
    const state = bodyOf<ActivateResponse>(answer);
    expect(state).toMatchObject({
      activationMethod: 'password',
      username: account.username,
      entitlementId,
      status: 'active',
    });
    const again = await signIn(` ${account.username.toUpperCase()} `, PASSWORD);
    expect(again.status).toBe(200);
    const seat = { id: state.id, token: '', nonce: '' };
    const { accessToken: token } = bodyOf<ActivateResponse>(again);
    expect((await calls.refresh({ ...seat, token, nonce: again.headers['n-nonce'] ?? '' })).status).toBe(200);
  });

  it('that is wrong, and a name that nobody has, are answered in the very same way', async () => {
    const { account } = await withLicense();
    const wrong = await signIn(account.username, `${PASSWORD}!`);
    const unknown = await signIn(newName(), PASSWORD);
    expectRefusal(wrong, 401, 'credentialsInvalid');
    expect(unknown.text).toBe(wrong.text);
    expect(unknown.status).toBe(wrong.status);
  });

  it('of an account without one, a disabled one or a deleted one opens nothing, as if there were none', async () => {
    const { account, entitlementId } = await withLicense();
    const other = await create({ entitlementIds: [entitlementId], openIdSubject: newName() });
    const change = (json: unknown) => calls.manage('PATCH', `/accounts/${account.id}`, { json });
    await calls.manage('PATCH', `/accounts/${other.id}`, { json: { password: null } });
    expectRefusal(await signIn(other.username, PASSWORD), 401, 'credentialsInvalid');
    expect((await change({ disabled: true })).status).toBe(200);
    expectRefusal(await signIn(account.username, PASSWORD), 401, 'credentialsInvalid');
    expect((await change({ disabled: false })).status).toBe(200);
    expect((await signIn(account.username, PASSWORD)).status).toBe(201);
    expect((await calls.manage('DELETE', `/accounts/${account.id}`)).status).toBe(204);
    expectRefusal(await signIn(account.username, PASSWORD), 401, 'credentialsInvalid');
  });

  it('can be changed, and the old one is worth nothing then', async () => {
    const { account } = await withLicense();
    const json = { password: 'another long password' };
    await calls.manage('PATCH', `/accounts/${account.id}`, { json });
    expectRefusal(await signIn(account.username, PASSWORD), 401, 'credentialsInvalid');
    expect((await signIn(account.username, json.password)).status).toBe(201);
  });

  it('is in no answer and in no column of the database', async () => {
    const account = await create();
    const { text } = await calls.manage('GET', `/accounts/${account.id}`);
    expect(text).toContain('"hasPassword":true');
    expect(text).not.toMatch(/scrypt|password":"/);
    expect(api.store.accounts.byId(account.id)?.passwordHash).toMatch(/^scrypt-14-8-5\$/);
    expect(api.store.accounts.byId(account.id)?.passwordHash).not.toContain(PASSWORD);
  });
});

describe('a lock-out', () => {
  const fail = async (username: string, times: number) => {
    for (let left = times; left > 0; left -= 1) {
      expectRefusal(await signIn(username, 'a wrong password'), 401, 'credentialsInvalid');
    }
  };

  it('comes after some wrong passwords in a row, refuses the right one too, and ends by itself', async () => {
    const { account } = await withLicense();
    await fail(account.username, 3);
    const locked = await signIn(account.username, PASSWORD);
    expectRefusal(locked, 403, 'accountLocked');
    expect(locked.headers['retry-after']).toBe('600');
    expect(bodyOf<Account>(await calls.manage('GET', `/accounts/${account.id}`))).toMatchObject({
      locked: true,
      lockedUntil: '2026-03-01T09:10:00.000Z',
    });
    api.setClock(START + 10 * MINUTE - 1);
    expectRefusal(await signIn(account.username, PASSWORD), 403, 'accountLocked');
    api.setClock(START + 10 * MINUTE);
    expect((await signIn(account.username, PASSWORD)).status).toBe(201);
  });

  it('does not come if a right one is between them', async () => {
    const { account } = await withLicense();
    await fail(account.username, 2);
    expect((await signIn(account.username, PASSWORD)).status).toBe(201);
    await fail(account.username, 2);
    expect((await signIn(account.username, PASSWORD)).status).toBe(200);
  });

  it('comes for a name that nobody has just the same, and of nobody else', async () => {
    const name = newName();
    await fail(name, 3);
    const locked = await signIn(name, 'a wrong password');
    expectRefusal(locked, 403, 'accountLocked');
    expect(locked.headers['retry-after']).toBe('600');
    const { account } = await withLicense();
    expect((await signIn(account.username, PASSWORD)).status).toBe(201);
  });

  it('is not got around by many attempts at once', async () => {
    const { account } = await withLicense();
    const answers = await Promise.all(
      Array.from({ length: 8 }, (_, index) => signIn(account.username, `wrong password ${index}`)),
    );
    const codes = answers.map((it) => bodyOf<ApiError>(it).errorCode);
    expect(codes.filter((it) => it === 'credentialsInvalid')).toHaveLength(3);
    expect(codes.filter((it) => it === 'accountLocked')).toHaveLength(5);
  });

  it('does not come of many right ones at once', async () => {
    const { account } = await withLicense(8);
    const answers = await Promise.all(
      Array.from({ length: 8 }, (_, index) =>
        signIn(account.username, PASSWORD, { seatId: `seat-${index}` }),
      ),
    );
    expect(answers.map((it) => it.status)).toEqual(Array.from({ length: 8 }, () => 201));
  });

  it('is ended by the vendor', async () => {
    const { account } = await withLicense();
    await fail(account.username, 3);
    expectRefusal(await signIn(account.username, PASSWORD), 403, 'accountLocked');
    expect((await calls.manage('POST', `/accounts/${account.id}/unlock`)).status).toBe(200);
    expect((await signIn(account.username, PASSWORD)).status).toBe(201);
  });
});

describe('an account with several licenses', () => {
  it('gets the seat that it holds, else the first that is free, else the reason of the first', async () => {
    const first = await calls.createEntitlement();
    const second = await calls.createEntitlement();
    const account = await create({ entitlementIds: [first.id, second.id] });
    const take = async (seatId: string) => {
      const answer = await signIn(account.username, PASSWORD, { seatId });
      return answer.status < 300 ? bodyOf<ActivateResponse>(answer).entitlementId : answer;
    };
    expect(await take('one')).toBe(first.id);
    expect(await take('two')).toBe(second.id);
    expect(await take('one')).toBe(first.id);
    const third = await take('three');
    if (typeof third !== 'object') throw new Error('a seat that is not there');
    expectRefusal(third, 402, 'seatLimitReached');
  });

  it('passes over one that has ended', async () => {
    const ended = await calls.createEntitlement();
    await calls.change(ended.id, 'disable');
    const good = await calls.createEntitlement();
    const both = await create({ entitlementIds: [ended.id, good.id] });
    expect(bodyOf<ActivateResponse>(await signIn(both.username, PASSWORD)).entitlementId).toBe(good.id);
    const one = await create({ entitlementIds: [ended.id] });
    expectRefusal(await signIn(one.username, PASSWORD), 403, 'entitlementDisabled');
  });

  it('has nothing for another product, or without a license', async () => {
    const { username } = await create();
    expectRefusal(await signIn(username, PASSWORD), 422, 'productMismatch');
  });
});

describe('the Management API', () => {
  it('lists, and refuses what is taken, unknown or too short', async () => {
    const account = await create({ openIdSubject: 'subject-1' });
    const list = bodyOf<AccountList>(await calls.manage('GET', '/accounts?limit=1'));
    expect(list.items).toMatchObject([{ id: account.id, openIdSubject: 'subject-1' }]);
    const post = (json: unknown) => calls.manage('POST', '/accounts', { json });
    expectRefusal(await post({ username: account.username.toUpperCase() }), 409);
    expectRefusal(await post({ username: newName(), openIdSubject: 'subject-1' }), 409);
    expectRefusal(await post({ username: newName(), password: 'short' }), 422);
    expectRefusal(await post({ username: ' ' }), 422);
    const unknown = await post({ username: newName(), entitlementIds: ['ent_AAAAAAAAAAAAAAAAAAAAAA'] });
    expectRefusal(unknown, 422);
    expect(bodyOf<ApiError>(unknown).validationErrors).toMatchObject([{ propertyName: 'entitlementIds.0' }]);
    for (const [method, path] of [
      ['GET', ''],
      ['DELETE', ''],
      ['POST', '/unlock'],
    ] as const) {
      expectRefusal(await calls.manage(method, `/accounts/acc_AAAAAAAAAAAAAAAAAAAAAA${path}`), 404);
    }
  });

  it('needs its scopes', async () => {
    const bearer = async (scope: string) => ({
      headers: { Authorization: `Bearer ${await calls.managementToken(scope)}` },
    });
    expectRefusal(await calls.manage('GET', '/accounts', await bearer('entitlements:read')), 403);
    expect((await calls.manage('GET', '/accounts', await bearer('accounts:read'))).status).toBe(200);
    const json = { username: newName() };
    expectRefusal(await calls.manage('POST', '/accounts', { json, ...(await bearer('accounts:read')) }), 403);
  });
});

describe('a hash', () => {
  it('is of one password in any of its spellings, with a salt of its own', async () => {
    const [one, two] = [await hashPassword('Zo\u00eb long'), await hashPassword('Zo\u00eb long')];
    expect(one).not.toBe(two);
    expect(await isPassword('Zo\u00eb long', one)).toBe(true);
    expect(await isPassword('Zoe\u0308 long', one)).toBe(true);
    expect(await isPassword('Zoe long', one)).toBe(false);
  });

  it('that is missing or damaged fits no password', async () => {
    expect(await isPassword('', null)).toBe(false);
    expect(await isPassword('', '')).toBe(false);
    expect(await isPassword('x', 'scrypt-14-8-5$AAAA$AAAA').catch(() => 'throws')).not.toBe(true);
  });
});
