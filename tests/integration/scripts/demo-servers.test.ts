import { mkdtempSync, readFileSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import * as v from 'valibot';
import { endProgram, lineReader, startProgram } from '../../../build/scripts/lib/processes.mjs';
import { parseProfile } from '../../../shared/profile.ts';
import { demoServersSchema } from '../../demo/announcement.ts';

const PROGRAM = path.resolve(import.meta.dirname, '../../demo/main.ts');
const localServerSchema = v.object({ url: v.string(), ca: v.string(), activationCode: v.string() });
const TIMEOUT = 50_000;

let folder: string;
beforeAll(() => {
  folder = mkdtempSync(path.join(tmpdir(), 'latchkey-demo-'));
});
afterAll(() => rmSync(folder, { recursive: true, force: true, maxRetries: 5 }));

const run = (args: readonly string[]) =>
  startProgram(process.execPath, [PROGRAM, ...args], { stdio: ['ignore', 'pipe', 'ignore'] });

/** Starts the servers, reads what they say and ends them. */
async function once() {
  const program = run(['--data', folder]);
  try {
    const nextLine = lineReader(program);
    const servers = v.parse(demoServersSchema, JSON.parse((await nextLine(TIMEOUT)) ?? 'null'));
    const local = v.parse(localServerSchema, JSON.parse((await nextLine(TIMEOUT)) ?? 'null'));
    return { servers, local };
  } finally {
    await endProgram(program);
    expect(await program.ended).toBe(0);
  }
}

it('offers every way to activate, a local server and encrypted bundles, the same ones at each start', async () => {
  const { servers, local } = await once();
  const profile = parseProfile(JSON.parse(readFileSync(servers.profile, 'utf8')));
  expect(profile).toMatchObject({
    ok: true,
    value: {
      api: {
        url: servers.url,
        portalUrl: servers.portalUrl,
        clientCertificates: 'enrol',
        pinning: 'required',
      },
      accounts: { password: true, openId: { issuer: servers.openId.issuer } },
      localServer: 'allowed',
      support: { bundleKey: { kid: 'demo-support' } },
    },
  });
  expect(local.url).not.toBe(servers.url);
  expect(local.activationCode).not.toBe(servers.activationCode);
  expect(readFileSync(local.ca, 'utf8')).toContain('BEGIN CERTIFICATE');
  if (process.platform !== 'win32') expect(statSync(servers.bundleKey).mode & 0o077).toBe(0);

  const again = await once();
  expect(again.servers.activationCode).toBe(servers.activationCode);
  expect(again.servers.account).toEqual(servers.account);
  expect(again.local.activationCode).toBe(local.activationCode);
});

it('ends with 2 and says nothing where it has no folder', async () => {
  const program = run([]);
  expect(await lineReader(program)(TIMEOUT)).toBeNull();
  expect(await program.ended).toBe(2);
});
