import { spawn } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, afterEach, beforeAll, expect, onTestFinished } from 'vitest';
import { ensureBuilt } from '../../../build/scripts/lib/build.mjs';
import { nodePath } from '../../../build/scripts/lib/node-path.mjs';
import { bytesIn } from '../../support/vault.ts';
import type { CreateEntitlementRequest } from '../../../shared/licensing-api/generated/types.gen.ts';
import {
  startLicensingApi,
  type LicensingApi as Server,
  type LicensingApiOptions,
} from '../../licensing-api/server.ts';
import { caller } from '../licensing-api/caller.ts';

/** The real command in a process of its own, against a real server. */

export const SCRIPT = path.resolve(import.meta.dirname, '../../../build/scripts/latchkey.mjs');

export interface Outcome {
  readonly exit: number | null;
  readonly out: string;
  readonly err: string;
}

export interface RunOptions {
  readonly stdin?: string | Uint8Array;
  readonly env?: Readonly<Record<string, string>>;
}

/** Runs `latchkey` as `npx latchkey` does. */
export function latchkey(
  args: readonly string[],
  { stdin = '', env = {} }: RunOptions = {},
): Promise<Outcome> {
  const child = spawn(nodePath(), [SCRIPT, ...args], {
    // Away from the repository, as a user is: what a command finds there must not be what makes it work.
    cwd: tmpdir(),
    env: { ...process.env, LATCHKEY_PROFILE: '', LATCHKEY_DATA: '', LANG: 'en_US.UTF-8', LC_ALL: '', ...env },
    stdio: ['pipe', 'pipe', 'pipe'],
    windowsHide: true,
  });
  const chunks: Record<'out' | 'err', Buffer[]> = { out: [], err: [] };
  child.stdout.on('data', (chunk: Buffer) => chunks.out.push(chunk));
  child.stderr.on('data', (chunk: Buffer) => chunks.err.push(chunk));
  // A command that does not read its input may be gone before it is written.
  child.stdin.on('error', () => undefined);
  child.stdin.end(stdin);
  return new Promise((resolve, reject) => {
    child.once('error', reject);
    child.once('close', (exit) => {
      const text = (name: 'out' | 'err') => Buffer.concat(chunks[name]).toString('utf8');
      resolve({ exit, out: text('out'), err: text('err') });
    });
  });
}

/** Standard output as the one JSON object that it has to be. */
export function jsonOf({ out }: Outcome): Record<string, unknown> {
  const value: unknown = JSON.parse(out);
  if (typeof value !== 'object' || value === null || Array.isArray(value)) throw new Error('not an object');
  return { ...value };
}

export function temporaryFolder(): string {
  const dir = mkdtempSync(path.join(tmpdir(), 'latchkey-cli-'));
  onTestFinished(() => rmSync(dir, { recursive: true, force: true }));
  return dir;
}

/** One data folder and the commands on it. */
export function installation(profile: string) {
  const data = path.join(temporaryFolder(), 'data');
  return {
    data,
    run: (args: readonly string[], options: RunOptions = {}) =>
      latchkey(['--profile', profile, '--data', data, ...args], options),
    /** Activates with the code on standard input. */
    activate: (code: string, ...args: readonly string[]) =>
      latchkey(['--profile', profile, '--data', data, 'activate', '--code-file', '-', ...args], {
        stdin: `${code}\n`,
      }),
    /** The files of license and device with their bytes. */
    records: () => {
      const files = Object.entries(bytesIn(path.join(data, 'vault')));
      return Object.fromEntries(files.filter(([name]) => /^(?:prod_|device)/.test(name)));
    },
  };
}

/** Builds the command and starts one server for the tests of a file. */
export function withServer(options: LicensingApiOptions = {}) {
  let running: { readonly server: Server; readonly dir: string } | null = null;
  const server = () => {
    if (running === null) throw new Error('the server has not started');
    return running.server;
  };
  const profile = () => server().profilePath ?? '';
  beforeAll(async () => {
    await ensureBuilt(['cli']);
    const dir = mkdtempSync(path.join(tmpdir(), 'latchkey-cli-server-'));
    running = {
      server: await startLicensingApi({ dataDir: dir, writeLog: () => undefined, ...options }),
      dir,
    };
  });
  afterEach(async () => {
    running?.server.faults.clear();
    running?.server.setClock(Date.now);
    await running?.server.setCertificate('valid');
  });
  afterAll(async () => {
    await running?.server.close();
    if (running !== null) rmSync(running.dir, { recursive: true, force: true });
  });
  return {
    server,
    profile,
    install: () => installation(profile()),
    /** An installation with a license. */
    activated: async (code: string) => {
      const app = installation(profile());
      expect(await app.activate(code)).toMatchObject({ exit: 0, err: '' });
      return app;
    },
    buy: async (request: Partial<CreateEntitlementRequest> = {}) => {
      const calls = caller(server());
      const { id, activationCode } = await calls.createEntitlement({ seatCount: 2, ...request });
      return {
        code: activationCode,
        seatsUsed: async () => (await calls.getEntitlement(id)).seatsUsed,
        seats: async () => (await calls.listSeats(id)).items,
        change: (action: string) => calls.change(id, action),
      };
    },
    /** Takes a seat as another device does. */
    takeSeatElsewhere: (code: string) => caller(server()).takeSeat(code, 'another-device'),
  };
}
