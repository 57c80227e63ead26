import { spawn } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { EndedEarly, startHost, type HostProcess } from '../../host/client.ts';
import { launchApp } from '../../support/app.ts';
import { minimalProfile } from '../../unit/shared/profile-sample.ts';

const ROOT = path.resolve(import.meta.dirname, '../../..');
const PRODUCT = minimalProfile().products[0]?.productId ?? '';
let folder: string;
let profile: string;
let dataDir: string;
const running: HostProcess[] = [];

beforeEach(() => {
  folder = mkdtempSync(path.join(tmpdir(), 'latchkey-start-'));
  profile = path.join(folder, 'profile.json');
  dataDir = path.join(folder, 'data');
  writeFileSync(profile, JSON.stringify(minimalProfile()));
});

afterEach(async () => {
  for (const host of running.splice(0)) await host.close();
  rmSync(folder, { recursive: true, force: true, maxRetries: 5 });
});

/** Starts without a browser. */
async function start(args: readonly string[], env: NodeJS.ProcessEnv = {}): Promise<HostProcess> {
  const host = await startHost(args, {
    LATCHKEY_HOST_DISPLAY: 'none',
    LATCHKEY_HOST_LOCALE: 'en-US',
    ...env,
  });
  running.push(host);
  return host;
}

/** How the application refused to start. */
async function refusal(args: readonly string[], env: NodeJS.ProcessEnv = {}): Promise<EndedEarly> {
  const error: unknown = await start(args, env).catch((reason: unknown) => reason);
  if (error instanceof EndedEarly) return error;
  throw new Error('The application started');
}

const good = () => ['--profile', profile, '--data', dataDir];

describe('a start that is refused', () => {
  it('names the field of the profile that is wrong, and ends with 3', async () => {
    writeFileSync(profile, JSON.stringify({ ...minimalProfile(), environment: 'staging' }));
    const { status, recorded } = await refusal(good());
    expect(status).toBe(3);
    expect(recorded).toEqual([expect.objectContaining({ kind: 'errorBox' })]);
    expect(JSON.stringify(recorded)).toContain('environment');
    expect(existsSync(dataDir)).toBe(false);
  });

  it('refuses a profile that holds a secret', async () => {
    writeFileSync(profile, JSON.stringify({ ...minimalProfile(), clientSecret: 'abcdef' }));
    const { status, recorded } = await refusal(good());
    expect(status).toBe(3);
    expect(JSON.stringify(recorded)).not.toContain('abcdef');
  });

  it('ends with 3 where there is no profile', async () => {
    expect((await refusal(['--profile', path.join(folder, 'none.json'), '--data', dataDir])).status).toBe(3);
  });

  it('ends with 2 for arguments that it does not understand', async () => {
    expect((await refusal(['--profile'])).status).toBe(2);
  });

  it('takes no profile from outside once it is installed', async () => {
    const env = { LATCHKEY_HOST_RESOURCES: folder, XDG_CONFIG_HOME: path.join(folder, 'config') };
    const { status, recorded } = await refusal(good(), env);
    expect(status).toBe(2);
    expect(JSON.stringify(recorded)).toContain('--profile');
  });
});

describe('an installed application', () => {
  it('has its profile among its resources and its data under its id', async () => {
    const config = path.join(folder, 'config');
    await start([], { LATCHKEY_HOST_RESOURCES: folder, XDG_CONFIG_HOME: config });
    expect(existsSync(path.join(config, minimalProfile().application.id, 'window'))).toBe(true);
  });
});

describe('the end', () => {
  it.each(['SIGTERM', 'SIGINT'] as const)('is in order after %s', async (signal) => {
    const host = await start(good());
    process.kill(host.pid, signal);
    expect(await host.ended).toBe(0);
    expect(existsSync(path.join(dataDir, 'window', 'host-instance.pid'))).toBe(false);
  });

  it('comes with the last window, whose place is kept', async () => {
    const host = await start(good());
    await host.ask({ kind: 'closeWindow' }).catch(() => undefined);
    expect(await host.ended).toBe(0);
    expect(JSON.parse(readFileSync(path.join(dataDir, 'window.json'), 'utf8'))).toMatchObject({
      content: { bounds: { width: 880, height: 680 }, maximized: false },
    });
  });

  it('leaves the way free for the next start', async () => {
    const first = await start(good());
    await first.close();
    await start(good());
  });
});

describe('a second instance', () => {
  it('ends, and hands its link to the first', async () => {
    const app = await launchApp({ profile, dataDir });
    try {
      await expect
        .poll(() => app.traffic)
        .toContainEqual(expect.objectContaining({ channel: 'app.takeDeepLink' }));
      const link = `latchkey://activate?product=${PRODUCT}&code=acme-1234-5678`;
      const { status } = await refusal([...good(), link]);
      expect(status).toBe(0);
      const deepLink = { productId: PRODUCT, code: 'ACME-1234-5678' };
      await expect
        .poll(() => app.traffic)
        .toContainEqual({ kind: 'event', channel: 'event.deepLink', args: [deepLink] });
      expect(app.traffic).not.toContainEqual(expect.objectContaining({ channel: 'license.activate' }));
    } finally {
      await app.close();
    }
  });
});

describe('a link in the arguments', () => {
  it('waits for the page, and is given once', async () => {
    const app = await launchApp({ profile, dataDir, args: [`latchkey://activate?code=acme-1234-5678`] });
    try {
      const taken = { ok: true, value: { productId: null, code: 'ACME-1234-5678' } };
      await expect.poll(() => app.traffic).toContainEqual(expect.objectContaining({ answer: taken }));
      const again = await app.page.evaluate(() =>
        (
          globalThis as unknown as { latchkey: { app: { takeDeepLink: () => unknown } } }
        ).latchkey.app.takeDeepLink(),
      );
      expect(again).toEqual({ ok: true, value: null });
    } finally {
      await app.close();
    }
  });

  it('is dropped where it is not ours', async () => {
    const app = await launchApp({
      profile,
      dataDir,
      args: ['latchkey://activate?server=https://evil.example'],
    });
    try {
      await expect
        .poll(() => app.traffic)
        .toContainEqual(
          expect.objectContaining({ channel: 'app.takeDeepLink', answer: { ok: true, value: null } }),
        );
    } finally {
      await app.close();
    }
  });
});

describe('settings', () => {
  it('set the theme of the window, and keep it', async () => {
    const host = await start(good());
    const facts = () =>
      host.ask({ kind: 'facts' }) as Promise<{ themeSource: string; menu: { label?: string }[] }>;
    expect(await facts()).toMatchObject({ themeSource: 'system' });
    const change = { theme: 'dark', language: 'de' };
    await host.ask({ kind: 'invoke', channel: 'settings.change', args: [change], sender: {} });
    const changed = await facts();
    expect(changed.themeSource).toBe('dark');
    expect(changed.menu).toContainEqual({ label: 'Datei' });
    await host.close();
    const next = await start(good());
    expect(await next.ask({ kind: 'facts' })).toMatchObject({ themeSource: 'dark' });
  });
});

describe('a page that crashes', () => {
  const crash = { kind: 'emit', target: 'contents', event: 'render-process-gone', members: {} } as const;

  it('is loaded anew once; the second time the application gives up', async () => {
    const host = await start(good());
    const details = [{ reason: 'crashed', exitCode: 1 }];
    await host.ask({ ...crash, args: details });
    expect(host.recorded).not.toContainEqual(expect.objectContaining({ kind: 'errorBox' }));
    await host.ask({ ...crash, args: details }).catch(() => undefined);
    expect(await host.ended).toBe(1);
    expect(host.recorded).toContainEqual(expect.objectContaining({ kind: 'errorBox' }));
  });

  it('is back after a crash, in the browser as well', async () => {
    const app = await launchApp({ profile, dataDir });
    try {
      const client = await app.page.context().newCDPSession(app.page);
      // The page is gone before it can answer.
      client.send('Page.crash').catch(() => undefined);
      const snapshots = () =>
        app.traffic.filter((entry) => entry.kind === 'request' && entry.channel === 'app.snapshot');
      await expect.poll(() => snapshots().length, { timeout: 10_000 }).toBe(2);
      await app.page.getByRole('heading').first().waitFor();
    } finally {
      await app.close();
    }
  });

  it('is no crash when it ends in order', async () => {
    const host = await start(good());
    const details = [{ reason: 'clean-exit', exitCode: 0 }];
    await host.ask({ ...crash, args: details });
    await host.ask({ ...crash, args: details });
    expect(host.recorded).not.toContainEqual(expect.objectContaining({ kind: 'errorBox' }));
  });
});

describe('a command instead of a window', () => {
  it('runs, prints its result and nothing else on standard output, and ends', async () => {
    const child = spawn(
      process.execPath,
      [path.join(ROOT, 'tests/host/main.ts'), ...good(), 'status', '--json'],
      { env: { ...process.env, LATCHKEY_HOST_DISPLAY: 'none' }, stdio: ['ignore', 'pipe', 'ignore'] },
    );
    const chunks: Buffer[] = [];
    child.stdout.on('data', (chunk: Buffer) => chunks.push(chunk));
    const status = await new Promise((resolve) => {
      child.once('close', resolve);
    });
    expect(status).toBe(0);
    expect(JSON.parse(Buffer.concat(chunks).toString('utf8'))).toMatchObject({ state: 'notActivated' });
  });
});
