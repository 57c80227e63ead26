import { createHash, X509Certificate } from 'node:crypto';
import { connect, type TLSSocket } from 'node:tls';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { parseProfile } from '../../../shared/profile.ts';
import { startLicensingApi, type LicensingApi } from '../../licensing-api/server.ts';
import type { CertificateVariant } from '../../licensing-api/tls/variants.ts';
import { caller, type Caller } from './caller.ts';

let api: LicensingApi;
let calls: Caller;

beforeAll(async () => {
  api = await startLicensingApi();
  calls = caller(api);
});
afterEach(() => api.setCertificate('valid'));
afterAll(() => api.close());

/** Shakes hands and judges nothing. */
function handshake(options: { maxVersion?: 'TLSv1.1' | 'TLSv1.2' } = {}): Promise<TLSSocket> {
  return new Promise((resolve, reject) => {
    const port = Number(new URL(api.url).port);
    const socket = connect(
      {
        host: '127.0.0.1',
        port,
        servername: 'localhost',
        rejectUnauthorized: false,
        minVersion: 'TLSv1',
        ...options,
      },
      () => {
        socket.end();
        resolve(socket);
      },
    );
    socket.on('error', reject);
  });
}

async function certificate(): Promise<X509Certificate> {
  const shown = (await handshake()).getPeerX509Certificate();
  if (shown === undefined) throw new Error('no certificate');
  return shown;
}

const pinned = (shown: X509Certificate) => {
  const spki = shown.publicKey.export({ format: 'der', type: 'spki' });
  const pin = createHash('sha256').update(spki).digest('base64');
  return api.profile.api.pins.some((it) => it.sha256 === pin);
};

const ready = () => calls.call('GET', '/health/ready').then((answer) => answer.status);

describe('certificate', () => {
  it('is a P-256 one for this host, signed by the CA of the profile, with a pinned key', async () => {
    expect(await ready()).toBe(200);
    const shown = await certificate();
    expect(shown.publicKey.asymmetricKeyDetails?.namedCurve).toBe('prime256v1');
    expect(shown.subjectAltName).toBe('DNS:localhost, IP Address:127.0.0.1, IP Address:0:0:0:0:0:0:0:1');
    expect(shown.checkIssued(new X509Certificate(api.profile.api.ca ?? ''))).toBe(true);
    expect(pinned(shown)).toBe(true);
  });

  it.each<[CertificateVariant, string, boolean]>([
    ['expired', 'CERT_HAS_EXPIRED', true],
    ['notYetValid', 'CERT_NOT_YET_VALID', true],
    ['wrongHost', 'ERR_TLS_CERT_ALTNAME_INVALID', true],
    ['otherCa', 'SELF_SIGNED_CERT_IN_CHAIN', true],
  ])('%s is refused by the chain alone: %s', async (variant, code, keyIsPinned) => {
    await api.setCertificate(variant);
    await expect(ready()).rejects.toMatchObject({ code });
    expect(pinned(await certificate())).toBe(keyIsPinned);
  });

  it('with a new key passes the chain, and only a pin tells', async () => {
    await api.setCertificate('newKey');
    expect(await ready()).toBe(200);
    expect(pinned(await certificate())).toBe(false);
  });

  it('with the backup key is as good as the first', async () => {
    const first = await certificate();
    await api.setCertificate('backupKey');
    expect(await ready()).toBe(200);
    const backup = await certificate();
    expect(pinned(backup)).toBe(true);
    expect(backup.fingerprint256).not.toBe(first.fingerprint256);
  });
});

describe('TLS', () => {
  it('is 1.2 or newer', async () => {
    expect((await handshake({ maxVersion: 'TLSv1.2' })).getProtocol()).toBe('TLSv1.2');
    await expect(handshake({ maxVersion: 'TLSv1.1' })).rejects.toThrow();
  });
});

describe('vendor profile', () => {
  it('passes its own check and names the server', () => {
    const parsed = parseProfile(structuredClone(api.profile));
    expect(parsed).toMatchObject({
      ok: true,
      value: { environment: 'test', tenantId: api.tenantId, application: { name: 'Latchkey' } },
    });
    expect(api.profile.api.url).toBe(api.url);
    expect(api.profile.api.pins).toHaveLength(2);
    expect(api.profile.products.map((it) => it.productId)).toContain(api.productId);
  });

  it('has no code, no client secret and no private key in it', () => {
    const text = JSON.stringify(api.profile);
    expect(text).toContain('BEGIN CERTIFICATE');
    expect(text).not.toContain('PRIVATE KEY');
    expect(text).not.toContain(api.activationCode);
    expect(text).not.toContain(api.management.clientSecret);
  });
});
