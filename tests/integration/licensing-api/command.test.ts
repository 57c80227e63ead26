import { spawn } from 'node:child_process';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import * as v from 'valibot';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { parseProfile } from '../../../shared/profile.ts';
import { httpsCall } from '../../support/https-call.ts';

/** Windows has no signals: a process is ended from outside there, without a say in its exit code. */
const AFTER_SIGNAL = process.platform === 'win32' ? null : 0;

const MAIN = path.resolve(import.meta.dirname, '../../licensing-api/main.ts');

const accessSchema = v.strictObject({
  portalUrl: v.string(),
  profile: v.string(),
  tenantId: v.string(),
  productId: v.string(),
  activationCode: v.string(),
  management: v.strictObject({ tokenUrl: v.string(), clientId: v.string(), clientSecret: v.string() }),
});
const lineSchema = v.strictObject({
  url: v.pipe(v.string(), v.regex(/^https:\/\/localhost:\d+$/)),
  ...accessSchema.entries,
  live: v.optional(accessSchema),
});

let folder: string;

beforeEach(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'licensing-api-command-'));
});
afterEach(() => rm(folder, { recursive: true }));

/** Starts the command; `firstLine` is null if it ends without one. */
function start(...options: readonly string[]) {
  return startWith({}, ...options);
}

function startWith(env: Readonly<Record<string, string>>, ...options: readonly string[]) {
  const child = spawn(process.execPath, [MAIN, ...options], {
    stdio: ['ignore', 'pipe', 'pipe'],
    env: { ...process.env, ...env },
  });
  const output = { stdout: '', stderr: '' };
  child.stderr.on('data', (chunk: Buffer) => {
    output.stderr += chunk.toString();
  });
  const ended = new Promise<number | null>((resolve) => child.on('close', resolve));
  const firstLine = new Promise<string | null>((resolve) => {
    child.stdout.on('data', (chunk: Buffer) => {
      output.stdout += chunk.toString();
      if (output.stdout.includes('\n')) resolve(output.stdout.split('\n')[0] ?? null);
    });
    child.on('close', () => resolve(null));
  });
  return { child, output, ended, firstLine };
}

async function startReady(...options: readonly string[]) {
  return await readyOf(start(...options));
}

async function readyOf(run: ReturnType<typeof start>) {
  const line: unknown = JSON.parse((await run.firstLine) ?? 'null');
  return { ...run, ready: v.parse(lineSchema, line) };
}

describe('the command', () => {
  it('prints one line, serves, and ends with 0 on a signal; a restart keeps everything', async () => {
    const dataDir = path.join(folder, 'data');
    const first = await startReady('--data', dataDir);
    const profile: unknown = JSON.parse(await readFile(first.ready.profile, 'utf8'));
    const parsed = parseProfile(profile);
    const ca = parsed.ok ? (parsed.value.api.ca ?? '') : '';
    expect(parsed).toMatchObject({ ok: true, value: { api: { url: first.ready.url } } });
    expect((await httpsCall({ url: `${first.ready.url}/health/ready`, ca })).status).toBe(200);
    expect((await httpsCall({ url: first.ready.portalUrl, ca })).status).toBe(200);
    first.child.kill('SIGTERM');
    expect(await first.ended).toBe(AFTER_SIGNAL);
    expect(first.output.stdout.trimEnd().split('\n')).toHaveLength(1);
    expect(first.output.stderr).toContain('"operation":"getReadiness"');

    const second = await startReady('--data', dataDir, '--log-level', 'silent');
    expect(second.ready).toEqual(first.ready);
    second.child.kill('SIGINT');
    expect(await second.ended).toBe(AFTER_SIGNAL);
    expect(second.output.stderr).toBe('');
  });

  it('says in one sentence that a port is taken, and ends with 2', async () => {
    const blocker = createServer();
    const port = await new Promise<number>((resolve) => {
      blocker.listen(0, '127.0.0.1', () => {
        const address = blocker.address();
        resolve(typeof address === 'object' && address !== null ? address.port : 0);
      });
    });
    const run = start('--data', path.join(folder, 'data'), '--port', String(port));
    expect(await run.ended).toBe(2);
    expect(run.output).toEqual({
      stdout: '',
      stderr: 'licensing-api: The port is in use by another program.\n',
    });
    await new Promise((resolve) => blocker.close(resolve));
  });

  it('says in one sentence that the folder is none, and ends with 2', async () => {
    const file = path.join(folder, 'file');
    await writeFile(file, '');
    const run = start('--data', file);
    expect(await run.ended).toBe(2);
    expect(run.output).toEqual({
      stdout: '',
      stderr: 'licensing-api: The data folder is not a folder.\n',
    });
  });

  it('serves test and live apart, demands certificates, limits calls, and keeps its keys under a passphrase', async () => {
    const dataDir = path.join(folder, 'data');
    const secret = { LATCHKEY_API_PASSPHRASE: 'correct horse battery' };
    const options = ['--data', dataDir, '--live', '--require-client-certificate', '--calls-per-second', '4'];
    const run = await readyOf(startWith(secret, ...options));
    const { ready } = run;
    expect(ready.live?.tenantId).not.toBe(ready.tenantId);
    const profile: unknown = JSON.parse(await readFile(ready.live?.profile ?? '', 'utf8'));
    const parsed = parseProfile(profile);
    expect(parsed).toMatchObject({
      ok: true,
      value: { environment: 'live', tenantId: ready.live?.tenantId },
    });
    const ca = parsed.ok ? (parsed.value.api.ca ?? '') : '';
    const activated = await httpsCall({
      url: `${ready.url}/api/v1/activate`,
      method: 'POST',
      ca,
      headers: { 'N-TenantId': ready.tenantId },
      json: {
        productId: ready.productId,
        seatId: 'seat-1',
        activationCredentials: { type: 'activationCode', code: ready.activationCode },
      },
    });
    expect(activated.status).toBe(201);
    const { accessToken } = v.parse(v.object({ accessToken: v.string() }), activated.body);
    const refresh = () =>
      httpsCall({
        url: `${ready.url}/api/v1/activation`,
        method: 'PATCH',
        ca,
        headers: {
          'N-TenantId': ready.tenantId,
          'N-Nonce': activated.headers['n-nonce'] ?? '',
          Authorization: `Bearer ${accessToken}`,
        },
      });
    expect(await refresh()).toMatchObject({
      status: 403,
      body: { errorCode: 'clientCertificateRequired' },
    });
    const answers = await Promise.all(Array.from({ length: 60 }, refresh));
    expect(answers.filter((it) => it.status === 429).length).toBeGreaterThan(0);
    run.child.kill('SIGTERM');
    expect(await run.ended).toBe(AFTER_SIGNAL);
    expect(`${run.output.stdout}${run.output.stderr}`).not.toContain(secret.LATCHKEY_API_PASSPHRASE);

    const locked = startWith({ LATCHKEY_API_PASSPHRASE: 'another passphrase' }, '--data', dataDir);
    expect(await locked.ended).toBe(2);
    expect(locked.output.stderr).toMatch(
      /^licensing-api: .*keys\.json can not be opened: the passphrase [^\n]*\n$/,
    );
  });

  it('refuses what contradicts itself with 2', async () => {
    const both = startWith(
      { LATCHKEY_API_PASSPHRASE: 'correct horse battery' },
      '--data',
      folder,
      '--key-file',
      'x',
    );
    expect(await both.ended).toBe(2);
    expect(both.output.stderr).toContain('not both');
    const half = start('--data', folder, '--openid-issuer', 'https://provider.example');
    expect(await half.ended).toBe(2);
    expect(half.output.stderr).toContain('belong together');
    const number = start('--data', folder, '--calls-at-once', '0');
    expect(await number.ended).toBe(2);
  });

  it.each([[[]], [['--data']], [['--data', 'x', '--port', '70000']], [['--data', 'x', '--fast']]])(
    'refuses the options %j with 2',
    async (options) => {
      const run = start(...options);
      expect(await run.ended).toBe(2);
      expect(run.output.stdout).toBe('');
      expect(run.output.stderr.trimEnd().split('\n')).toHaveLength(1);
    },
  );
});
