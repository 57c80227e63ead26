import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { expect, it, onTestFinished } from 'vitest';
import { allOf } from '../../faults/net/peers.ts';
import { askLogin, httpProxy, isBasicFor } from '../../faults/net/proxies.ts';
import { startBench, type Bench } from './bench.ts';
import { personAt } from './person.ts';

/** A network that has to be left through a proxy, and a machine that somebody administers, in the window. */

const LOGIN = { username: 'user', password: 'Harbour:Gate 7' };

async function demandingProxy({ url }: Bench) {
  const proxy = await httpProxy({
    leadsTo: Number(new URL(url).port),
    refuse: (head) => (isBasicFor(head, LOGIN) ? null : askLogin('Basic realm="Harbour Works"')),
  });
  onTestFinished(() => proxy.close());
  return proxy;
}

it('signs in to the proxy that asks, says when the login is wrong, and remembers it where that is wanted', async () => {
  const bench = await startBench();
  const proxy = await demandingProxy(bench);
  const name = `127.0.0.1:${proxy.proxy.port}`;
  bench.keepSecret({ kind: 'proxy password', value: LOGIN.password });
  const { activationCode } = await bench.calls.createEntitlement();
  const app = await bench.launch({ env: { LATCHKEY_HOST_PROXY: `PROXY ${name}` } });
  const person = personAt(app);
  await person.activate(activationCode);
  await person.button('Sign in to the proxy…').click();
  const dialog = app.page.getByRole('dialog');
  await dialog.getByText(name).first().waitFor();
  await dialog.getByLabel('User name').fill(LOGIN.username);
  await dialog.getByLabel('Password').fill('guess');
  await dialog.getByRole('button', { name: 'Sign in' }).click();
  await dialog.getByText(`The proxy ${name} did not accept this user name and password.`).waitFor();
  expect(await dialog.getByLabel('Password').inputValue()).toBe('');
  await dialog.getByLabel('Password').fill(LOGIN.password);
  await dialog.getByText('Remember on this device').click();
  await dialog.getByRole('button', { name: 'Sign in' }).click();
  await dialog.waitFor({ state: 'hidden' });
  await person.becomeActive(activationCode);
  expect(allOf(proxy.heard).includes(activationCode)).toBe(false);

  await app.restart();
  const after = personAt(app);
  await after.openLicense();
  expect(await after.refresh()).toContain('Refreshed');
  await after.button('Settings').click();
  await app.page.getByText(name).waitFor();
  await after.button('Sign out').click();
  await app.page.getByText(name).waitFor({ state: 'hidden' });
  const written = readFileSync(app.logFile, 'utf8') + JSON.stringify(app.traffic.map(({ kind }) => kind));
  expect(written).not.toContain(LOGIN.password);
});

it('obeys an administrator before its user, and says so', async () => {
  const bench = await startBench();
  const { activationCode } = await bench.calls.createEntitlement();
  const policy = path.join(bench.folder('policy'), 'policy.json');
  mkdirSync(path.dirname(policy), { mode: 0o755 });
  const put = (content: unknown) => writeFileSync(policy, JSON.stringify(content), { mode: 0o644 });
  put({ policyVersion: 1, proxy: { kind: 'none' }, deny: ['deactivate'] });
  // What the system says is of no account then: nobody is there.
  const app = await bench.launch({
    env: { LATCHKEY_POLICY: policy, LATCHKEY_HOST_PROXY: 'PROXY 127.0.0.1:9' },
  });
  const person = personAt(app);
  await person.becomeActive(activationCode);
  await person.openLicense();
  await app.page.getByText('Your organization does not allow some actions here.').waitFor();
  expect(await person.button('Deactivate…').count()).toBe(0);
  await person.button('Settings').click();
  await app.page.getByText('Managed by your organization').waitFor();
  expect(await app.page.getByRole('button', { name: /Proxy/ }).count()).toBe(0);

  // A policy that can't be obeyed stops what it may have been meant to stop, and no work.
  put({ policyVersion: 1, deny: ['everything'] });
  await app.restart();
  const limited = personAt(app);
  await limited.openLicense();
  await app.page.getByText('The policy file of this device can’t be obeyed: deny.0').waitFor();
  expect((await limited.license()).state).toBe('active');
  expect(await limited.button('Refresh').count()).toBe(0);

  // Without one everything is the user's again.
  put({ policyVersion: 1 });
  await app.restart();
  const free = personAt(app);
  await free.openLicense();
  await free.button('Deactivate…').waitFor();
  await free.button('Refresh').click();
  await app.page.getByText('could not be reached').first().waitFor();
  await free.button('Settings').click();
  await app.page.getByRole('button', { name: /Proxy/ }).click();
  await app.page.getByRole('option', { name: 'No proxy' }).click();
  await free.button('Licenses').click();
  await free.openLicense();
  expect(await free.refresh()).toContain('Refreshed');
});
