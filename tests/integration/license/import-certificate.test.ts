import '../../support/no-electron.ts';
import { existsSync } from 'node:fs';
import path from 'node:path';
import { createSecureContext } from 'node:tls';
import { describe, expect, it } from 'vitest';
import { createCertificateService, MAX_CERTIFICATE_FILE } from '../../../electron/certificate/service.ts';
import { bytesIn } from '../../support/vault.ts';
import { companyAuthority, companyCertificate, encryptedKey } from '../../support/device-certificates.ts';
import { makePkcs12 } from '../../support/pkcs12.ts';
import { deviceKey } from '../licensing-api/device-identity.ts';
import { certificatesOf } from './certificates.ts';
import { activated, withServer, type Installation } from './engine.ts';
import { typedPassword } from '../../support/typed-secrets.ts';

const authority = await companyAuthority();
const certificate = await companyCertificate(authority);
const foreign = await companyCertificate(await companyAuthority());
const [leaf, ca] = certificate.chain;

const { install, buy } = withServer({
  requireClientCertificate: true,
  clientAuthorities: [authority.certificate],
});

const installFor = (clientCertificates: 'none' | 'enrol' | 'import') =>
  install({ profile: (profile) => ({ ...profile, api: { ...profile.api, clientCertificates } }) });

const bring = async (app: Installation, content: string | Buffer, passphrase = '', key?: string) => {
  const outcome = await createCertificateService(app.engine).import({
    content: Buffer.from(content),
    passphrase: typedPassword(passphrase),
    ...(key === undefined ? {} : { key: Buffer.from(key) }),
  });
  return outcome.ok ? 'ok' : outcome.error.code;
};
const remove = async (app: Installation) => {
  const outcome = await createCertificateService(app.engine).remove();
  return outcome.ok ? 'ok' : outcome.error.code;
};

describe('a certificate that an administrator brings', () => {
  it.each<[string, string | Buffer, string, string?]>([
    ['PEM', leaf + certificate.key, ''],
    ['PEM, the other way round, with its CA', certificate.key + ca + leaf, ''],
    ['PEM with an encrypted key', leaf + encryptedKey(certificate.key, 'pass phrase'), 'pass phrase'],
    ['PEM with the key in a file of its own', leaf, '', certificate.key],
    ['PKCS #12 with AES', makePkcs12(certificate, 'pässword'), 'pässword'],
    ['PKCS #12 with 3DES', makePkcs12(certificate, 'pässword', '3des'), 'pässword'],
  ])('in %s is shown in every call', async (_name, content, passphrase, key) => {
    const { code, seatsUsed } = await buy();
    const app = installFor('import');
    expect(await app.told()).toEqual(['notActivated', 'neverActivated', 'clientCertificateMissing']);
    expect(await bring(app, content, passphrase, key)).toBe('ok');
    await activated(app, code);
    expect(await app.refresh()).toBe('ok');
    expect(await app.told()).toEqual(['active']);
    const { clientCertificate } = await app.view();
    expect(clientCertificate).toMatchObject({ source: 'imported', subject: 'device-7', renewAt: null });
    expect(await certificatesOf(app)).toEqual([]);
    expect(await app.deactivate()).toBe('ok');
    expect(await seatsUsed()).toBe(0);
  });

  it('takes the place of one that was enrolled, and gives it back when it is removed', async () => {
    const { code } = await buy();
    const app = await activated(installFor('enrol'), code);
    expect((await app.view()).clientCertificate?.source).toBe('enrolled');
    expect(await bring(app, makePkcs12(certificate, 'x'), 'x')).toBe('ok');
    expect(await app.refresh()).toBe('ok');
    expect((await app.view()).clientCertificate?.source).toBe('imported');
    expect(await remove(app)).toBe('ok');
    expect(await app.refresh()).toBe('ok');
    expect((await app.view()).clientCertificate?.source).toBe('enrolled');
    expect(await remove(app)).toBe('notAllowedInState');
  });

  it('of another CA is refused by the server, and that is told', async () => {
    const { code } = await buy();
    const app = installFor('import');
    expect(await bring(app, foreign.chain.join('') + foreign.key)).toBe('ok');
    expect(await app.activate(code)).toBe('ok');
    expect(await app.refresh()).toBe('clientCertificateRefused');
    expect(await app.told()).toEqual(['active', 'clientCertificateRefused']);
    expect(await bring(app, leaf + certificate.key)).toBe('ok');
    expect(await app.refresh()).toBe('ok');
  });

  it('is in no file but sealed', async () => {
    const app = installFor('import');
    expect(await bring(app, leaf + certificate.key)).toBe('ok');
    const secrets = certificate.key.split('\n').filter((line) => line.length > 40 && !line.startsWith('-'));
    const files = bytesIn(path.join(app.dataDir, 'vault'));
    expect(Object.keys(files)).toContain('identity.json');
    const all = Object.values(files)
      .map((bytes) => Buffer.from(bytes).toString())
      .join('\n');
    expect(secrets).not.toEqual([]);
    for (const secret of secrets) expect(all).not.toContain(secret);
  });

  it('is not wanted where the vendor asks for none', async () => {
    expect(await bring(installFor('none'), leaf + certificate.key)).toBe('notAllowedInState');
  });
});

describe('a file that is no good', async () => {
  const expired = await companyCertificate(authority, 0);
  const other = await deviceKey();
  const p384 = await deviceKey('P-384');
  const good = makePkcs12(certificate, 'right');
  it.each<[string, string, string | Buffer, string?]>([
    ['certificatePassphraseWrong', 'a wrong passphrase of PKCS #12', good, 'wrong'],
    ['certificatePassphraseWrong', 'no passphrase for PKCS #12', good],
    [
      'certificatePassphraseWrong',
      'a wrong passphrase of PEM',
      leaf + encryptedKey(certificate.key, 'a'),
      'b',
    ],
    ['certificatePassphraseWrong', 'no passphrase for PEM', leaf + encryptedKey(certificate.key, 'a')],
    ['certificateProtectionUnsupported', 'RC2', makePkcs12(certificate, 'x', 'rc2-40'), 'x'],
    ['certificateKeyMissing', 'a certificate alone', leaf],
    ['certificateKeyMismatch', 'a key of another certificate', leaf + other.key],
    ['certificateKeyMismatch', 'a key of another kind', leaf + p384.key],
    ['certificateIsAuthority', 'a CA', authority.certificate + authority.key],
    ['clientCertificateExpired', 'one that has run out', expired.chain[0] + expired.key],
    ['certificateFileUnreadable', 'a damaged PKCS #12 file', good.subarray(0, good.length - 40), 'right'],
    ['certificateFileUnreadable', 'a key alone', certificate.key],
    ['certificateFileUnreadable', 'something else', 'hello'],
    ['certificateFileUnreadable', 'nothing', ''],
    ['certificateFileUnreadable', 'far too much', 'x'.repeat(MAX_CERTIFICATE_FILE + 1)],
    ['certificateFileUnreadable', 'a SEQUENCE of nothing', Buffer.from([0x30, 0])],
  ])('%s: %s', async (code, _name, content, passphrase) => {
    const app = installFor('import');
    expect(await bring(app, content, passphrase)).toBe(code);
    expect(existsSync(path.join(app.dataDir, 'vault'))).toBe(false);
  });

  it('PKCS #12 of these tests opens in OpenSSL too', () => {
    for (const kind of ['aes-256', '3des'] as const) {
      const pfx = makePkcs12(certificate, 'pässword', kind);
      expect(() => createSecureContext({ pfx, passphrase: 'pässword' })).not.toThrow();
      expect(() => createSecureContext({ pfx, passphrase: 'other' })).toThrow();
    }
  });
});
