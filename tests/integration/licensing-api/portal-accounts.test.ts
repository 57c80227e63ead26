import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { Account } from '../../../shared/licensing-api/generated/types.gen.ts';
import { startLicensingApi, type LicensingApi } from '../../licensing-api/server.ts';
import { DAY, MINUTE, START, bodyOf, caller, type Caller } from './caller.ts';
import { offlineCaller } from './offline-caller.ts';
import { makeDevice } from './offline-device.ts';
import { headingOf, textOf, visitor } from './portal-visitor.ts';

let api: LicensingApi;
let calls: Caller;

beforeAll(async () => {
  api = await startLicensingApi({ clock: START, codeAttempts: { requests: 1000, perMilliseconds: DAY } });
  calls = caller(api);
});
beforeEach(() => {
  api.setClock(START);
});
afterAll(() => api.close());

const PASSWORD = 'a long enough password';
const MONTH = { type: 'Day', count: 30 } as const;
let count = 0;

async function create(entitlementIds: readonly string[]): Promise<Account> {
  const json = { username: `visitor-${(count += 1)}`, password: PASSWORD, entitlementIds };
  return bodyOf<Account>(await calls.manage('POST', '/accounts', { json }));
}

async function signIn(username: string, password = PASSWORD) {
  const browser = visitor(api);
  await browser.get('/portal');
  return {
    browser,
    page: await browser.follow(await browser.post('/portal/session', { username, password })),
  };
}

describe('signing in with an account', () => {
  it('is offered where there are accounts', async () => {
    const none = await startLicensingApi({ clock: START });
    expect(textOf(await visitor(none).get('/portal'))).not.toContain('your account');
    await none.close();
    await create([]);
    expect(textOf(await visitor(api).get('/portal'))).toContain('Or with your account');
  });

  it('shows the devices of every license, and gives refreshes for them', async () => {
    const one = await calls.createEntitlement({ offeringName: 'First License', offlineLeasePeriod: MONTH });
    const two = await calls.createEntitlement({ offeringName: 'Second License' });
    const { username } = await create([one.id, two.id]);
    const device = await makeDevice({ api, code: one.activationCode });
    await offlineCaller(api, calls).answered(device);
    await calls.takeSeat(two.activationCode, 'desk', { seatName: 'Desk in the office' });
    const { browser, page } = await signIn(username.toUpperCase());
    expect(headingOf(page)).toBe('Activations');
    const text = textOf(page);
    for (const words of ['First License', 'Second License', 'Ship bridge', 'Desk in the office']) {
      expect(text).toContain(words);
    }
    const [, action = ''] = /action="([^"]+\/refresh)"/.exec(page.text) ?? [];
    const refreshed = await browser.follow(await browser.post(action, {}));
    expect(headingOf(refreshed)).toBe('Your refresh is ready');
  });

  it('shows nothing of licenses that are not of the account, and gives no refresh for them', async () => {
    const mine = await calls.createEntitlement();
    const other = await calls.createEntitlement({ offlineLeasePeriod: MONTH, offeringName: 'Not Yours' });
    const device = await makeDevice({ api, code: other.activationCode });
    const { claims } = await offlineCaller(api, calls).answered(device);
    const { browser, page } = await signIn((await create([mine.id])).username);
    expect(textOf(page)).toContain('No device yet');
    expect(textOf(page)).not.toContain('Not Yours');
    const refused = await browser.post(`/portal/activations/${claims.activation.id}/refresh`, {});
    expect(refused.status).toBe(404);
  });

  it('is refused in the same words for a wrong password and an unknown name, which stays in the form', async () => {
    const { username } = await create([]);
    const wrong = await signIn(username, 'a wrong password');
    const unknown = await signIn('nobody"<b>', 'a wrong password');
    for (const { page } of [wrong, unknown]) {
      expect(page.status).toBe(401);
      expect(textOf(page)).toContain('The name or the password is wrong');
      expect(page.text).not.toContain('a wrong password');
    }
    expect(wrong.page.text).toContain(`value="${username}"`);
    expect(unknown.page.text).toContain('value="nobody&quot;&lt;b&gt;"');
  });

  it('is locked after five wrong passwords', async () => {
    const { username } = await create([]);
    for (let left = 5; left > 0; left -= 1) {
      expect((await signIn(username, 'a wrong password')).page.status).toBe(401);
    }
    const { page } = await signIn(username);
    expect(page.status).toBe(403);
    expect(textOf(page)).toContain('This account is locked for now');
    api.setClock(START + 15 * MINUTE);
    expect(headingOf((await signIn(username)).page)).toBe('Activations');
  });

  it('ends with the account', async () => {
    const account = await create([]);
    const { browser, page } = await signIn(account.username);
    expect(textOf(page)).toContain('Your account has no license yet.');
    await calls.manage('PATCH', `/accounts/${account.id}`, { json: { disabled: true } });
    const after = await browser.get('/portal/activations');
    expect([after.status, after.headers['location']]).toEqual([303, '/portal']);
  });
});

describe('too many wrong attempts', () => {
  it('stop one account from being tried from everywhere, and others of that address', async () => {
    const strict = await startLicensingApi({
      clock: START,
      codeAttempts: { requests: 2, perMilliseconds: 15 * MINUTE },
      lockOut: { failures: 100, milliseconds: MINUTE },
    });
    const browser = visitor(strict);
    await browser.get('/portal');
    const attempt = () => browser.post('/portal/session', { username: 'somebody', password: 'wrong' });
    expect([(await attempt()).status, (await attempt()).status]).toEqual([401, 401]);
    const refused = await attempt();
    expect([refused.status, refused.headers['retry-after']]).toEqual([429, '900']);
    strict.setClock(START + 15 * MINUTE);
    expect((await attempt()).status).toBe(401);
    await strict.close();
  });
});

describe('the portal of the live environment', () => {
  it('has an address, a cookie and answers of its own; the test one says that it is for tests', async () => {
    const both = await startLicensingApi({ clock: START, live: true });
    if (both.live === null) throw new Error('no live environment');
    expect(both.live.portalUrl).toBe(`${both.url}/live/portal`);
    expect(both.live.profile.api.portalUrl).toBe(both.live.portalUrl);
    const browser = visitor(both);
    const start = await browser.get('/live/portal');
    expect(start.status).toBe(200);
    expect(start.headers['set-cookie']).toMatch(/^__Host-portal-live=/);
    const links = [...start.text.matchAll(/(?:href|action)="(\/[^"]+)"/g)].map((it) => it[1] ?? '');
    expect(links).toContain('/live/portal/session');
    expect(
      links.filter((it) => !it.startsWith('/live/') && !/^\/portal\/(?:icon|portal)\./.test(it)),
    ).toEqual([]);
    expect(start.text).not.toContain('Test environment');
    expect((await visitor(both).get('/portal')).text).toContain('Test environment');

    const wrong = await browser.post('/live/portal/session', { code: both.activationCode });
    expect(wrong.status).toBe(404);
    const right = await browser.post('/live/portal/session', { code: both.live.activationCode });
    expect([right.status, right.headers['location']]).toEqual([303, '/live/portal/activations']);
    expect(headingOf(await browser.get('/live/portal/activations'))).toBe('Activations');
    expect((await browser.get('/portal/activations')).status).toBe(303);
    await both.close();
  });

  it('is not there without a live environment', async () => {
    expect((await visitor(api).get('/live/portal')).status).toBe(404);
    expect((await visitor(api).get('/portal')).text).not.toContain('Test environment');
  });
});
