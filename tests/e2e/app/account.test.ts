import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { browserTrusting, signInAs } from '../../support/browser.ts';
import { startIdentityProvider, type IdentityProvider } from '../../support/identity-provider.ts';
import { startBench } from './bench.ts';
import { personAt } from './person.ts';

const PASSWORD = 'a long enough password';
const WRONG = 'a wrong password';

let provider: IdentityProvider;
beforeAll(async () => {
  provider = await startIdentityProvider();
});
afterAll(() => provider.close());

/** An installation in front of somebody with an account and one seat. */
async function start() {
  const bench = await startBench({
    accounts: true,
    openId: { issuer: provider.issuer, audience: provider.clientId, ca: provider.ca },
    lockOut: { failures: 2, milliseconds: 600_000 },
  });
  for (const value of [PASSWORD, WRONG]) bench.keepSecret({ kind: 'password', value });
  const { id } = await bench.calls.createEntitlement({ seatCount: 1 });
  const username = 'user@orbit.example';
  const json = { username, password: PASSWORD, openIdSubject: username, entitlementIds: [id] };
  expect((await bench.calls.manage('POST', '/accounts', { json })).status).toBe(201);
  const app = await bench.launch();
  const person = personAt(app);
  await person.code().waitFor();
  const choose = (name: string) => app.page.locator('.segment', { hasText: name }).click();
  const seats = async () => (await bench.calls.listSeats(id)).items.filter(({ holdsSeat }) => holdsSeat);
  return { app, person, username, choose, seats };
}

describe('activating with a password', () => {
  it('from the form to the license with its account, and back to a free seat', async () => {
    const { app, person, username, choose, seats } = await start();
    await choose('With a password');
    await app.page.getByRole('textbox', { name: 'User name' }).fill(username);
    await app.page.locator('input[name=password]').fill(PASSWORD);
    await person.button('Activate').click();
    await person.heading(/ is active$/).waitFor();
    await person.openLicense();
    expect(await person.text()).toContain(username);
    expect(await person.refresh()).toContain('Refreshed.');
    expect(await seats()).toHaveLength(1);
    await person.deactivate();
    expect(await seats()).toEqual([]);
    // It went to the main process once, and nothing of it came back.
    const sent = app.traffic.filter((entry) => JSON.stringify(entry).includes(PASSWORD));
    expect(sent.map(({ kind }) => kind)).toEqual(app.host === 'chromium' ? ['request'] : []);
  });

  it('says under the password what is wrong, for how long a name is locked, and keeps no password', async () => {
    const { app, person, username, choose, seats } = await start();
    await choose('With a password');
    await app.page.getByRole('textbox', { name: 'User name' }).fill(username);
    const password = app.page.locator('input[name=password]');
    for (const said of ['was not accepted', 'was not accepted', 'Try again in 10 minutes']) {
      await password.fill(WRONG);
      await person.button('Activate').click();
      await app.page.getByRole('alert').filter({ hasText: said }).waitFor();
      await expect.poll(() => password.inputValue()).toBe('');
    }
    expect(await app.page.getByRole('textbox', { name: 'User name' }).inputValue()).toBe(username);
    expect(await seats()).toEqual([]);
  });
});

describe('activating in the browser', () => {
  it('waits, can be cancelled and begun again, and goes on by itself', async () => {
    const { app, person, username, choose, seats } = await start();
    await choose('In the browser');
    const begin = async () => {
      await person.button('Sign in in the browser').click();
      await person.heading('Continue in your browser').waitFor();
      const { application } = await person.snapshot();
      return application.accounts?.waiting?.address ?? '';
    };
    const first = await begin();
    await person.button('Cancel').click();
    await person.button('Sign in in the browser').waitFor();
    const second = await begin();
    expect(second).not.toBe(first);
    await signInAs(browserTrusting(provider.ca), second, username);
    await person.heading(/ is active$/).waitFor();
    expect((await person.license()).activation).toMatchObject({ method: 'openIdToken', username });
    expect(await seats()).toHaveLength(1);
    if (app.host === 'chromium') {
      const opened = app.traffic.flatMap((entry) => (entry.kind === 'externalLink' ? [entry.address] : []));
      expect(opened).toEqual([first, second]);
      expect(JSON.stringify(app.traffic)).not.toMatch(/eyJ[\w-]{20,}\./);
    }
  });
});
