import { spawn } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { ensureBuilt } from '../../../build/scripts/lib/build.mjs';
import { nodePath } from '../../../build/scripts/lib/node-path.mjs';
import { startLicensingApi, type LicensingApi } from '../../licensing-api/server.ts';
import { browserTrusting, signInAs } from '../../support/browser.ts';
import { startIdentityProvider, type IdentityProvider } from '../../support/identity-provider.ts';
import { caller } from '../licensing-api/caller.ts';
import { installation, jsonOf, SCRIPT } from './command.ts';

const PASSWORD = ' a password with a space in front';

let provider: IdentityProvider;
let server: LicensingApi;
let dir: string;
beforeAll(async () => {
  await ensureBuilt(['cli']);
  dir = mkdtempSync(path.join(tmpdir(), 'latchkey-cli-account-'));
  provider = await startIdentityProvider();
  server = await startLicensingApi({
    dataDir: dir,
    accounts: true,
    openId: { issuer: provider.issuer, audience: provider.clientId, ca: provider.ca },
    lockOut: { failures: 2, milliseconds: 600_000 },
    writeLog: () => undefined,
  });
});
afterAll(async () => {
  await server.close();
  await provider.close();
  rmSync(dir, { recursive: true, force: true });
});

let count = 0;
async function person() {
  const calls = caller(server);
  const { id } = await calls.createEntitlement({ seatCount: 1 });
  const username = `person-${(count += 1)}@orbit.example`;
  const json = { username, password: PASSWORD, openIdSubject: username, entitlementIds: [id] };
  expect((await calls.manage('POST', '/accounts', { json })).status).toBe(201);
  return username;
}

const install = () => installation(server.profilePath ?? '');

describe('activate --account --username', () => {
  it('takes the password from standard input, and status says whose seat it is', async () => {
    const username = await person();
    const app = install();
    const done = await app.run(['activate', '--account', '--username', username, '--seat-name', 'Desk'], {
      stdin: `${PASSWORD}\nmore\n`,
    });
    expect(done).toMatchObject({ exit: 0, err: '' });
    expect(done.out).toContain(username);
    expect((await app.run(['status'])).out).toMatch(new RegExp(`Account +${username}`));
    expect(jsonOf(await app.run(['status', '--json']))).toMatchObject({
      activation: { username, method: 'password', seatName: 'Desk' },
    });
    expect((await app.run(['deactivate'])).exit).toBe(0);
  });

  it('says by its exit status that it was refused, and for how long a name is locked', async () => {
    const username = await person();
    const app = install();
    const args = ['activate', '--account', '--username', username];
    for (const exit of [17, 17, 18]) {
      const refused = await app.run([...args, '--json'], { stdin: 'wrong password' });
      expect(refused.exit).toBe(exit);
      expect(refused.out + refused.err).not.toContain('wrong password');
    }
    const locked = await app.run(args, { stdin: PASSWORD });
    expect([locked.exit, locked.err]).toEqual([18, expect.stringContaining('in 10 minutes')]);
  });

  it.each([
    ['no password', ['--account', '--username', 'user'], ''],
    ['an empty first line', ['--account', '--username', 'user'], '\nx'],
    ['a password without end', ['--account', '--username', 'user'], 'x'.repeat(5000)],
    ['a name and no account', ['--username', 'user'], 'x'],
    ['a code as well', ['--account', '--code-file', '-'], 'x'],
  ])('is a matter of usage with %s', async (_, args, stdin) => {
    expect((await install().run(['activate', ...args], { stdin })).exit).toBe(2);
  });
});

describe('activate --account', () => {
  it('prints the address of the page, waits for the browser, and activates', async () => {
    const username = await person();
    const { data } = install();
    const args = [SCRIPT, '--profile', server.profilePath ?? '', '--data', data, 'activate', '--account'];
    const child = spawn(nodePath(), args, { stdio: ['ignore', 'pipe', 'pipe'] });
    let [out, said] = ['', ''];
    const page = new Promise<string>((resolve) => {
      child.stderr.on('data', (chunk: Buffer) => {
        said += chunk.toString('utf8');
        const address = /https:\S+/.exec(said)?.[0];
        if (address !== undefined && said.endsWith('\n')) resolve(address);
      });
    });
    child.stdout.on('data', (chunk: Buffer) => (out += chunk.toString('utf8')));
    const ended = new Promise((resolve) => child.once('close', resolve));
    const { page: shown } = await signInAs(browserTrusting(provider.ca), await page, username);
    expect(shown.text).toContain('You can close this page.');
    expect(await ended).toBe(0);
    expect(out).toContain(username);
    expect(said).not.toMatch(/eyJ/);
  });
});
