import { mkdtemp, readFile, readdir, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { startLicensingApi } from '../../licensing-api/server.ts';
import { httpsCall } from '../../support/https-call.ts';
import { START, caller, featureOf } from './caller.ts';

/** Windows has no such modes: Node shows every file there as open to all. */
const [FILE_MODE, FOLDER_MODE] = process.platform === 'win32' ? [0o666, 0o666] : [0o600, 0o700];

let folder: string;
let dataDir: string;

beforeEach(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'licensing-api-'));
  dataDir = path.join(folder, 'data');
});
afterEach(() => rm(folder, { recursive: true }));

/** Every byte of the database, with what is still in its log. */
async function databaseBytes(): Promise<string> {
  const files = (await readdir(dataDir)).filter((name) => name.startsWith('licensing-api.sqlite'));
  const contents = await Promise.all(files.map((name) => readFile(path.join(dataDir, name), 'latin1')));
  return contents.join('\n');
}

describe('a data folder', () => {
  it('keeps address, identity, secrets and seats over a restart', async () => {
    const first = await startLicensingApi({ dataDir, clock: START });
    const before = await caller(first).takeSeat(first.activationCode, 'seat-1');
    await caller(first).checkout(before.seat, 'render-nodes', 4);
    await first.close();

    const second = await startLicensingApi({ dataDir, clock: START });
    expect(second.profile).toEqual(first.profile);
    expect({ ...second.management, url: second.url, code: second.activationCode }).toEqual({
      ...first.management,
      url: first.url,
      code: first.activationCode,
    });
    const calls = caller(second);
    const state = await calls.state(before.seat);
    expect(state).toMatchObject({ id: before.seat.id, status: 'active' });
    expect(featureOf(state, 'render-nodes')).toMatchObject({ active: 4, available: 6 });
    expect(await calls.managementToken()).toBeTypeOf('string');
    await second.close();
  });

  it('is another server in another folder', async () => {
    const first = await startLicensingApi({ dataDir });
    const second = await startLicensingApi({ dataDir: path.join(folder, 'other') });
    expect(second.tenantId).not.toBe(first.tenantId);
    expect(second.activationCode).not.toBe(first.activationCode);
    expect(second.caPem).not.toBe(first.caPem);
    expect(second.profile.serverKeys).not.toEqual(first.profile.serverKeys);
    await Promise.all([first.close(), second.close()]);
  });

  it('is for its owner only', async () => {
    const api = await startLicensingApi({ dataDir });
    const names = await readdir(dataDir);
    const modes = await Promise.all(
      names.map(async (name) => [name, (await stat(path.join(dataDir, name))).mode & 0o777]),
    );
    await api.close();
    expect(modes).toEqual(names.map((name) => [name, FILE_MODE]));
    expect(names).toEqual(expect.arrayContaining(['keys.json', 'demo-secrets.json', 'licensing-api.sqlite']));
    expect((await stat(dataDir)).mode & 0o777).toBe(FOLDER_MODE);
  });

  it('whose keys are damaged is not made anew silently', async () => {
    const api = await startLicensingApi({ dataDir });
    await api.close();
    await writeFile(path.join(dataDir, 'keys.json'), '{"version":1}');
    await expect(startLicensingApi({ dataDir })).rejects.toThrow('keys.json is damaged');
    await writeFile(path.join(dataDir, 'keys.json'), 'x');
    await expect(startLicensingApi({ dataDir })).rejects.toThrow('keys.json is damaged');
  });
});

describe('secrets', () => {
  it('are neither in the database nor in the log', async () => {
    const log: string[] = [];
    const api = await startLicensingApi({ dataDir, logLevel: 'info', writeLog: (line) => log.push(line) });
    const calls = caller(api);
    const created = await calls.createEntitlement();
    const headers = { 'Idempotency-Key': 'idempotency-key-1' };
    await calls.activateWith(
      { activationCredentials: { type: 'activationCode', code: created.activationCode } },
      headers,
    );
    const { seat } = await calls.takeSeat(created.activationCode, 'seat-1');
    const firstNonce = seat.nonce;
    await calls.refresh(seat);
    await calls.refresh({ ...seat, nonce: 'a-wrong-nonce' });
    await httpsCall({
      url: `${api.url}/no-such-call/${seat.token}?code=${created.activationCode}`,
      ca: api.caPem,
    });
    const managementToken = await calls.managementToken();

    const secrets = {
      demoCode: api.activationCode,
      code: created.activationCode,
      token: seat.token,
      tokenSignature: seat.token.split('.')[2] ?? '',
      firstNonce,
      nonce: seat.nonce,
      wrongNonce: 'a-wrong-nonce',
      clientSecret: api.management.clientSecret,
      managementToken,
      idempotencyKey: 'idempotency-key-1',
    };
    const database = await databaseBytes();
    const lines = log.join('\n');
    // The check can fail: what is no secret is found in both places.
    expect(database).toContain(seat.id);
    expect(lines).toContain('"operation":"refreshActivation","status":200');
    expect(lines).toContain('"errorCode":"nonceMismatch"');
    for (const [name, secret] of Object.entries(secrets)) {
      expect(secret.length, name).toBeGreaterThan(8);
      expect(database.includes(secret), `${name} in the database`).toBe(false);
      expect(lines.includes(secret), `${name} in the log`).toBe(false);
    }
    await api.close();
  });
});
