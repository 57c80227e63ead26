import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { afterAll, beforeAll, beforeEach, describe, expect, it, onTestFinished } from 'vitest';
import type { ServiceOptions, Services } from '../../../electron/services.ts';
import { createLog } from '../../../electron/support/log.ts';
import type { Snapshot } from '../../../shared/contract.ts';
import { err, ok, type Result } from '../../../shared/result.ts';
import { failure } from '../../../shared/errors.ts';
import { startLicensingApi, type LicensingApi } from '../../licensing-api/server.ts';
import { browserTrusting, signInAs } from '../../support/browser.ts';
import { startIdentityProvider, type IdentityProvider } from '../../support/identity-provider.ts';
import { leaksIn } from '../../support/leaks.ts';
import { startServices } from '../../support/services.ts';
import { folder } from '../license/engine.ts';
import { bodyOf, caller } from '../licensing-api/caller.ts';
import { typedLogin, typedPassword } from '../../support/typed-secrets.ts';

/** Both ways of signing in, with everything behind the window: a certified provider and the reference server. */

const PASSWORD = 'a long enough password';
const MINUTE = 60_000;

let provider: IdentityProvider;
let server: LicensingApi;
beforeAll(async () => {
  provider = await startIdentityProvider();
  server = await startLicensingApi({
    accounts: true,
    openId: { issuer: provider.issuer, audience: provider.clientId, ca: provider.ca },
    lockOut: { failures: 2, milliseconds: 10 * MINUTE },
    writeLog: () => undefined,
  });
});
beforeEach(() => server.faults.clear());
afterAll(async () => {
  await server.close();
  await provider.close();
});

let count = 0;
/** Somebody with a license, known to both the provider and the server. */
async function person() {
  const calls = caller(server);
  const { id } = await calls.createEntitlement({ seatCount: 1 });
  const username = `person-${(count += 1)}@orbit.example`;
  const json = { username, password: PASSWORD, openIdSubject: username, entitlementIds: [id] };
  expect((await calls.manage('POST', '/accounts', { json })).status).toBe(201);
  return { username, seatsUsed: async () => (await calls.getEntitlement(id)).seatsUsed };
}

const signedIn = (address: string, name: string) => signInAs(browserTrusting(provider.ca), address, name);

interface Started {
  readonly services: Services;
  readonly dataDir: string;
  readonly opened: string[];
  readonly told: Snapshot[];
  readonly log: () => string;
}

/** The services of a window; its browser is told what to do with an address. */
async function start(
  browse: (address: string) => Promise<unknown>,
  changes: Partial<ServiceOptions> = {},
  parts: Parameters<typeof startServices>[1] = {},
): Promise<Started> {
  const dataDir = folder();
  const file = path.join(dataDir, 'logs', 'latchkey.log');
  const opened: string[] = [];
  const services = await startServices(
    {
      profile: server.profile,
      dataDir,
      log: createLog({ file, process: 'window' }),
      openBrowser: (address) => {
        opened.push(address);
        void browse(address);
        return Promise.resolve(ok(null));
      },
      ...changes,
    },
    parts,
  );
  onTestFinished(() => services.close());
  const told: Snapshot[] = [];
  services.onChange((snapshot) => void told.push(snapshot));
  return { services, dataDir, opened, told, log: () => readFileSync(file, 'utf8') };
}

const codeOf = (result: Result<unknown>) => (result.ok ? 'ok' : result.error.code);
const nowhere = () => Promise.resolve();
const seat = () => ({ productId: server.productId });
const waitingIn = ({ application }: Snapshot) => application.accounts?.waiting ?? null;

describe('activating in the browser', () => {
  it('takes a seat for whoever signed in there; refresh and deactivation need nobody any more', async () => {
    const { username, seatsUsed } = await person();
    const { services, told, opened } = await start((address) => signedIn(address, username));
    const result = await services.license.signIn({ ...seat(), seatName: 'Desk' });
    expect(codeOf(result)).toBe('ok');
    expect(result.ok && result.value.activation).toMatchObject({
      method: 'openIdToken',
      username,
      seatName: 'Desk',
    });
    expect(await seatsUsed()).toBe(1);
    // While it waited, every window knew where the browser had been sent; afterwards none does.
    expect(told.map(waitingIn)).toContainEqual({ ...seat(), address: opened[0] });
    expect(waitingIn(await services.snapshot())).toBeNull();
    expect(codeOf(await services.license.refresh(server.productId))).toBe('ok');
    expect(codeOf(await services.license.deactivate(server.productId))).toBe('ok');
    expect(await seatsUsed()).toBe(0);
  });

  it('with an account that the license server does not know is refused by it', async () => {
    const { services } = await start((address) => signedIn(address, 'stranger@orbit.example'));
    expect(codeOf(await services.license.signIn(seat()))).toBe('credentialsInvalid');
  });

  it('is cancelled from the window, and can be begun anew', async () => {
    const { username } = await person();
    const addresses: string[] = [];
    const browsing = Promise.withResolvers<void>();
    const { services } = await start((address) => {
      addresses.push(address);
      browsing.resolve();
      return addresses.length === 1 ? Promise.resolve() : signedIn(address, username);
    });
    const first = services.license.signIn(seat());
    await browsing.promise;
    services.license.cancelSignIn();
    expect(codeOf(await first)).toBe('cancelled');
    expect(waitingIn(await services.snapshot())).toBeNull();
    services.license.cancelSignIn();
    expect(codeOf(await services.license.signIn(seat()))).toBe('ok');
  });

  it('begun a second time ends the first, whose page then leads nowhere', async () => {
    const { username, seatsUsed } = await person();
    const browsing = Promise.withResolvers<string>();
    let count = 0;
    const { services } = await start((address) => {
      count += 1;
      browsing.resolve(address);
      return count === 1 ? Promise.resolve() : signedIn(address, username);
    });
    const first = services.license.signIn(seat());
    const page = await browsing.promise;
    const second = services.license.signIn(seat());
    expect(codeOf(await first)).toBe('cancelled');
    expect(codeOf(await second)).toBe('ok');
    await expect(signedIn(page, 'other@orbit.example')).rejects.toMatchObject({ code: 'ECONNREFUSED' });
    expect(await seatsUsed()).toBe(1);
  });

  it('ends when the browser never comes back, and when no browser opens', async () => {
    const patient = await start(nowhere, {}, { signInTime: 1500 });
    expect(codeOf(await patient.services.license.signIn(seat()))).toBe('signInAbandoned');
    const { services } = await start(nowhere, {
      openBrowser: () => Promise.resolve(err(failure('internal'))),
    });
    expect(codeOf(await services.license.signIn(seat()))).toBe('browserNotOpened');
  });

  it('sends nobody to a browser where it is not offered, or not needed', async () => {
    const { accounts: _accounts, ...without } = server.profile;
    const plain = await start(nowhere, { profile: without });
    expect(codeOf(await plain.services.license.signIn(seat()))).toBe('notAllowedInState');
    const byPassword = await start(nowhere, { profile: { ...without, accounts: { password: true } } });
    expect(codeOf(await byPassword.services.license.signIn(seat()))).toBe('notAllowedInState');
    expect((await byPassword.services.snapshot()).application.accounts).toMatchObject({ openId: false });
    const { username } = await person();
    const app = await start((address) => signedIn(address, username));
    expect(codeOf(await app.services.license.signIn(seat()))).toBe('ok');
    expect(codeOf(await app.services.license.signIn(seat()))).toBe('notAllowedInState');
    expect(codeOf(await app.services.license.signIn({ productId: 'prod_unknown' }))).toBe('productUnknown');
    expect([plain.opened, byPassword.opened, app.opened].map(({ length }) => length)).toEqual([0, 0, 1]);
  });

  it('trusts the provider by the same roots as the server, and by no others', async () => {
    const { ca: _ca, ...api } = server.profile.api;
    const profile = { ...server.profile, api: { ...api, ca: server.caPem } };
    const { services, opened } = await start(nowhere, { profile });
    expect(codeOf(await services.license.signIn(seat()))).toBe('certificateUntrusted');
    expect(opened).toEqual([]);
  });

  it('goes through the proxies of this network', async () => {
    const asked: string[] = [];
    const { services } = await start(nowhere, {
      network: {
        routesTo: (url) => {
          asked.push(url.host);
          return Promise.resolve([{ scheme: 'http', host: '127.0.0.1', port: 9 }]);
        },
        loginFor: () => Promise.resolve(null),
        systemRoots: () => [],
        isConnected: () => true,
      },
    });
    expect(codeOf(await services.license.signIn(seat()))).toBe('proxyUnreachable');
    expect(asked).toEqual([new URL(provider.issuer).host]);
  });
});

describe('activating with a password', () => {
  it('takes a seat, and shows whose', async () => {
    const { username, seatsUsed } = await person();
    const { services, opened } = await start(nowhere);
    const request = { ...seat(), username: ` ${username.toUpperCase()} `, password: typedPassword(PASSWORD) };
    const result = await services.license.activateWithPassword(request);
    expect(result.ok && result.value.activation?.username).toBe(username);
    expect([await seatsUsed(), opened]).toEqual([1, []]);
  });

  it('tells a locked name with the time until it is free, and known from unknown names by nothing', async () => {
    const { username } = await person();
    const { services } = await start(nowhere);
    const outcomes = [];
    for (const name of [username, 'nobody@orbit.example']) {
      const request = { ...seat(), username: name };
      for (const password of ['a wrong password', 'a wrong password', PASSWORD]) {
        outcomes.push(
          await services.license.activateWithPassword({ ...request, password: typedPassword(password) }),
        );
      }
    }
    const each = ['credentialsInvalid', 'credentialsInvalid', 'accountLocked'];
    expect(outcomes.map(codeOf)).toEqual([...each, ...each]);
    for (const locked of [outcomes[2], outcomes[5]]) {
      const seconds = locked?.ok === false ? locked.error.facts?.retryAfterSeconds : undefined;
      expect(seconds).toBeGreaterThan(500);
      expect(seconds).toBeLessThanOrEqual(600);
    }
  });

  it('is not possible where the vendor does not offer it', async () => {
    const { username } = await person();
    const { openId } = server.profile.accounts ?? {};
    const { services } = await start(nowhere, {
      profile: {
        ...server.profile,
        accounts: { password: false, ...(openId === undefined ? {} : { openId }) },
      },
    });
    const request = { ...seat(), username, password: typedPassword(PASSWORD) };
    expect(codeOf(await services.license.activateWithPassword(request))).toBe('notAllowedInState');
  });
});

describe('what was shown to sign in', () => {
  it('is in no snapshot, no answer, no log and no file', async () => {
    const { username } = await person();
    const tokens: string[] = [];
    const { services, dataDir, told, log } = await start(
      (address) => signedIn(address, username),
      {},
      {
        engine: (engine) => ({
          ...engine,
          apiOf: (at) => {
            const api = engine.apiOf(at);
            return {
              ...api,
              activate: (request, ...rest) => {
                const { activationCredentials: shown } = request;
                if (shown.type === 'openIdToken') tokens.push(shown.token.reveal());
                return api.activate(request, ...rest);
              },
            };
          },
        }),
      },
    );
    const request = { ...seat(), username, password: 'a wrong password' };
    server.faults.next({ kind: 'cutAfter' }, 'activate');
    const answers = [
      await services.license.activateWithPassword(typedLogin(request)),
      await services.license.activateWithPassword({ ...request, password: typedPassword(PASSWORD) }),
      await services.license.deactivate(server.productId),
      await services.license.signIn(seat()),
    ];
    expect(answers.map(codeOf)).toEqual(['serverUnreachable', 'ok', 'ok', 'ok']);
    expect(tokens).toHaveLength(1);
    const secrets = [
      { kind: 'password', value: PASSWORD },
      { kind: 'wrong password', value: request.password },
      ...tokens.map((value) => ({ kind: 'token', value })),
    ];
    const files = readdirSync(dataDir, { recursive: true, withFileTypes: true }).filter((it) => it.isFile());
    const places = [
      ...files
        .map((it) => path.join(it.parentPath, it.name))
        .map((name) => ({ name, bytes: readFileSync(name) })),
      { name: 'snapshots', bytes: Buffer.from(JSON.stringify(told)) },
      { name: 'answers', bytes: Buffer.from(JSON.stringify(answers)) },
    ];
    expect(log()).toContain('signed in');
    expect(JSON.stringify(told)).toContain(username);
    expect(leaksIn(secrets, places)).toEqual([]);
    // The same search finds them where they are.
    const planted = Buffer.from(`{"password":"${PASSWORD}"}`);
    expect(leaksIn(secrets, [{ name: 'planted', bytes: planted }])).not.toEqual([]);
    // Nor is the name in the log.
    expect(log()).not.toContain(username);
  });

  it('is nothing that the account needs to be there for, later', async () => {
    const { username } = await person();
    const { services } = await start((address) => signedIn(address, username));
    expect(codeOf(await services.license.signIn(seat()))).toBe('ok');
    const accounts = await caller(server).manage('GET', '/accounts?limit=100');
    const { items } = bodyOf<{ items: { id: string; username: string }[] }>(accounts);
    const mine = items.find((it) => it.username === username);
    await caller(server).manage('DELETE', `/accounts/${mine?.id}`);
    expect(codeOf(await services.license.refresh(server.productId))).toBe('ok');
    expect(codeOf(await services.license.deactivate(server.productId))).toBe('ok');
  });
});
