import { spawn } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { ensureBuilt } from '../../../build/scripts/lib/build.mjs';
import { nodePath } from '../../../build/scripts/lib/node-path.mjs';
import { httpProxy, type FakeProxy } from '../../faults/net/proxies.ts';
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

function run(...command: readonly string[]): Promise<{ readonly exit: number | null; readonly out: string }> {
  const place = ['--profile', server.profilePath ?? '', '--data', path.join(folder, 'data')];
  const child = spawn(nodePath(), [HOST, ...place, ...command, '--json'], {
    env: {
      ...process.env,
      LATCHKEY_HOST_DISPLAY: 'none',
      LATCHKEY_HOST_LOCALE: 'en-US',
      LATCHKEY_HOST_PROXY: `PROXY ${proxy.proxy.host}:${proxy.proxy.port}`,
    },
    stdio: ['ignore', 'pipe', 'ignore'],
    windowsHide: true,
  });
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
