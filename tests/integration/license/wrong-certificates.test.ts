import '../../support/no-electron.ts';
import { generateKeyPairSync, X509Certificate } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import type { LicensingApi } from '../../../electron/api/client.ts';
import { deviceKey } from '../licensing-api/device-identity.ts';
import { makeAuthority } from '../../licensing-api/tls/certificates.ts';
import { issueClientCertificate } from '../../licensing-api/tls/client-certificates.ts';
import { storedIdentities } from './certificates.ts';
import { activated, DAY, install as installAt, withServer } from './engine.ts';

const { server, install, buy } = withServer({ requireClientCertificate: true });

const authority = await makeAuthority('Some CA', new Date());
const subject = { tenantId: 'whoever', activationId: 'whoever' };

type Forge = (csr: string, chain: string) => Promise<string> | string;

/** A server that issues, and then answers with something else. */
const answering =
  (forge: Forge) =>
  (api: LicensingApi): LicensingApi => ({
    ...api,
    issueCertificate: async (session, csr, options) => {
      const issued = await api.issueCertificate(session, csr, options);
      if (!issued.ok) return issued;
      return { ok: true, value: { ...issued.value, value: await forge(csr, issued.value.value) } };
    },
  });

const signed = async (csr: string, now: number, lifeMs: number) =>
  (await issueClientCertificate(authority, csr, subject, { now, lifeMs }))?.chain ?? '';

describe('an answer that is no certificate of this device', () => {
  it.each<[string, Forge]>([
    ['for another key', async () => signed((await deviceKey()).csr, Date.now(), DAY)],
    ['of a CA', () => authority.certificate],
    ['that never ends', (csr) => signed(csr, Date.now(), Date.UTC(9999, 11, 31) - Date.now())],
    ['that is over', (csr) => signed(csr, Date.now() - 3 * DAY, DAY)],
    ['that is not in force for days', (csr) => signed(csr, Date.now() + 3 * DAY, DAY)],
    [
      'with a CA that has not signed it',
      (_, chain) => `${new X509Certificate(chain).toString()}${authority.certificate}`,
    ],
    ['with something else beside it', (_, chain) => `${chain}\nhello\n`],
    ['that is nothing', () => ''],
    [
      'that is a private key',
      () =>
        generateKeyPairSync('ec', { namedCurve: 'P-256' })
          .privateKey.export({ type: 'pkcs8', format: 'pem' })
          .toString(),
    ],
  ])('%s: is not kept, told, and a good one is fetched later', async (_name, forge) => {
    const { code, seatsUsed } = await buy();
    const app = install({ api: answering(forge) });
    expect(await app.activate(code)).toBe('ok');
    expect((await storedIdentities(app)).identities).toEqual([]);
    expect(await app.refresh()).toBe('answerMalformed');
    expect((await storedIdentities(app)).identities).toEqual([]);
    const later = install({ dataDir: app.dataDir });
    expect(await later.refresh()).toBe('ok');
    expect((await storedIdentities(later)).identities).toHaveLength(1);
    expect(await later.told()).toEqual(['active']);
    expect(await seatsUsed()).toBe(1);
  });

  it('does not take the place of one that is good', async () => {
    const { code } = await buy();
    const app = await activated(install(), code);
    const before = await storedIdentities(app);
    server().setClock(() => Date.now() + 5 * DAY);
    const clockOffset = () => 5 * DAY;
    const bad = installAt({
      server: server(),
      dataDir: app.dataDir,
      clockOffset,
      elapsed: clockOffset,
      api: answering(() => authority.certificate),
    });
    expect(await bad.refresh()).toBe('ok');
    expect((await storedIdentities(bad)).identities).toEqual(before.identities);
  });
});
