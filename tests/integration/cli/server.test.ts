import { writeFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import { startLicensingApi } from '../../licensing-api/server.ts';
import { caller } from '../licensing-api/caller.ts';
import { jsonOf, temporaryFolder, withServer } from './command.ts';

const { server, install, buy, activated } = withServer();

async function plant() {
  const local = await startLicensingApi({ localOf: server().vendor, writeLog: () => undefined });
  onTestFinished(() => local.close());
  const ca = path.join(temporaryFolder(), 'plant-ca.pem');
  writeFileSync(ca, local.caPem);
  return { local, ca, host: new URL(local.url).host };
}

describe('latchkey server', () => {
  it('uses a local server once its certificate was confirmed, and the vendor’s again', async () => {
    const { local, ca, host } = await plant();
    const app = install();
    expect((await app.run(['server'])).out).toContain(new URL(server().url).host);
    expect((await app.run(['settings'])).out).toContain(`${new URL(server().url).host}  license server, `);
    const asked = await app.run(['server', 'use', 'local', local.url, '--ca', ca]);
    expect(asked).toMatchObject({ exit: 114, out: '' });
    expect(asked.err).toContain('CN=Latchkey local CA');
    const used = await app.run(['--json', 'server', 'use', 'local', local.url, '--ca', ca, '--yes']);
    expect(jsonOf(used)).toMatchObject({ kind: 'local', host });
    expect(await app.run(['server', 'check'])).toMatchObject({ exit: 0 });
    const { out: settings } = await app.run(['settings']);
    expect(settings).toContain(`${host}  Local License Server, without inspection of the connection`);
    expect(settings).not.toContain('  license server, ');
    const { activationCode } = await caller(local).createEntitlement({ seatCount: 1 });
    expect(await app.activate(activationCode)).toMatchObject({ exit: 0 });
    expect((await app.run(['status'])).out).toContain(host);
    const held = await app.run(['server', 'use', 'cloud']);
    expect(held.exit).toBe(114);
    expect(held.err).toContain(host);
    expect(await app.run(['server', 'use', 'cloud', '--yes'])).toMatchObject({ exit: 0 });
    expect(await app.run(['refresh'])).toMatchObject({ exit: 0 });
    expect(await app.run(['deactivate'])).toMatchObject({ exit: 0 });
  });

  it('refuses what no server can be recognised by, and says why one can not be used', async () => {
    const { local } = await plant();
    const { code } = await buy();
    const app = await activated(code);
    expect((await app.run(['server', 'use', 'local', local.url, '--yes'])).exit).toBe(112);
    expect((await app.run(['server', 'use', 'local', 'http://localhost', '--yes'])).exit).toBe(112);
    const absent = ['server', 'use', 'local', local.url, '--ca', '/no/such/file', '--yes'];
    expect((await app.run(absent)).exit).toBe(83);
    const wrong = ['server', 'use', 'local', local.url, '--pin', server().pin, '--yes'];
    expect((await app.run(wrong)).exit).toBe(0);
    // No authority that this system trusts has signed its certificate.
    expect((await app.run(['server', 'check'])).exit).toBe(36);
  });
});
