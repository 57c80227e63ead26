import { spawn } from 'node:child_process';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { ensureBuilt } from '../../../build/scripts/lib/build.mjs';
import { nodePath } from '../../../build/scripts/lib/node-path.mjs';
import { askLogin, httpProxy, isBasicFor, type FakeProxy } from '../../faults/net/proxies.ts';
import { allOf } from '../../faults/net/peers.ts';
import { startLicensingApi, type LicensingApi as Server } from '../../licensing-api/server.ts';

/** The installed application's own command, in a network whose system names a proxy. */

const HOST = path.resolve(import.meta.dirname, '../../host/main.ts');

let folder: string;
let server: Server;
let refusal: string | null = null;
let proxy: FakeProxy;

beforeAll(async () => {
  await ensureBuilt(['main', 'preload', 'renderer']);
  folder = mkdtempSync(path.join(tmpdir(), 'latchkey-proxy-'));
  server = await startLicensingApi({ dataDir: path.join(folder, 'server'), writeLog: () => undefined });
  proxy = await httpProxy({ leadsTo: Number(new URL(server.url).port), refuse: () => refusal });
  writeFileSync(path.join(folder, 'code'), server.activationCode);
});
afterAll(async () => {
  await proxy.close();
  await server.close();
  rmSync(folder, { recursive: true, force: true });
});

const run = (...command: readonly string[]) => runWith({}, ...command);

function runWith(
  { stdin = '', env = {} }: { readonly stdin?: string; readonly env?: Readonly<Record<string, string>> },
  ...command: readonly string[]
): Promise<{ readonly exit: number | null; readonly out: string }> {
  const place = ['--profile', server.profilePath ?? '', '--data', path.join(folder, 'data')];
  const child = spawn(nodePath(), [HOST, ...place, ...command, '--json'], {
    env: {
      ...process.env,
      LATCHKEY_HOST_DISPLAY: 'none',
      LATCHKEY_HOST_LOCALE: 'en-US',
      LATCHKEY_HOST_PROXY: `PROXY ${proxy.proxy.host}:${proxy.proxy.port}`,
      ...env,
    },
    stdio: ['pipe', 'pipe', 'ignore'],
    windowsHide: true,
  });
  child.stdin.on('error', () => undefined);
  child.stdin.end(stdin);
  const chunks: Buffer[] = [];
  child.stdout.on('data', (chunk: Buffer) => chunks.push(chunk));
  return new Promise((resolve, reject) => {
    child.once('error', reject);
    child.once('close', (exit) => resolve({ exit, out: Buffer.concat(chunks).toString('utf8') }));
  });
}

it('goes through the proxy that the system names, and says which one forbids it', async () => {
  refusal = 'HTTP/1.1 403 Forbidden\r\n\r\n';
  const forbidden = await run('activate', '--code-file', path.join(folder, 'code'));
  expect(forbidden.exit).toBe(46);
  expect(forbidden.out).toContain(`The proxy 127.0.0.1:${proxy.proxy.port} does not let connections`);

  refusal = null;
  const before = proxy.heard.requests;
  expect((await run('activate', '--code-file', path.join(folder, 'code'))).exit).toBe(0);
  expect(proxy.heard.requests).toBeGreaterThan(before);
  // It passes on what it can't read.
  expect(allOf(proxy.heard).includes(server.activationCode)).toBe(false);
  const log = readFileSync(path.join(folder, 'data', 'logs', 'latchkey.log'), 'utf8');
  expect(log).toContain('proxyRefused');
});

it('signs in on the command line with the password from standard input, and keeps it sealed', async () => {
  const login = { username: 'user', password: 'Harbour:Gate 7' };
  const demanding = await httpProxy({
    leadsTo: Number(new URL(server.url).port),
    refuse: (head) => (isBasicFor(head, login) ? null : askLogin('Basic realm="x"')),
  });
  const env = { LATCHKEY_HOST_PROXY: `PROXY 127.0.0.1:${demanding.proxy.port}` };
  const signIn = (stdin: string) => runWith({ env, stdin }, 'proxy', 'sign-in', '--username', 'user');
  try {
    expect((await runWith({ env }, 'refresh')).exit).toBe(35);
    expect((await signIn('guess\n')).exit).toBe(65);
    expect((await signIn('')).exit).toBe(2);
    expect((await runWith({ env }, 'refresh')).exit).toBe(35);
    expect(await signIn(`${login.password}\n`)).toMatchObject({
      exit: 0,
      out: expect.stringContaining(`127.0.0.1:${demanding.proxy.port}`) as string,
    });
    expect((await runWith({ env }, 'refresh')).exit).toBe(0);
    expect((await runWith({ env }, 'proxy', 'sign-out')).exit).toBe(0);
    expect((await runWith({ env }, 'refresh')).exit).toBe(35);
  } finally {
    await demanding.close();
  }
});

it('takes the way that is chosen: by a script, and none', async () => {
  const scripts = createServer((_, response) => {
    response.setHeader('content-type', 'application/x-ns-proxy-autoconfig');
    response.end(
      `function FindProxyForURL(url, host) {
        return host === 'localhost' ? 'PROXY 127.0.0.1:${proxy.proxy.port}' : 'DIRECT';
      }`,
    );
  });
  await new Promise<void>((resolve) => scripts.listen(0, '127.0.0.1', resolve));
  const address = `http://127.0.0.1:${(scripts.address() as AddressInfo).port}/proxy.pac`;
  const env = { LATCHKEY_HOST_PROXY: 'PROXY 127.0.0.1:9' };
  try {
    expect((await runWith({ env }, 'refresh')).exit).toBe(34);
    expect((await runWith({ env }, 'settings', 'set', 'proxy', 'pac:file:///proxy.pac')).exit).toBe(2);
    const set = await runWith({ env }, 'settings', 'set', 'proxy', `pac:${address}`);
    expect(JSON.parse(set.out)).toMatchObject({ proxy: { value: `pac:${address}`, managed: false } });
    const before = proxy.heard.requests;
    expect((await runWith({ env }, 'refresh')).exit).toBe(0);
    expect(proxy.heard.requests).toBeGreaterThan(before);
    const through = proxy.heard.requests;
    expect((await runWith({ env }, 'settings', 'set', 'proxy', 'none')).exit).toBe(0);
    expect((await runWith({ env }, 'refresh')).exit).toBe(0);
    expect(proxy.heard.requests).toBe(through);
  } finally {
    await new Promise((resolve) => scripts.close(resolve));
  }
});

it('obeys the policy of an administrator before the choice of a user, and shows that it does', async () => {
  const policy = path.join(folder, 'policy.json');
  const put = (content: unknown) => writeFileSync(policy, JSON.stringify(content), { mode: 0o644 });
  const env = { LATCHKEY_HOST_PROXY: 'DIRECT', LATCHKEY_POLICY: policy };
  put({ policyVersion: 1, proxy: { kind: 'none' }, deny: ['deactivate'] });
  const shown = await runWith({ env }, 'settings', 'show');
  expect(JSON.parse(shown.out)).toMatchObject({
    proxy: { value: 'none', managed: true },
    managed: ['proxy'],
    policyProblem: null,
  });
  expect((await runWith({ env }, 'settings', 'set', 'proxy', 'system')).exit).toBe(64);
  expect((await runWith({ env }, 'settings', 'set', 'theme', 'dark')).exit).toBe(0);
  expect((await runWith({ env }, 'deactivate')).exit).toBe(64);
  put({ policyVersion: 1, proxy: 'none' });
  const bad = await runWith({ env }, 'refresh');
  expect(bad.exit).toBe(63);
  expect(bad.out).toContain('can’t be obeyed: proxy');
  put({ policyVersion: 1 });
  expect((await runWith({ env }, 'refresh')).exit).toBe(0);
});
