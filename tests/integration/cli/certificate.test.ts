import { X509Certificate } from 'node:crypto';
import { writeFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { companyAuthority, companyCertificate, encryptedKey } from '../../support/device-certificates.ts';
import { makePkcs12 } from '../../support/pkcs12.ts';
import { jsonOf, temporaryFolder, withServer } from './command.ts';

const authority = await companyAuthority();
const certificate = await companyCertificate(authority);
const { server, install, activated, buy } = withServer({
  requireClientCertificate: true,
  clientAuthorities: [authority.certificate],
});
const fingerprint = new X509Certificate(certificate.chain[0]).fingerprint256;

function fileWith(name: string, content: string | Uint8Array): string {
  const file = path.join(temporaryFolder(), name);
  writeFileSync(file, content);
  return file;
}

describe('certificate', () => {
  it('shows the one that activation has enrolled, and no key', async () => {
    const { code } = await buy();
    const app = await activated(code);
    const shown = await app.run(['certificate', 'show']);
    expect(shown).toMatchObject({ exit: 0, err: '' });
    expect(shown.out).toMatch(/^Certificate of: act_\w{22}$/m);
    expect(shown.out).toMatch(/^Issued by: Latchkey reference client CA$/m);
    expect(shown.out).toMatch(/^Valid until: .*\d{4}$/m);
    expect(shown.out).not.toContain('PRIVATE KEY');
    expect(await app.run(['refresh'])).toMatchObject({ exit: 0, err: '' });
    expect(await app.run(['deactivate'])).toMatchObject({ exit: 0 });
    expect((await app.run(['certificate', 'show'])).out).toBe('This device shows no certificate.\n');
  });

  it('takes a PKCS #12 file with its passphrase from standard input, and forgets it again', async () => {
    const { code } = await buy();
    const app = await activated(code);
    const file = fileWith('device.p12', makePkcs12(certificate, 'pass phrase'));
    const imported = await app.run(['certificate', 'import', file, '--passphrase-stdin', '--json'], {
      stdin: 'pass phrase\n',
    });
    expect(imported).toMatchObject({ exit: 0, err: '' });
    expect(jsonOf(imported)).toMatchObject({
      certificate: { source: 'imported', subject: 'device-7', issuer: 'Company device CA', fingerprint },
    });
    expect(await app.run(['refresh'])).toMatchObject({ exit: 0, err: '' });
    const [shown] = JSON.parse((await app.run(['certificate', 'show', '--json'])).out) as unknown[];
    expect(shown).toMatchObject({ productId: server().productId, certificate: { fingerprint } });
    expect(await app.run(['certificate', 'remove'])).toMatchObject({ exit: 0, err: '' });
    expect(await app.run(['certificate', 'remove'])).toMatchObject({ exit: 7 });
    expect((await app.run(['certificate', 'show'])).out).not.toContain('device-7');
  });

  it('takes PEM with the key in a file of its own', async () => {
    const app = install();
    const [leaf] = certificate.chain;
    const key = fileWith('device.key', encryptedKey(certificate.key, 'x'));
    const args = ['certificate', 'import', fileWith('device.pem', leaf), '--key', key];
    expect(await app.run(args)).toMatchObject({ exit: 102, out: '' });
    expect(await app.run([...args, '--passphrase-stdin'], { stdin: 'y' })).toMatchObject({ exit: 102 });
    expect(await app.run([...args, '--passphrase-stdin'], { stdin: 'x' })).toMatchObject({ exit: 0 });
  });

  it('says what is wrong with a file', async () => {
    const app = install();
    const missing = path.join(temporaryFolder(), 'none.p12');
    expect(await app.run(['certificate', 'import', missing])).toMatchObject({ exit: 83, out: '' });
    const refused = await app.run([
      'certificate',
      'import',
      fileWith('a.pem', authority.certificate + authority.key),
    ]);
    expect(refused).toMatchObject({ exit: 107, out: '' });
    expect(refused.err).toContain('certificate authority');
  });
});
