import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it, onTestFinished } from 'vitest';
import { STRAIGHT, type Proxy } from '../../../electron/api/network.ts';
import type { Services } from '../../../electron/services.ts';
import type { ProxyChoice } from '../../../shared/proxy-choice.ts';
import type { Result } from '../../../shared/result.ts';
import { allOf } from '../../faults/net/peers.ts';
import { askLogin, httpProxy, isBasicFor, socksProxy, type FakeProxy } from '../../faults/net/proxies.ts';
import { startLicensingApi, type LicensingApi as Server } from '../../licensing-api/server.ts';
import { startServices } from '../../support/services.ts';
import { fakeHost } from '../../unit/fingerprint/fake-host.ts';
import { LINUX_DESKTOP } from '../../unit/fingerprint/machines.ts';
import { temporaryFolder } from '../cli/command.ts';
import { typedCode, typedLogin, typedPassword } from '../../support/typed-secrets.ts';

/** A login at a proxy from the question to the vault, over real sockets. */

const LOGIN = { username: 'user', password: 'Harbour:Gate 7' };
const TYPED = typedLogin(LOGIN);
const ASK = askLogin('Basic realm="Harbour Works"');

let server: Server;
beforeAll(async () => {
  server = await startLicensingApi({ writeLog: () => undefined });
});
afterAll(() => server.close());

const port = () => Number(new URL(server.url).port);
const codeOf = (outcome: Result<unknown>) => (outcome.ok ? 'ok' : outcome.error.code);

async function demanding(): Promise<FakeProxy> {
  const proxy = await httpProxy({
    leadsTo: port(),
    refuse: (head) => (isBasicFor(head, LOGIN) ? null : ASK),
  });
  onTestFinished(() => proxy.close());
  return proxy;
}

async function start(dataDir: string, routes: () => readonly Proxy[]): Promise<Services> {
  const services = await startServices(
    {
      profile: server.profile,
      dataDir,
      network: { ...STRAIGHT, routesTo: () => Promise.resolve(routes()) },
    },
    { host: fakeHost(LINUX_DESKTOP) },
  );
  onTestFinished(() => services.close());
  return services;
}

const productId = () => server.profile.products[0]?.productId ?? '';
const activate = async (services: Services) =>
  codeOf(await services.license.activate({ productId: productId(), code: typedCode(server.activationCode) }));
const signedIn = async (services: Services) => (await services.snapshot()).application.network.signedIn;

describe('a proxy that asks for a login', () => {
  it('gets the one that was typed in, which is forgotten with the run unless it is remembered', async () => {
    const dataDir = path.join(temporaryFolder(), 'data');
    const { proxy, heard } = await demanding();
    const first = await start(dataDir, () => [proxy]);
    expect(await activate(first)).toBe('proxyAuthRequired');
    const name = `127.0.0.1:${proxy.port}`;
    expect(await first.proxy.signIn({ proxy: name, ...TYPED, remember: false })).toEqual({
      ok: true,
      value: { proxy: name },
    });
    expect(await activate(first)).toBe('ok');
    expect(await signedIn(first)).toEqual([name]);
    // It passes on what it can't read.
    expect(allOf(heard).includes(server.activationCode)).toBe(false);
    await first.close();

    const second = await start(dataDir, () => [proxy]);
    expect(codeOf(await second.license.refresh(productId()))).toBe('proxyAuthRequired');
    expect(codeOf(await second.proxy.signIn({ ...TYPED, remember: true }))).toBe('ok');
    await second.close();

    const third = await start(dataDir, () => [proxy]);
    expect(codeOf(await third.license.refresh(productId()))).toBe('ok');
    expect(await signedIn(third)).toEqual([name]);
    for (const file of readdirSync(dataDir, { recursive: true, withFileTypes: true })) {
      if (!file.isFile()) continue;
      const bytes = readFileSync(path.join(file.parentPath, file.name)).toString('latin1');
      expect(bytes).not.toContain(LOGIN.password);
      expect(bytes).not.toContain(Buffer.from(`user:${LOGIN.password}`).toString('base64'));
    }

    expect(codeOf(await third.proxy.forget())).toBe('ok');
    expect(await signedIn(third)).toEqual([]);
    expect(codeOf(await third.license.refresh(productId()))).toBe('proxyAuthRequired');
    await third.close();
    const fourth = await start(dataDir, () => [proxy]);
    expect(codeOf(await fourth.license.refresh(productId()))).toBe('proxyAuthRequired');
  });

  it('says so where it does not take it, and is not shown it again and again', async () => {
    const { proxy, heard } = await demanding();
    const services = await start(path.join(temporaryFolder(), 'data'), () => [proxy]);
    const wrong = await services.proxy.signIn({
      username: 'user',
      password: typedPassword('guess'),
      remember: true,
    });
    expect(wrong).toEqual({
      ok: false,
      error: { code: 'proxyLoginRefused', facts: { proxy: `127.0.0.1:${proxy.port}` } },
    });
    expect(await signedIn(services)).toEqual([]);
    const guess = Buffer.from('user:guess').toString('base64');
    const shown = () => allOf(heard).toString('latin1').split(guess).length - 1;
    expect(shown()).toBe(1);
    expect(await activate(services)).toBe('proxyAuthRequired');
    expect(shown()).toBe(1);
    expect(codeOf(await services.proxy.signIn({ ...TYPED, remember: false }))).toBe('ok');
    expect(await activate(services)).toBe('ok');
  });

  it('is found on the way to the local server that was chosen', async () => {
    const local = await startLicensingApi({ localOf: server.vendor, writeLog: () => undefined });
    onTestFinished(() => local.close());
    const refuse = (head: string) => (isBasicFor(head, LOGIN) ? null : ASK);
    const fake = await httpProxy({ leadsTo: Number(new URL(local.url).port), refuse });
    onTestFinished(() => fake.close());
    const services = await startServices(
      {
        profile: server.profile,
        dataDir: path.join(temporaryFolder(), 'data'),
        network: {
          ...STRAIGHT,
          routesTo: ({ port: to }) => Promise.resolve([to === new URL(local.url).port ? fake.proxy : null]),
        },
      },
      { host: fakeHost(LINUX_DESKTOP) },
    );
    onTestFinished(() => services.close());
    const proxy = `127.0.0.1:${fake.proxy.port}`;
    // No proxy is on the way to the vendor's.
    expect(codeOf(await services.proxy.signIn({ ...TYPED, proxy, remember: false }))).toBe(
      'proxyUnreachable',
    );
    const use = { local: { url: local.url, ca: local.caPem, pins: [] }, isConfirmed: true };
    expect(codeOf(await services.server.use(use))).toBe('ok');
    const wrong = { username: 'user', password: typedPassword('guess'), proxy, remember: false };
    expect(codeOf(await services.proxy.signIn(wrong))).toBe('proxyLoginRefused');
    expect(codeOf(await services.proxy.signIn({ ...TYPED, proxy, remember: false }))).toBe('ok');
    expect((await services.server.check()).failure).toBeNull();
  });

  it('is not shown a remembered login any more after it has refused it', async () => {
    const dataDir = path.join(temporaryFolder(), 'data');
    let taken = true;
    const proxy = await httpProxy({
      leadsTo: port(),
      refuse: (head) => (taken && isBasicFor(head, LOGIN) ? null : ASK),
    });
    onTestFinished(() => proxy.close());
    const services = await start(dataDir, () => [proxy.proxy]);
    expect(codeOf(await services.proxy.signIn({ ...TYPED, remember: true }))).toBe('ok');
    taken = false;
    const shown = () => allOf(proxy.heard).toString('latin1').split('Basic ').length;
    expect(await activate(services)).toBe('proxyAuthRequired');
    const once = shown();
    expect(await activate(services)).toBe('proxyAuthRequired');
    expect(shown()).toBe(once);
    expect(await signedIn(services)).toEqual([]);
    // Typed in once more it counts again: the account may have been unlocked.
    taken = true;
    expect(codeOf(await services.proxy.signIn({ ...TYPED, remember: true }))).toBe('ok');
    expect(await activate(services)).toBe('ok');
  });

  it('learns nothing of what was typed in for another', async () => {
    const { proxy } = await demanding();
    const curious = await httpProxy({ leadsTo: port(), refuse: () => ASK });
    onTestFinished(() => curious.close());
    let routes: readonly Proxy[] = [proxy];
    const services = await start(path.join(temporaryFolder(), 'data'), () => routes);
    expect(codeOf(await services.proxy.signIn({ ...TYPED, remember: true }))).toBe('ok');
    routes = [curious.proxy];
    expect(await activate(services)).toBe('proxyAuthRequired');
    expect(allOf(curious.heard).toString('latin1')).not.toContain('Basic ');
    // Nor is one taken for a proxy that is not on the way.
    const elsewhere = await services.proxy.signIn({
      proxy: `127.0.0.1:${proxy.port}`,
      ...TYPED,
      remember: true,
    });
    expect(codeOf(elsewhere)).toBe('proxyUnreachable');
    expect(allOf(curious.heard).toString('latin1')).not.toContain('Basic ');
  });

  it('may be one of SOCKS', async () => {
    const socks = await socksProxy({ leadsTo: port(), login: LOGIN });
    onTestFinished(() => socks.close());
    const services = await start(path.join(temporaryFolder(), 'data'), () => [socks.proxy]);
    expect(await activate(services)).toBe('proxyAuthRequired');
    expect(
      codeOf(
        await services.proxy.signIn({ username: 'user', password: typedPassword('x'), remember: false }),
      ),
    ).toBe('proxyLoginRefused');
    expect(codeOf(await services.proxy.signIn({ ...TYPED, remember: false }))).toBe('ok');
    expect(await activate(services)).toBe('ok');
  });
});

describe('the way out that a user chooses', () => {
  it('counts from the next call on, and is kept', async () => {
    const dataDir = path.join(temporaryFolder(), 'data');
    const dead: Proxy = { scheme: 'http', host: '127.0.0.1', port: 9 };
    const services = await start(dataDir, () => [dead]);
    expect(await activate(services)).toBe('proxyUnreachable');
    const none: ProxyChoice = { kind: 'none' };
    expect(codeOf(await services.settings.change({ proxy: none }))).toBe('ok');
    expect(await activate(services)).toBe('ok');
    await services.close();
    const again = await start(dataDir, () => [dead]);
    expect((await again.snapshot()).application.network.proxy).toEqual(none);
    expect(codeOf(await again.license.refresh(productId()))).toBe('ok');
    expect(codeOf(await again.settings.change({ proxy: { kind: 'system' } }))).toBe('ok');
    expect(codeOf(await again.license.refresh(productId()))).toBe('proxyUnreachable');
  });

  it('is not left for another where it can not be gone', async () => {
    const services = await start(path.join(temporaryFolder(), 'data'), () => []);
    const script: ProxyChoice = { kind: 'pac', url: 'http://wpad.harbour.example/proxy.pac' };
    expect(codeOf(await services.settings.change({ proxy: script }))).toBe('ok');
    const outcome = await services.license.activate({
      productId: productId(),
      code: typedCode(server.activationCode),
    });
    expect(outcome).toMatchObject({
      error: { code: 'proxyUnreachable', facts: { proxy: 'wpad.harbour.example' } },
    });
  });
});
