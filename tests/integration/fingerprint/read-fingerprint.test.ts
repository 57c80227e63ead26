import { createHmac } from 'node:crypto';
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import { nodeHost, type Host } from '../../../electron/fingerprint/host.ts';
import { readFingerprint } from '../../../electron/fingerprint/read-fingerprint.ts';
import type { Fingerprint } from '../../../electron/fingerprint/types.ts';
import { systemRandom } from '../../../electron/platform/system.ts';
import type { Log } from '../../../electron/ports.ts';
import { SILENT } from '../../../electron/support/log.ts';
import { fakeHost } from '../../unit/fingerprint/fake-host.ts';
import { CONTAINER, LINUX_LAPTOP, MAC, WINDOWS } from '../../unit/fingerprint/machines.ts';

const saltBytes = Buffer.alloc(32, 1);
const salt = saltBytes.toString('base64url');

function folder(): string {
  const dir = mkdtempSync(join(tmpdir(), 'latchkey-fingerprint-'));
  onTestFinished(() => {
    rmSync(dir, { recursive: true, force: true });
  });
  return join(dir, 'data');
}

const read = (
  host: Host,
  dataDir = folder(),
  more: { salt?: string; log?: Log } = {},
): Promise<Fingerprint> =>
  readFingerprint({ salt, dataDir, random: systemRandom, log: SILENT, host, timeLimit: 50, ...more });

describe('the fingerprint', () => {
  it('is the HMAC of each factor, and of each for the vault alone', async () => {
    const { factors, machineKeys, unreadable } = await read(fakeHost(LINUX_LAPTOP));
    const hmac = (text: string): Buffer => createHmac('sha256', saltBytes).update(text).digest();
    expect(factors.mac).toBe(hmac('factor:mac:8c1645aabbcc').toString('base64url'));
    expect(Object.keys(factors)).toEqual(['disk', 'mac', 'machineId', 'os', 'cpu']);
    expect(unreadable).toEqual(['board']);
    const mac = machineKeys.find(({ name }) => name === 'mac');
    expect(Buffer.from(mac?.material ?? [])).toEqual(hmac('vault-key:mac:8c1645aabbcc'));
    const digests = new Set(Object.values(factors));
    for (const { material } of machineKeys)
      expect(digests).not.toContain(Buffer.from(material).toString('base64url'));
  });

  it('is another one for another tenant', async () => {
    const [one, two] = await Promise.all([
      read(fakeHost(MAC)),
      read(fakeHost(MAC), folder(), { salt: Buffer.alloc(32, 2).toString('base64url') }),
    ]);
    for (const name of ['board', 'disk', 'mac', 'machineId', 'os', 'cpu'] as const) {
      expect(one.factors[name]).toMatch(/^[\w-]{43}$/);
      expect(one.factors[name]).not.toBe(two.factors[name]);
    }
    expect(one.seatId).not.toBe(two.seatId);
  });

  it('gives a stable seat id of at most 50 characters that hangs on the strongest factor', async () => {
    const [one, again, other] = await Promise.all([
      read(fakeHost(LINUX_LAPTOP)),
      read(fakeHost({ ...LINUX_LAPTOP, machineId: 'ffff1d2e4b5a69788776655443322110', cpu: 'another' })),
      read(fakeHost({ ...LINUX_LAPTOP, links: {} })),
    ]);
    expect(one.seatId).toMatch(/^seat-[a-z2-7]{32}$/);
    expect(again.seatId).toBe(one.seatId);
    expect(other.seatId).not.toBe(one.seatId);
  });

  it('keeps raw values out of itself and of the log', async () => {
    const written: unknown[] = [];
    const note = (message: string, details?: unknown): void => void written.push(message, details);
    const log: Log = { debug: note, info: note, warn: note, error: note };
    const result = await read(fakeHost(WINDOWS), folder(), { log });
    const everything = JSON.stringify([written, result]).toLowerCase();
    expect(written).not.toEqual([]);
    for (const raw of ['4c4c4544', 'a4bb6d', 'a4:bb:6d', '9a2b1c3d', 'ace4_2e00', '7d2c9b1a', 'i7-1185']) {
      expect(everything).not.toContain(raw);
    }
  });

  it('does not wait for a source that hangs or throws', async () => {
    const hanging: Host = {
      ...fakeHost(LINUX_LAPTOP),
      machineId: () => new Promise(() => undefined),
      cpuModel: () => {
        throw new Error('no processor');
      },
    };
    const { factors, unreadable } = await read(hanging);
    expect(Object.keys(factors)).toEqual(['disk', 'mac', 'os']);
    expect(unreadable).toEqual(['board', 'machineId', 'cpu']);
  });

  it('does not take the host name for a machine id', async () => {
    const { unreadable } = await read(fakeHost({ ...LINUX_LAPTOP, machineId: 'my-laptop.local' }));
    expect(unreadable).toContain('machineId');
  });
});

describe('the install id', () => {
  it('is not made where the machine can be told from others', async () => {
    const dataDir = folder();
    const { factors } = await read(fakeHost(CONTAINER), dataDir);
    expect(Object.keys(factors)).toEqual(['machineId', 'cpu']);
    expect(existsSync(dataDir)).toBe(false);
  });

  it('is the last resort: made once, kept, for this user alone', async () => {
    const dataDir = folder();
    const bare = fakeHost({ platform: 'linux', cpu: 'a processor' });
    const [one, two] = await Promise.all([read(bare, dataDir), read(bare, dataDir)]);
    expect(Object.keys(one.factors)).toEqual(['cpu', 'install']);
    expect(two).toEqual(one);
    expect(await read(bare, dataDir)).toEqual(one);
    expect((await read(bare)).seatId).not.toBe(one.seatId);
    expect(readdirSync(dataDir)).toEqual(['install-id', 'install-id.copy']);
    if (process.platform !== 'win32') expect(statSync(join(dataDir, 'install-id')).mode & 0o777).toBe(0o600);
    const [id = ''] = readFileSync(join(dataDir, 'install-id'), 'utf8').split(' ');
    expect(id).toHaveLength(36);
    expect(JSON.stringify(one)).not.toContain(id);
  });

  it('is done without where it can not be made', async () => {
    const blocked = join(folder(), '..', 'file');
    const bare = fakeHost({ platform: 'linux' });
    const { factors, machineKeys } = await read(bare, join(blocked, '\u0000'));
    expect(factors).toEqual({});
    expect(machineKeys).toEqual([]);
  });
});

describe('this machine', () => {
  it('is read the same way twice', async () => {
    const dataDir = folder();
    const here = (): Promise<Fingerprint> =>
      readFingerprint({ salt, dataDir, random: systemRandom, log: SILENT, host: nodeHost() });
    const [one, two] = [await here(), await here()];
    expect(one.machineKeys.length).toBeGreaterThan(0);
    expect(two).toEqual(one);
  });

  it('answers null for what is not there, and runs nothing through a shell', async () => {
    const host = nodeHost();
    expect(await host.readText('/no/such/file')).toBeNull();
    expect(await host.readLink('/no/such/link')).toBeNull();
    expect(await host.list('/no/such/folder')).toEqual([]);
    expect(await host.run('/no/such/program', [])).toBeNull();
    expect(await host.run(process.execPath, ['-e', 'process.exit(3)'])).toBeNull();
    expect(await host.run(process.execPath, ['-p', '"$HOME;"'])).toBe('$HOME;\n');
    expect(await host.run(process.execPath, ['-e', 'process.stdout.write("x".repeat(1e6))'])).toBeNull();
  });
});
