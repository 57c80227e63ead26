import { mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { makeFile, makeKeys } from '../../unit/license-file/samples.ts';
import { caller } from '../licensing-api/caller.ts';
import { offlineCaller } from '../licensing-api/offline-caller.ts';
import { jsonOf, temporaryFolder, withServer, type installation } from './command.ts';

const { server, install, activated, buy } = withServer();

type App = ReturnType<typeof installation>;

const fileOf = (app: App) => path.join(app.data, 'license-files', `${server().productId}.lic`);

function fileWith(content: string | Uint8Array): string {
  const file = path.join(temporaryFolder(), 'product.lic');
  writeFileSync(file, content);
  return file;
}

const FEATURES = [{ key: 'export', type: 'bool' }] as const;

describe('check', () => {
  it('ends with 0 for the file of an online license, and gives entitlement and features', async () => {
    const { code } = await buy({ customerName: 'Harbour Works', features: [...FEATURES] });
    const app = await activated(code);
    // It asks no server.
    await server().setCertificate('newKey');
    const before = app.records();
    const checked = await app.run(['check', server().productId, '--json']);
    expect(checked).toMatchObject({ exit: 0, err: '' });
    const json = jsonOf(checked);
    expect(json).toMatchObject({
      valid: true,
      productId: server().productId,
      device: 'same',
      activation: { mode: 'online', productId: server().productId },
      entitlement: { customerName: 'Harbour Works' },
      features: [{ key: 'export', type: 'bool' }],
    });
    const days = (Date.parse(String(json['expiry'])) - Date.parse(String(json['issued']))) / 86_400_000;
    expect(days).toBe(14);
    const text = await app.run(['check', 'orbit studio']);
    expect(text).toEqual({ exit: 0, out: `valid until ${String(json['expiry'])}\n`, err: '' });
    expect(app.records()).toEqual(before);
  });

  it('ends with 0 for the file of an offline license, until it is deactivated', async () => {
    const { code } = await buy({ offlineLeasePeriod: { type: 'Day', count: 30 } });
    const app = install();
    const made = await app.run(['offline', 'request', '--code-file', '-'], { stdin: code });
    const response = await offlineCaller(server(), caller(server())).token(made.out);
    expect((await app.run(['check', 'Orbit Studio'])).exit).toBe(86);
    expect((await app.run(['offline', 'import', '-'], { stdin: response })).exit).toBe(0);
    const checked = await app.run(['check', 'Orbit Studio', '--json']);
    expect(jsonOf(checked)).toMatchObject({ valid: true, activation: { mode: 'offline' } });
    expect((await app.run(['offline', 'deactivate'])).exit).toBe(0);
    expect((await app.run(['check', 'Orbit Studio'])).exit).toBe(86);
    expect(readdirSync(path.dirname(fileOf(app)))).toEqual([]);
  });

  it('takes another file, however an editor has saved it', async () => {
    const { code } = await buy();
    const app = await activated(code);
    const text = readFileSync(fileOf(app), 'utf8');
    rmSync(fileOf(app));
    expect((await app.run(['check', 'Orbit Studio'])).exit).toBe(86);
    for (const content of [
      text,
      text.replaceAll('\n', '\r\n'),
      `${text}\n \n\n`,
      Buffer.from(`\u{feff}${text}`, 'utf16le'),
      Buffer.from(`\u{feff}${text}`),
    ]) {
      const outcome = await app.run(['check', 'Orbit Studio', '--file', fileWith(content)]);
      expect(outcome).toMatchObject({ exit: 0, err: '' });
    }
    const fresh = install();
    // Another data folder on this machine: the device is the same, and the file says so by itself.
    expect((await fresh.run(['check', 'Orbit Studio', '--file', fileWith(text)])).exit).toBe(0);
  });

  it('ends with another status for each thing that is wrong, and says it', async () => {
    const { code } = await buy();
    const app = await activated(code);
    const text = readFileSync(fileOf(app), 'utf8');
    const seat = await caller(server()).takeSeat(code, 'another-device', {
      fingerprint: { board: 'A'.repeat(43), disk: 'B'.repeat(43), machineId: 'C'.repeat(43) },
    });
    const checkOut = async (json?: { encrypt?: boolean }) =>
      (
        await caller(server()).seatCall(seat.seat, 'POST', '/api/v1/activation/license-file', {
          json: json ?? {},
        })
      ).text;
    const folder = temporaryFolder();
    const expected: readonly (readonly [string, readonly string[], number])[] = [
      ['no such file', ['--file', '/no/such/file'], 83],
      ['a folder', ['--file', folder], 83],
      ['nothing', ['--file', fileWith('')], 87],
      ['cut', ['--file', fileWith(text.slice(0, 200))], 87],
      ['far too large', ['--file', fileWith('x'.repeat(300 * 1024))], 87],
      ['of somebody else', ['--file', fileWith(makeFile(makeKeys()))], 87],
      ['another device', ['--file', fileWith(await checkOut())], 91],
      ['encrypted', ['--file', fileWith(await checkOut({ encrypt: true }))], 89],
    ];
    for (const [name, args, exit] of expected) {
      const outcome = await app.run(['check', 'Orbit Studio', '--json', ...args]);
      expect({ name, exit: outcome.exit }).toEqual({ name, exit });
      expect(jsonOf(outcome)).toMatchObject({ error: { exit } });
      expect(outcome.err.trimEnd().split('\n')).toHaveLength(2);
    }
    expect((await app.run(['check', 'Another'])).exit).toBe(8);
    expect((await app.run(['check'])).exit).toBe(2);
    expect((await app.run(['check', 'Orbit Studio'])).exit).toBe(0);
    writeFileSync(fileOf(app), text.replace(/^.{64}$/m, 'A'.repeat(64)));
    expect((await app.run(['check', 'Orbit Studio'])).exit).toBe(87);
  });

  it('ends with 90 once the file has ended, and a refresh brings a new one', async () => {
    // A server whose clock is behind issues what has ended already.
    server().setClock(() => Date.now() - 15 * 86_400_000);
    const { code } = await buy();
    const app = install();
    expect((await app.activate(code)).exit).toBe(0);
    const outcome = await app.run(['check', 'Orbit Studio', '--json']);
    expect(outcome.exit).toBe(90);
    expect(jsonOf(outcome)).toMatchObject({ error: { code: 'licenseFileExpired' } });
    server().setClock(Date.now);
    expect((await app.run(['refresh'])).exit).toBe(0);
    expect((await app.run(['check', 'Orbit Studio'])).exit).toBe(0);
  });

  it('says the same in every time zone', async () => {
    const { code } = await buy();
    const app = await activated(code);
    const zones = ['Pacific/Kiritimati', 'America/St_Johns', 'Pacific/Niue'];
    const said: unknown[] = [];
    for (const TZ of zones) {
      const checked = await app.run(['check', 'Orbit Studio', '--json'], { env: { TZ } });
      const status = await app.run(['status', '--json'], { env: { TZ } });
      said.push({ exit: checked.exit, checked: jsonOf(checked), status: jsonOf(status) });
    }
    expect(said).toEqual(zones.map(() => said[0]));
    expect(said[0]).toMatchObject({ exit: 0, checked: { valid: true } });
  });

  it('ends with 61 under a clock that is behind', async () => {
    const { code } = await buy();
    const app = install();
    server().setClock(() => Date.now() + 86_400_000);
    expect((await app.activate(code)).exit).toBe(0);
    const outcome = await app.run(['check', 'Orbit Studio', '--json']);
    expect(outcome.exit).toBe(61);
    expect(jsonOf(outcome)).toMatchObject({ error: { code: 'clockRolledBack' } });
  });

  it('does without a vault that can not be read', async () => {
    const { code } = await buy();
    const app = await activated(code);
    const vault = path.join(app.data, 'vault');
    for (const name of readdirSync(vault)) rmSync(path.join(vault, name));
    mkdirSync(vault, { recursive: true });
    expect((await app.run(['check', 'Orbit Studio'])).exit).toBe(0);
  });
});
