import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { caller } from '../licensing-api/caller.ts';
import { offlineCaller } from '../licensing-api/offline-caller.ts';
import { installation, jsonOf, temporaryFolder, withServer, type Outcome } from './command.ts';

const { server, install, buy: buyAny, profile } = withServer();

const MONTH = { type: 'Day', count: 30 } as const;
const ISO = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/;

const buy = () => buyAny({ offlineLeasePeriod: MONTH });
const portal = () => offlineCaller(server(), caller(server()));
const taken = async (text: string) => (await portal().send(text)).status;

type App = ReturnType<typeof installation>;

const request = (app: App, code: string, ...args: readonly string[]) =>
  app.run(['offline', 'request', '--code-file', '-', ...args], { stdin: code });

/** A license that was activated offline. */
async function activatedOffline(code: string): Promise<App> {
  const app = install();
  const made = await request(app, code);
  const done = await app.run(['offline', 'import', '-'], { stdin: await portal().token(made.out) });
  expect(done).toMatchObject({ exit: 0, err: '' });
  return app;
}

const refused = async (outcome: Promise<Outcome>, exit: number) => {
  const { exit: found, out, err } = await outcome;
  expect({ found, out, lines: err.trimEnd().split('\n').length }).toEqual({ found: exit, out: '', lines: 2 });
};

describe('the whole flow by files', () => {
  it('request, response, refresh, deactivation, receipt: all without any call', async () => {
    const { code, seatsUsed } = await buy();
    const app = install();
    const dir = temporaryFolder();
    const file = (name: string) => path.join(dir, name);

    const made = await request(app, code, '--out', file('a.lkrequest'), '--seat-name', 'Bridge');
    expect(made).toEqual({ exit: 0, out: `${file('a.lkrequest')}\n`, err: '' });
    const armored = readFileSync(file('a.lkrequest'), 'utf8');
    expect(armored).toMatch(/^-----BEGIN LATCHKEY ACTIVATION REQUEST-----\nProduct: Orbit Studio\n/);
    expect(armored).not.toContain(code);

    writeFileSync(file('a.lkresponse'), await portal().token(armored));
    // From here on the server could not be reached at all.
    await server().setCertificate('newKey');
    const applied = await app.run(['offline', 'import', file('a.lkresponse'), '--json']);
    expect(applied).toMatchObject({ exit: 0, err: '' });
    expect(jsonOf(applied)).toMatchObject({
      state: 'active',
      activation: { mode: 'offline', seatName: 'Bridge' },
      actions: ['importRefresh', 'deactivate', 'exportLicenseFile'],
    });
    await refused(app.run(['offline', 'import', file('a.lkresponse')]), 79);

    await server().setCertificate('valid');
    const id = (jsonOf(applied)['activation'] as { id: string }).id;
    const answer = await portal().refresh(code, id);
    await server().setCertificate('newKey');
    const { token } = answer.body as { token: string };
    const refreshed = await app.run(['offline', 'import', '-'], { stdin: token });
    expect(refreshed).toMatchObject({ exit: 0, err: '' });
    expect(refreshed.out).toMatch(/^Orbit Studio: Active\n/);

    const ended = await app.run(['offline', 'deactivate', '--out', file('a.lkdeactivation')]);
    expect(ended).toEqual({ exit: 0, out: `${file('a.lkdeactivation')}\n`, err: '' });
    expect(jsonOf(await app.run(['status', '--json']))).toMatchObject({ state: 'notActivated' });
    await server().setCertificate('valid');
    expect(await seatsUsed()).toBe(1);
    expect(await taken(readFileSync(file('a.lkdeactivation'), 'utf8'))).toBe(204);
    expect(await seatsUsed()).toBe(0);
  });
});

describe('offline request', () => {
  it('prints the token on standard output, or in JSON with everything about it', async () => {
    const { code } = await buy();
    const app = install();
    const made = await request(app, code);
    expect(made).toMatchObject({ exit: 0, err: '' });
    expect(made.out).toMatch(/^-----BEGIN [\s\S]+-----END LATCHKEY ACTIVATION REQUEST-----\n$/);
    const again = await request(app, code, '--json');
    expect(again).toMatchObject({ exit: 0, err: '' });
    const json = jsonOf(again);
    expect(json).toMatchObject({
      productId: server().productId,
      kind: 'activation-request',
      file: null,
      madeAt: expect.stringMatching(ISO) as unknown,
      fileName: expect.stringMatching(/^Orbit-Studio-[-\d]+\.lkrequest$/) as unknown,
      armored: expect.stringContaining('-----BEGIN LATCHKEY') as unknown,
    });
    expect(JSON.stringify(json)).not.toContain(code);
    expect((json['codes'] as readonly string[])[0]).toMatch(/^LK1\//);
  });

  it('says what is wrong, and makes none', async () => {
    const app = install();
    const { code } = await buy();
    await refused(request(app, '12'), 10);
    await refused(request(app, code, '--edition', 'no-such'), 115);
    await refused(app.run(['offline', 'request']), 2);
    await refused(request(app, code, 'Another'), 8);
    expect(app.records()).toEqual({});
  });

  it('that can not write its file ends with 84, and the token can still be exported', async () => {
    const { code } = await buy();
    const app = install();
    const dir = temporaryFolder();
    await refused(request(app, code, '--out', dir), 84);
    await refused(request(app, code, '--out', path.join(dir, 'no', 'such', 'folder')), 84);
    const { requests } = jsonOf(await app.run(['offline', 'requests', '--json'])) as {
      requests: readonly { id: string }[];
    };
    expect(requests).toHaveLength(2);
    const exported = await app.run(['offline', 'requests', '--export', requests[0]?.id ?? '']);
    expect(await taken(exported.out)).toBe(200);
  });

  it('is not possible while a license is there, nor without keys of the vendor', async () => {
    const { code } = await buy();
    const app = await activatedOffline(code);
    const before = app.records();
    await refused(request(app, code), 7);
    expect(app.records()).toEqual(before);
    const file = path.join(temporaryFolder(), 'profile.json');
    // A vendor without keys can't prove a local server to be its own either.
    const profile = { ...server().profile, serverKeys: [], localServer: 'forbidden' };
    writeFileSync(file, JSON.stringify(profile));
    await refused(request(installation(file), code), 85);
  });
});

describe('offline import', () => {
  it('says what is wrong with a file, each in its own way', async () => {
    const { code } = await buy();
    const app = install();
    const made = await request(app, code);
    const response = await portal().token(made.out);
    const other = install();
    await request(other, code);
    const dir = temporaryFolder();
    const fileWith = (content: string) => {
      const file = path.join(dir, 'token.txt');
      writeFileSync(file, content);
      return file;
    };
    const before = app.records();
    await refused(app.run(['offline', 'import', '/no/such/file']), 83);
    await refused(app.run(['offline', 'import', dir]), 83);
    await refused(app.run(['offline', 'import', fileWith('')]), 70);
    await refused(app.run(['offline', 'import', fileWith(response.slice(0, -5))]), 70);
    await refused(app.run(['offline', 'import', fileWith(`${response}${' '.repeat(70_000)}`)]), 71);
    await refused(app.run(['offline', 'import', '-'], { stdin: ' '.repeat(70_000) }), 71);
    await refused(app.run(['offline', 'import', fileWith(made.out)]), 72);
    await refused(other.run(['offline', 'import', fileWith(response)]), 75);
    expect(app.records()).toEqual(before);
    const json = await app.run(['offline', 'import', '--json', fileWith(made.out)]);
    expect(jsonOf(json)).toMatchObject({
      error: { code: 'tokenWrongKind', exit: 72, facts: { tokenKind: 'activation-request' } },
    });
    const utf16 = path.join(dir, 'utf16.txt');
    writeFileSync(utf16, Buffer.from(`\u{feff}${response}\r\n`, 'utf16le'));
    expect(await app.run(['offline', 'import', utf16])).toMatchObject({ exit: 0, err: '' });
  });
});

describe('offline requests and receipts', () => {
  it('are listed, exported again and cleared', async () => {
    const { code } = await buy();
    const app = await activatedOffline(code);
    const ended = await app.run(['offline', 'deactivate']);
    const { out } = await request(app, code);
    for (const [list, text] of [
      ['requests', out],
      ['receipts', ended.out],
    ] as const) {
      const listed = await app.run(['offline', list, '--json']);
      expect(listed).toMatchObject({ exit: 0, err: '' });
      const entries = jsonOf(listed)[list] as readonly { id: string; madeAt: string; productName: string }[];
      expect(entries).toMatchObject([
        { productName: 'Orbit Studio', madeAt: expect.stringMatching(ISO) as unknown },
      ]);
      const id = entries[0]?.id ?? '';
      expect((await app.run(['offline', list])).out).toBe(`${id}  ${entries[0]?.madeAt}  Orbit Studio\n`);
      expect(await app.run(['offline', list, '--export', id])).toEqual({ exit: 0, out: text, err: '' });
      const file = path.join(temporaryFolder(), 'token');
      expect((await app.run(['offline', list, '--export', id, '--out', file])).exit).toBe(0);
      expect(readFileSync(file, 'utf8')).toBe(text);
      await refused(app.run(['offline', list, '--export', 'none']), 7);
      await refused(app.run(['offline', list, '--clear', 'none']), 7);
      expect((await app.run(['offline', list, '--clear', id])).exit).toBe(0);
      expect(await app.run(['offline', list])).toEqual({ exit: 0, out: '', err: '' });
      await refused(app.run(['offline', list, '--clear', id]), 7);
    }
  });

  it('are not exported and cleared in one command: the file could be the only copy', async () => {
    const { code } = await buy();
    const app = install();
    await request(app, code);
    await refused(app.run(['offline', 'requests', '--export', 'a', '--clear', 'a']), 2);
    await refused(app.run(['offline', 'requests', '--out', 'a']), 2);
    expect(existsSync('a')).toBe(false);
  });
});

describe('offline deactivate', () => {
  it('is for what was activated offline, and the online commands are not', async () => {
    const { code, seatsUsed } = await buy();
    const app = await activatedOffline(code);
    const before = app.records();
    for (const command of ['refresh', 'deactivate']) {
      const { exit, out, err } = await app.run([command]);
      expect({ exit, out }).toEqual({ exit: 7, out: '' });
      expect(err).toContain('use `latchkey offline import` and `latchkey offline deactivate`');
    }
    expect(app.records()).toEqual(before);
    expect(await seatsUsed()).toBe(1);
    const online = install();
    const second = await buy();
    expect((await online.activate(second.code)).exit).toBe(0);
    await refused(online.run(['offline', 'deactivate']), 7);
    await refused(install().run(['offline', 'deactivate']), 7);
    const done = await app.run(['offline', 'deactivate', '--json']);
    expect(jsonOf(done)).toMatchObject({ kind: 'deactivation', productId: server().productId });
  });

  it('into a folder that is not there ends with 84, and the receipt keeps the token', async () => {
    const { code, seatsUsed } = await buy();
    const app = await activatedOffline(code);
    const dir = path.join(temporaryFolder(), 'stick');
    await refused(app.run(['offline', 'deactivate', '--out', path.join(dir, 'token')]), 84);
    const listed = await app.run(['offline', 'receipts', '--json']);
    const [receipt] = jsonOf(listed)['receipts'] as readonly { id: string }[];
    mkdirSync(dir);
    const file = path.join(dir, 'token');
    expect((await app.run(['offline', 'receipts', '--export', receipt?.id ?? '', '--out', file])).exit).toBe(
      0,
    );
    expect(await taken(readFileSync(file, 'utf8'))).toBe(204);
    expect(await seatsUsed()).toBe(0);
  });
});

describe('secrets', () => {
  it('are in no output and not in the log', async () => {
    const { code } = await buy();
    const app = await activatedOffline(code);
    const said = [
      await app.run(['status', '--json']),
      await app.run(['offline', 'deactivate', '--json']),
      await request(app, code, '--json'),
      await app.run(['offline', 'requests', '--json']),
    ];
    const log = readFileSync(path.join(app.data, 'logs', 'latchkey.log'), 'utf8');
    const everything = [...said.flatMap(({ out, err }) => [out, err]), log].join('\n');
    expect(everything).not.toContain(code);
    expect(everything).not.toContain('"sign"');
    expect(profile()).not.toBe('');
  });
});
