import '../../support/no-electron.ts';
import { X509Certificate } from 'node:crypto';
import { describe, expect, it, onTestFinished } from 'vitest';
import { fakeHost } from '../../unit/fingerprint/fake-host.ts';
import { LINUX_DESKTOP } from '../../unit/fingerprint/machines.ts';
import { createServices } from '../../../electron/create-services.ts';
import { systemClock, systemRandom } from '../../../electron/platform/system.ts';
import { NO_KEYRING } from '../../../electron/ports.ts';
import type { Services } from '../../../electron/services.ts';
import { SILENT } from '../../../electron/support/log.ts';
import type { VendorProfile } from '../../../shared/profile.ts';
import { folder } from './engine.ts';
import { withServers, type ServerName } from './local-server.ts';
import { typedCode } from '../../support/typed-secrets.ts';

/** The services as window and command line have them, with the real connections. */

const { server, buyAt } = withServers();

async function services(
  options: { dataDir?: string; profile?: Partial<VendorProfile>; policy?: object } = {},
): Promise<Services> {
  const cloud = server('cloud');
  const text = options.policy === undefined ? null : JSON.stringify(options.policy);
  const made = await createServices(
    {
      profile: { ...cloud.profile, ...options.profile },
      dataDir: options.dataDir ?? folder(),
      keyring: NO_KEYRING,
      clock: systemClock,
      random: systemRandom,
      log: SILENT,
      appVersion: '1.0.0',
      systemLocale: 'en',
      ...(text === null
        ? {}
        : { policy: { stamp: () => 'one', read: () => ({ kind: 'text' as const, text }) } }),
    },
    { host: fakeHost(LINUX_DESKTOP) },
  );
  onTestFinished(() => made.close());
  return made;
}

const wish = (name: ServerName, changes: { ca?: string | undefined; pins?: string[] } = {}) => ({
  isConfirmed: true,
  local: { url: server(name).url, ca: server(name).caPem, pins: [], ...changes },
});
const CLOUD = { local: null, isConfirmed: false };
const codeOf = async (outcome: Promise<{ ok: boolean; error?: { code: string } }>) => {
  const { ok, error } = await outcome;
  return ok ? 'ok' : (error?.code ?? '');
};
const productId = () => server('cloud').productId;
const activate = (app: Services, code: string) =>
  codeOf(app.license.activate({ productId: productId(), code: typedCode(code) }));

describe('a local server is recognised', () => {
  it.each([
    ['by its certificate', () => wish('local')],
    ['by certificate and pin', () => wish('local', { pins: [server('local').pin] })],
  ])('%s', async (_name, make) => {
    const app = await services();
    expect(await codeOf(app.server.use(make()))).toBe('ok');
    const { code, seatsUsed } = await buyAt('local');
    expect(await activate(app, code)).toBe('ok');
    expect(await seatsUsed()).toBe(1);
    expect((await app.snapshot()).licenses[0]?.heldAt).toEqual({
      kind: 'local',
      host: new URL(server('local').url).host,
    });
  });

  it.each([
    ['another authority', () => wish('local', { ca: server('foreign').caPem }), 'certificateUntrusted'],
    ['another pin', () => wish('local', { pins: [server('foreign').pin] }), 'pinMismatch'],
  ])('and not by %s: it learns no code', async (_name, make, expected) => {
    const app = await services();
    expect(await codeOf(app.server.use(make()))).toBe('ok');
    const { code, seatsUsed } = await buyAt('local');
    expect(await activate(app, code)).toBe(expected);
    expect((await app.server.check()).failure?.code).toBe(expected);
    expect(await seatsUsed()).toBe(0);
  });

  it('by nothing: it is not chosen', async () => {
    const app = await services();
    expect(await codeOf(app.server.use(wish('local', { ca: undefined })))).toBe('serverAddressInvalid');
    expect(await codeOf(app.server.use(wish('local', { ca: 'no certificate' })))).toBe(
      'serverCertificateUnreadable',
    );
    expect(app.server.view().kind).toBe('cloud');
  });

  it('by a certificate that is shown before', async () => {
    const app = await services();
    const shown = app.server.inspectCertificate(server('local').caPem);
    const { fingerprint256 } = new X509Certificate(server('local').caPem);
    expect(shown).toMatchObject({
      ok: true,
      value: [{ subject: 'CN=Latchkey local CA', sha256: fingerprint256 }],
    });
    expect(await codeOf(app.server.use({ ...wish('local'), isConfirmed: false }))).toBe('confirmationNeeded');
  });
});

describe('the choice', () => {
  it('is refused by a vendor who does not allow it, and what was written stays without effect', async () => {
    const dataDir = folder();
    expect(await codeOf((await services({ dataDir })).server.use(wish('local')))).toBe('ok');
    const app = await services({ dataDir, profile: { localServer: 'forbidden' } });
    expect(await codeOf(app.server.use(wish('local')))).toBe('localServerForbidden');
    expect(app.server.view().kind).toBe('cloud');
    const { code } = await buyAt('cloud');
    expect(await activate(app, code)).toBe('ok');
  });

  it('is the administrator’s where there is a policy', async () => {
    const local = server('local');
    const chosen = { kind: 'local', url: local.url, ca: local.caPem, pins: [{ sha256: local.pin }] };
    const app = await services({ policy: { policyVersion: 1, server: chosen } });
    expect(app.server.view()).toMatchObject({ kind: 'local', isManaged: true });
    expect(await codeOf(app.server.use(CLOUD))).toBe('deniedByPolicy');
    const { code } = await buyAt('local');
    expect(await activate(app, code)).toBe('ok');
    const forbidden = await services({
      policy: { policyVersion: 1, server: chosen },
      profile: { localServer: 'forbidden' },
    });
    expect(forbidden.server.view().kind).toBe('cloud');
  });

  it('is asked about where licenses are held, which stay where they are', async () => {
    const app = await services();
    const { code, seatsUsed } = await buyAt('cloud');
    expect(await activate(app, code)).toBe('ok');
    const pinned = wish('local', { pins: [server('local').pin], ca: undefined });
    expect(await codeOf(app.server.use({ ...wish('local'), isConfirmed: false }))).toBe('confirmationNeeded');
    expect((await app.server.heldElsewhere(pinned.local)).map(({ heldAt }) => heldAt?.kind)).toEqual([
      'cloud',
    ]);
    expect(await codeOf(app.server.use(wish('local')))).toBe('ok');
    expect(await codeOf(app.license.refresh(productId()))).toBe('ok');
    expect(await seatsUsed()).toBe(1);
    // Back to the server that holds it: nothing to be asked about.
    expect(await codeOf(app.server.use(CLOUD))).toBe('ok');
  });
});

describe('the health of a local server', () => {
  it('says version, end of its certificate and clock, and that it is gone', async () => {
    const app = await services();
    expect(await codeOf(app.server.use(wish('local')))).toBe('ok');
    expect(app.server.view().health).toBeNull();
    server('local').setDate(() => Date.now() + 3_600_000);
    const health = await app.server.check();
    expect(health).toMatchObject({ failure: null, apiVersion: '2024-11-07' });
    expect(Math.round((health.clockAhead ?? 0) / 60_000)).toBe(60);
    expect(health.certificateEnds).toBeGreaterThan(Date.now());
    expect(app.server.view().health).toEqual(health);
    expect(await codeOf(app.server.use(CLOUD))).toBe('ok');
    expect(app.server.view().health).toBeNull();
    const gone = { isConfirmed: true, local: { ...wish('local').local, url: 'https://localhost:1' } };
    expect(await codeOf(app.server.use(gone))).toBe('ok');
    expect((await app.server.check()).failure?.code).toBe('serverUnreachable');
  });
});

describe('what is known of the way to one server', () => {
  const told = async (app: Services) =>
    (await app.snapshot()).licenses.flatMap(({ reasons }) => reasons.map(({ code }) => code));

  it('is told of that server, and not of another one', async () => {
    const { api } = server('cloud').profile;
    // As behind inspection: the chain is trusted, and the key is not the vendor's.
    const inspected = { ...api, pinning: 'report' as const, pins: [{ sha256: server('foreign').pin }] };
    const app = await services({ profile: { api: inspected } });
    expect(await activate(app, (await buyAt('cloud')).code)).toBe('ok');
    expect(await told(app)).toContain('connectionInspected');
    expect(await codeOf(app.license.deactivate(productId()))).toBe('ok');
    expect(await codeOf(app.server.use(wish('local')))).toBe('ok');
    expect(await told(app)).not.toContain('connectionInspected');
    expect(await activate(app, (await buyAt('local')).code)).toBe('ok');
    expect(await told(app)).not.toContain('connectionInspected');
  });

  it('leaves why one could not be reached when the other is chosen again', async () => {
    const app = await services();
    const nowhere = { isConfirmed: true, local: { ...wish('local').local, url: 'https://nowhere.invalid' } };
    expect(await codeOf(app.server.use(nowhere))).toBe('ok');
    expect(await activate(app, (await buyAt('local')).code)).toBe('dnsFailed');
    expect(await told(app)).toContain('dnsFailed');
    expect(await codeOf(app.server.use(CLOUD))).toBe('ok');
    expect(await told(app)).not.toContain('dnsFailed');
  });
});

describe('the addresses to allow', () => {
  const hostsOf = async (app: Services) =>
    (await app.snapshot()).application.network.hosts.map(({ host, port, purpose }) => ({
      place: `${host}:${port}`,
      purpose,
    }));
  const at = (name: ServerName, purpose: string) => ({ place: new URL(server(name).url).host, purpose });

  it('are those of the administrator’s local server, and the vendor’s only while it holds a license', async () => {
    const { url, caPem } = server('local');
    const { api } = server('cloud').profile;
    const profile = { api: { ...api, portalUrl: api.url } };
    const dataDir = folder();
    const before = await services({ dataDir, profile });
    expect(await hostsOf(before)).toEqual([at('cloud', 'licensing')]);
    expect(await activate(before, (await buyAt('cloud')).code)).toBe('ok');
    const policy = { policyVersion: 1, server: { kind: 'local', url, ca: caPem, pins: [] } };
    const managed = await services({ dataDir, profile, policy });
    expect(await hostsOf(managed)).toEqual([at('local', 'localServer'), at('cloud', 'licensing')]);
    expect(await codeOf(managed.license.deactivate(productId()))).toBe('ok');
    // What is left of the vendor's is the portal, which a browser opens.
    expect(await hostsOf(managed)).toEqual([at('local', 'localServer'), at('cloud', 'portal')]);
  });
});
